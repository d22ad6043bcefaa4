#include "evidence/watch/predictive.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "base/portable_math.h"

namespace throughline::evidence {

namespace {

// Below the first share of its freedom, a dispersion is left to the posterior; above the second, to Student's t.
constexpr double k_all_sparse = 0.2;
constexpr double k_none_sparse = 0.36;
constexpr double k_dispersion_min = 0.3;
constexpr double k_tail_kept = 1e-7;
constexpr std::int64_t k_sparse_counts_max = 3000;

double share_sparse_of(const BaselineFit& fit) {
  if (fit.exceeding.empty() && fit.events > 0) return 0;
  const double told = fit.information / fit.freedom;
  return std::clamp((k_none_sparse - told) / (k_none_sparse - k_all_sparse), 0.0, 1.0);
}

// P(Y >= count) by count, until next to nothing is left.
std::vector<double> averaged_tails(const BaselineFit& fit, const DispersionPrior& prior) {
  const std::vector<LevelNode> nodes = posterior_of(fit, prior);
  // What trend and season leave open, beyond the level that the nodes are about.
  const double shape_open = std::max(0.0, fit.leverage - 1 / (static_cast<double>(fit.events) + 0.5));
  double mean = 0;
  double square = 0;
  for (const LevelNode& node : nodes) {
    const double node_mean = fit.expected * node.multiple;
    mean += node.weight * node_mean;
    square += node.weight * (node.dispersion * node_mean * (1 + node_mean * shape_open) + node_mean * node_mean);
  }
  const double sd = std::sqrt(std::max(square - mean * mean, 1.0));
  const auto count_max = std::min<std::int64_t>(k_sparse_counts_max, std::llround(std::ceil(mean + 12 * sd + 8)));
  std::vector<double> tails(static_cast<std::size_t>(count_max) + 1, 0.0);
  for (const LevelNode& node : nodes) {
    const double node_mean = std::max(fit.expected * node.multiple, 1e-9);
    const double dispersion = node.dispersion * (1 + node_mean * shape_open);
    const std::vector<double> of_node = at_least({.mean = node_mean, .dispersion = dispersion}, count_max);
    for (std::size_t i = 0; i < tails.size(); ++i) tails[i] += node.weight * of_node[i];
  }
  while (tails.size() > 1 && tails.back() < k_tail_kept) tails.pop_back();
  return tails;
}

}  // namespace

Predictive::Predictive(const BaselineFit& fit, const DispersionPrior& prior)
    : fit_(fit), share_sparse_(share_sparse_of(fit)) {
  if (share_sparse_ > 0) sparse_ = averaged_tails(fit, prior);
  const double dispersion = std::max(fit.dispersion, k_dispersion_min) * (1 + fit.expected * fit.leverage);
  law_ = {.mean = fit.expected, .dispersion = std::max(1.0, dispersion)};
  narrowing_ = std::sqrt(std::min(1.0, dispersion));
}

double Predictive::student_score(std::int64_t count) const {
  return normal_score(law_, count) / narrowing_;
}

double Predictive::upper(std::int64_t count) const {
  double probability = 0;
  if (share_sparse_ > 0 && count < static_cast<std::int64_t>(sparse_.size())) {
    probability = share_sparse_ * sparse_[static_cast<std::size_t>(count)];
  }
  if (share_sparse_ < 1) probability += (1 - share_sparse_) * student_upper(student_score(count), fit_.own_freedom);
  return probability;
}

// P(Y < count).
double Predictive::lower(std::int64_t count) const {
  double probability = 0;
  if (share_sparse_ > 0) {
    const bool is_kept = count < static_cast<std::int64_t>(sparse_.size());
    probability = share_sparse_ * (is_kept ? std::max(0.0, 1 - sparse_[static_cast<std::size_t>(count)]) : 1);
  }
  if (share_sparse_ < 1) probability += (1 - share_sparse_) * student_upper(-student_score(count), fit_.own_freedom);
  return probability;
}

double Predictive::at_least(std::int64_t count) const {
  return count <= 0 ? 1 : upper(count);
}

double Predictive::at_most(std::int64_t count) const {
  return count < 0 ? 0 : lower(count + 1);
}

CountLimit Predictive::rise_limit(double level) const {
  CHECK(level > 0 && level < 0.5);
  // The limit lies above `low` and at or below `high`.
  auto low = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(fit_.expected)));
  while (low > 0 && at_least(low) <= level) low /= 2;
  std::int64_t step = std::max<std::int64_t>(1, std::llround(2 * std::sqrt(law_.mean * law_.dispersion)));
  std::int64_t high = low + step;
  while (at_least(high) > level) {
    low = high;
    step *= 2;
    high += step;
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (at_least(middle) <= level ? high : low) = middle;
  }
  return {high, at_least(high)};
}

CountLimit Predictive::fall_limit(double level) const {
  CHECK(level > 0 && level < 0.5);
  if (at_most(0) > level) return {-1, 0};
  std::int64_t low = 0;
  std::int64_t high = static_cast<std::int64_t>(std::floor(fit_.expected)) + 1;
  while (at_most(high) <= level) high *= 2;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (at_most(middle) <= level ? low : high) = middle;
  }
  return {low, at_most(low)};
}

Interval Predictive::interval(double level) const {
  const double each = (1 - level) / 2;
  return {.low = static_cast<double>(fall_limit(each).count + 1),
          .high = static_cast<double>(rise_limit(each).count - 1)};
}

double Predictive::score(std::int64_t count, double within) const {
  CHECK(within >= 0 && within <= 1);
  const double more = at_least(count + 1);
  const double this_or_more = at_least(count);
  const double above = std::clamp(more + within * (this_or_more - more), 1e-12, 1 - 1e-12);
  return -base::portable_normal_quantile(above);
}

}  // namespace throughline::evidence
