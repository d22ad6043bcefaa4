// How often quiet series raise alerts: series whose every count is of a known law are drawn and screened.
//
// A ratio of 1 is right. For discrete counts two things are told: `alerts` against `stated`, the sum of the
// probabilities that the tests said they had; and `randomised` against the level, where a count on the edge of a limit
// is an alert with the probability that makes up the level. The second is not how alerts are given, but it shows
// whether the distribution behind them is right.
#pragma once

#include <cstdint>

#include "evidence/watch/alert.h"

namespace throughline::evidence {

// Negative binomial counts whose variance is `dispersion` times their mean, about a yearly wave and a trend.
struct QuietLaw {
  double mean = 10;
  double dispersion = 1;
  double season = 0;         // Of the logarithm: half the way from trough to peak.
  double trend_in_year = 0;  // Of the logarithm.
  std::int64_t series = 100;
  std::int64_t periods = 120;  // Tested, of each series.
  std::uint64_t seed = 1;
};

struct FalseAlarmCount {
  std::int64_t tests = 0;
  std::int64_t alerts = 0;
  double stated = 0;
  double randomised = 0;  // Nought for detectors that add up.
};

struct FalseAlarms {
  FalseAlarmCount rises;
  FalseAlarmCount falls;
};

// REQUIRES one detector in the rule; mean times (1 + trend and season) below 1,000.
[[nodiscard]] FalseAlarms count_false_alarms(const QuietLaw& law, WatchRule rule);

// The series that are drawn, for tests that screen them otherwise; the first `before` periods come before those tested.
[[nodiscard]] std::vector<WatchedSeries> quiet_series(const QuietLaw& law, std::int64_t before);

}  // namespace throughline::evidence
