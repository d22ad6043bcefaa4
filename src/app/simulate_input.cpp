#include "app/simulate_input.h"
#include "app/bad_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "simulate/world_file.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Result;

constexpr std::int32_t k_days_a_year = 365;

Result<simulate::World> world_named(const std::string& name) {
  if (!name.ends_with(".toml")) return simulate::built_in_world(name);
  return simulate::read_world(TRY(store::read_whole(name)), name);
}

}  // namespace

Result<simulate::Every> every_named(const std::string& name, std::string where) {
  const std::vector<std::string> names{"day", "week", "month"};
  const auto at = std::ranges::find(names, name);
  if (at != names.end()) return static_cast<simulate::Every>(at - names.begin());
  const auto nearest = base::nearest_name(name, names);
  return bad_command("every_unknown", fmt::format("There is no period {}", name), std::move(where),
                     nearest ? fmt::format("Did you mean {}?", *nearest) : "Say day, week or month");
}

Result<SimulateInput> read_simulate_input(const SimulateRequest& request) {
  SimulateInput input;
  input.days = request.days > 0 ? request.days : request.years * k_days_a_year;
  if (input.days > k_days_most) {
    return bad_command("too_long", fmt::format("{} days are more than {}", input.days, k_days_most), "--days, --years",
                       "Run for fewer");
  }
  input.run.world = TRY(world_named(request.world));
  input.cards = simulate::built_in_cards();
  if (!request.parameters.empty()) {
    const std::string text = TRY(store::read_whole(request.parameters));
    input.cards = TRY(simulate::with_values(std::move(input.cards), text, request.parameters));
  }
  input.run.parameters = simulate::values_of(input.cards);
  input.run.seed = request.seed;
  input.run.every = TRY(every_named(request.every, "--every"));
  for (const std::string& file : request.scenarios) {
    const std::string text = TRY(store::read_whole(file));
    input.scenarios.push_back(TRY(simulate::read_scenario(text, file, input.run.world, input.days)));
  }
  return input;
}

}  // namespace throughline::app
