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
  count_fight(run, {.town = one.town, .line = challenger, .other = incumbent}, random);
  const double strength = one.capacity_for_violence + other.capacity_for_violence;
  const bool challenger_loses = random.uniform01() * strength >= one.capacity_for_violence;
  if (random.uniform01() < run.numbers().violence_retreat) {
    move_line(run, challenger_loses ? challenger : incumbent, random);
  }
}

How harm_of(bool is_wounded, bool is_killed) {
  if (is_killed) return is_wounded ? How::wounded_and_killed : How::killed;
  return is_wounded ? How::wounded : How::none;
}

// What one town saw in a day of violence that is no fight between sellers.
struct Acts {
  std::int64_t robberies = 0;
  std::int64_t assaults = 0;
  std::int64_t killed_in_robberies = 0;
  std::int64_t killed_in_assaults = 0;
  std::int64_t wounded = 0;  // In either.
};

// The acts of a day are alike: the first of each kind killed, the last of all wounded.
void tell_of_acts(WorldRun& run, std::int32_t town, const Acts& acts) {
  if (run.listener == nullptr) return;
  const std::int64_t all = acts.robberies + acts.assaults;
  for (std::int64_t i = 0; i < all; ++i) {
    const bool is_robbery = i < acts.robberies;
    const std::int64_t in_kind = is_robbery ? i : i - acts.robberies;
    const bool is_killed = in_kind < (is_robbery ? acts.killed_in_robberies : acts.killed_in_assaults);
    tell(run, {.town = town,
               .area = town,
               .amount = in_kind,
               .what = is_robbery ? Happened::robbery : Happened::assault,
               .how = harm_of(all - i <= acts.wounded, is_killed)});
  }
}

}  // namespace

void count_fight(WorldRun& run, const Fight& fight, base::Random& random) {
  const Parameters& numbers = run.numbers();
  Town& town = run.town(fight.town);
  count(town, Outcome::fights);
  const bool is_killed = random.uniform01() < numbers.violence_death_systemic;
  const bool is_wounded = random.uniform01() < numbers.violence_admission;
  if (is_killed) count(town, Outcome::homicides);
  if (is_wounded) count(town, Outcome::admissions_wounded);
  tell(run, {.town = fight.town,
             .area = fight.town,
             .line = fight.line,
             .other = fight.other,
             .what = Happened::fight,
             .how = harm_of(is_wounded, is_killed)});
  if (random.uniform01() < std::min(1.0, numbers.violence_recorded * run.lever(fight.town, Lever::recording))) {
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
  const std::int64_t assaults = random.poisson(numbers.violence_intoxicated_per_year * active * town.purity[1] *
                                               run.lever(number, Lever::crack) / 365.25);
  count(town, Outcome::robberies, robberies);
  count(town, Outcome::assaults_intoxicated, assaults);
  Acts acts{.robberies = robberies, .assaults = assaults};
  acts.killed_in_robberies = random.binomial(robberies, numbers.violence_death_economic);
  acts.killed_in_assaults = random.binomial(assaults, numbers.violence_death_intoxicated);
  acts.wounded = random.binomial(robberies + assaults, numbers.violence_admission);
  count(town, Outcome::homicides, acts.killed_in_robberies + acts.killed_in_assaults);
  count(town, Outcome::admissions_wounded, acts.wounded);
  tell_of_acts(run, number, acts);
  const double recording = run.lever(number, Lever::recording);
  count(town, Outcome::violence_recorded,
        random.binomial(robberies + assaults, std::min(1.0, numbers.violence_recorded * recording)));
  const double residents = run.input.world.places[index_of(number)].residents * run.input.world.scale;
  base::Random other = run.draw(Purpose::other_homicide, static_cast<std::uint64_t>(number));
  count(town, Outcome::homicides_other,
        other.poisson(numbers.violence_other_homicides_per_million * residents / 1e6 / 365.25));
  const double searches = numbers.police_searches_per_1000_users * static_cast<double>(town.users_start) / 1000;
  count(town, Outcome::drug_offences_recorded, random.poisson(searches * recording / 365.25));
}

}  // namespace throughline::simulate
