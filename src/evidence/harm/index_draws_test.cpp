#include "evidence/harm/index_draws.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "base/parallel.h"
#include "base/quantile.h"
#include "evidence/harm/made_up_harms.h"

namespace throughline::evidence {
namespace {

TEST(Quantiles, lie_between_the_two_nearest_values) {
  const std::vector<double> values = {1, 2, 4, 8};
  EXPECT_EQ(base::quantile_of_sorted(values, 0), 1);
  EXPECT_EQ(base::quantile_of_sorted(values, 0.5), 3);
  EXPECT_EQ(base::quantile_of_sorted(values, 1), 8);
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<double> open = {1, 2, infinity};
  EXPECT_EQ(base::quantile_of_sorted(open, 0.5), 2);
  EXPECT_EQ(base::quantile_of_sorted(open, 0.6), infinity);
}

// The area of a triangle below x is (x - low)^2 / (width x rising), and the same from above.
TEST(Triangular, quantiles_are_where_the_area_says) {
  const Triangle triangle{.low = 10, .mode = 20, .high = 50};
  EXPECT_EQ(triangular_quantile(triangle, 0), 10);
  EXPECT_EQ(triangular_quantile(triangle, 0.25), 20);
  EXPECT_EQ(triangular_quantile(triangle, 1), 50);
  EXPECT_NEAR(triangular_quantile(triangle, 25.0 / 400), 15, 1e-12);
  EXPECT_NEAR(triangular_quantile(triangle, 1 - 225.0 / 1200), 35, 1e-12);
  EXPECT_EQ(triangular_quantile({.low = 3, .mode = 3, .high = 3}, 0.7), 3);
}

// One harm at a fixed cost, counts 10,000 and 10,000: the ratio of two Poissons. Its logarithm has the standard error
// sqrt(2 / 10,000), and it falls half the time.
TEST(IndexDraws, spread_as_two_poisson_counts_do) {
  const HarmTable table = made_up_harms({{"a", {harm_cell(10000, 5), harm_cell(10000, 5)}}});
  const DrawnIndex drawn = draw_index(table, 0, {.draws = 4000, .seed = 11});
  const double error = std::sqrt(2.0 / 10000);
  EXPECT_NEAR(drawn.points[1].chained.low, 100 * std::exp(-1.96 * error), 0.2);
  EXPECT_NEAR(drawn.points[1].chained.high, 100 * std::exp(1.96 * error), 0.2);
  EXPECT_NEAR(drawn.points[1].fell, 0.5, 5 * std::sqrt(0.25 / 4000));
  EXPECT_EQ(drawn.points[0].chained, (Interval{100, 100}));
  EXPECT_EQ(drawn.undefined, 0);
}

// A survey's standard error of 5 in 100 on both sides: the ratio's is about 7.07 in 100.
TEST(IndexDraws, spread_as_a_survey_says) {
  HarmTable table = made_up_harms({{"a", {harm_cell(1000, 5), harm_cell(1000, 5)}}});
  for (std::optional<HarmCell>& cell : table.cells) cell->volume_error = 50;
  const DrawnIndex drawn = draw_index(table, 0, {.draws = 4000, .seed = 2});
  EXPECT_NEAR(drawn.points[1].chained.high - drawn.points[1].chained.low, 2 * 1.96 * 100 * std::sqrt(2) * 0.05, 1.5);
}

// A cost that may be a tenth or ten times what is given scales every period alike, and so moves no ratio.
TEST(IndexDraws, an_uncertain_cost_of_a_single_harm_moves_nothing) {
  HarmTable table = made_up_harms({{"a", {harm_cell(1000, 5), harm_cell(900, 5)}}});
  const DrawnIndex exact = draw_index(table, 0, {.draws = 500, .seed = 3});
  for (std::optional<HarmCell>& cell : table.cells) cell->cost_range = Interval{0.5, 50};
  const DrawnIndex uncertain = draw_index(table, 0, {.draws = 500, .seed = 3});
  EXPECT_NEAR(exact.points[1].chained.low, uncertain.points[1].chained.low, 1e-9);
  EXPECT_EQ(exact.points[1].fell, uncertain.points[1].fell);
}

TEST(IndexDraws, an_uncertain_share_of_one_harm_of_two_widens_the_interval) {
  HarmTable table =
      made_up_harms({{"a", {harm_cell(1e6, 5), harm_cell(2e6, 5)}}, {"b", {harm_cell(1e6, 5), harm_cell(1e6, 5)}}});
  const DrawnIndex exact = draw_index(table, 0, {.draws = 500, .seed = 3});
  for (std::size_t period = 0; period < 2; ++period) {
    table.cells[period]->share = 0.5;
    table.cells[period]->share_range = Interval{0.1, 0.9};
  }
  const DrawnIndex uncertain = draw_index(table, 0, {.draws = 500, .seed = 3});
  const auto width = [](const DrawnIndex& drawn) { return drawn.points[1].chained.high - drawn.points[1].chained.low; };
  EXPECT_GT(width(uncertain), 10 * width(exact));
}

TEST(IndexDraws, are_the_same_at_one_thread_and_three_and_in_any_order_of_harms) {
  const HarmTable table = constructed_harms();
  HarmTable turned{.harms = {table.harms[2], table.harms[0], table.harms[1]}, .periods = table.periods, .cells = {}};
  for (const std::size_t harm : {2U, 0U, 1U}) {
    for (std::size_t period = 0; period < 3; ++period) turned.cells.push_back(table.at(harm, period));
  }
  base::set_thread_limit(1);
  const DrawnIndex alone = draw_index(table, 0, {.draws = 600, .seed = 4});
  base::set_thread_limit(3);
  const DrawnIndex three = draw_index(table, 0, {.draws = 600, .seed = 4});
  base::set_thread_limit(0);
  const DrawnIndex other_order = draw_index(turned, 0, {.draws = 600, .seed = 4});
  for (std::size_t period = 0; period < 3; ++period) {
    EXPECT_EQ(alone.points[period].chained, three.points[period].chained);
    EXPECT_NEAR(alone.points[period].chained.low, other_order.points[period].chained.low, 1e-9);
  }
  EXPECT_NE(alone.points[1].chained, draw_index(table, 0, {.draws = 600, .seed = 5}).points[1].chained);
}

TEST(IndexDraws, count_what_has_no_ratio_apart) {
  // A single expected event before: some draws have none, and nothing can be divided by it.
  const HarmTable table = made_up_harms({{"a", {harm_cell(1, 10), harm_cell(50, 10)}}});
  const DrawnIndex drawn = draw_index(table, 0, {.draws = 1000, .seed = 6});
  EXPECT_NEAR(static_cast<double>(drawn.undefined), 1000 * std::exp(-1.0), 5 * std::sqrt(1000 * 0.37 * 0.63));
}

}  // namespace
}  // namespace throughline::evidence
