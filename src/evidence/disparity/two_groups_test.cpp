// Ratios against their formulas, against sums over the whole distribution, and against each other's limits.

#include "evidence/disparity/two_groups.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace throughline::evidence {
namespace {

RatioEstimate given(const OrRefusal<RatioEstimate>& ratio) {
  EXPECT_TRUE(std::holds_alternative<RatioEstimate>(ratio));
  return std::get<RatioEstimate>(ratio);
}

// Every term of the hypergeometric distribution with odds, by logarithms of factorials: slow, and written apart.
struct WholeDistribution {
  double mean = 0;
  double at_most = 0;
  double at_least = 0;
};
double log_choose(double n, double k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}
WholeDistribution whole(const GroupPair& pair, double odds) {
  const auto events = static_cast<double>(pair.group.events + pair.reference.events);
  const auto n = static_cast<double>(pair.group.people);
  const auto m = static_cast<double>(pair.reference.people);
  const auto seen = static_cast<double>(pair.group.events);
  double all = 0;
  WholeDistribution sums;
  for (double x = std::max(0.0, events - m); x <= std::min(n, events); ++x) {
    const double weight = std::exp(log_choose(n, x) + log_choose(m, events - x) - log_choose(n + m, events) +
                                   (x - seen) * std::log(odds));
    all += weight;
    sums.mean += x * weight;
    if (x <= seen) sums.at_most += weight;
    if (x >= seen) sums.at_least += weight;
  }
  return {.mean = sums.mean / all, .at_most = sums.at_most / all, .at_least = sums.at_least / all};
}

TEST(RiskRatio, of_hackney_is_that_of_the_published_table) {
  // Stops of Black and of White residents over twelve months to 2024, residents of the Census of 2021.
  const RatioEstimate ratio =
      given(risk_ratio({.group = {.events = 949, .people = 54645}, .reference = {.events = 698, .people = 136596}}));
  EXPECT_NEAR(ratio.value, 3.3986, 5e-5);
  EXPECT_NEAR(ratio.interval.low, 3.0837, 5e-5);
  EXPECT_NEAR(ratio.interval.high, 3.7456, 5e-5);
  EXPECT_EQ(ratio.method, RatioMethod::logarithmic);
}

TEST(RiskRatio, of_fewer_than_ten_events_has_an_exact_interval_and_so_has_one_of_more_events_than_people) {
  const GroupPair few{.group = {.events = 9, .people = 100}, .reference = {.events = 50, .people = 1000}};
  EXPECT_EQ(given(risk_ratio(few)).method, RatioMethod::exact_poisson);
  const GroupPair ten{.group = {.events = 10, .people = 100}, .reference = {.events = 50, .people = 1000}};
  EXPECT_EQ(given(risk_ratio(ten)).method, RatioMethod::logarithmic);
  const GroupPair excess{.group = {.events = 237, .people = 232}, .reference = {.events = 521, .people = 5896}};
  EXPECT_EQ(given(risk_ratio(excess)).method, RatioMethod::exact_poisson);
  EXPECT_NEAR(given(risk_ratio(excess)).value, 11.5606, 1e-4);
}

TEST(RiskRatio, of_no_event_is_nought_with_an_upper_limit_and_over_none_it_is_infinite) {
  const GroupPair none{.group = {.events = 0, .people = 100}, .reference = {.events = 50, .people = 1000}};
  EXPECT_EQ(given(risk_ratio(none)).value, 0);
  EXPECT_EQ(given(risk_ratio(none)).interval.low, 0);
  EXPECT_GT(given(risk_ratio(none)).interval.high, 0.5);
  const GroupPair over_none{.group = {.events = 5, .people = 100}, .reference = {.events = 0, .people = 1000}};
  EXPECT_TRUE(std::isinf(given(risk_ratio(over_none)).value));
  EXPECT_GT(given(risk_ratio(over_none)).interval.low, 1);
  EXPECT_TRUE(std::isinf(given(risk_ratio(over_none)).interval.high));
}

TEST(RiskRatio, of_two_groups_without_an_event_is_refused) {
  const GroupPair none{.group = {.events = 0, .people = 100}, .reference = {.events = 0, .people = 1000}};
  EXPECT_EQ(std::get<Refusal>(risk_ratio(none)).rule, Rule::nothing_to_compare);
  EXPECT_EQ(std::get<Refusal>(odds_ratio(none)).rule, Rule::nothing_to_compare);
}

// Ten of ten against twelve of twelve: the logarithmic interval would have no width, as if the ratio were known
// exactly.
TEST(RiskRatio, of_nearly_everybody_has_an_interval_with_a_width) {
  const RatioEstimate all =
      given(risk_ratio({.group = {.events = 10, .people = 10}, .reference = {.events = 12, .people = 12}}));
  EXPECT_EQ(all.method, RatioMethod::exact_poisson);
  EXPECT_LT(all.interval.low, 0.7);
  EXPECT_GT(all.interval.high, 1.4);
  const GroupPair nine_without{.group = {.events = 91, .people = 100}, .reference = {.events = 50, .people = 100}};
  EXPECT_EQ(given(risk_ratio(nine_without)).method, RatioMethod::exact_poisson);
  const GroupPair ten_without{.group = {.events = 90, .people = 100}, .reference = {.events = 50, .people = 100}};
  EXPECT_EQ(given(risk_ratio(ten_without)).method, RatioMethod::logarithmic);
}

TEST(OddsRatio, of_the_largest_counts_is_given_without_delay_and_agrees_with_the_exact_one_where_both_can_be_had) {
  const std::int64_t most = k_group_count_max;
  const RatioEstimate large = given(
      odds_ratio({.group = {.events = most / 2, .people = most}, .reference = {.events = most / 4, .people = most}}));
  EXPECT_EQ(large.method, RatioMethod::logarithmic_odds);
  EXPECT_NEAR(large.value, 3, 1e-9);
  const auto at = [](std::int64_t cell) {
    return given(
        odds_ratio({.group = {.events = cell, .people = 3 * cell}, .reference = {.events = cell, .people = 4 * cell}}));
  };
  const RatioEstimate exact = at(k_exact_cell_max);
  const RatioEstimate approximate = at(k_exact_cell_max + 1);
  EXPECT_EQ(exact.method, RatioMethod::exact_conditional);
  EXPECT_EQ(approximate.method, RatioMethod::logarithmic_odds);
  EXPECT_NEAR(exact.value, approximate.value, 1e-5);
  EXPECT_NEAR(exact.interval.low, approximate.interval.low, 1e-5);
  EXPECT_NEAR(exact.interval.high, approximate.interval.high, 1e-5);
}

TEST(SameShare, agrees_with_a_sum_over_the_whole_distribution) {
  for (const std::int64_t events : {0, 3, 11, 40}) {
    const GroupPair pair{.group = {.events = events, .people = 60}, .reference = {.events = 12, .people = 80}};
    const WholeDistribution sums = whole(pair, 1);
    EXPECT_NEAR(same_share_p(pair), std::min(1.0, 2 * std::min(sums.at_most, sums.at_least)), 1e-10) << events;
  }
  EXPECT_EQ(same_share_p({.group = {.events = 5, .people = 5}, .reference = {.events = 6, .people = 6}}), 1);
}

TEST(SameShare, is_the_same_on_either_side_of_the_size_from_which_it_is_approximate) {
  const auto at = [](std::int64_t cell) {
    return same_share_p(
        {.group = {.events = cell, .people = 3 * cell}, .reference = {.events = cell + 2000, .people = 3 * cell}});
  };
  EXPECT_NEAR(at(k_exact_cell_max), at(k_exact_cell_max + 1), 1e-3);
  EXPECT_GT(at(k_exact_cell_max), 0.01);
}

// Fisher 1935: three of four cups told apart. The ways to tell none, one, … of them are 1, 16, 36, 16, 1.
TEST(OddsRatio, of_the_tea_tasting_lady_solves_its_polynomials) {
  const RatioEstimate ratio =
      given(odds_ratio({.group = {.events = 3, .people = 4}, .reference = {.events = 1, .people = 4}}));
  const auto all = [](double x) { return 1 + 16 * x + 36 * x * x + 16 * x * x * x + x * x * x * x; };
  const auto mean = [&](double x) { return (16 * x + 72 * x * x + 48 * x * x * x + 4 * x * x * x * x) / all(x); };
  EXPECT_NEAR(mean(ratio.value), 3, 1e-11);
  EXPECT_NEAR(ratio.value, 6.408,
              5e-4);  // As R's fisher.test prints it, to the figures that its root finder is good for.
  const double low = ratio.interval.low;
  EXPECT_NEAR((16 * low * low * low + low * low * low * low) / all(low), 0.025, 1e-13);
  const double high = ratio.interval.high;
  EXPECT_NEAR(1 - high * high * high * high / all(high), 0.025, 1e-13);
}

TEST(OddsRatio, of_a_group_with_more_events_than_people_is_refused) {
  const GroupPair excess{.group = {.events = 237, .people = 232}, .reference = {.events = 521, .people = 5896}};
  EXPECT_EQ(std::get<Refusal>(odds_ratio(excess)).rule, Rule::more_events_than_people);
}

TEST(OddsRatio, at_either_end_has_one_limit_only) {
  const RatioEstimate none =
      given(odds_ratio({.group = {.events = 0, .people = 9}, .reference = {.events = 3, .people = 9}}));
  EXPECT_EQ(none.value, 0);
  EXPECT_EQ(none.interval.low, 0);
  EXPECT_TRUE(std::isfinite(none.interval.high));
  const RatioEstimate all =
      given(odds_ratio({.group = {.events = 9, .people = 9}, .reference = {.events = 3, .people = 9}}));
  EXPECT_TRUE(std::isinf(all.value));
  EXPECT_TRUE(std::isinf(all.interval.high));
}

RC_GTEST_PROP(OddsRatioProperty, solves_its_own_equations_over_the_whole_distribution, ()) {
  GroupPair pair;
  pair.group.people = *rc::gen::inRange(2, 400);
  pair.reference.people = *rc::gen::inRange(2, 400);
  pair.group.events = *rc::gen::inRange<std::int64_t>(1, pair.group.people);
  pair.reference.events = *rc::gen::inRange<std::int64_t>(1, pair.reference.people);
  const RatioEstimate ratio = given(odds_ratio(pair));
  RC_ASSERT(std::abs(whole(pair, ratio.value).mean - static_cast<double>(pair.group.events)) < 1e-6);
  RC_ASSERT(std::abs(whole(pair, ratio.interval.low).at_least - 0.025) < 1e-8);
  RC_ASSERT(std::abs(whole(pair, ratio.interval.high).at_most - 0.025) < 1e-8);
}

RC_GTEST_PROP(OddsRatioProperty, turns_over_when_the_groups_change_places, ()) {
  GroupPair pair;
  pair.group.people = *rc::gen::inRange(2, 100'000);
  pair.reference.people = *rc::gen::inRange(2, 100'000);
  pair.group.events = *rc::gen::inRange<std::int64_t>(1, pair.group.people);
  pair.reference.events = *rc::gen::inRange<std::int64_t>(1, pair.reference.people);
  const RatioEstimate one = given(odds_ratio(pair));
  const RatioEstimate other = given(odds_ratio({.group = pair.reference, .reference = pair.group}));
  RC_ASSERT(std::abs(one.value * other.value - 1) < 1e-9);
  RC_ASSERT(std::abs(one.interval.low * other.interval.high - 1) < 1e-9);
}

}  // namespace
}  // namespace throughline::evidence
