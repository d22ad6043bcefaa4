// Funnel limits and likeness.

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"
#include "evidence/rates/funnel.h"
#include "evidence/rates/similar.h"

namespace throughline::evidence {
namespace {

std::vector<FunnelArea> areas_of(double spread, std::uint64_t seed, std::size_t count) {
  base::Random random({.seed = seed, .stream = base::stream_of("test/funnel"), .step = 0});
  std::vector<FunnelArea> areas;
  for (std::size_t i = 0; i < count; ++i) {
    const double people = 50'000 + 1000 * static_cast<double>(i % 40);
    const double rate = 0.002 * std::exp(spread * random.normal());
    areas.push_back({.count = random.poisson(people * rate), .people = people});
  }
  return areas;
}

TEST(funnel_of, areas_that_differ_by_chance_lie_within_its_limits_as_often_as_it_says) {
  std::int64_t outside_95 = 0;
  std::int64_t outside_998 = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    for (const FunnelPoint& point : funnel_of(areas_of(0, seed, 200)).points) {
      outside_95 += point.place != FunnelPlace::within ? 1 : 0;
      outside_998 += point.place == FunnelPlace::far_above || point.place == FunnelPlace::far_below ? 1 : 0;
    }
  }
  // Of 4,000 areas 200 and 8 are to be expected; four standard deviations either way.
  EXPECT_NEAR(static_cast<double>(outside_95), 200, 56);
  EXPECT_NEAR(static_cast<double>(outside_998), 8, 12);
}

TEST(funnel_of, areas_that_differ_more_widen_it) {
  const Funnel quiet = funnel_of(areas_of(0, 3, 200));
  const Funnel spread = funnel_of(areas_of(0.3, 3, 200));
  EXPECT_FALSE(quiet.is_overdispersed);
  EXPECT_TRUE(spread.is_overdispersed);
  EXPECT_GT(spread.dispersion, 4);
  EXPECT_GT(spread.points[0].limits_95.high, quiet.points[0].limits_95.high);
}

TEST(funnel_of, one_area_far_out_does_not_widen_it_for_the_others) {
  std::vector<FunnelArea> areas = areas_of(0, 5, 100);
  areas[7].count *= 3;
  const Funnel funnel = funnel_of(areas);
  EXPECT_FALSE(funnel.is_overdispersed);
  EXPECT_EQ(funnel.points[7].place, FunnelPlace::far_above);
}

TEST(most_similar, gives_the_nearest_first_with_its_distance_and_not_the_area_itself) {
  const std::vector<std::vector<double>> traits{{0, 10}, {1, 10}, {5, 10}, {0, 20}};
  const auto found = most_similar(traits, 0, 2);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].area, 1U);
  EXPECT_LT(found[0].distance, found[1].distance);
  EXPECT_EQ(most_similar(traits, 0, 10).size(), 3U);
}

TEST(most_similar, of_traits_at_the_end_of_what_a_number_holds_has_distances) {
  const auto found = most_similar({{-1e308}, {1e308}, {0}}, 0, 2);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].area, 2U);
  EXPECT_NEAR(found[0].distance, std::sqrt(1.5), 1e-12);
  EXPECT_NEAR(found[1].distance, 2 * std::sqrt(1.5), 1e-12);
}

// A trait counted in other units tells the same.
RC_GTEST_PROP(most_similar, does_not_change_with_the_units_of_a_trait, ()) {
  std::vector<std::vector<double>> traits;
  std::vector<std::vector<double>> scaled;
  for (int i = 0; i < 8; ++i) {
    const double one = *rc::gen::inRange(0, 100);
    const double other = *rc::gen::inRange(0, 100);
    traits.push_back({one, other});
    scaled.push_back({one, 1024 * other});
  }
  const auto near = most_similar(traits, 0, 7);
  const auto same = most_similar(scaled, 0, 7);
  for (std::size_t i = 0; i < near.size(); ++i) RC_ASSERT(near[i].distance == same[i].distance);
}

}  // namespace
}  // namespace throughline::evidence
