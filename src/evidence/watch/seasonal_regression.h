// The regression behind a baseline: the logarithm of the mean is a level, a straight trend and a yearly wave of two
// harmonics; trend and season are drawn towards none. Climbed by Newton's steps.
//
// - Sources: those of baseline.h; Tierney and Kadane 1986 for the mean beside the mode.
// - Cost: some microseconds a climb. Seasons repeat, so that what is added up over rows is kept by month of the year
//   and put together twelve times instead of sixty, and means follow from month to month by a factor.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "evidence/watch/baseline.h"

namespace throughline::evidence {

inline constexpr std::size_t k_terms_max = 6;
inline constexpr std::size_t k_months = 12;

using Terms = std::array<double, k_terms_max>;
using Square = std::array<Terms, k_terms_max>;

struct Observed {
  double count = 0;
  double weight = 1;
  double mean = 1;
  double years = 0;        // Seen from the period looked at, so that its own trend is nought.
  std::int32_t steps = 0;  // Periods after the first of the window.
  std::uint32_t month = 0;
};

// Sums over the rows of one month of the year: of weight times mean times years to the power of 0 to 3, and of what the
// counts are above the means.
struct MonthSums {
  std::array<double, 4> means{};
  double residuals = 0;
  double residual_years = 0;
};

// A regression under way.
struct Regression {
  std::size_t terms = 1;
  std::size_t months = 1;  // 1: there is no season.
  double periods_in_year = 12;
  std::uint32_t month_at = 0;  // Of the period looked at.
  std::vector<Observed> rows;
  std::array<MonthSums, k_months> sums{};
  Terms coefficients{};
  Terms pull{};           // Towards nought, for each term; times the dispersion.
  Square information{};   // Without the pull.
  Square root{};          // The lower triangle whose square is the information with the pull.
  double dispersion = 1;  // At least 1 here: what the pull is weighed with.
};

// The counts before `at` that the rule looks at, none where there are none; weights one, coefficients nought.
[[nodiscard]] Regression regression_of(std::span<const std::optional<std::int64_t>> history, std::size_t at,
                                       const BaselineRule& rule);

// Means and information are left as they were before the last step, which is too small to tell. REQUIRES rows, and a
// first coefficient near the logarithm of their mean.
void climb(Regression& regression);

// Of what the means left over the rows, the squares over the means.
[[nodiscard]] double pearson(const Regression& regression);
[[nodiscard]] double weight_sum(const Regression& regression);

// The inverse of the information with the pull.
[[nodiscard]] Square inverse_of(const Regression& regression);
// What the terms that are pulled are worth: the trace of the smoother.
[[nodiscard]] double terms_fitted(const Regression& regression, const Square& inverse);

// What the regression says of the period looked at.
struct AtPeriod {
  double line = 0;      // Of the logarithm.
  double leverage = 0;  // Variance of that, over the dispersion.
  // By how much its mean lies below its mode, times two and over the dispersion.
  double skew = 0;
};
[[nodiscard]] AtPeriod at_period(const Regression& regression, const Square& inverse);

// The means to that power, row by row.
[[nodiscard]] std::vector<double> means_to_power(const Regression& regression, double power);

}  // namespace throughline::evidence
