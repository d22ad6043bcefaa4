// That nothing in the model of roles leans on a name, a sex or a group, and that a test of it would notice.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "simulate/begin.h"
#include "simulate/observe/identity.h"
#include "simulate/observe/testing_people.h"
#include "simulate/run.h"

namespace throughline::simulate {

namespace {

using Table = std::map<std::string, std::map<std::string, double>>;  // Counts by role and group.

// How far Pearson's statistic lies above its mean, in standard deviations, where role and group are independent.
double above_chance(const Table& table) {
  std::map<std::string, double> by_group;
  double all = 0;
  for (const auto& [role, groups] : table) {
    for (const auto& [group, count] : groups) {
      by_group[group] += count;
      all += count;
    }
  }
  double statistic = 0;
  for (const auto& [role, groups] : table) {
    double of_role = 0;
    for (const auto& [group, count] : groups) of_role += count;
    for (const auto& [group, count] : by_group) {
      const auto held = groups.find(group);
      const double expected = of_role * count / all;
      const double off = (held == groups.end() ? 0 : held->second) - expected;
      statistic += off * off / expected;
    }
  }
  const auto freedom = static_cast<double>((table.size() - 1) * (by_group.size() - 1));
  return (statistic - freedom) / std::sqrt(2 * freedom);
}

// Rare groups together, so that no cell expects next to nobody.
std::string broad(std::string_view ethnicity) {
  return ethnicity == "W1" ? "W1" : std::string(ethnicity.substr(0, 1));
}

std::string role_after(const WorldRun& run, const PersonRef& person) {
  const People& people = run.town(person.town).people;
  const std::size_t at = index_of(person.number);
  if (people.kind[at] == PersonKind::user) return "user " + std::to_string(static_cast<int>(people.state[at]));
  const bool was_made_to_carry = people.state[at] == PersonState::carrying || people.state[at] == PersonState::safe ||
                                 people.state[at] == PersonState::in_prison;
  return (people.kind[at] == PersonKind::child ? "young" : "adult") + std::string(was_made_to_carry ? " carries" : "");
}

struct Independence : testing::Test {
  Independence() {
    const base::Interrupt never;
    EXPECT_TRUE(run_days(run, 90, never).ok());
    const Population population(input, {.days = 90});
    for (const PersonRef& person : market_of(population)) {
      if (run.town(person.town).people.generation[index_of(person.number)] > 0) continue;
      const Identity identity = population.of(person);
      const std::string role = role_after(run, person);
      ++ethnicity[role][broad(identity.ethnicity)];
      ++sex[role][identity.sex == PersonSex::female ? "F" : "M"];
      ++initial[role][identity.surname_plain.substr(0, 1)];
      ++leaning[role][role == "young carries" ? "B" : broad(identity.ethnicity)];
    }
  }

  RunInput input = small_input(1);
  WorldRun run = begin_world(input);
  Table ethnicity, sex, initial, leaning;
};

}  // namespace

TEST_F(Independence, no_role_leans_on_ethnicity_sex_or_name) {
  EXPECT_GT(ethnicity.size(), 7U);
  EXPECT_GT(ethnicity["young carries"]["W1"], 20);
  EXPECT_LT(above_chance(ethnicity), 4);
  EXPECT_LT(above_chance(sex), 4);
  EXPECT_LT(above_chance(initial), 4);
  EXPECT_GT(above_chance(leaning), 4);
}

}  // namespace throughline::simulate
