#include "evidence/watch/seasonal_regression.h"

#include <algorithm>
#include <cmath>

#include "base/portable_math.h"

namespace throughline::evidence {

namespace {

constexpr int k_steps_max = 12;
constexpr double k_trend_sd = 0.25;
constexpr double k_season_sd = 0.5;
constexpr double k_half_root_three = 0.86602540378443864676;
constexpr int k_waves = 4;  // Cosine and sine of one turn a year, and of two.
using Waves = std::array<double, k_waves>;

// Seasons repeat, so that rows of one month of the year share all terms but the trend: what is added up over rows is
// kept by month and put together twelve times instead of sixty.
constexpr std::array<Waves, k_months> k_waves_of_month = [] {
  // The cosine of so many twelfths of a turn.
  constexpr std::array<double, k_months> k_cosines{1,  k_half_root_three,  0.5,  0, -0.5, -k_half_root_three,
                                                   -1, -k_half_root_three, -0.5, 0, 0.5,  k_half_root_three};
  std::array<Waves, k_months> waves{};
  for (std::size_t m = 0; m < k_months; ++m) {
    waves[m] = {k_cosines[m], k_cosines[(m + 9) % k_months], k_cosines[2 * m % k_months],
                k_cosines[(2 * m + 9) % k_months]};
  }
  return waves;
}();

double wave_of(const Regression& regression, std::size_t month) {
  double sum = 0;
  for (std::size_t k = 0; k + 2 < regression.terms; ++k) {
    sum += regression.coefficients[k + 2] * k_waves_of_month[month][k];
  }
  return sum;
}

double bounded_exp(double x, double bound) {
  return base::portable_exp(std::clamp(x, -bound, bound));
}

// Calls take with the number of each row and its mean to the power given: the trend is one factor a period, the season
// one a month.
template <class Take>
void with_means(const Regression& regression, double power, const Take& take) {
  std::array<double, k_months> season{};
  for (std::size_t m = 0; m < regression.months; ++m) season[m] = bounded_exp(power * wave_of(regression, m), 30);
  const double trend = regression.coefficients[1];
  const double step = bounded_exp(power * trend / regression.periods_in_year, 1);
  double level = bounded_exp(power * (regression.coefficients[0] + trend * regression.rows.front().years), 30);
  std::int32_t at = regression.rows.front().steps;
  for (std::size_t i = 0; i < regression.rows.size(); ++i) {
    const Observed& row = regression.rows[i];
    for (; at < row.steps; ++at) level *= step;
    take(i, level * season[row.month]);
  }
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

void add_up_rows(Regression& regression) {
  regression.sums = {};
  with_means(regression, 1, [&](std::size_t i, double mean) {
    Observed& row = regression.rows[i];
    row.mean = mean;
    MonthSums& sums = regression.sums[row.month];
    double weighted = row.weight * mean;
    const double residual = row.weight * row.count - weighted;
    sums.residuals += residual;
    sums.residual_years += residual * row.years;
    for (double& sum : sums.means) {
      sum += weighted;
      weighted *= row.years;
    }
  });
}

// Adds what one month has to the slope and to the lower triangle of the information.
void add_month(Regression& regression, std::size_t month, Terms& slope) {
  const MonthSums& sums = regression.sums[month];
  Square& information = regression.information;
  slope[0] += sums.residuals;
  slope[1] += sums.residual_years;
  information[0][0] += sums.means[0];
  information[1][0] += sums.means[1];
  information[1][1] += sums.means[2];
  for (std::size_t i = 2; i < regression.terms; ++i) {
    const double wave = k_waves_of_month[month][i - 2];
    slope[i] += wave * sums.residuals;
    information[i][0] += wave * sums.means[0];
    information[i][1] += wave * sums.means[1];
    for (std::size_t j = 2; j <= i; ++j) {
      information[i][j] += wave * k_waves_of_month[month][j - 2] * sums.means[0];
    }
  }
}

// Gives the gradient, and leaves means and information behind.
Terms gradient(Regression& regression) {
  add_up_rows(regression);
  Terms slope{};
  regression.information = {};
  for (std::size_t month = 0; month < regression.months; ++month) add_month(regression, month, slope);
  for (std::size_t i = 0; i < regression.terms; ++i) {
    slope[i] -= regression.dispersion * regression.pull[i] * regression.coefficients[i];
  }
  return slope;
}

Terms terms_at(const Regression& regression, std::size_t month, double years) {
  Terms terms{1, years};
  for (std::size_t i = 2; i < regression.terms; ++i) terms[i] = k_waves_of_month[month][i - 2];
  return terms;
}

double product(const Regression& regression, const Terms& one, const Terms& other) {
  double sum = 0;
  for (std::size_t i = 0; i < regression.terms; ++i) sum += one[i] * other[i];
  return sum;
}

Terms product(const Regression& regression, const Square& square, const Terms& terms) {
  Terms answer{};
  for (std::size_t i = 0; i < regression.terms; ++i) answer[i] = product(regression, square[i], terms);
  return answer;
}

// By how much the mean of the logarithm lies below its mode, times two and over the dispersion: the third derivatives
// of the likelihood (Tierney and Kadane 1986), each row's leverage times its share in what is expected.
double skew_of(const Regression& regression, const Square& inverse, const Terms& solved) {
  double skew = 0;
  for (std::size_t month = 0; month < regression.months; ++month) {
    const Terms level = terms_at(regression, month, 0);
    const Terms level_solved = product(regression, inverse, level);
    const double share = product(regression, solved, level);
    const double share_years = regression.terms > 1 ? solved[1] : 0;
    const double leverage = product(regression, level_solved, level);
    const double leverage_years = regression.terms > 1 ? 2 * level_solved[1] : 0;
    const double leverage_squares = regression.terms > 1 ? inverse[1][1] : 0;
    const auto& means = regression.sums[month].means;
    skew += means[0] * share * leverage + means[1] * (share_years * leverage + share * leverage_years) +
            means[2] * (share * leverage_squares + share_years * leverage_years) +
            means[3] * share_years * leverage_squares;
  }
  return skew;
}

}  // namespace

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
    if (largest < 1e-4) return;
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

Square inverse_of(const Regression& regression) {
  Square inverse{};
  for (std::size_t j = 0; j < regression.terms; ++j) {
    Terms unit{};
    unit[j] = 1;
    inverse[j] = solve(regression, unit);
  }
  return inverse;
}

double terms_fitted(const Regression& regression, const Square& inverse) {
  double trace = 0;
  for (std::size_t i = 0; i < regression.terms; ++i) {
    trace += inverse[i][i] * regression.information[i][i];
    for (std::size_t j = 0; j < i; ++j) trace += 2 * inverse[i][j] * regression.information[i][j];
  }
  return trace;
}

AtPeriod at_period(const Regression& regression, const Square& inverse) {
  const Terms seen = terms_at(regression, regression.month_at, 0);
  const Terms solved = product(regression, inverse, seen);
  return {.line = product(regression, seen, regression.coefficients),
          .leverage = product(regression, seen, solved),
          .skew = skew_of(regression, inverse, solved)};
}

std::vector<double> means_to_power(const Regression& regression, double power) {
  std::vector<double> means;
  means.reserve(regression.rows.size());
  with_means(regression, power, [&](std::size_t, double mean) { means.push_back(mean); });
  return means;
}

Regression regression_of(std::span<const std::optional<std::int64_t>> history, std::size_t at,
                         const BaselineRule& rule) {
  Regression regression;
  const auto end = static_cast<std::int64_t>(at) - rule.gap;
  const std::int64_t begin = std::max<std::int64_t>(0, end - rule.window);
  const bool is_seasonal = rule.has_season && rule.periods_in_year == static_cast<int>(k_months);
  regression.periods_in_year = rule.periods_in_year;
  if (rule.has_trend) regression.terms = 2;
  if (is_seasonal) {
    regression.terms = k_terms_max;
    regression.months = k_months;
    regression.month_at = static_cast<std::uint32_t>(at % k_months);
  }
  regression.rows.reserve(static_cast<std::size_t>(rule.window));
  for (std::int64_t period = begin; period < end; ++period) {
    const std::optional<std::int64_t>& count = history[static_cast<std::size_t>(period)];
    if (!count.has_value()) continue;
    const auto before = static_cast<double>(static_cast<std::int64_t>(at) - period);
    regression.rows.push_back({.count = static_cast<double>(*count),
                               .years = -before / rule.periods_in_year,
                               .steps = static_cast<std::int32_t>(period - begin),
                               .month = is_seasonal ? static_cast<std::uint32_t>(period % 12) : 0});
  }
  regression.pull = {0, 1 / (k_trend_sd * k_trend_sd)};
  if (!rule.has_trend) regression.pull[1] = 1e12;
  for (std::size_t i = 2; i < k_terms_max; ++i) regression.pull[i] = 1 / (k_season_sd * k_season_sd);
  return regression;
}

}  // namespace throughline::evidence
