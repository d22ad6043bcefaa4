// The kernels of Morris and Sobol, held against functions whose indices are known.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <set>
#include <span>
#include <utility>

#include "simulate/chance.h"
#include "simulate/sensitivity/study.h"

namespace throughline::simulate {
namespace {

constexpr double k_a = 7;
constexpr double k_b = 0.1;

double ishigami(const Point& point) {
  const auto angle = [&](std::size_t input) { return std::numbers::pi * (2 * point[input] - 1); };
  return std::sin(angle(0)) + k_a * std::pow(std::sin(angle(1)), 2) + k_b * std::pow(angle(2), 4) * std::sin(angle(0));
}

// The G function of Sobol: the greater a, the less an input matters.
const std::vector<double> k_g{0, 1, 4.5, 9, 99};

double g_function(const Point& point) {
  double product = 1;
  for (std::size_t input = 0; input < k_g.size(); ++input) {
    product *= (std::abs(4 * point[input] - 2) + k_g[input]) / (1 + k_g[input]);
  }
  return product;
}

template <class Function>
std::vector<double> outcomes_at(const std::vector<Point>& points, const Function& function) {
  std::vector<double> outcomes;
  for (const Point& point : points) outcomes.push_back(function(point));
  return outcomes;
}

void expect_within(double truth, double low, double high) {
  EXPECT_LE(low, truth);
  EXPECT_GE(high, truth);
  EXPECT_LT(high - low, 0.2);
}

TEST(Sobol, finds_the_indices_of_ishigamis_function_within_its_limits) {
  const SobolDesign design{.samples = 1500, .inputs = 3, .seed = 3};
  const auto found = sobol_indices(design, outcomes_at(sobol_points(design), ishigami));
  const double pi4 = std::pow(std::numbers::pi, 4);
  const double one = 0.5 * std::pow(1 + k_b * pi4 / 5, 2);
  const double two = k_a * k_a / 8;
  const double together = k_b * k_b * pi4 * pi4 * (1.0 / 18 - 1.0 / 50);
  const double all = one + two + together;
  const std::vector<double> first{one / all, two / all, 0};
  const std::vector<double> total{(one + together) / all, two / all, together / all};
  for (std::size_t input = 0; input < 3; ++input) {
    expect_within(first[input], found[input].first_low, found[input].first_high);
    expect_within(total[input], found[input].total_low, found[input].total_high);
  }
}

// Limits of 95 per cent miss now and then: of a hundred, ten at most.
TEST(Sobol, finds_the_indices_of_the_g_function_within_its_limits) {
  double product = 1;
  for (const double a : k_g) product *= 1 + 1.0 / 3 / std::pow(1 + a, 2);
  int within = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const SobolDesign design{.samples = 250, .inputs = k_g.size(), .seed = seed};
    const auto found = sobol_indices(design, outcomes_at(sobol_points(design), g_function));
    for (std::size_t input = 0; input < k_g.size(); ++input) {
      const double part = 1.0 / 3 / std::pow(1 + k_g[input], 2);
      const double first = part / (product - 1);
      const double total = first * product / (1 + part);
      within += found[input].first_low <= first && first <= found[input].first_high ? 1 : 0;
      within += found[input].total_low <= total && total <= found[input].total_high ? 1 : 0;
    }
  }
  EXPECT_GE(within, 90);
}

TEST(Sobol, gives_nought_where_nothing_varies) {
  const SobolDesign design{.samples = 8, .inputs = 2, .seed = 1};
  for (const SobolIndex& index : sobol_indices(design, std::vector<double>(32, 4.0))) {
    EXPECT_EQ(index.first, 0);
    EXPECT_EQ(index.total_high, 0);
  }
}

TEST(Morris, gives_a_line_its_slopes_and_no_spread) {
  const MorrisDesign design{.trajectories = 6, .inputs = 4, .seed = 2};
  const std::vector<double> slopes{3, -2, 0, 0.5};
  const auto found = morris_effects(design, outcomes_at(morris_points(design), [&](const Point& point) {
                                      double sum = 1;
                                      for (std::size_t i = 0; i < slopes.size(); ++i) sum += slopes[i] * point[i];
                                      return sum;
                                    }));
  for (std::size_t input = 0; input < slopes.size(); ++input) {
    EXPECT_NEAR(found[input].mu, slopes[input], 1e-12);
    EXPECT_NEAR(found[input].mu_star, std::abs(slopes[input]), 1e-12);
    EXPECT_NEAR(found[input].sigma, 0, 1e-12);
    EXPECT_NEAR(found[input].low, found[input].high, 1e-12);
  }
}

TEST(Morris, sees_in_the_spread_what_works_with_another_input) {
  const MorrisDesign design{.trajectories = 20, .inputs = 3, .seed = 2};
  const auto found = morris_effects(design, outcomes_at(morris_points(design), [](const Point& point) {
                                      return 4 * (point[0] - 0.5) * (point[1] - 0.5) + 0.2 * point[2];
                                    }));
  EXPECT_GT(found[0].sigma, 0.5);
  EXPECT_GT(found[0].mu_star, 3 * std::abs(found[0].mu)) << "the sign hides it";
  EXPECT_LT(found[0].low, found[0].mu_star);
  EXPECT_GT(found[0].high, found[0].mu_star);
  EXPECT_NEAR(found[2].sigma, 0, 1e-12);
}

TEST(Morris, puts_the_inputs_of_the_g_function_in_their_order) {
  const MorrisDesign design{.trajectories = 200, .inputs = k_g.size(), .seed = 2};
  const auto found = morris_effects(design, outcomes_at(morris_points(design), g_function));
  EXPECT_TRUE(std::ranges::is_sorted(found, std::ranges::greater(), &MorrisEffect::mu_star));
}

TEST(Morris, moves_one_input_at_a_time_within_the_cube) {
  const MorrisDesign design{.trajectories = 5, .inputs = 6, .seed = 9};
  const std::vector<Point> points = morris_points(design);
  ASSERT_EQ(points.size(), 35U);
  for (std::size_t at = 0; at < points.size(); ++at) {
    for (const double x : points[at]) EXPECT_TRUE(x >= -1e-12 && x <= 1 + 1e-12);
    if (at % 7 == 0) continue;
    std::size_t moved = 0;
    for (std::size_t input = 0; input < 6; ++input) moved += points[at][input] != points[at - 1][input] ? 1U : 0U;
    EXPECT_EQ(moved, 1U);
  }
}

Study study_with(StudyMethod method) {
  Study study;
  study.method = method;
  study.run.seed = 5;
  study.priors.resize(2);
  study.rounds = 3;
  return study;
}

TEST(StudyRuns, are_those_of_the_method_and_each_rounds_first_with_another_seed) {
  for (const auto& [method, a_round] : {std::pair{StudyMethod::morris, 3U}, std::pair{StudyMethod::sobol, 4U}}) {
    const Study study = study_with(method);
    const std::vector<StudyRun> runs = runs_of(study);
    const std::size_t points = points_of_method(study);
    ASSERT_EQ(points, 3 * a_round);
    ASSERT_EQ(runs.size(), points + 3);
    std::set<std::uint64_t> seeds;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      seeds.insert(runs[i].seed);
      EXPECT_EQ(runs[i].seed == 5U, i < points);
    }
    EXPECT_EQ(seeds.size(), 4U);
    for (std::size_t round = 0; round < 3; ++round) EXPECT_EQ(runs[points + round].point, runs[round * a_round].point);
  }
}

