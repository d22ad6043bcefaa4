#include "evidence/watch/baseline.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "base/portable_math.h"

namespace throughline::evidence {

namespace {

constexpr int k_terms_max = 6;
constexpr int k_steps_max = 12;
constexpr double k_trend_sd = 0.25;
constexpr double k_season_sd = 0.5;
constexpr double k_outbreak_residual = 3.5;  // In standard deviations; counts beyond it are weighed down.
constexpr int k_reweighting_rounds = 2;
constexpr double k_noticeable_dispersion = 1.05;
constexpr double k_outbreak_level_min = 5;  // Below this a cluster cannot be told from a sparse series' own way.
constexpr double k_sparse_level_max = 60;
constexpr double k_half_root_three = 0.86602540378443864676;

using Terms = std::array<double, k_terms_max>;
using Square = std::array<Terms, k_terms_max>;

struct Observed {
  Terms terms{};
  double count = 0;
  double weight = 1;
  double mean = 1;
};

// The cosine of so many twelfths of a turn.
double cosine(std::int64_t twelfths) {
  constexpr std::array<double, 12> k_cosines{1,  k_half_root_three,  0.5,  0, -0.5, -k_half_root_three,
                                             -1, -k_half_root_three, -0.5, 0, 0.5,  k_half_root_three};
  return k_cosines.at(static_cast<std::size_t>(twelfths % 12));
}

// Seen from the period `at`, so that its own trend is nought.
Terms terms_of(std::int64_t period, std::int64_t at, const BaselineRule& rule) {
  Terms terms{1, static_cast<double>(period - at) / rule.periods_in_year};
  if (rule.periods_in_year != 12) return terms;
  terms[2] = cosine(period);
  terms[3] = cosine(period + 9);
  terms[4] = cosine(2 * period);
  terms[5] = cosine(2 * period + 9);
  return terms;
}

// A regression under way.
struct Regression {
  std::size_t terms = 1;
  std::vector<Observed> rows;
  Terms coefficients{};
  Terms pull{};           // Towards nought, for each term; times the dispersion.
  Square information{};   // Without the pull.
  Square root{};          // The lower triangle whose square is the information with the pull.
  double dispersion = 1;  // At least 1 here: what the pull is weighed with.
};

double linear(const Regression& regression, const Terms& terms) {
  double sum = 0;
  for (std::size_t i = 0; i < regression.terms; ++i) sum += regression.coefficients[i] * terms[i];
  return sum;
}

// Cholesky's. The information is positive definite, since the intercept has counts and the rest is pulled.
void take_root(Regression& regression) {
  const std::size_t n = regression.terms;
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = j; i < n; ++i) {
      double sum = regression.information[i][j];
      if (i == j) sum += regression.dispersion * regression.pull[i];
      for (std::size_t k = 0; k < j; ++k) sum -= regression.root[i][k] * regression.root[j][k];
      if (i == j) {
        regression.root[j][j] = std::sqrt(std::max(sum, 1e-300));
      } else {
        regression.root[i][j] = sum / regression.root[j][j];
      }
    }
  }
}

Terms solve(const Regression& regression, Terms right) {
  const std::size_t n = regression.terms;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) right[i] -= regression.root[i][k] * right[k];
    right[i] /= regression.root[i][i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) right[i] -= regression.root[k][i] * right[k];
    right[i] /= regression.root[i][i];
  }
  return right;
}

