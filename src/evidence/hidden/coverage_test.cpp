#include "evidence/hidden/coverage.h"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "base/parallel.h"
#include "evidence/hidden/draw.h"
#include "evidence/hidden/made_up_lists.h"
#include "evidence/hidden/resample.h"
#include "evidence/special_functions.h"

namespace throughline::evidence {
namespace {

// Five lists that catch some 3 to 15 in a hundred each, two pairs of which depend on each other.
KnownPopulation made_up_population() {
  const ListTable table = five_lists_of_2013();
  return population_of(table, fit_lists(table, {.pairs = {{0, 1}, {1, 4}}}).value());
}

TEST(Draws, share_out_every_case) {
  base::Random random({.seed = 1, .stream = 2, .step = 3});
  const std::vector<double> weights = {1, 0, 2, 7};
  std::vector<std::int64_t> sums(4, 0);
  for (int i = 0; i < 200; ++i) {
    const std::vector<std::int64_t> counts = draw_counts(random, 100, weights);
    EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}), 100);
    for (std::size_t k = 0; k < 4; ++k) sums[k] += counts[k];
  }
  EXPECT_EQ(sums[1], 0);
  // 20,000 cases, five standard errors.
  EXPECT_NEAR(static_cast<double>(sums[0]), 2000, 5 * std::sqrt(20000 * 0.1 * 0.9));
  EXPECT_NEAR(static_cast<double>(sums[3]), 14000, 5 * std::sqrt(20000 * 0.7 * 0.3));
}

TEST(Coverage, takes_the_size_of_the_population_from_the_fit) {
  const ListTable table = five_lists_of_2013();
  const ListFit fit = fit_lists(table, {}).value();
  const KnownPopulation population = population_of(table, fit);
  EXPECT_EQ(population.cases, 13444);
  EXPECT_NEAR(std::accumulate(population.expected.begin(), population.expected.end(), 0.0), fit.estimate(), 1e-6);
}

// 400 sets: were the interval right, the number that holds the truth would be binomial with 0.95; outside these limits
// it falls once in ten thousand seeds. The thousand sets and more of the benchmark are told in docs/benchmarks.md.
TEST(Coverage, holds_the_truth_as_often_as_it_says_where_the_model_is_known) {
  const LimitsCoverage coverage = measure_coverage(made_up_population(), {.sets = 400, .seed = 20});
  ASSERT_EQ(coverage.known.with_estimate, 400);
  for (const std::int64_t held : {coverage.known.wald, coverage.known.profile}) {
    const auto k = static_cast<double>(held);
    EXPECT_GT(beta_tails({.a = k + 1, .b = 400 - k}, 0.95).upper, 5e-5) << held;
    EXPECT_GT(beta_tails({.a = k, .b = 401 - k}, 0.95).lower, 5e-5) << held;
  }
}

TEST(Coverage, is_less_where_the_model_is_chosen_from_the_lists) {
  const ListTable table = five_lists_of_2013();
  const LimitsCoverage coverage =
      measure_coverage(population_of(table, stepwise_fit(table).value().fit), {.sets = 200, .seed = 3});
  EXPECT_LT(coverage.chosen.wald, coverage.known.wald - 10);
}

TEST(Coverage, is_the_same_at_one_thread_and_at_three) {
  const auto measured = [](int threads) {
    base::set_thread_limit(threads);
    const LimitsCoverage coverage = measure_coverage(made_up_population(), {.sets = 40, .seed = 7});
    base::set_thread_limit(0);
    return std::vector<std::int64_t>{coverage.known.wald, coverage.known.profile, coverage.chosen.wald,
                                     coverage.chosen.profile};
  };
  EXPECT_EQ(measured(1), measured(3));
}

TEST(Resampling, gives_an_interval_around_the_estimate_and_the_same_for_the_same_seed) {
  const ListTable table = five_lists_of_2013();
  const ResampledInterval first = resampled_interval(table, {.resamples = 120, .seed = 5}).value();
  EXPECT_LT(first.interval.low, 11313);
  EXPECT_GT(first.interval.high, 11313);
  EXPECT_EQ(first.estimates.size(), 120U);
  base::set_thread_limit(1);
  const ResampledInterval again = resampled_interval(table, {.resamples = 120, .seed = 5}).value();
  base::set_thread_limit(0);
  EXPECT_EQ(first.estimates, again.estimates);
  EXPECT_NE(first.estimates, resampled_interval(table, {.resamples = 120, .seed = 6}).value().estimates);
}

// Where no pair depends on another, and the sample is large, resampling agrees with the likelihood.
TEST(Resampling, agrees_with_the_likelihood_on_a_large_table_of_independent_lists) {
  const ListTable table = made_up_lists(
      3, {{"A", 6000}, {"B", 3000}, {"C", 2000}, {"AB", 3000}, {"AC", 2000}, {"BC", 1000}, {"ABC", 1000}});
  const Interval limits = wald_interval(fit_lists(table, {}).value());
  const ResampledInterval resampled = resampled_interval(table, {.resamples = 300, .seed = 9}).value();
  EXPECT_NEAR(resampled.interval.low, limits.low, 0.35 * (limits.high - limits.low));
  EXPECT_NEAR(resampled.interval.high, limits.high, 0.35 * (limits.high - limits.low));
}

}  // namespace
}  // namespace throughline::evidence
