#include "evidence/watch/baseline.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "base/portable_math.h"
#include "evidence/watch/seasonal_regression.h"

namespace throughline::evidence {

namespace {

constexpr double k_outbreak_residual = 3.5;  // In standard deviations; counts beyond it are weighed down.
constexpr int k_reweighting_rounds = 2;
constexpr double k_noticeable_dispersion = 1.05;
constexpr double k_doubted_dispersion = 4;
constexpr double k_outbreak_level_min = 5;  // Below this a cluster cannot be told from a sparse series' own way.
constexpr double k_sparse_level_max = 60;
constexpr double k_grown_most = 1.2840254166877414;  // A year of the trend's standard deviation, exp(0.25).
constexpr double k_bend_max = 0.5;                   // Beyond it the second order tells nothing.

double two_thirds(double x) {
  return x <= 0 ? 0 : base::portable_exp(base::portable_log(x) * 2 / 3);
}

// The same of a whole number.
double two_thirds_of_count(double count) {
  constexpr std::size_t k_kept = 2048;
  static const std::vector<double> kept = [] {
    std::vector<double> values;
    for (std::size_t i = 0; i < k_kept; ++i) values.push_back(two_thirds(static_cast<double>(i)));
    return values;
  }();
  const auto whole = static_cast<std::size_t>(std::max(count, 0.0));
  return whole < k_kept ? kept[whole] : two_thirds(count);
}

// Counts that stand out against the middle of all residuals weigh less, others fully. Gives whether any does. The
// residuals are Anscombe's of Poisson counts, nearly normal.
bool weigh_down_outbreaks(Regression& regression) {
  std::vector<double> residuals;
  residuals.reserve(regression.rows.size());
  const std::vector<double> sixth_roots = means_to_power(regression, 1.0 / 6);
  for (std::size_t i = 0; i < regression.rows.size(); ++i) {
    const double root = sixth_roots[i];
    const double found = two_thirds_of_count(regression.rows[i].count);
    residuals.push_back(std::abs(1.5 * (found - root * root * root * root) / root));
  }
  std::vector<double> sizes = residuals;
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::ranges::nth_element(sizes, middle);
  const double spread = std::max(1.0, *middle / 0.67448975);
  bool is_any = false;
  for (std::size_t i = 0; i < residuals.size(); ++i) {
    const double size = residuals[i] / spread;
    const bool is_outbreak = size > k_outbreak_residual;
    regression.rows[i].weight = is_outbreak ? k_outbreak_residual * k_outbreak_residual / (size * size) : 1;
    is_any = is_any || is_outbreak;
  }
  return is_any;
}

// How many degrees of freedom a dispersion found from such counts is worth: twice its square over its variance, which
// for a negative binomial count of mean m adds (6 d - 6 + 1/d) / m to the 2 of a normal one; `inverse` is the mean of
// 1/m.
double freedom_worth(double inverse, double freedom, double dispersion) {
  return freedom * 2 / (2 + inverse * (6 * dispersion - 6 + 1 / dispersion));
}

double mean_inverse(const Regression& regression) {
  double sum = 0;
  for (const Observed& row : regression.rows) sum += 1 / row.mean;
  return sum / static_cast<double>(regression.rows.size());
}

// Past outbreaks by what they weigh.
double largest_count(const Regression& regression) {
  double largest = 0;
  for (const Observed& row : regression.rows) largest = std::max(largest, row.weight * row.count);
  return largest;
}

std::vector<std::int32_t> exceeding_counts(const Regression& regression, double added) {
  constexpr std::size_t k_counts_max = 400;
  std::vector<std::int32_t> exceeding;
  for (const Observed& row : regression.rows) {
    const auto count = static_cast<std::size_t>(std::llround(row.count - added));
    if (count > exceeding.size()) exceeding.resize(std::min(count, k_counts_max), 0);
    for (std::size_t j = 0; j < std::min(count, exceeding.size()); ++j) ++exceeding[j];
  }
  return exceeding;
}

}  // namespace

std::optional<BaselineFit> fit_baseline(std::span<const std::optional<std::int64_t>> history, std::size_t at,
                                        const BaselineRule& rule) {
  CHECK(at < history.size() && rule.window > 0 && rule.gap >= 0 && rule.least >= 2);
  Regression regression = regression_of(history, at, rule);
  const auto counts = static_cast<double>(regression.rows.size());
  if (static_cast<int>(regression.rows.size()) < rule.least) return std::nullopt;
  double events = 0;
  for (const Observed& row : regression.rows) events += row.count;
  const double added = 0.5 / counts;
  for (Observed& row : regression.rows) row.count += added;
  const double level = events / counts + added;
  regression.coefficients[0] = base::portable_log(level);
  climb(regression);
  // The more counts vary, the more trend and season are pulled.
  const double plain = std::max(1.0, pearson(regression) / (counts - 1));
  if (rule.is_reweighted && level >= k_outbreak_level_min && weigh_down_outbreaks(regression)) {
    // An outbreak has moved the fit that its residual was taken from: weights and fit settle together.
    for (int round = 0; round < k_reweighting_rounds; ++round) {
      climb(regression);
      weigh_down_outbreaks(regression);
    }
    climb(regression);
  } else if (plain > k_noticeable_dispersion) {
    regression.dispersion = plain;
    climb(regression);
  }
  const Square inverse = inverse_of(regression);
  const AtPeriod here = at_period(regression, inverse);
  BaselineFit fit;
  fit.level = level;
  fit.leverage = here.leverage;
  fit.freedom = std::max(1.0, weight_sum(regression) - terms_fitted(regression, inverse));
  fit.dispersion = pearson(regression) / fit.freedom;
  // From the mode of the logarithm to the mean of the count.
  const double bend = std::max(1.0, fit.dispersion) * (here.leverage - here.skew) / 2;
  const double line = here.line + std::clamp(bend, -k_bend_max, k_bend_max);
  fit.expected = base::portable_exp(std::clamp(line, -30.0, 30.0));
  // A trend tells nothing of what lies far beyond all that it was found in; a season's peak may be a year back.
  if (rule.has_trend) fit.expected = std::min(fit.expected, largest_count(regression) * k_grown_most);
  const double mean_of_inverses = mean_inverse(regression);
  fit.information = freedom_worth(mean_of_inverses, fit.freedom, k_doubted_dispersion);
  fit.own_freedom = freedom_worth(mean_of_inverses, fit.freedom, std::max(1.0, fit.dispersion));
  fit.events = std::llround(events);
  fit.counts = static_cast<std::int32_t>(regression.rows.size());
  // Only sparse series are read by how many counts exceed what.
  if (level <= k_sparse_level_max && fit.information < 0.8 * fit.freedom)
    fit.exceeding = exceeding_counts(regression, added);
  return fit;
}

}  // namespace throughline::evidence
