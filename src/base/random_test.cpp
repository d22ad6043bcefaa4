#include "base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <vector>

#include "base/parallel.h"

namespace throughline::base {
namespace {

constexpr int k_draws = 20'000;

// The greatest distance between the draws' distribution and the one they should have, times the root of their number.
double kolmogorov_smirnov(std::vector<double> draws, const std::function<double(double)>& distribution) {
  std::ranges::sort(draws);
  const auto n = static_cast<double>(draws.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const double expected = distribution(draws[i]);
    distance = std::max({distance, expected - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - expected});
  }
  return distance * std::sqrt(n);
}

// Exceeded by chance once in 1000 (Kolmogorov's limit).
constexpr double k_distance_max = 1.95;

// Chi-square of the draws against the chances of 0, 1, 2, …, pooled so that ten or more are expected in each cell, as a
// number of standard deviations above its mean (Wilson and Hilferty, 1931).
double chi_square_deviations(const std::vector<std::int64_t>& draws, const std::function<double(double)>& chance) {
  std::map<std::int64_t, double> counted;
  for (const std::int64_t draw : draws) counted[draw] += 1.0;
  double statistic = 0.0;
  double cells = 0.0;
  double seen_left = static_cast<double>(draws.size());
  double expected_left = seen_left;
  const auto close = [&](double seen, double expected) {
    statistic += (seen - expected) * (seen - expected) / expected;
    seen_left -= seen;
    expected_left -= expected;
    cells += 1.0;
  };
  double seen = 0.0;
  double expected = 0.0;
  for (std::int64_t k = 0; expected_left - expected >= 10.0; ++k) {
    seen += counted[k];
    expected += static_cast<double>(draws.size()) * chance(static_cast<double>(k));
    if (expected < 10.0) continue;
    close(seen, expected);
    seen = expected = 0.0;
  }
  if (expected_left >= 1.0) close(seen_left, expected_left);
  const double freedom = cells - 1.0;
  const double spread = 2.0 / (9.0 * freedom);
  return (std::cbrt(statistic / freedom) - (1.0 - spread)) / std::sqrt(spread);
}

double poisson_chance(double k, double mean) {
  return std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
}

double binomial_chance(double k, double n, double p) {
  if (k > n) return 0.0;
  return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(p) +
                  (n - k) * std::log1p(-p));
}

template <class Draw>
auto draw_many(std::uint64_t seed, const Draw& draw) {
  Random random({.seed = seed});
  std::vector<decltype(draw(random))> draws;
  for (int i = 0; i < k_draws; ++i) draws.push_back(draw(random));
  return draws;
}

TEST(Philox, gives_the_published_known_answers) {
  EXPECT_EQ(philox4x32_10({0, 0, 0, 0}, {0, 0}), (PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t k_ones = 0xffffffff;
  EXPECT_EQ(philox4x32_10({k_ones, k_ones, k_ones, k_ones}, {k_ones, k_ones}),
            (PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32_10({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, the_key_alone_decides_the_numbers) {
  const auto first = [](RandomKey key) { return Random(key).bits64(); };
  const RandomKey key{.seed = 7, .stream = 8, .step = 9};
  EXPECT_EQ(first(key), first(key));
  EXPECT_NE(first(key), first({.seed = 8, .stream = 8, .step = 9}));
  EXPECT_NE(first(key), first({.seed = 7, .stream = 9, .step = 9}));
  EXPECT_NE(first(key), first({.seed = 7, .stream = 8, .step = 10}));
  EXPECT_NE(first(key), first({.seed = 7, .stream = 8ULL | 1ULL << 40U, .step = 9}));
  EXPECT_NE(first(key), first({.seed = 7ULL | 1ULL << 40U, .stream = 8, .step = 9}));
  EXPECT_NE(stream_of("bootstrap"), stream_of("permutation"));
  EXPECT_EQ(stream_of(""), 0xCBF29CE484222325U);
}

// One block for the first words, two at a time after them, four at a time for all at once: the same words.
TEST(Random, words_are_those_of_its_blocks_however_many_are_made_at_once) {
  constexpr RandomKey k_key{.seed = 0x1122334455667788U, .stream = 0x99AABBCCDDEEFF00U, .step = 7};
  std::vector<std::uint32_t> wanted;
  for (std::uint32_t block = 0; block < 10; ++block) {
    const PhiloxCounter words = philox4x32_10({block, 7, 0xDDEEFF00U, 0x99AABBCCU}, {0x55667788U, 0x11223344U});
    wanted.insert(wanted.end(), words.begin(), words.end());
  }
  Random random(k_key);
  for (const std::uint32_t word : wanted) EXPECT_EQ(random.bits32(), word);
  for (const std::size_t count : {0U, 1U, 15U, 16U, 17U, 38U, 40U}) {
    std::vector<std::uint32_t> words(count);
    first_words(k_key, words);
    EXPECT_TRUE(std::equal(words.begin(), words.end(), wanted.begin())) << count;
  }
}

TEST(Random, draws_are_the_same_at_one_two_and_eight_threads) {
  const auto draw_all = [](int threads) {
    set_thread_limit(threads);
    std::vector<double> drawn(400);
    parallel_chunks({.items = 400, .chunk_items = 7}, [&](const Chunk& chunk) {
      for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
        Random random({.seed = 1, .stream = static_cast<std::uint64_t>(i)});
        drawn[static_cast<std::size_t>(i)] = random.normal() + static_cast<double>(random.poisson(12.5));
      }
    });
    set_thread_limit(0);
    return drawn;
  };
  const std::vector<double> alone = draw_all(1);
  EXPECT_EQ(alone, draw_all(2));
  EXPECT_EQ(alone, draw_all(8));
}

TEST(Random, uniform_numbers_fill_the_unit_evenly) {
  const auto draws = draw_many(1, [](Random& random) { return random.uniform01(); });
  EXPECT_TRUE(std::ranges::all_of(draws, [](double x) { return x >= 0.0 && x < 1.0; }));
  EXPECT_LT(kolmogorov_smirnov(draws, [](double x) { return x; }), k_distance_max);
}

TEST(Random, normal_numbers_follow_the_bell) {
  const auto draws = draw_many(2, [](Random& random) { return random.normal(); });
  EXPECT_LT(kolmogorov_smirnov(draws, [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }), k_distance_max);
  const double mean = std::accumulate(draws.begin(), draws.end(), 0.0) / k_draws;
  EXPECT_NEAR(mean, 0.0, 4.0 / std::sqrt(k_draws));
}

TEST(Random, exponential_numbers_decay_at_their_rate) {
  const auto draws = draw_many(3, [](Random& random) { return random.exponential(2.5); });
  EXPECT_LT(kolmogorov_smirnov(draws, [](double x) { return -std::expm1(-2.5 * x); }), k_distance_max);
}

TEST(Random, poisson_numbers_have_their_chances_on_both_sides_of_the_change_of_method) {
  for (const double mean : {0.3, 3.0, 9.99, 10.0, 35.0, 1200.0}) {
    const auto draws = draw_many(4, [mean](Random& random) { return random.poisson(mean); });
    EXPECT_LT(chi_square_deviations(draws, [mean](double k) { return poisson_chance(k, mean); }), 3.1) << mean;
    const double sum = static_cast<double>(std::accumulate(draws.begin(), draws.end(), std::int64_t{0}));
    EXPECT_NEAR(sum / k_draws, mean, 4.0 * std::sqrt(mean / k_draws)) << mean;
  }
  Random random({});
  EXPECT_EQ(random.poisson(0.0), 0);
}

TEST(Random, binomial_numbers_have_their_chances_on_both_sides_of_the_change_of_method) {
  struct Case {
    std::int64_t trials;
    double probability;
  };
  for (const Case& one :
       {Case{5, 0.3}, Case{40, 0.2}, Case{40, 0.5}, Case{40, 0.9}, Case{5000, 0.01}, Case{900, 0.4}}) {
    const auto n = static_cast<double>(one.trials);
    const auto draws = draw_many(5, [&](Random& random) { return random.binomial(one.trials, one.probability); });
    const auto chance = [&](double k) { return binomial_chance(k, n, one.probability); };
    EXPECT_LT(chi_square_deviations(draws, chance), 3.1) << one.trials << " " << one.probability;
    EXPECT_TRUE(std::ranges::all_of(draws, [&](std::int64_t k) { return k >= 0 && k <= one.trials; }));
  }
  Random random({});
  EXPECT_EQ(random.binomial(10, 0.0), 0);
  EXPECT_EQ(random.binomial(10, 1.0), 10);
  EXPECT_EQ(random.binomial(0, 0.5), 0);
}

TEST(Random, whole_numbers_are_even_and_stay_within_their_bounds) {
  const auto draws = draw_many(6, [](Random& random) { return random.uniform_int(-3, 3); });
  std::map<std::int64_t, int> counted;
  for (const std::int64_t draw : draws) ++counted[draw];
  ASSERT_EQ(counted.size(), 7U);
  EXPECT_EQ(counted.begin()->first, -3);
  EXPECT_EQ(counted.rbegin()->first, 3);
  const double expected = k_draws / 7.0;
  for (const auto& [value, count] : counted) EXPECT_NEAR(count, expected, 4.0 * std::sqrt(expected)) << value;
}

TEST(Random, a_bound_that_does_not_divide_the_range_is_still_without_bias) {
  // Without rejection two thirds of 2^64 would be drawn below its half twice as often as above it.
  const std::uint64_t bound = 0xAAAAAAAAAAAAAAAAU;
  const auto draws = draw_many(7, [&](Random& random) { return random.below(bound); });
  const auto low = std::ranges::count_if(draws, [&](std::uint64_t draw) { return draw < bound / 2; });
  EXPECT_NEAR(static_cast<double>(low), k_draws / 2.0, 4.0 * std::sqrt(k_draws / 4.0));
  EXPECT_TRUE(std::ranges::all_of(draws, [&](std::uint64_t draw) { return draw < bound; }));
}

TEST(Random, every_order_is_equally_likely_after_a_shuffle) {
  std::map<std::vector<int>, int> counted;
  Random random({.seed = 8});
  for (int i = 0; i < k_draws; ++i) {
    std::vector<int> items{1, 2, 3, 4};
    random.shuffle(std::span(items));
    ++counted[items];
  }
  ASSERT_EQ(counted.size(), 24U);
  double statistic = 0.0;
  const double expected = k_draws / 24.0;
  for (const auto& [order, count] : counted) statistic += (count - expected) * (count - expected) / expected;
  EXPECT_LT(statistic, 49.7);  // Chi-square with 23 degrees: exceeded by chance once in 1000.
}

}  // namespace
}  // namespace throughline::base
