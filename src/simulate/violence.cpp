#include <algorithm>

#include "simulate/lines.h"
#include "simulate/mechanisms.h"
#include "simulate/violence.h"

namespace throughline::simulate {

namespace {

// One line tries another's customers. It does so the less, the more it believes that the other will fight; what it
// meets teaches it (after the endogenous property rights of Rozzi, Giovannetti, Pin and Campana).
void contest(WorldRun& run, std::int32_t challenger, std::int32_t incumbent, base::Random& random) {
  Line& one = run.line(challenger);
  Line& other = run.line(incumbent);
  const double learning = run.numbers().violence_learning;
  if (random.uniform01() < one.belief) return;
  if (random.uniform01() >= other.capacity_for_violence) {
    one.belief -= learning * one.belief;
    return;
  }
  one.belief += learning * (1 - one.belief);
  other.belief += learning * (1 - other.belief);
  count_fight(run, one.town, random);
  const double strength = one.capacity_for_violence + other.capacity_for_violence;
  const bool challenger_loses = random.uniform01() * strength >= one.capacity_for_violence;
  if (random.uniform01() < run.numbers().violence_retreat) {
    move_line(run, challenger_loses ? challenger : incumbent, random);
  }
}

}  // namespace

void count_fight(WorldRun& run, std::int32_t number, base::Random& random) {
  const Parameters& numbers = run.numbers();
  Town& town = run.town(number);
  count(town, Outcome::fights);
  if (random.uniform01() < numbers.violence_death_systemic) count(town, Outcome::homicides);
  if (random.uniform01() < numbers.violence_admission) count(town, Outcome::admissions_wounded);
  if (random.uniform01() < std::min(1.0, numbers.violence_recorded * run.lever(number, Lever::recording))) {
    count(town, Outcome::violence_recorded);
  }
}

void contests_day(WorldRun& run) {
  const double per_rival = run.numbers().violence_contests_per_year / 2;
  const std::vector<std::int32_t> open = run.state.open_lines;
  for (const std::int32_t number : open) {
    const Line& line = run.line(number);
    const std::vector<std::int32_t>& rivals = run.town(line.town).lines;
    if (rivals.size() < 2) continue;
    base::Random random = run.draw(Purpose::contest, line.key);
    if (random.uniform01() >= daily(per_rival * static_cast<double>(rivals.size() - 1))) continue;
    std::size_t which = random.below(rivals.size() - 1);
    if (rivals[which] >= number) ++which;
    contest(run, number, rivals[which], random);
  }
}

void street_day(WorldRun& run, std::int32_t number) {
  Town& town = run.town(number);
  const Parameters& numbers = run.numbers();
  base::Random random = run.draw(Purpose::town_day, static_cast<std::uint64_t>(number));
  const auto active = static_cast<double>(how_many(town, PersonKind::user, PersonState::active));
  const double need = (town.price[0] / town.purity[0] + town.price[1] / town.purity[1]) / 2;
  const std::int64_t robberies = random.poisson(numbers.violence_robbery_per_year * active * need / 365.25);
  const std::int64_t assaults =
      random.poisson(numbers.violence_intoxicated_per_year * active * town.purity[1] / 365.25);
  count(town, Outcome::robberies, robberies);
  count(town, Outcome::assaults_intoxicated, assaults);
  count(town, Outcome::homicides,
        random.binomial(robberies, numbers.violence_death_economic) +
            random.binomial(assaults, numbers.violence_death_intoxicated));
  count(town, Outcome::admissions_wounded, random.binomial(robberies + assaults, numbers.violence_admission));
  const double recording = run.lever(number, Lever::recording);
  count(town, Outcome::violence_recorded,
        random.binomial(robberies + assaults, std::min(1.0, numbers.violence_recorded * recording)));
  const double searches = numbers.police_searches_per_1000_users * static_cast<double>(town.users_start) / 1000;
  count(town, Outcome::drug_offences_recorded, random.poisson(searches * recording / 365.25));
}

}  // namespace throughline::simulate