// Gives the gradient, and leaves means and information behind.
Terms gradient(Regression& regression) {
  const std::size_t n = regression.terms;
  Terms slope{};
  regression.information = {};
  for (Observed& row : regression.rows) {
    row.mean = base::portable_exp(std::clamp(linear(regression, row.terms), -30.0, 30.0));
    const double residual = row.weight * (row.count - row.mean);
    const double weight = row.weight * row.mean;
    for (std::size_t i = 0; i < n; ++i) {
      slope[i] += residual * row.terms[i];
      const double weighted = weight * row.terms[i];
      for (std::size_t j = 0; j <= i; ++j) regression.information[i][j] += weighted * row.terms[j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    slope[i] -= regression.dispersion * regression.pull[i] * regression.coefficients[i];
  }
  return slope;
}

// Newton's steps, each held to two on the logarithm.
void climb(Regression& regression) {
  for (int step = 0; step < k_steps_max; ++step) {
    const Terms slope = gradient(regression);
    take_root(regression);
    const Terms move = solve(regression, slope);
    double largest = 0;
    for (std::size_t i = 0; i < regression.terms; ++i) {
      const double held = std::clamp(move[i], -2.0, 2.0);
      regression.coefficients[i] += held;
      largest = std::max(largest, std::abs(held));
    }
    if (largest < 1e-5) break;
  }
  static_cast<void>(gradient(regression));
  take_root(regression);
}

double pearson(const Regression& regression) {
  double sum = 0;
  for (const Observed& row : regression.rows) {
    const double residual = row.count - row.mean;
    sum += row.weight * residual * residual / row.mean;
  }
  return sum;
}

double weight_sum(const Regression& regression) {
  double sum = 0;
  for (const Observed& row : regression.rows) sum += row.weight;
  return sum;
}

// What the terms that are pulled are worth: the trace of the smoother.
double terms_fitted(const Regression& regression) {
  double trace = 0;
  for (std::size_t j = 0; j < regression.terms; ++j) {
    Terms column{};
    for (std::size_t i = 0; i < regression.terms; ++i) {
      column[i] = i >= j ? regression.information[i][j] : regression.information[j][i];
    }
    trace += solve(regression, column)[j];
  }
  return trace;
}

double two_thirds(double x) {
  return x <= 0 ? 0 : base::portable_exp(base::portable_log(x) * 2 / 3);
}

// Anscombe's residual of a Poisson count, nearly normal.
double anscombe(const Observed& row) {
  return 1.5 * (two_thirds(row.count) - two_thirds(row.mean)) / base::portable_exp(base::portable_log(row.mean) / 6);
}

// Counts that stand out against the middle of all residuals weigh less, others fully. Gives whether any does.
bool weigh_down_outbreaks(Regression& regression) {
  std::vector<double> sizes;
  std::vector<double> residuals;
  for (const Observed& row : regression.rows) {
    residuals.push_back(anscombe(row));
    sizes.push_back(std::abs(residuals.back()));
  }
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

Regression regression_of(std::span<const std::optional<std::int64_t>> history, std::size_t at,
                         const BaselineRule& rule) {
  Regression regression;
  const auto end = static_cast<std::int64_t>(at) - rule.gap;
  const std::int64_t begin = std::max<std::int64_t>(0, end - rule.window);
  regression.rows.reserve(static_cast<std::size_t>(rule.window));
  for (std::int64_t period = begin; period < end; ++period) {
    const std::optional<std::int64_t>& count = history[static_cast<std::size_t>(period)];
    if (!count.has_value()) continue;
    regression.rows.push_back(
        {.terms = terms_of(period, static_cast<std::int64_t>(at), rule), .count = static_cast<double>(*count)});
  }
  if (rule.has_trend) regression.terms = 2;
  if (rule.has_season && rule.periods_in_year == 12) regression.terms = k_terms_max;
  regression.pull = {0, 1 / (k_trend_sd * k_trend_sd)};
  if (!rule.has_trend) regression.pull[1] = 1e12;
  for (std::size_t i = 2; i < k_terms_max; ++i) regression.pull[i] = 1 / (k_season_sd * k_season_sd);
  return regression;
}

// How many degrees of freedom a dispersion found from such counts is worth: twice its square over its variance, which
// for a negative binomial count of mean m adds (6 d - 6 + 1/d) / m to the 2 of a normal one.
double freedom_worth(const Regression& regression, double freedom, double dispersion) {
  double inverse = 0;
  for (const Observed& row : regression.rows) inverse += 1 / row.mean;
  inverse /= static_cast<double>(regression.rows.size());
  return freedom * 2 / (2 + inverse * (6 * dispersion - 6 + 1 / dispersion));
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
  const Terms here = terms_of(static_cast<std::int64_t>(at), static_cast<std::int64_t>(at), rule);
  const Terms solved = solve(regression, here);
  BaselineFit fit;
  fit.expected = base::portable_exp(std::clamp(linear(regression, here), -30.0, 30.0));
  fit.level = level;
  for (std::size_t i = 0; i < regression.terms; ++i) fit.leverage += here[i] * solved[i];
  fit.freedom = std::max(1.0, weight_sum(regression) - terms_fitted(regression));
  fit.dispersion = pearson(regression) / fit.freedom;
  fit.information = freedom_worth(regression, fit.freedom, std::max(2.0, fit.dispersion));
  fit.own_freedom = freedom_worth(regression, fit.freedom, std::max(1.0, fit.dispersion));
  fit.events = std::llround(events);
  fit.counts = static_cast<std::int32_t>(regression.rows.size());
  // Only sparse series are read by how many counts exceed what.
  if (level <= k_sparse_level_max && fit.information < 0.8 * fit.freedom)
    fit.exceeding = exceeding_counts(regression, added);
  return fit;
}

}  // namespace throughline::evidence
