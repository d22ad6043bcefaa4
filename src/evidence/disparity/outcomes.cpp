#include "evidence/disparity/outcomes.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/text.h"

namespace throughline::evidence {
namespace {

struct Words {
  std::string_view words;
  Disposal disposal;
};

constexpr auto k_words = std::to_array<Words>({
    {"Arrest", Disposal::arrest},
    {"Suspect arrested", Disposal::arrest},
    {"Summons / charged by post", Disposal::summons},
    {"Suspect summonsed to court", Disposal::summons},
    {"Caution (simple or conditional)", Disposal::caution},
    {"Offender cautioned", Disposal::caution},
    {"Penalty Notice for Disorder", Disposal::penalty_notice},
    {"Offender given penalty notice", Disposal::penalty_notice},
    {"Community resolution", Disposal::community_resolution},
    {"Local resolution", Disposal::community_resolution},
    {"Khat or Cannabis warning", Disposal::cannabis_warning},
    {"Offender given drugs possession warning", Disposal::cannabis_warning},
    {"Article found - Detailed outcome unavailable", Disposal::found_without_detail},
    {"A no further action disposal", Disposal::nothing_found},
    {"Nothing found - no further action", Disposal::nothing_found},
});

}  // namespace

const std::vector<Disposal>& all_disposals() {
  static const std::vector<Disposal> k_disposals{Disposal::arrest,
                                                 Disposal::summons,
                                                 Disposal::caution,
                                                 Disposal::penalty_notice,
                                                 Disposal::community_resolution,
                                                 Disposal::cannabis_warning,
                                                 Disposal::found_without_detail,
                                                 Disposal::nothing_found};
  return k_disposals;
}

std::string_view name_of(Disposal disposal) {
  switch (disposal) {
    case Disposal::arrest: return "arrest";
    case Disposal::summons: return "summons or postal charge";
    case Disposal::caution: return "caution";
    case Disposal::penalty_notice: return "penalty notice";
    case Disposal::community_resolution: return "community resolution";
    case Disposal::cannabis_warning: return "cannabis or khat warning";
    case Disposal::found_without_detail: return "found, no detail";
    case Disposal::nothing_found: return "no further action";
  }
  CHECK(false && "a disposal without a name");
}

std::optional<Disposal> disposal_of(std::string_view words) {
  const std::string folded = base::fold(words);
  for (const Words& each : k_words) {
    if (base::fold(each.words) == folded) return each.disposal;
  }
  for (const Disposal disposal : all_disposals()) {
    if (base::fold(name_of(disposal)) == folded) return disposal;
  }
  return std::nullopt;
}

bool is_hit(Disposal disposal) {
  return disposal != Disposal::nothing_found;
}

}  // namespace throughline::evidence
