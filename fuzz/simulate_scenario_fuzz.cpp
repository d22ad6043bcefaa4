// Scenarios, worlds, parameters, priors, criteria and ensembles of the market model: any text is read, or refused with
// what is wrong and where; a scenario that is read acts within its world and its run.
#include <algorithm>
#include <string>
#include <vector>

#include "base/check.h"
#include "simulate/acceptance.h"
#include "simulate/members.h"
#include "simulate/parameter_file.h"
#include "simulate/priors.h"
#include "simulate/world_file.h"

namespace {

namespace simulate = throughline::simulate;

void check_told(const throughline::base::Error& error) {
  CHECK(!error.code.empty() && !error.what.empty() && !error.where.empty());
}

void check_priors(const std::string& text, const std::vector<simulate::ParameterCard>& cards) {
  const auto priors = simulate::read_priors(text, "fuzzed.toml", cards);
  if (!priors.ok()) return check_told(priors.error());
  for (const simulate::Prior& prior : priors.value()) {
    const double value = simulate::value_at(prior, 0.5);
    CHECK(value >= cards[prior.parameter].low && value <= cards[prior.parameter].high);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const simulate::World k_world = simulate::built_in_world("small").value();
  constexpr std::int32_t k_days = 365;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto scenario = simulate::read_scenario(text, "fuzzed.toml", k_world, k_days);
  if (!scenario.ok()) check_told(scenario.error());
  if (scenario.ok()) {
    const auto is_place = [](std::int32_t area) { return area >= 0 && area < std::ssize(k_world.places); };
    for (const simulate::LeverAction& action : scenario.value().actions) {
      CHECK(action.from >= 0 && action.from < action.until && action.multiply >= 0);
      CHECK(std::ranges::all_of(action.areas, is_place));
    }
    for (const simulate::Strike& strike : scenario.value().strikes) {
      CHECK(strike.day >= 0 && strike.day <= k_days && strike.share >= 0 && strike.share <= 1);
      CHECK(std::ranges::all_of(strike.areas, is_place));
    }
  }
  const auto world = simulate::read_world(text, "fuzzed.toml");
  if (!world.ok()) check_told(world.error());
  if (world.ok()) CHECK(std::ranges::any_of(world.value().places, &simulate::Place::is_hub));
  const auto cards = simulate::with_values(simulate::built_in_cards(), text, "fuzzed.toml");
  if (!cards.ok()) check_told(cards.error());
  static const std::vector<simulate::ParameterCard> k_cards = simulate::built_in_cards();
  check_priors(text, k_cards);
  const auto acceptance = simulate::read_acceptance(text, "fuzzed.toml");
  if (!acceptance.ok()) check_told(acceptance.error());
  const auto members = simulate::read_members(text, "fuzzed.csv", k_cards);
  if (!members.ok()) check_told(members.error());
  return 0;
}
