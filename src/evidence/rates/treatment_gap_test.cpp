#include "evidence/rates/treatment_gap.h"

#include <cmath>
#include <optional>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"

namespace throughline::evidence {
namespace {

PeopleCounted people(double value, std::optional<Interval> interval = {}) {
  return {.value = value,
          .interval = interval,
          .universe = "people who use opiates",
          .area = "Otherford",
          .period = "2017/18"};
}

TEST(treatment_gap, is_the_share_that_is_not_treated_with_the_intervals_of_both) {
  const auto gap = std::get<TreatmentGap>(treatment_gap(people(530), people(1000, Interval{900, 1150})));
  EXPECT_NEAR(gap.share, 0.47, 1e-12);
  // By hand: a Poisson count of 530 goes from 485.8 to 577.1, so 0.53 goes down by e^0.165 and up by e^0.136.
  EXPECT_NEAR(gap.interval.low, 0.3931, 5e-4);
  EXPECT_NEAR(gap.interval.high, 0.5505, 5e-4);
}

struct RefusedGap {
  PeopleCounted treated;
  PeopleCounted users;
  Rule rule;
};

TEST(treatment_gap, is_refused_where_the_two_are_not_of_the_same_people_or_one_is_bare) {
  PeopleCounted elsewhere = people(530);
  elsewhere.area = "Elsewhere";
  PeopleCounted of_any_drug = people(530);
  of_any_drug.universe = "people treated for any drug";
  const PeopleCounted users = people(1000, Interval{900, 1150});
  const std::vector<RefusedGap> table{{elsewhere, users, Rule::universes_are_not_joined},
                                      {of_any_drug, users, Rule::universes_are_not_joined},
                                      {people(530), people(1000), Rule::estimate_without_interval},
                                      {people(1200), users, Rule::more_events_than_people}};
  for (const RefusedGap& row : table) {
    const auto gap = treatment_gap(row.treated, row.users);
    ASSERT_TRUE(std::holds_alternative<Refusal>(gap));
    EXPECT_EQ(std::get<Refusal>(gap).rule, row.rule);
  }
}

// Of 1,000 made-up areas, of which the truth is known, the interval holds it in 95 of 100.
TEST(treatment_gap, has_an_interval_that_holds_the_truth_as_often_as_it_says) {
  base::Random random({.seed = 1, .stream = base::stream_of("test/gap"), .step = 0});
  int held = 0;
  for (int i = 0; i < 1000; ++i) {
    const double users = 2000 * std::exp(0.08 * random.normal());
    const Interval interval{users * std::exp(-1.96 * 0.08), users * std::exp(1.96 * 0.08)};
    const auto treated = static_cast<double>(random.poisson(900));
    const auto gap = treatment_gap(people(treated), people(users, interval));
    const auto* given = std::get_if<TreatmentGap>(&gap);
    held += given != nullptr && given->interval.low <= 0.55 && 0.55 <= given->interval.high ? 1 : 0;
  }
  EXPECT_GE(held, 930);
  EXPECT_LE(held, 970);
}

}  // namespace
}  // namespace throughline::evidence
