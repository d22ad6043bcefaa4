// The nouns of watching: series of counts, rules, alerts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "evidence/intervals.h"
#include "evidence/watch/baseline.h"

namespace throughline::evidence {

struct WatchedSeries {
  std::string area;
  std::string category;
  CountHistory counts;  // One a period, all series from the same first period on.
};

enum class Detector { farrington, ears_c1, ears_c2, ears_c3, cusum };

// "farrington", "ears-c1", …
[[nodiscard]] std::string_view name_of(Detector detector);

enum class AlertDirection { rise, fall };

struct WatchRule {
  std::vector<Detector> detectors = {Detector::farrington};
  double level = 0.005;     // The false alarms that a quiet series has in each direction, a period.
  BaselineRule baseline{};  // Of farrington; cusum takes it without a gap, EARS has its own.
  std::size_t from = 0;     // The first period whose alerts are told.
  std::uint64_t seed = 1;   // Of what is drawn: see cusum.h.
};

struct Alert {
  std::size_t series = 0;
  std::size_t period = 0;
  Detector detector = Detector::farrington;
  AlertDirection direction = AlertDirection::rise;
  std::int64_t observed = 0;
  double expected = 0;
  Interval interval{};     // Of 95 per cent, for the count of a quiet period.
  double limit = 0;        // The count at which it is an alert; for ears-c3 and cusum the limit of `statistic`.
  double statistic = 0;    // Standard deviations from what is expected; ears-c3 and cusum: their sums.
  double probability = 0;  // Of the count or more (less) in a quiet period; ears-c3 and cusum: the level.
  double attainable = 0;   // The false-alarm probability that the test of this period had.
  double exceedance = 0;   // (observed - expected) / (limit - expected): 1 at the limit. Nought for ears-c3, cusum.
  double adjusted = 1;     // Its probability, both directions, among all series of the period (Benjamini and Hochberg).
};

}  // namespace throughline::evidence
