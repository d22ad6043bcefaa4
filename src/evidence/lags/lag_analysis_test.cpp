// Lags against pairs of which the truth is known. Size and power over more laws: docs/benchmarks.md.

#include "evidence/lags/lag_analysis.h"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evidence/lags/autoregression.h"
#include "evidence/lags/made_up_pairs.h"

namespace throughline::evidence {
namespace {

using testing::HasSubstr;

LagAnalysis analysed(MadeUpPair law, const LagPlan& plan) {
  const SeriesPair pair = made_up_pair(law);
  return analyse_lags(pair.leader, pair.follower, plan);
}

// Of 250 pairs that have nothing to do with one another twelve or thirteen are to be expected; three standard
// deviations are ten. The benchmark takes thousands.
TEST(analyse_lags, finds_a_relation_between_unrelated_series_that_remember_no_more_often_than_it_says) {
  int shown = 0;
  for (int i = 0; i < 250; ++i) {
    const LagAnalysis found = analysed(
        {.periods = 60, .memory_leader = 0.6, .memory_follower = 0.6, .seed = static_cast<std::uint64_t>(i) + 1},
        {.lag_min = 0, .lag_max = 3, .is_differenced = false, .draws = 59});
    shown += found.verdict == LagVerdict::shows ? 1 : 0;
  }
  EXPECT_LE(shown, 23);
  EXPECT_GE(shown, 2);
}

TEST(analyse_lags, finds_a_relation_at_the_lag_at_which_it_is) {
  int right = 0;
  for (int i = 0; i < 40; ++i) {
    const LagAnalysis found = analysed({.periods = 150,
                                        .memory_leader = 0.5,
                                        .memory_follower = 0.5,
                                        .is_summed = true,
                                        .lag = 3,
                                        .share = 0.6,
                                        .seed = static_cast<std::uint64_t>(i) + 1},
                                       {.lag_min = 1, .lag_max = 6, .draws = 99});
    if (found.verdict != LagVerdict::shows) continue;
    const auto best =
        std::ranges::max_element(found.points, {}, [](const LagPoint& p) { return std::abs(p.correlation); });
    right += best->lag == 3 ? 1 : 0;
  }
  EXPECT_GE(right, 36);
}

TEST(analyse_lags, of_twenty_years_cannot_tell) {
  const LagAnalysis found =
      analysed({.periods = 20, .is_summed = true, .lag = 1, .share = 0.3, .seed = 4}, {.lag_min = 0, .lag_max = 2});
  EXPECT_EQ(found.verdict, LagVerdict::cannot_tell);
  EXPECT_THAT(found.why, HasSubstr("too short to tell"));
  EXPECT_GT(found.detectable, 0.5);
}

TEST(analyse_lags, says_what_is_too_little_to_look_at) {
  const LagPlan wide{.lag_min = 0, .lag_max = 9};
  EXPECT_THAT(analysed({.periods = 30}, wide).why, HasSubstr("more than a quarter"));
  EXPECT_THAT(analysed({.periods = 10}, {.lag_min = 0, .lag_max = 1}).why, HasSubstr("independent periods"));
  EXPECT_THAT(analyse_lags({1, 2}, {2, 1}, {}).why, HasSubstr("fewer than four"));
}

TEST(analyse_lags, stops_where_somebody_wishes_it_to) {
  const SeriesPair pair = made_up_pair({.periods = 80});
  base::Interrupt interrupt;
  interrupt.request();
  const auto stopped = analyse_lags(pair.leader, pair.follower, {.lag_max = 2, .draws = 1'000'000'000}, interrupt);
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().code, "interrupted");
}

// A series that never moves has no correlation with anything.
TEST(analyse_lags, of_a_series_that_stands_still_cannot_tell) {
  const SeriesPair pair = made_up_pair({.periods = 80});
  const LagAnalysis found = analyse_lags(pair.leader, std::vector<double>(80, 5.0), {.lag_min = 0, .lag_max = 2});
  EXPECT_EQ(found.verdict, LagVerdict::cannot_tell);
  const LagAnalysis turned = analyse_lags(std::vector<double>(80, 5.0), pair.leader, {.lag_min = 0, .lag_max = 2});
  EXPECT_EQ(turned.verdict, LagVerdict::cannot_tell);
  const std::vector<double> vast = {1e308, -1e308, 1e308, -1e308, 1e308, -1e308, 1e308, -1e308};
  EXPECT_EQ(analyse_lags(vast, vast, {.lag_min = 0, .lag_max = 1}).verdict, LagVerdict::cannot_tell);
}

TEST(autoregression, finds_the_memory_that_was_put_in_and_filters_it_out) {
  const SeriesPair pair = made_up_pair({.periods = 2000, .memory_leader = 0.7});
  const Autoregression found = fit_autoregression(pair.leader, 12);
  ASSERT_FALSE(found.weights.empty());
  EXPECT_NEAR(found.weights.front(), 0.7, 0.06);
  EXPECT_EQ(filtered(pair.leader, found).size(), 2000 - found.weights.size());
  EXPECT_TRUE(fit_autoregression(std::vector<double>(20, 3.0), 12).weights.empty());
}

}  // namespace
}  // namespace throughline::evidence
