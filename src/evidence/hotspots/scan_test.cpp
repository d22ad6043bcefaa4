#include "evidence/hotspots/scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.h"
#include "evidence/hotspots/made_up_places.h"

namespace throughline::evidence {
namespace {

struct NaiveBest {
  long double ratio = 0;
  std::size_t centre = 0;
  double radius = 0;
};

struct NaiveSums {
  long double events = 0;
  long double people = 0;
};

NaiveSums sums_within(const std::vector<CountedPlace>& places, const CountedPlace& centre, double radius) {
  NaiveSums sums;
  for (const CountedPlace& place : places) {
    if (std::hypot(place.x - centre.x, place.y - centre.y) > radius) continue;
    sums.events += place.count;
    sums.people += place.population;
  }
  return sums;
}

// 0 where there are no more than expected, or more than half of the people.
long double naive_ratio(const NaiveSums& all, const NaiveSums& inside) {
  if (inside.people > all.people / 2) return 0;
  const long double expected = all.events * inside.people / all.people;
  if (inside.events <= expected) return 0;
  const long double outside = all.events - inside.events;
  const long double within = inside.events * std::log(inside.events / expected);
  return outside > 0 ? within + outside * std::log(outside / (all.events - expected)) : within;
}

// Every pair of a centre and another place is a circle; who lies in it is looked up anew, in extended precision.
NaiveBest naive_scan(const std::vector<CountedPlace>& places) {
  const NaiveSums all = sums_within(places, places.front(), std::numeric_limits<double>::infinity());
  NaiveBest best;
  for (std::size_t centre = 0; centre < places.size(); ++centre) {
    for (const CountedPlace& edge : places) {
      const double radius = std::hypot(edge.x - places[centre].x, edge.y - places[centre].y);
      const long double ratio = naive_ratio(all, sums_within(places, places[centre], radius));
      if (ratio > best.ratio) best = {ratio, centre, radius};
    }
  }
  return best;
}

TEST(Scan, the_best_circle_is_that_of_a_search_of_them_all) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    std::vector<CountedPlace> places = made_up_places(7, seed);
    // Some places at one distance: both come in at once.
    places[10].x = places[9].x + 300;
    places[11].x = places[9].x - 300;
    places[10].y = places[11].y = places[9].y;
    const NaiveBest naive = naive_scan(places);
    const std::vector<ScanCluster> found = scan_places(places, {.draws = 19, .seed = seed});
    ASSERT_FALSE(found.empty());
    EXPECT_NEAR(found[0].log_likelihood_ratio, static_cast<double>(naive.ratio), 1e-9);
    EXPECT_NEAR(found[0].radius, naive.radius, 1e-6);
  }
}

TEST(Scan, finds_the_cluster_that_was_put_in) {
  std::vector<CountedPlace> places = made_up_places(10, 3);
  for (CountedPlace& place : places) {
    if (std::hypot(place.x - 3000, place.y - 3000) < 1500) place.count *= 2;
    if (std::hypot(place.x - 8000, place.y - 8000) < 900) place.count = place.count * 18 / 10;
  }
  const std::vector<ScanCluster> found = scan_places(places, {.draws = 199});
  ASSERT_GE(found.size(), 2);
  EXPECT_LT(std::hypot(places[found[0].centre].x - 3000, places[found[0].centre].y - 3000), 1500);
  EXPECT_DOUBLE_EQ(found[0].p_value, 0.005);
  EXPECT_GT(found[0].relative_risk, 1.6);
  for (const std::size_t place : found[1].places) {
    EXPECT_EQ(std::ranges::count(found[0].places, place), 0);
  }
}

TEST(Scan, chance_alone_is_striking_as_often_as_it_says) {
  int striking = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const std::vector<ScanCluster> found = scan_places(made_up_places(4, 1000 + seed), {.draws = 99, .seed = seed});
    striking += !found.empty() && found[0].p_value <= 0.1 ? 1 : 0;
  }
  // 10 are expected, give or take three standard deviations of 3.
  EXPECT_NEAR(striking, 10, 9);
}

TEST(Scan, is_the_same_at_any_number_of_threads_and_needs_two_events) {
  const std::vector<CountedPlace> places = made_up_places(6, 5);
  base::set_thread_limit(1);
  const auto one = scan_places(places, {.draws = 199});
  base::set_thread_limit(8);
  const auto eight = scan_places(places, {.draws = 199});
  base::set_thread_limit(0);
  ASSERT_EQ(one.size(), eight.size());
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_EQ(one[i].p_value, eight[i].p_value);
  std::vector<CountedPlace> empty = places;
  for (CountedPlace& place : empty) place.count = 0;
  EXPECT_TRUE(scan_places(empty).empty());
}

}  // namespace
}  // namespace throughline::evidence