// An outcome that is luck alone: every effect is luck, and stands where the floor is.
TEST(NoiseFloor, is_what_an_outcome_of_luck_alone_would_give_every_input) {
  for (const StudyMethod method : {StudyMethod::morris, StudyMethod::sobol}) {
    Study study = study_with(method);
    study.rounds = 200;
    base::Random random = chance(7, {.purpose = Purpose::begin});
    std::vector<double> outcomes(runs_of(study).size());
    for (double& outcome : outcomes) outcome = random.uniform01();
    const std::span<const double> values = std::span<const double>(outcomes).first(points_of_method(study));
    const double floor = noise_floor(study, outcomes);
    if (method == StudyMethod::morris) {
      const auto effects = morris_effects({.trajectories = study.rounds, .inputs = 2, .seed = study.run.seed}, values);
      EXPECT_NEAR(effects[0].mu_star, floor, 0.1);
      EXPECT_NEAR(floor, 0.5, 0.1) << "a third apart on average, by two thirds";
    } else {
      const auto found = sobol_indices({.samples = study.rounds, .inputs = 2, .seed = study.run.seed}, values);
      EXPECT_NEAR(found[0].total, floor, 0.3);
      EXPECT_NEAR(floor, 1, 0.3);
    }
  }
}

TEST(NoiseFloor, is_nought_where_another_seed_changes_nothing) {
  for (const StudyMethod method : {StudyMethod::morris, StudyMethod::sobol}) {
    const Study study = study_with(method);
    EXPECT_EQ(noise_floor(study, std::vector<double>(runs_of(study).size(), 4.0)), 0);
  }
}

TEST(LatinHypercube, has_one_point_in_each_part_of_each_input) {
  const std::vector<Point> points = latin_hypercube({.points = 20, .inputs = 3, .seed = 4});
  for (std::size_t input = 0; input < 3; ++input) {
    std::vector<int> parts;
    for (const Point& point : points) parts.push_back(static_cast<int>(point[input] * 20));
    std::ranges::sort(parts);
    for (int part = 0; part < 20; ++part) EXPECT_EQ(parts[static_cast<std::size_t>(part)], part);
  }
  EXPECT_EQ(points, latin_hypercube({.points = 20, .inputs = 3, .seed = 4}));
  EXPECT_NE(points, latin_hypercube({.points = 20, .inputs = 3, .seed = 5}));
}

}  // namespace
}  // namespace throughline::simulate
