#include "evidence/rates/trend.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace throughline::evidence {
namespace {

CountLine yearly(std::vector<std::optional<std::int64_t>> counts) {
  return {.counts = std::move(counts), .people = {}, .periods_in_year = 1};
}

CountLine monthly(std::int64_t count, std::size_t months) {
  return {.counts = std::vector<std::optional<std::int64_t>>(months, count), .people = {}, .periods_in_year = 12};
}

TEST(trend_of, indexes_yearly_counts_with_the_exact_interval_of_their_ratio) {
  const auto points = trend_of(yearly({100, 150, std::nullopt, 80}), 0, PoissonLimits(200));
  EXPECT_EQ(*points[0].index, 100);
  EXPECT_NEAR(*points[1].index, 150, 1e-9);
  const auto exact = compare_counts({.before = 100, .after = 150});
  EXPECT_NEAR(points[1].index_interval.low, 100 * exact->interval.low, 1e-9);
  EXPECT_FALSE(points[2].index.has_value());
  EXPECT_FALSE(points[2].year.has_value());
  EXPECT_NEAR(*points[3].index, 80, 1e-9);
}

TEST(trend_of, rolls_twelve_months_and_gives_no_year_across_an_absent_one) {
  CountLine line = monthly(10, 30);
  line.counts[15] = std::nullopt;
  const auto points = trend_of(line, 11, PoissonLimits(200));
  EXPECT_FALSE(points[10].year.has_value());
  EXPECT_EQ(points[11].year, 120);
  EXPECT_EQ(points[14].year, 120);
  for (std::size_t i = 15; i < 27; ++i) EXPECT_FALSE(points[i].year.has_value()) << i;
  EXPECT_EQ(points[27].year, 120);
  EXPECT_NEAR(points[11].year_interval.low, poisson_interval(120).low, 1e-12);
}

TEST(trend_of, divides_by_the_mean_people_of_the_year) {
  CountLine line = monthly(10, 24);
  for (int i = 0; i < 24; ++i) line.people.emplace_back(i < 12 ? 100'000 : 200'000);
  const auto points = trend_of(line, 11, PoissonLimits(10));
  EXPECT_NEAR(points[11].rate->value, 120, 1e-9);
  EXPECT_NEAR(points[23].rate->value, 60, 1e-9);
  EXPECT_NEAR(*points[23].index, 50, 1e-9);
}

TEST(trend_of, without_events_in_the_base_has_no_index) {
  const auto points = trend_of(yearly({0, 5}), 0, PoissonLimits(10));
  EXPECT_FALSE(points[1].index.has_value());
  EXPECT_EQ(points[0].interval, poisson_interval(0));
}

TEST(change_of, gives_the_change_of_counts_and_of_rates) {
  CountLine line = yearly({100, 110, 150});
  const auto counts = std::get<YearChange>(change_of(line, {.from = 0, .to = 2}, {}));
  EXPECT_NEAR(counts.percent, 50, 1e-9);
  EXPECT_FALSE(counts.is_of_rates);
  EXPECT_LT(counts.interval.low, 50);
  EXPECT_GT(counts.interval.high, 50);
  line.people = {1000, 1000, 1500};
  const auto rates = std::get<YearChange>(change_of(line, {.from = 0, .to = 2}, {}));
  EXPECT_NEAR(rates.percent, 0, 1e-9);
  EXPECT_TRUE(rates.is_of_rates);
}

struct RefusedChange {
  CountLine line;
  Caveats caveats;
  bool reaches_latest;
  Rule rule;
};

TEST(change_of, is_refused_by_the_rules) {
  const std::vector<RefusedChange> table{
      {yearly({9, 50}), {}, false, Rule::no_change_under_ten},
      {yearly({50, std::nullopt}), {}, false, Rule::absent_months_are_not_summed},
      {yearly({50, 60}), {Caveat::registration_delay}, true, Rule::latest_period_is_incomplete},
      {yearly({50, 60}), {Caveat::different_universe}, false, Rule::universes_are_not_joined}};
  for (const RefusedChange& row : table) {
    const auto change = change_of(row.line, {.from = 0, .to = 1, .reaches_latest = row.reaches_latest}, row.caveats);
    ASSERT_TRUE(std::holds_alternative<Refusal>(change)) << name_of(row.rule);
    EXPECT_EQ(std::get<Refusal>(change).rule, row.rule);
  }
  const auto whole =
      change_of(yearly({50, 60}), {.from = 0, .to = 1, .reaches_latest = false}, {Caveat::registration_delay});
  EXPECT_TRUE(std::holds_alternative<YearChange>(whole));
}

// Small pairs exactly; larger ones within a part of the width, at either end.
RC_GTEST_PROP(ratio_limits, are_those_of_the_exact_comparison_or_near_them, ()) {
  static const PoissonLimits limits(400);
  static const RatioLimits ratios(12, limits);
  const auto least = *rc::gen::element<std::int64_t>(1, 100);
  const auto before = *rc::gen::inRange<std::int64_t>(least, least + 300);
  const auto after = *rc::gen::inRange<std::int64_t>(least, least + 300);
  const Interval exact = compare_counts({.before = before, .after = after})->interval;
  const Interval found = ratios.of(before, after);
  const double apart = (least < 100 ? 0.035 : 0.007) * (exact.high - exact.low);
  RC_ASSERT(std::abs(found.low - exact.low) <= apart);
  RC_ASSERT(std::abs(found.high - exact.high) <= apart);
}

RC_GTEST_PROP(poisson_limits, kept_or_not_are_the_same, ()) {
  const auto count = *rc::gen::inRange<std::int64_t>(0, 400);
  RC_ASSERT(PoissonLimits(200).of(count) == PoissonLimits(0).of(count));
}

}  // namespace
}  // namespace throughline::evidence
