#include "app/simulate_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "app/bad_command.h"

namespace throughline::app {

namespace {

using base::Result;

enum class When : std::uint8_t { always, over_one, over_ensemble, by_morris, by_sobol };

struct Use {
  std::string_view option;
  std::string_view act;
  When when = When::always;
};

// An option that does not stand here is for every act. What ensemble refuses in words of its own stands here as used.
constexpr std::array k_uses{
    Use{"--agencies", "observe"},
    Use{"--scenario", "run"},
    Use{"--scenario", "compare"},
    Use{"--scenario", "observe"},
    Use{"--scenario", "sensitivity"},
    Use{"--scenario", "ensemble"},
    Use{"--years", "run"},
    Use{"--years", "compare"},
    Use{"--years", "observe"},
    Use{"--years", "sensitivity"},
    Use{"--days", "run"},
    Use{"--days", "compare"},
    Use{"--days", "observe"},
    Use{"--days", "sensitivity"},
    Use{"--days", "ensemble"},
    Use{"--every", "run"},
    Use{"--every", "compare"},
    Use{"--resume", "run"},
    Use{"--resume", "sensitivity"},
    Use{"--resume", "ensemble"},
    Use{"--replicates", "compare", When::over_one},
    Use{"--by-place", "compare"},
    Use{"--ensemble", "compare"},
    Use{"--members", "compare", When::over_ensemble},
    Use{"--member-pairs", "compare", When::over_ensemble},
    Use{"--method", "sensitivity"},
    Use{"--outcomes", "sensitivity"},
    Use{"--vary", "sensitivity"},
    Use{"--trajectories", "sensitivity", When::by_morris},
    Use{"--samples", "sensitivity", When::by_sobol},
    Use{"--priors", "sensitivity"},
    Use{"--priors", "ensemble"},
    Use{"--priors", "compare", When::over_ensemble},
    Use{"--draws", "ensemble"},
    Use{"--acceptance", "ensemble"},
};

bool holds(When when, const SimulateRequest& request) {
  switch (when) {
    case When::always: return true;
    case When::over_one: return request.ensemble.empty();
    case When::over_ensemble: return !request.ensemble.empty();
    // A method that is not known is refused by its name.
    case When::by_morris: return request.method != "sobol";
    case When::by_sobol: return request.method != "morris";
  }
  return true;
}

std::string_view when_words(When when) {
  switch (when) {
    case When::always: return "";
    case When::over_one: return " without --ensemble, with which --member-pairs says how many pairs each member has";
    case When::over_ensemble: return " over an ensemble";
    case When::by_morris: return " --method morris";
    case When::by_sobol: return " --method sobol";
  }
  return "";
}

}  // namespace

Result<void> check_options_used(const SimulateRequest& request) {
  for (const std::string& option : request.given) {
    std::string acts;
    bool is_used = std::ranges::find(k_uses, option, &Use::option) == k_uses.end();
    for (const Use& use : k_uses) {
      if (use.option != option) continue;
      is_used = is_used || (use.act == request.act && holds(use.when, request));
      acts += fmt::format("{}{}{}", acts.empty() ? "" : ", ", use.act, when_words(use.when));
    }
    if (is_used) continue;
    return bad_command("option_unused", fmt::format("simulate {} has no use for it here", request.act), option,
                       fmt::format("Leave it out: it is for {}", acts));
  }
  return {};
}

}  // namespace throughline::app
