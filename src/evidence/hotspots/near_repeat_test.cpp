#include "evidence/hotspots/near_repeat.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace throughline::evidence {
namespace {

std::vector<DatedPoint> scattered(int points, std::uint64_t seed) {
  base::Random random({seed, base::stream_of("scattered points"), 0});
  std::vector<DatedPoint> found;
  for (int i = 0; i < points; ++i) {
    found.push_back({.x = 5000 * random.uniform01(),
                     .y = 5000 * random.uniform01(),
                     .day = static_cast<std::int32_t>(random.below(365))});
  }
  return found;
}

TEST(NearRepeat, of_three_points_every_order_of_days_is_known) {
  // Two near each other, one far; days 0, 1, 100. The near pair is soon in one of three ways to deal the days.
  const std::vector<DatedPoint> points{{0, 0, 0}, {100, 0, 1}, {9000, 0, 100}};
  const NearRepeat found = near_repeat(points, {.metres = 200, .days = 7, .permutations = 30'000});
  EXPECT_EQ(found.pairs, 1);
  EXPECT_EQ(found.near_pairs, 1);
  EXPECT_NEAR(found.expected, 1.0 / 3, 0.01);
  EXPECT_NEAR(found.p_value, 1.0 / 3, 0.01);
}

TEST(NearRepeat, repeats_that_were_put_in_are_found_and_chance_is_not) {
  std::vector<DatedPoint> points = scattered(300, 2);
  EXPECT_GT(near_repeat(points).p_value, 0.02);
  for (std::size_t i = 0; i < 60; ++i) points.push_back({points[i].x + 50, points[i].y, points[i].day + 5});
  const NearRepeat found = near_repeat(points);
  EXPECT_DOUBLE_EQ(found.p_value, 0.001);
  EXPECT_GT(found.ratio, 2);
}

TEST(NearRepeat, points_that_were_moved_are_refused) {
  std::vector<DatedPoint> points = scattered(100, 3);
  EXPECT_FALSE(refuse_moved_points(points).has_value());
  for (DatedPoint& point : points) {
    point.x = std::round(point.x / 1000) * 1000;
    point.y = std::round(point.y / 1000) * 1000;
  }
  const auto refusal = refuse_moved_points(points);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->rule, Rule::snapped_points_are_not_addresses);
}

}  // namespace
}  // namespace throughline::evidence
