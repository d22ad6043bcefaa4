// Differences by place: they add up to those of all places, and cost memory only where they are asked for.
#include "simulate/compare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "simulate/testing_patterns.h"

namespace throughline::simulate {
namespace {

CompareInput input_of(std::vector<Outcome> mapped) {
  CompareInput input{.baseline = small_input(0.2), .scenarios = {}, .days = 63, .replicates = 5};
  input.baseline.warm_up_days = 30;
  input.scenarios.push_back(
      {.name = "fewer arrests in one place", .actions = {turned(Lever::carrier_arrests, 0)}, .strikes = {}});
  input.scenarios.front().actions.front().areas = {2};
  input.mapped = std::move(mapped);
  return input;
}

Comparison compared(const CompareInput& input) {
  const base::Interrupt interrupt;
  return compare(input, interrupt).value();
}

TEST(CompareByPlace, gives_the_whole_run_and_every_period_of_every_place) {
  const CompareInput input = input_of({Outcome::lines_open, Outcome::children_arrested});
  const Comparison comparison = compared(input);
  const auto places = input.baseline.world.places.size();
  ASSERT_EQ(comparison.places.size(), 2 * places * (1 + 9));
  EXPECT_EQ(comparison.places.front().of.days, 63);
  EXPECT_EQ(comparison.places[1].of.days, 7);
  EXPECT_EQ(comparison.places[1].of.from_day, 0);
  EXPECT_EQ(comparison.places[9].of.from_day, 56);
  EXPECT_EQ(comparison.places[10].place, 1U);
}

TEST(CompareByPlace, adds_up_to_all_places_in_each_period) {
  const CompareInput input = input_of({Outcome::lines_open, Outcome::children_arrested, Outcome::grams_heroin_sold});
  const Comparison comparison = compared(input);
  for (const Outcome outcome : input.mapped) {
    for (const PeriodDifference& all : comparison.periods) {
      if (all.outcome != static_cast<std::size_t>(outcome)) continue;
      double baseline = 0;
      double difference = 0;
      for (const PlaceDifference& row : comparison.places) {
        if (row.of.outcome != all.outcome || row.of.from_day != all.from_day || row.of.days != all.days) continue;
        baseline += row.of.baseline;
        difference += row.of.difference;
      }
      EXPECT_NEAR(baseline, all.baseline, 1e-9 * (1 + std::abs(all.baseline)));
      EXPECT_NEAR(difference, all.difference, 1e-9 * (1 + std::abs(all.baseline)));
    }
  }
}

TEST(CompareByPlace, of_the_whole_run_adds_up_to_the_total) {
  const CompareInput input = input_of({Outcome::children_arrested});
  const Comparison comparison = compared(input);
  double difference = 0;
  for (const PlaceDifference& row : comparison.places) difference += row.of.days == 63 ? row.of.difference : 0;
  const auto total = std::ranges::find(comparison.totals, static_cast<std::size_t>(Outcome::children_arrested),
                                       &OutcomeDifference::outcome);
  EXPECT_NEAR(difference, total->difference, 1e-9);
}

TEST(CompareByPlace, leaves_everything_else_as_it_is_and_is_counted_in_what_is_held) {
  const CompareInput without = input_of({});
  const CompareInput with = input_of({Outcome::lines_open});
  EXPECT_TRUE(compared(without).places.empty());
  EXPECT_EQ(compared(without).totals.front().difference, compared(with).totals.front().difference);
  EXPECT_GT(numbers_held(with), numbers_held(without));
}

TEST(CompareByPlace, knows_where_a_scenario_acts) {
  const CompareInput input = input_of({});
  const std::vector<bool> marks = acted_on(input.scenarios.front(), input.baseline.world.places.size());
  EXPECT_EQ(std::ranges::count(marks, true), 1);
  EXPECT_TRUE(marks[2]);
  EXPECT_EQ(
      std::ranges::count(acted_on({.name = "", .actions = {turned(Lever::imports, 0.5)}, .strikes = {}}, 4), true), 4);
}

}  // namespace
}  // namespace throughline::simulate
