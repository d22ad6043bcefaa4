// What a count is expected to be, from the counts before it: level, trend and season, and how much counts vary.
//
// - Source: the quasi-Poisson regression of Farrington, Andrews, Beale and Catchpole (1996) with the always-fitted
//   trend, season and weights for past outbreaks of Noufaily, Enki, Farrington, Garthwaite, Andrews and Charlett
//   (2013).
// - Where this differs: the season is two harmonics and not ten levels; trend and season are drawn towards none, the
//   more so the less the counts tell, with standard deviations of 0.25 a year and 0.5 on the logarithm, so that sparse
//   series have a fit; half an event is added over the whole baseline (Jeffreys). What is expected is the mean over
//   what level, trend and season may be, and not the mode. No more is expected than 1.28 times the largest
//   count of the baseline (times its weight), which is a year of the trend's standard deviation: Farrington and others
//   leave the trend out where it expects more than the largest count, and then expect of a category that began a year
//   ago next to nothing, and of one that grows steadily what it was years ago. Outbreaks are known by Anscombe
//   residuals of Poisson counts over the middle of their sizes, beyond 3.5 in place of 2.58, and are weighed down only
//   where the baseline has five events a count or more; weights and fit settle in two rounds.
// - Assumptions: the logarithm of the mean is a straight line and a yearly wave; the variance is in proportion to it.
// - Bias: a season that two waves cannot follow is taken for variation, and limits are then too wide. A series that has
//   grown faster than that reaches its bound, and then has more rises than stated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace throughline::evidence {

// A count for each period; nothing where none was received: absent is not nought.
using CountHistory = std::vector<std::optional<std::int64_t>>;

struct BaselineRule {
  int window = 60;           // Periods looked back over.
  int gap = 6;               // Periods just before the one looked at that are left out of it.
  int least = 36;            // Counts that it must hold.
  int periods_in_year = 12;  // 12 has a season; anything else has none.
  bool has_trend = true;
  bool has_season = true;
  bool is_reweighted = true;  // Past outbreaks count for less.
};

struct BaselineFit {
  double expected = 0;      // Mean of the count looked at.
  double leverage = 0;      // Variance of the logarithm of `expected`, over the dispersion.
  double level = 0;         // Mean count of the baseline.
  double dispersion = 1;    // Pearson's; may be below 1.
  double freedom = 0;       // Counts less what was fitted.
  double information = 0;   // Degrees of freedom that the dispersion is worth, were it four.
  double own_freedom = 0;   // The same at the dispersion found.
  std::int64_t events = 0;  // In the baseline.
  std::int32_t counts = 0;
  std::vector<std::int32_t> exceeding;  // How many counts of the baseline are above 0, 1, 2, …
};

// Nothing where fewer counts than `least` stand in the window. REQUIRES at < history.size(). Cost: some microseconds.
[[nodiscard]] std::optional<BaselineFit> fit_baseline(std::span<const std::optional<std::int64_t>> history,
                                                      std::size_t at, const BaselineRule& rule);

}  // namespace throughline::evidence
