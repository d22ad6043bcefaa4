#include "evidence/hidden/resample.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "base/parallel.h"
#include "base/portable_math.h"
#include "base/quantile.h"
#include "base/random.h"
#include "evidence/hidden/draw.h"
#include "evidence/special_functions.h"

namespace throughline::evidence {

namespace {

constexpr double k_infinity = std::numeric_limits<double>::infinity();

double stepwise_estimate(const ListTable& table, double p_max) {
  const std::optional<StepwiseFit> fit = stepwise_fit(table, p_max);
  return fit.has_value() ? fit->fit.estimate() : k_infinity;
}

// Skewness of the estimate's jackknife values, one a case seen (Efron 1987, formula 6.6).
double acceleration_of(const ListTable& table, double p_max) {
  const auto cases = static_cast<double>(cases_seen(table));
  std::vector<double> without(table.counts.size(), 0.0);
  double mean = 0;
  for (std::size_t history = 1; history < table.counts.size(); ++history) {
    if (table.counts[history] == 0) continue;
    ListTable fewer = table;
    --fewer.counts[history];
    without[history] = stepwise_estimate(fewer, p_max);
    if (!std::isfinite(without[history])) return 0;
    mean += static_cast<double>(table.counts[history]) * without[history] / cases;
  }
  double squares = 0;
  double cubes = 0;
  for (std::size_t history = 1; history < table.counts.size(); ++history) {
    const double off = table.counts[history] == 0 ? 0 : mean - without[history];
    squares += static_cast<double>(table.counts[history]) * off * off;
    cubes += static_cast<double>(table.counts[history]) * off * off * off;
  }
  return squares > 0 ? cubes / (6 * squares * std::sqrt(squares)) : 0;
}

}  // namespace

std::optional<ResampledInterval> resampled_interval(const ListTable& table, const ResampleOptions& options) {
  CHECK(options.resamples >= 100);
  const double estimate = stepwise_estimate(table, options.p_max);
  if (!std::isfinite(estimate)) return std::nullopt;
  std::vector<double> shares;
  for (const std::int64_t count : table.counts) shares.push_back(static_cast<double>(count));
  ResampledInterval answer;
  answer.estimates.assign(static_cast<std::size_t>(options.resamples), 0.0);
  base::parallel_chunks({.items = options.resamples, .chunk_items = 8}, [&](const base::Chunk& chunk) {
    for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
      base::Random random({options.seed, base::stream_of("hidden/resample"), static_cast<std::uint32_t>(i)});
      ListTable drawn{.lists = table.lists, .counts = draw_counts(random, cases_seen(table), shares)};
      answer.estimates[static_cast<std::size_t>(i)] = stepwise_estimate(drawn, options.p_max);
    }
  });
  std::ranges::sort(answer.estimates);
  answer.without_estimate = std::ranges::count(answer.estimates, k_infinity);
  const auto below = std::ranges::lower_bound(answer.estimates, estimate) - answer.estimates.begin();
  if (below == 0 || below == options.resamples) return std::nullopt;
  answer.bias_correction =
      base::portable_normal_quantile(static_cast<double>(below) / static_cast<double>(options.resamples));
  answer.acceleration = acceleration_of(table, options.p_max);
  const auto limit = [&](double probability) {
    const double shifted = answer.bias_correction + base::portable_normal_quantile(probability);
    const double z = answer.bias_correction + shifted / (1 - answer.acceleration * shifted);
    return base::quantile_of_sorted(answer.estimates, normal_below(z));
  };
  const double tail = (1 - options.confidence.level) / 2;
  answer.interval = {.low = limit(tail), .high = limit(1 - tail)};
  return answer;
}

}  // namespace throughline::evidence
