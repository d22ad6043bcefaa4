#include "evidence/hotspots/local_statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "evidence/hotspots/made_up_places.h"

namespace throughline::evidence {
namespace {

std::vector<double> rates_of(const std::vector<CountedPlace>& places) {
  std::vector<double> rates;
  for (const CountedPlace& place : places) rates.push_back(static_cast<double>(place.count) / place.population);
  return rates;
}

// The formula of Ord and Getis (1995) with a full matrix of weights, in extended precision.
long double naive_star(const std::vector<double>& x, const std::vector<std::vector<int>>& w, std::size_t i) {
  const auto n = static_cast<long double>(x.size());
  long double sum = 0, squares = 0, weighted = 0, weights = 0, weight_squares = 0;
  for (std::size_t j = 0; j < x.size(); ++j) {
    sum += x[j];
    squares += static_cast<long double>(x[j]) * x[j];
    weighted += w[i][j] * static_cast<long double>(x[j]);
    weights += w[i][j];
    weight_squares += w[i][j] * w[i][j];
  }
  const long double mean = sum / n;
  const long double s = std::sqrt(squares / n - mean * mean);
  return (weighted - mean * weights) / (s * std::sqrt((n * weight_squares - weights * weights) / (n - 1)));
}

TEST(LocalStatistics, star_agrees_with_the_formula_on_a_full_matrix) {
  const std::vector<CountedPlace> places = made_up_places(9, 4);
  const std::vector<double> rates = rates_of(places);
  std::vector<std::vector<int>> weights(places.size(), std::vector<int>(places.size(), 0));
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (std::size_t j = 0; j < places.size(); ++j) {
      weights[i][j] = std::hypot(places[i].x - places[j].x, places[i].y - places[j].y) <= 1700 ? 1 : 0;
    }
  }
  const auto found = getis_ord_star(rates, neighbours_within(places, 1700));
  for (std::size_t i = 0; i < places.size(); ++i) {
    EXPECT_NEAR(found[i].value(), static_cast<double>(naive_star(rates, weights, i)), 1e-9);
  }
}

TEST(LocalStatistics, star_of_a_case_by_hand) {
  // Mean 2, variance 2; the first with its neighbour sums to 1, expected 4, spread sqrt(2 (5 2 - 4) / 4) = sqrt 3.
  const std::vector<double> values{0, 1, 2, 3, 4};
  const Neighbourhood near{{1}, {0, 2}, {1, 3}, {2, 4}, {3}};
  EXPECT_NEAR(getis_ord_star(values, near)[0].value(), -3 / std::sqrt(3.0), 1e-12);
  EXPECT_NEAR(getis_ord_star(values, near)[4].value(), 3 / std::sqrt(3.0), 1e-12);
  EXPECT_FALSE(getis_ord_star(std::vector<double>{2, 2, 2, 2, 2}, near)[0].has_value());
}

TEST(LocalStatistics, moran_is_that_of_the_definition_and_islands_have_none) {
  const std::vector<CountedPlace> places = made_up_places(6, 8);
  const std::vector<double> rates = rates_of(places);
  Neighbourhood near = nearest_neighbours(places, 5);
  near[7].clear();
  const auto found = local_moran(rates, near, {.permutations = 99});
  EXPECT_FALSE(found[7].has_value());
  double mean = 0;
  for (const double rate : rates) mean += rate / 36;
  double variance = 0;
  for (const double rate : rates) variance += (rate - mean) * (rate - mean) / 36;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (i == 7) continue;
    double lag = 0;
    for (const std::size_t j : near[i]) lag += (rates[j] - mean) / 5;
    EXPECT_NEAR(found[i]->statistic, (rates[i] - mean) * lag / variance, 1e-9);
  }
}

// Every way to deal 2 of 5 others: the probability that permutations are drawn to find.
TEST(LocalStatistics, permutations_approach_the_exact_conditional_probability) {
  const std::vector<double> values{9, 8, 7, 1, 0, 2};
  const Neighbourhood near{{1, 2}, {0, 2}, {0, 1}, {4, 5}, {3, 5}, {3, 4}};
  const double mean = 27.0 / 6;
  int as_high = 0;
  int ways = 0;
  for (std::size_t j = 1; j < 6; ++j) {
    for (std::size_t k = j + 1; k < 6; ++k) {
      ++ways;
      as_high += (values[0] - mean) * (values[j] + values[k] - 2 * mean) >= (values[0] - mean) * (15 - 2 * mean);
    }
  }
  const auto found = local_moran(values, near, {.permutations = 20'000, .seed = 3});
  EXPECT_NEAR(found[0]->p_value, 2.0 * as_high / ways, 0.01);
  EXPECT_EQ(found[0]->quadrant, MoranQuadrant::high_among_high);
  EXPECT_EQ(found[3]->quadrant, MoranQuadrant::low_among_low);
}

TEST(LocalStatistics, moran_is_the_same_at_any_number_of_threads) {
  const std::vector<CountedPlace> places = made_up_places(8, 2);
  const std::vector<double> rates = rates_of(places);
  const Neighbourhood near = nearest_neighbours(places, 6);
  base::set_thread_limit(1);
  const auto one = local_moran(rates, near, {.permutations = 199, .seed = 5});
  base::set_thread_limit(8);
  const auto eight = local_moran(rates, near, {.permutations = 199, .seed = 5});
  base::set_thread_limit(0);
  for (std::size_t i = 0; i < places.size(); ++i) EXPECT_EQ(one[i]->p_value, eight[i]->p_value);
}

TEST(LocalStatistics, where_nothing_clusters_few_places_stand_out) {
  int out = 0;
  int all = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const std::vector<CountedPlace> places = made_up_places(8, seed);
    for (const auto& found :
         local_moran(rates_of(places), nearest_neighbours(places, 6), {.permutations = 99, .seed = seed})) {
      ++all;
      out += found->p_value <= 0.05 ? 1 : 0;
    }
  }
  EXPECT_NEAR(static_cast<double>(out) / all, 0.05, 0.02);
}

}  // namespace
}  // namespace throughline::evidence
