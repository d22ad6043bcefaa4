// Every series, period by period, through the detectors asked for.
//
// - Multiplicity: each test has the false-alarm probability that it states; how many false alarms all of them together
//   are expected to give is their sum, told beside the alerts. Among the series of one period each alert also carries
//   its false discovery rate.
// - Assumptions and bias: those of predictive.h, cusum.h and ears.h.
// - Cost: some tens of microseconds a series and period; over all threads, the same answer at any number of them.
#pragma once

#include <cstdint>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "evidence/watch/alert.h"

namespace throughline::evidence {

// What one detector did.
struct DetectorTally {
  Detector detector = Detector::farrington;
  std::int64_t tests = 0;     // Series and periods, each direction by itself.
  std::int64_t skipped = 0;   // Periods with a count but too few before it.
  double expected_false = 0;  // Alerts to be expected if every series were quiet.
  std::int64_t alerts = 0;
};

struct Screening {
  std::vector<Alert> alerts;  // By period, then detector, series and direction.
  std::vector<DetectorTally> tallies;
};

// Interrupted where that is wished, and then nothing is told. REQUIRES: counts are not negative.
[[nodiscard]] base::Result<Screening> screen(const std::vector<WatchedSeries>& series, const WatchRule& rule,
                                             const base::Interrupt& interrupt);

}  // namespace throughline::evidence
