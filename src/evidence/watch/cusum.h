// Sums that grow while a series stays above, or below, what is expected: for changes too small for any one period.
//
// - Source: Page 1954; the limit from the average run length of Siegmund 1985, section 2.
// - How: each count becomes the normal score of its own probability, where a count stands for an interval of
//   probabilities and the place within it is drawn (keyed by seed, series and period, so that it is the same each
//   time). In a quiet series these scores are standard normal whatever its mean and dispersion.
// - Assumptions: scores of neighbouring periods are independent; they are nearly so, since each is of a forecast from
//   all periods before it.
#pragma once

namespace throughline::evidence {

inline constexpr double k_cusum_slack = 0.5;  // Half the shift, in standard deviations, that it is quickest to find.

// The limit at which a quiet sum has so many false alarms a period. REQUIRES 0 < level < 0.2.
[[nodiscard]] double cusum_limit(double level);

// A sum in each direction; begins again after an alert.
struct CusumSums {
  double rise = 0;
  double fall = 0;
  void add(double score);
};

}  // namespace throughline::evidence
