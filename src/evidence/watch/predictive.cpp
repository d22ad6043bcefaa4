#include "evidence/watch/predictive.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include "base/check.h"
#include "base/portable_math.h"

namespace throughline::evidence {

namespace {

// Below the first share of its freedom, a dispersion is left to the posterior; above the second, to Student's t.
constexpr double k_all_sparse = 0.2;
constexpr double k_none_sparse = 0.36;
constexpr double k_dispersion_min = .05;
constexpr double k_tail_kept = 1e-7;
constexpr std::int64_t k_sparse_counts_max = 3000;
// A series that was nought for years has months that tell nothing of a dispersion, and by the formula less than
// nothing: limits would then lie beyond every count.
constexpr double k_freedom_least = 3;

// Below this a normal score can be far out (count_law.h).
constexpr double k_scored_mean_least = 3;

// A busy series with months of next to nothing, as one that comes once a year: a count of such a month has no normal
// score, and the posterior is of sparse series alone.
bool is_quiet_month(const BaselineFit& fit) {
  return fit.exceeding.empty() && fit.events > 0 && fit.expected < k_scored_mean_least;
}

// The level is not less than half an event in the whole baseline.
LevelNode quiet_level(const BaselineFit& fit) {
  const double least = 0.5 / fit.counts;
  return {std::max(1.0, least / fit.expected), std::max(1.0, fit.dispersion), 1};
}

double share_sparse_of(const BaselineFit& fit) {
  if (is_quiet_month(fit)) return 1;
  if (fit.exceeding.empty() && fit.events > 0) return 0;
  const double told = fit.information / fit.freedom;
  return std::clamp((k_none_sparse - told) / (k_none_sparse - k_all_sparse), 0.0, 1.0);
}

// P(Y >= count) by count, until next to nothing is left.
std::vector<double> averaged_tails(const BaselineFit& fit, std::span<const LevelNode> nodes) {
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
    add_at_least({.mean = node_mean, .dispersion = node.dispersion * (1 + node_mean * shape_open)}, node.weight, tails);
  }
  while (tails.size() > 1 && tails.back() < k_tail_kept) tails.pop_back();
  return tails;
}

// The smallest count of nought or more that is so; every larger one is so too. k_no_rise where none below it is.
template <class IsSo>
std::int64_t smallest(std::int64_t guess, const IsSo& is_so) {
  std::int64_t low = std::max<std::int64_t>(guess, 0);  // Not so, or -1.
  std::int64_t high = low;
  std::int64_t step = 1;
  if (is_so(low)) {
    do {
      high = low;
      low = std::max<std::int64_t>(low - step, -1);
      step *= 2;
    } while (low >= 0 && is_so(low));
  } else {
    do {
      low = high;
      if (low >= k_no_rise) return k_no_rise;
      high += step;
      step *= 2;
    } while (!is_so(high));
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (is_so(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace

Predictive::Predictive(BaselineFit fit, const DispersionPrior& prior, PosteriorMemory& memory)
    : fit_(std::move(fit)), share_sparse_(share_sparse_of(fit_)) {
  if (is_quiet_month(fit_)) {
    sparse_ = averaged_tails(fit_, std::array{quiet_level(fit_)});
  } else if (share_sparse_ > 0) {
    sparse_ = averaged_tails(fit_, memory.posterior(fit_, prior));
  }
  const double dispersion = std::max(fit_.dispersion, k_dispersion_min) * (1 + fit_.expected * fit_.leverage);
  law_ = {.mean = fit_.expected, .dispersion = std::max(1.0, dispersion)};
  narrowing_ = std::sqrt(std::min(1.0, dispersion));
  freedom_ = std::max(k_freedom_least, fit_.own_freedom);
}

double Predictive::student_score(std::int64_t count) const {
  return normal_score(law_, count) / narrowing_;
}

// Where the counts end before their tail does, the rest of it is Student's.
double Predictive::sparse_upper(std::int64_t count) const {
  if (count < static_cast<std::int64_t>(sparse_.size())) return sparse_[static_cast<std::size_t>(count)];
  if (static_cast<std::int64_t>(sparse_.size()) <= k_sparse_counts_max) return 0;
  return std::min(sparse_.back(), student_upper(student_score(count), freedom_));
}

double Predictive::upper(std::int64_t count) const {
  double probability = 0;
  if (share_sparse_ > 0) probability = share_sparse_ * sparse_upper(count);
  if (share_sparse_ < 1) probability += (1 - share_sparse_) * student_upper(student_score(count), freedom_);
  return probability;
}

// P(Y < count).
double Predictive::lower(std::int64_t count) const {
  double probability = 0;
  if (share_sparse_ > 0) probability = share_sparse_ * std::max(0.0, 1 - sparse_upper(count));
  if (share_sparse_ < 1) probability += (1 - share_sparse_) * student_upper(-student_score(count), freedom_);
  return probability;
}

double Predictive::at_least(std::int64_t count) const {
  return count <= 0 ? 1 : upper(count);
}

double Predictive::at_most(std::int64_t count) const {
  return count < 0 ? 0 : lower(count + 1);
}

// How far a limit of that level lies from the mean, nearly.
double Predictive::reach(double level) const {
  const double spread = share_sparse_ < 1 ? law_.dispersion * narrowing_ * narrowing_ : 2;
  return student_limit(level, freedom_) * std::sqrt(law_.mean * spread);
}

CountLimit Predictive::rise_limit(double level) const {
  CHECK(level > 0 && level < 0.5);
  constexpr auto k_most = static_cast<double>(k_no_rise);
  const auto guess = static_cast<std::int64_t>(std::min(fit_.expected + reach(level), k_most));
  std::int64_t count = 0;
  if (share_sparse_ > 0) {
    count = smallest(guess, [&](std::int64_t tried) { return at_least(tried) <= level; });
  } else {
    const double limit = student_limit(level, freedom_);
    count = smallest(guess, [&](std::int64_t tried) { return student_score(tried) >= limit; });
  }
  if (count >= k_no_rise) return {k_no_rise, 0};
  return {count, at_least(count)};
}

CountLimit Predictive::fall_limit(double level) const {
  CHECK(level > 0 && level < 0.5);
  const auto guess = static_cast<std::int64_t>(std::max(0.0, fit_.expected - reach(level)));
  std::int64_t above = 0;
  if (share_sparse_ > 0) {
    above = smallest(guess, [&](std::int64_t tried) { return at_most(tried) > level; });
  } else {
    const double limit = student_limit(level, freedom_);
    above = smallest(guess, [&](std::int64_t tried) { return student_score(tried + 1) > -limit; });
  }
  return {above - 1, at_most(above - 1)};
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
