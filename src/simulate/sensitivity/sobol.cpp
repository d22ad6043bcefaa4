#include "simulate/sensitivity/sobol.h"

#include <numeric>

#include "base/check.h"
#include "simulate/sensitivity/resample.h"

namespace throughline::simulate {

namespace {

// The outcomes of one sample.
struct Sample {
  double a = 0;
  double b = 0;
  std::span<const double> mixed{};  // A with one input from B, by input.
};

Sample sample_at(std::span<const double> outcomes, std::size_t inputs, std::int64_t number) {
  const std::span<const double> own = outcomes.subspan(static_cast<std::size_t>(number) * (inputs + 2), inputs + 2);
  return {.a = own[0], .b = own[1], .mixed = own.subspan(2)};
}

// First indices of all inputs, then total ones.
std::vector<double> indices(std::span<const double> outcomes, std::size_t inputs,
                            std::span<const std::int64_t> samples) {
  const auto count = static_cast<double>(samples.size());
  double mean = 0;
  double squares = 0;
  for (const std::int64_t number : samples) {
    const Sample sample = sample_at(outcomes, inputs, number);
    mean += (sample.a + sample.b) / (2 * count);
  }
  std::vector<double> found(2 * inputs, 0);
  for (const std::int64_t number : samples) {
    const Sample sample = sample_at(outcomes, inputs, number);
    squares += (sample.a - mean) * (sample.a - mean) + (sample.b - mean) * (sample.b - mean);
    for (std::size_t input = 0; input < inputs; ++input) {
      const double moved = sample.mixed[input] - sample.a;
      // Less the mean, which changes nothing in the long run and makes the estimate steadier.
      found[input] += (sample.b - mean) * moved;
      found[inputs + input] += moved * moved / 2;
    }
  }
  const double variance = squares / (2 * count);
  for (double& index : found) index = variance > 0 ? index / count / variance : 0;
  return found;
}

}  // namespace

std::vector<Point> sobol_points(const SobolDesign& design) {
  CHECK(design.samples >= 2);
  // One cube of twice the inputs, so that A and B are spread evenly together.
  const std::vector<Point> both =
      latin_hypercube({.points = design.samples, .inputs = 2 * design.inputs, .seed = design.seed});
  std::vector<Point> points;
  const auto inputs = static_cast<std::ptrdiff_t>(design.inputs);
  for (const Point& pair : both) {
    const Point a(pair.begin(), pair.begin() + inputs);
    const Point b(pair.begin() + inputs, pair.end());
    points.push_back(a);
    points.push_back(b);
    for (std::size_t input = 0; input < design.inputs; ++input) {
      points.push_back(a);
      points.back()[input] = b[input];
    }
  }
  return points;
}

std::vector<SobolIndex> sobol_indices(const SobolDesign& design, std::span<const double> outcomes) {
  CHECK(outcomes.size() == static_cast<std::size_t>(design.samples) * (design.inputs + 2));
  std::vector<std::int64_t> all(static_cast<std::size_t>(design.samples));
  std::iota(all.begin(), all.end(), 0);
  const std::vector<double> values = indices(outcomes, design.inputs, all);
  const std::vector<Limits> limits =
      resampled_limits({.units = design.samples, .estimates = values.size(), .seed = design.seed},
                       [&](std::span<const std::int64_t> drawn) { return indices(outcomes, design.inputs, drawn); });
  std::vector<SobolIndex> found;
  for (std::size_t input = 0; input < design.inputs; ++input) {
    const std::size_t total = design.inputs + input;
    found.push_back({.first = values[input],
                     .first_low = limits[input].low,
                     .first_high = limits[input].high,
                     .total = values[total],
                     .total_low = limits[total].low,
                     .total_high = limits[total].high});
  }
  return found;
}

}  // namespace throughline::simulate
