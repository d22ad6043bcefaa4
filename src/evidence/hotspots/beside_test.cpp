#include "evidence/hotspots/beside.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "evidence/hotspots/made_up_places.h"

namespace throughline::evidence {
namespace {

constexpr int k_side = 12;
constexpr std::size_t k_in_circle = 7;
constexpr double k_level = 0.05;

ScanCluster circle_about(const std::vector<CountedPlace>& places, std::size_t centre) {
  ScanCluster circle;
  circle.centre = centre;
  circle.places.push_back(centre);
  for (const OtherPlace& other : others_by_distance(places, centre)) {
    if (circle.places.size() < k_in_circle) circle.places.push_back(other.place);
  }
  return circle;
}

// Deaths whose rates differ between places, and are alike in neighbours: far from Poisson.
std::vector<std::int64_t> made_up_deaths(const std::vector<CountedPlace>& places, base::Random& random) {
  std::vector<double> of_block(16);
  for (double& each : of_block) each = 0.3 * random.normal();
  std::vector<std::int64_t> deaths;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::size_t block = (i / k_side / 3 * 4) + (i % k_side / 3);
    deaths.push_back(random.poisson(places[i].population / 50 * std::exp(of_block[block] + 0.2 * random.normal())));
  }
  return deaths;
}

TEST(Beside, an_arbitrary_circle_passes_no_more_often_than_stated_where_deaths_are_overdispersed) {
  constexpr int k_worlds = 300;
  constexpr std::size_t k_asked = 3;
  const std::vector<CountedPlace> places = made_up_places(k_side, 1);
  int by_chance_alone = 0;
  int passed_alone = 0;
  int worlds_with_any = 0;
  for (int world = 0; world < k_worlds; ++world) {
    base::Random random({1, base::stream_of("beside"), static_cast<std::uint32_t>(world)});
    const std::vector<std::int64_t> deaths = made_up_deaths(places, random);
    std::vector<ScanCluster> circles;
    for (std::size_t i = 0; i < k_asked; ++i) circles.push_back(circle_about(places, random.below(places.size())));
    by_chance_alone += compare_beside(places, deaths, circles.front())->interval.low > 1 ? 1 : 0;
    passed_alone += placed_probabilities(places, deaths, {circles.front()}).front() <= k_level ? 1 : 0;
    const std::vector<double> found = placed_probabilities(places, deaths, circles);
    worlds_with_any += std::ranges::any_of(found, [](double p) { return p <= k_level; }) ? 1 : 0;
  }
  // One in twenty, and three standard errors of so many worlds.
  const double most = k_worlds * k_level + 3 * std::sqrt(k_worlds * k_level * (1 - k_level));
  EXPECT_LE(passed_alone, most);
  EXPECT_LE(worlds_with_any, most);
  // The worlds are such as the test is for: chance alone would let a quarter and more through.
  EXPECT_GT(by_chance_alone, k_worlds / 4);
}

TEST(Beside, a_circle_that_is_truly_high_passes_and_its_like_does_not) {
  const std::vector<CountedPlace> places = made_up_places(k_side, 2);
  base::Random random({2, base::stream_of("beside"), 0});
  std::vector<std::int64_t> deaths = made_up_deaths(places, random);
  const std::vector<ScanCluster> circles{circle_about(places, 3 * k_side + 3), circle_about(places, 9 * k_side + 9)};
  for (const std::size_t place : circles.front().places) deaths[place] *= 4;
  const std::vector<double> found = placed_probabilities(places, deaths, circles);
  EXPECT_LE(found.front(), k_level);
  EXPECT_GT(found.back(), k_level);
}

TEST(Beside, what_has_no_event_no_outside_or_too_few_places_passes_nothing) {
  const std::vector<CountedPlace> few = made_up_places(4, 3);
  std::vector<std::int64_t> deaths(few.size(), 1);
  deaths[5] = 1000;
  const ScanCluster hot{.centre = 5, .places = {5}};
  EXPECT_GT(placed_probabilities(few, deaths, {hot}).front(), k_level);
  const std::vector<CountedPlace> places = made_up_places(k_side, 3);
  const std::vector<std::int64_t> none(places.size(), 0);
  EXPECT_EQ(placed_probabilities(places, none, {circle_about(places, 0)}), std::vector<double>{1});
  EXPECT_FALSE(compare_beside(places, none, circle_about(places, 0)).has_value());
  ScanCluster all{.centre = 0, .places = {}};
  for (std::size_t i = 0; i < places.size(); ++i) all.places.push_back(i);
  EXPECT_FALSE(compare_beside(places, std::vector<std::int64_t>(places.size(), 1), all).has_value());
  EXPECT_EQ(placed_probabilities(places, std::vector<std::int64_t>(places.size(), 1), {all}), std::vector<double>{1});
  EXPECT_TRUE(placed_probabilities(places, none, {}).empty());
}

}  // namespace
}  // namespace throughline::evidence
