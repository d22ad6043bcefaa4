#include "evidence/rates/trend.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "evidence/rates/made_up_lines.h"

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

// The interval of years that share months holds the truth as often as it says, and is narrower than if they shared
// none.
TEST(change_of, of_years_that_share_months_covers_the_truth) {
  constexpr int k_lines = 400;
  int covered = 0;
  int significant = 0;
  double width = 0;
  double width_apart = 0;
  for (int i = 0; i < k_lines; ++i) {
    const CountLine line =
        made_up_line({.periods = 24, .mean = 20, .season = 0, .spread = 0, .seed = static_cast<std::uint64_t>(i) + 1});
    const auto change = std::get<YearChange>(change_of(line, {.from = 11, .to = 15}, {}));
    EXPECT_EQ(change.shared_periods, 8);
    covered += change.interval.low <= 0 && 0 <= change.interval.high ? 1 : 0;
    significant += change.p_value <= 0.05 ? 1 : 0;
    width += change.interval.high - change.interval.low;
    const auto apart = compare_counts({.before = change.before, .after = change.after});
    width_apart += 100 * (apart->interval.high - apart->interval.low);
  }
  EXPECT_GT(covered, k_lines * 0.92);
  EXPECT_LT(covered, k_lines * 0.985);
  EXPECT_EQ(covered + significant, k_lines);
  EXPECT_LT(width, 0.75 * width_apart);
}

TEST(trend_of, has_in_a_year_that_shares_months_with_the_base_what_the_other_months_say) {
  CountLine line = monthly(10, 24);
  line.counts[12] = 30;
  const auto points = trend_of(line, 11, PoissonLimits(200));
  EXPECT_EQ(points[11].index_interval, (Interval{.low = 100, .high = 100}));
  const auto own = compare_counts({.before = 10, .after = 30});
  EXPECT_NEAR(*points[12].index, 100 * 140.0 / 120, 1e-9);
  EXPECT_NEAR(points[12].index_interval.low, 100 * (110 + 10 * own->interval.low) / 120, 1e-9);
  EXPECT_NEAR(points[12].index_interval.high, 100 * (110 + 10 * own->interval.high) / 120, 1e-9);
  line.counts[0] = 0;
  EXPECT_FALSE(trend_of(line, 11, PoissonLimits(200))[12].index.has_value());
  EXPECT_EQ(std::get<Refusal>(change_of(line, {.from = 11, .to = 12}, {})).rule, Rule::nothing_to_compare);
}

RC_GTEST_PROP(trend_of, with_kept_limits_is_near_what_it_is_without, ()) {
  static const PoissonLimits limits(400);
  static const RatioLimits ratios(40, limits);
  CountLine line = monthly(12, 30);
  for (auto& count : line.counts) count = *rc::gen::inRange<std::int64_t>(8, 20);
  line.people.assign(30, 1000.0);
  const auto exact = trend_of(line, 14, limits);
  const auto kept = trend_of(line, 14, limits, &ratios);
  for (std::size_t at = 0; at < exact.size(); ++at) {
    RC_ASSERT(exact[at].index.has_value() == kept[at].index.has_value());
    if (!exact[at].index) continue;
    RC_ASSERT(std::abs(*exact[at].index - *kept[at].index) < 1e-9);
    const double apart = 0.036 * (exact[at].index_interval.high - exact[at].index_interval.low) + 1e-9;
    RC_ASSERT(std::abs(exact[at].index_interval.low - kept[at].index_interval.low) <= apart);
    RC_ASSERT(std::abs(exact[at].index_interval.high - kept[at].index_interval.high) <= apart);
  }
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
