#include "simulate/observe/roll.h"

#include <algorithm>
#include <cstdlib>

#include "base/check.h"
#include "base/parallel.h"
#include "simulate/begin.h"

namespace throughline::simulate {

namespace {

// The least time between two births of one mother.
constexpr std::int32_t k_between_births = 280;
constexpr std::int32_t k_sibling_block = 3;
constexpr std::int32_t k_bystander_block = 4;
constexpr std::int64_t k_generations = 3;
constexpr std::int64_t k_bystanders_a_person = 2;
constexpr std::int64_t k_family_generations = 2;
constexpr std::uint64_t k_salt = 0x7065'6F70'6C65'0001;  // Keeps this chance apart from that of the run.

std::int32_t days_of(double years) {
  return static_cast<std::int32_t>(years * k_days_per_year);
}

bool can_be_siblings(std::int32_t one, std::int32_t other) {
  return std::abs(one - other) >= k_between_births;
}

double between(base::Random& random, double low, double high) {
  return low + (high - low) * random.uniform01();
}

Living drawn_living(base::Random& random) {
  const double place = random.uniform01();
  if (place < 0.4) return Living::family;
  return place < 0.7 ? Living::couple : Living::alone;
}

// How somebody grown up, of the market, lives.
enum class Beside : std::uint8_t { nobody, partner, parent, parents };

Beside beside(base::Random& random) {
  const double place = random.uniform01();
  if (place < 0.25) return Beside::partner;
  if (place < 0.35) return Beside::parent;
  return place < 0.45 ? Beside::parents : Beside::nobody;
}

}  // namespace

Roll::Roll(const RunInput& run, PopulationInput input)
    : input_(std::move(input)),
      world_(run.world),
      seed_(run.seed),
      first_date_(run.world.starts - run.warm_up_days),
      until_day_(run.warm_up_days + input_.days),
      later_days_(days_of(run.parameters.carriers_exit_age - run.parameters.carriers_entry_age)) {
  std::ranges::sort(input_.later_births);
  const WorldRun begun = begin_world(run);
  for (const Town& town : begun.state.towns) {
    TownPeople& people = towns_.emplace_back();
    people.first = market_all_;
    people.kind_begin = town.people.kind_begin;
    people.child_births.assign(town.people.birth_day.begin() + people.kind_begin[1],
                               town.people.birth_day.begin() + people.kind_begin[2]);
    market_all_ += people.kind_begin.back();
  }
  base::parallel_chunks({.items = towns()},
                        [&](const base::Chunk& chunk) { fill(static_cast<std::int32_t>(chunk.begin)); });
}

// In this order: each is worked out from those before it.
void Roll::fill(std::int32_t town) {
  TownPeople& people = towns_[index_of(town)];
  for (std::int32_t row = people.kind_begin[1]; row < people.kind_begin[2]; ++row) {
    people.first_siblings.push_back(drawn_first_sibling({town, row, 0}));
  }
  for (std::int32_t block = 0; block < bystanders(town); block += k_bystander_block) {
    base::Random random = draw(Facet::arrangement, key(PersonRef{Circle::bystander, town, block, 0}));
    people.living.push_back(drawn_living(random));
  }
  people.bystander_births.reserve(static_cast<std::size_t>(bystanders(town)));
  for (std::int32_t number = 0; number < bystanders(town); ++number) {
    people.bystander_births.push_back(drawn_bystander_birth({Circle::bystander, town, number, 0}));
  }
}

std::int64_t ordinals_of(std::int64_t market_people) {
  return (k_generations + k_bystanders_a_person + k_family_generations * k_family_places) * market_people;
}

bool Roll::is_young(std::int32_t town, std::int32_t row) const {
  return row >= town_of(town).kind_begin[1] && row < town_of(town).kind_begin[2];
}

bool Roll::is_in(const PersonRef& person) const {
  if (person.town < 0 || person.town >= towns() || person.number < 0) return false;
  switch (person.circle) {
    case Circle::market: return person.number < market_people(person.town);
    case Circle::bystander: return person.number < bystanders(person.town) && person.generation == 0;
    case Circle::family: break;
  }
  const std::int32_t row = person.number / k_family_places;
  if (row >= market_people(person.town)) return false;
  const bool is_leader = !is_young(person.town, row) || first_sibling({person.town, row, person.generation}) == row;
  return is_leader && family_birth(person).has_value();
}

std::optional<PersonKind> Roll::kind_of(const PersonRef& person) const {
  if (person.circle != Circle::market) return std::nullopt;
  const auto& begin = town_of(person.town).kind_begin;
  if (person.number < begin[1]) return PersonKind::user;
  return person.number < begin[2] ? PersonKind::child : PersonKind::adult;
}

std::int32_t Roll::young_birth(Young young) const {
  const TownPeople& people = town_of(young.town);
  const std::int32_t first = people.child_births[index_of(young.row - people.kind_begin[1])];
  if (young.generation == 0) return first;
  const LaterBirth wanted{.town = young.town, .row = young.row, .generation = young.generation, .birth_day = 0};
  const auto of = [](const LaterBirth& birth) {
    return LaterBirth{.town = birth.town, .row = birth.row, .generation = birth.generation, .birth_day = 0};
  };
  const auto found = std::ranges::lower_bound(input_.later_births, wanted, {}, of);
  if (found != input_.later_births.end() && of(*found) == wanted) return found->birth_day;
  return first + young.generation * later_days_;
}

std::int32_t Roll::first_sibling(Young young) const {
  if (young.generation != 0) return drawn_first_sibling(young);
  const TownPeople& people = town_of(young.town);
  return people.first_siblings[index_of(young.row - people.kind_begin[1])];
}

// Young people of neighbouring rows, three at a time, may be brothers and sisters.
std::int32_t Roll::drawn_first_sibling(Young young) const {
  const auto& begin = town_of(young.town).kind_begin;
  const std::int32_t place = young.row - begin[1];
  const std::int32_t block = young.row - place % k_sibling_block;
  base::Random random =
      draw(Facet::siblings, key(PersonRef{.town = young.town, .number = block, .generation = young.generation}));
  std::int32_t leader = block;
  for (std::int32_t row = block + 1; row <= young.row; ++row) {
    const bool are_joined = random.uniform01() < input_.rates.sibling_share;
    const std::int32_t birth = young_birth({young.town, row, young.generation});
    bool are_apart = true;
    for (std::int32_t other = leader; other < row; ++other) {
      are_apart = are_apart && can_be_siblings(birth, young_birth({young.town, other, young.generation}));
    }
    if (!are_joined || !are_apart) leader = row;
  }
  return leader;
}

std::vector<std::int32_t> Roll::sibling_rows(Young leader) const {
  const auto& begin = town_of(leader.town).kind_begin;
  std::vector<std::int32_t> rows{leader.row};
  const std::int32_t block_end = leader.row + k_sibling_block - (leader.row - begin[1]) % k_sibling_block;
  for (std::int32_t row = leader.row + 1; row < std::min(block_end, begin[2]); ++row) {
    if (first_sibling({leader.town, row, leader.generation}) != leader.row) break;
    rows.push_back(row);
  }
  return rows;
}

Living Roll::living_of(const PersonRef& bystander) const {
  return town_of(bystander.town).living[index_of(bystander.number / k_bystander_block)];
}

bool Roll::lives_with_others(const PersonRef& bystander) const {
  const std::int32_t place = bystander.number % k_bystander_block;
  const Living living = living_of(bystander);
  const bool is_together = living == Living::family || (living == Living::couple && place < 2);
  // The last block may be of one.
  return is_together && bystander.number - place + 1 < bystanders(bystander.town);
}

HouseholdRef Roll::household_of(const PersonRef& person) const {
  HouseholdRef household{.town = person.town, .leader = person.number, .generation = person.generation};
  if (person.circle == Circle::family) {
    household.leader = person.number / k_family_places;
  } else if (person.circle == Circle::bystander) {
    household.circle = Circle::bystander;
    const std::int32_t place = person.number % k_bystander_block;
    const Living living = living_of(person);
    if (living == Living::family || (living == Living::couple && place < 2)) household.leader = person.number - place;
  } else if (is_young(person.town, person.number)) {
    household.leader = first_sibling({person.town, person.number, person.generation});
  }
  return household;
}

std::vector<PersonRef> Roll::members(const HouseholdRef& household) const {
  std::vector<PersonRef> people;
  const auto add = [&](Circle circle, std::int32_t number) {
    const PersonRef person{circle, household.town, number, household.generation};
    if (is_in(person) && household_of(person) == household) people.push_back(person);
  };
  if (household.circle == Circle::bystander) {
    for (std::int32_t i = 0; i < k_bystander_block; ++i) add(Circle::bystander, household.leader + i);
    return people;
  }
  std::vector<std::int32_t> rows{household.leader};
  if (is_young(household.town, household.leader)) {
    rows = sibling_rows({household.town, household.leader, household.generation});
  }
  for (const std::int32_t row : rows) add(Circle::market, row);
  for (std::int32_t i = 0; i < k_family_places; ++i) add(Circle::family, household.leader * k_family_places + i);
  return people;
}

bool Roll::is_head(const PersonRef& person) const {
  if (person.circle == Circle::family) return person.number % k_family_places < 2;
  if (person.circle == Circle::market) return false;
  return lives_with_others(person) && person.number % k_bystander_block < 2;
}

std::optional<PersonRef> Roll::other_head(const PersonRef& person) const {
  const HouseholdRef household = household_of(person);
  const bool is_of_bystanders = household.circle == Circle::bystander;
  for (std::int32_t place = 0; place < 2; ++place) {
    const std::int32_t number =
        is_of_bystanders ? household.leader + place : household.leader * k_family_places + place;
    const PersonRef other{is_of_bystanders ? Circle::bystander : Circle::family, household.town, number,
                          household.generation};
    if (other != person && is_in(other) && household_of(other) == household && is_head(other)) return other;
  }
  return std::nullopt;
}

std::optional<std::int32_t> Roll::birth_beside_young(const PersonRef& person, Young leader) const {
  std::vector<std::int32_t> births;
  for (const std::int32_t row : sibling_rows(leader))
    births.push_back(young_birth({leader.town, row, leader.generation}));
  const std::int32_t eldest = std::ranges::min(births);
  base::Random random = draw(Facet::relatives, key(household_of(person)));
  const std::int32_t mother = eldest - days_of(between(random, 18, 34));
  const std::int32_t father = mother - days_of(between(random, -5, 5));
  const bool has_father = random.uniform01() < input_.rates.second_parent;
  const std::int32_t place = person.number % k_family_places;
  if (place == 0) return mother;
  if (place == 1) return has_father ? std::optional(father) : std::nullopt;
  // A twin of the first, or brothers and sisters with time enough between all births.
  std::optional<std::int32_t> found;
  for (std::int32_t at = 2; at <= place; ++at) {
    found.reset();
    const bool is_twin = random.uniform01() < input_.rates.twin && at == 2;
    const bool is_there = random.uniform01() < input_.rates.other_sibling;
    const std::int32_t drawn = births.front() + days_of(between(random, -9, 9));
    const bool is_apart =
        std::ranges::all_of(births, [&](std::int32_t other) { return can_be_siblings(drawn, other); });
    if (is_twin) found = births.front();
    if (!is_twin && is_there && is_apart && drawn < 0 && drawn - mother > days_of(16)) found = drawn;
    if (found) births.push_back(*found);
  }
  return found;
}

std::optional<std::int32_t> Roll::birth_beside_adult(const PersonRef& person, std::int32_t row) const {
  const PersonRef market{Circle::market, person.town, row, person.generation};
  base::Random random = draw(Facet::arrangement, key(market));
  const Beside with = beside(random);
  const std::int32_t own = birth_day(market);
  const std::int32_t partner = std::min(own - days_of(between(random, -6, 6)), -days_of(18));
  const std::int32_t mother = own - days_of(between(random, 19, 36));
  const std::int32_t father = mother - days_of(between(random, -5, 5));
  const std::int32_t place = person.number % k_family_places;
  if (place == 0 && with == Beside::partner) return partner;
  if (place == 0 && with != Beside::nobody) return mother;
  return place == 1 && with == Beside::parents ? std::optional(father) : std::nullopt;
}

std::optional<std::int32_t> Roll::family_birth(const PersonRef& person) const {
  const std::int32_t row = person.number / k_family_places;
  if (is_young(person.town, row)) return birth_beside_young(person, {person.town, row, person.generation});
  return birth_beside_adult(person, row);
}

std::int32_t Roll::drawn_bystander_birth(const PersonRef& person) const {
  base::Random own = draw(Facet::birth, key(person));
  if (const auto namesake = namesake_of(person)) {
    return std::min(-1, birth_day(*namesake) + static_cast<std::int32_t>(own.uniform_int(-700, 700)));
  }
  const HouseholdRef household = household_of(person);
  base::Random random = draw(Facet::relatives, key(household));
  const std::int32_t place = person.number - household.leader;
  const Living living = living_of(person);
  const bool is_alone = living == Living::alone || (living == Living::couple && person.number % k_bystander_block >= 2);
  if (is_alone) return -days_of(between(own, 18, 80));
  if (living == Living::couple)
    return -days_of(between(random, 23, 75)) - (place == 0 ? 0 : days_of(between(own, -5, 5)));
  const double younger = between(random, 1, 14);
  const double gap = random.uniform01() < input_.rates.twin ? 0.0 : between(random, 0.8, 4);
  const double mother = younger + gap + between(random, 19, 36);
  if (place == 3) return -days_of(younger);
  if (place == 2) return -days_of(younger + gap);
  return -days_of(mother) - (place == 0 ? 0 : days_of(between(own, -5, 5)));
}

std::int32_t Roll::birth_day(const PersonRef& person) const {
  if (person.circle == Circle::bystander) return town_of(person.town).bystander_births[index_of(person.number)];
  if (person.circle == Circle::family) return family_birth(person).value_or(-days_of(k_adult_years));
  const std::optional<PersonKind> kind = kind_of(person);
  if (kind == PersonKind::child) return young_birth({person.town, person.number, person.generation});
  base::Random random = draw(Facet::birth, key(person));
  if (kind == PersonKind::adult) return -days_of(between(random, 18, 65));
  // People who use: about 40 (assumption), none below 18.
  return -days_of(std::clamp(40 + 9 * random.normal(), k_adult_years, 75.0));
}

std::optional<PersonRef> Roll::namesake_of(const PersonRef& person) const {
  if (person.circle != Circle::bystander || market_people(person.town) == 0) return std::nullopt;
  base::Random random = draw(Facet::namesake, key(person));
  if (random.uniform01() >= input_.rates.namesake) return std::nullopt;
  if (lives_with_others(person)) return std::nullopt;
  const auto rows = static_cast<std::uint64_t>(market_people(person.town));
  return PersonRef{Circle::market, person.town, static_cast<std::int32_t>(random.below(rows)), 0};
}

std::int64_t Roll::ordinal(const PersonRef& person) const {
  const std::int64_t first = town_of(person.town).first;
  if (person.circle == Circle::market) {
    const std::int64_t generation = person.generation % k_generations;
    return generation * market_all_ + first + person.number;
  }
  std::int64_t before = k_generations * market_all_;
  if (person.circle == Circle::bystander) return before + k_bystanders_a_person * first + person.number;
  before += k_bystanders_a_person * market_all_;
  before += person.generation % k_family_generations * k_family_places * market_all_;
  return before + k_family_places * first + person.number;
}

std::uint64_t Roll::key(const PersonRef& person) const {
  const std::uint64_t own = person_key(person.town, person.number, person.generation);
  return mixed(own, static_cast<std::uint64_t>(person.circle));
}

std::uint64_t Roll::key(const HouseholdRef& household) const {
  const std::uint64_t own = person_key(household.town, household.leader, household.generation);
  return mixed(mixed(own, static_cast<std::uint64_t>(household.circle)), k_salt);
}

base::Random Roll::draw(Facet facet, std::uint64_t subject) const {
  return base::Random(
      {.seed = seed_, .stream = mixed(mixed(subject, k_salt), static_cast<std::uint64_t>(facet)), .step = 0});
}

}  // namespace throughline::simulate
