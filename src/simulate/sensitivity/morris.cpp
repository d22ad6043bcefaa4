#include "simulate/sensitivity/morris.h"

#include <cmath>
#include <numeric>

#include "base/check.h"
#include "simulate/chance.h"
#include "simulate/sensitivity/resample.h"

namespace throughline::simulate {

namespace {

// Of the grid 0, 1/3, 2/3, 1: a step of half the levels visits each of them equally often.
constexpr std::uint64_t k_levels = 4;

// Effects of each input, one a trajectory.
using Effects = std::vector<std::vector<double>>;

Effects elementary_effects(const MorrisDesign& design, std::span<const double> outcomes) {
  const std::vector<Point> points = morris_points(design);
  CHECK(points.size() == outcomes.size());
  Effects effects(design.inputs);
  for (std::size_t at = 1; at < points.size(); ++at) {
    if (at % (design.inputs + 1) == 0) continue;  // Another trajectory begins.
    for (std::size_t input = 0; input < design.inputs; ++input) {
      const double step = points[at][input] - points[at - 1][input];
      if (step != 0) effects[input].push_back((outcomes[at] - outcomes[at - 1]) / step);
    }
  }
  return effects;
}

double mean_size(const std::vector<double>& effects, std::span<const std::int64_t> trajectories) {
  double total = 0;
  for (const std::int64_t trajectory : trajectories) total += std::abs(effects[static_cast<std::size_t>(trajectory)]);
  return total / static_cast<double>(trajectories.size());
}

MorrisEffect effect_of(const std::vector<double>& effects) {
  const auto count = static_cast<double>(effects.size());
  MorrisEffect effect;
  for (const double one : effects) {
    effect.mu += one / count;
    effect.mu_star += std::abs(one) / count;
  }
  double squares = 0;
  for (const double one : effects) squares += (one - effect.mu) * (one - effect.mu);
  effect.sigma = std::sqrt(squares / (count - 1));
  return effect;
}

}  // namespace

std::vector<Point> morris_points(const MorrisDesign& design) {
  CHECK(design.trajectories >= 2);
  std::vector<Point> points;
  std::vector<std::size_t> order(design.inputs);
  for (std::int64_t trajectory = 0; trajectory < design.trajectories; ++trajectory) {
    base::Random random =
        chance(design.seed, {.purpose = Purpose::design, .subject = static_cast<std::uint64_t>(trajectory)});
    Point point;
    for (std::size_t input = 0; input < design.inputs; ++input) {
      point.push_back(static_cast<double>(random.below(k_levels)) / static_cast<double>(k_levels - 1));
    }
    std::iota(order.begin(), order.end(), std::size_t{0});
    random.shuffle(std::span(order));
    points.push_back(point);
    for (const std::size_t input : order) {
      point[input] += point[input] < 0.5 ? k_morris_step : -k_morris_step;
      points.push_back(point);
    }
  }
  return points;
}

std::vector<MorrisEffect> morris_effects(const MorrisDesign& design, std::span<const double> outcomes) {
  const Effects effects = elementary_effects(design, outcomes);
  const auto sizes = [&](std::span<const std::int64_t> trajectories) {
    std::vector<double> means;
    for (const std::vector<double>& one : effects) means.push_back(mean_size(one, trajectories));
    return means;
  };
  const std::vector<Limits> limits =
      resampled_limits({.units = design.trajectories, .estimates = design.inputs, .seed = design.seed}, sizes);
  std::vector<MorrisEffect> found;
  for (std::size_t input = 0; input < design.inputs; ++input) {
    found.push_back(effect_of(effects[input]));
    found.back().low = limits[input].low;
    found.back().high = limits[input].high;
  }
  return found;
}

}  // namespace throughline::simulate
