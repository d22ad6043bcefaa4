// Offences weighed by how grave they are: as the Crime Severity Score does, and as the Cambridge Crime Harm Index does.
//
// - Sources: Office for National Statistics 2016 (weights by the mean sentence that courts gave); Sherman, Neyroud and
//   Neyroud 2016 (days of custody where a sentence for a first offender starts; offences that the police find by
//   looking are left out).
// - Assumptions: a sentence measures harm.
// - Bias: the two disagree about drug offences by design. They are mostly found by the police's own looking: the first
//   counts them, so that more searching raises it; the second leaves them out, so that it says nothing of them.
// - Units: the severity weight's, or days of custody.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace throughline::evidence {

struct OffenceWeight {
  std::string offence;
  std::optional<double> severity{};      // Nothing: this offence has none, and is not in the severity score.
  std::optional<double> custody_days{};  // Nothing: not in the harm index.
  bool is_proactive = false;             // Found by looking, as most drug offences are: never in the harm index.
};

struct OffenceCount {
  std::size_t offence = 0;  // Into the weights.
  std::size_t period = 0;
  std::int64_t count = 0;
};

struct SeverityPoint {
  std::int64_t offences = 0;
  double severity = 0;            // Sum of weight x offences.
  double severity_proactive = 0;  // Of it, from offences found by looking.
  double custody_days = 0;        // Sum of days x offences, those left out apart.
  std::int64_t unweighted = 0;    // Offences that have no severity weight.
  std::int64_t left_out = 0;      // Offences not in the harm index: without days, or found by looking.
};

// By period. REQUIRES: offences and periods of counts are in range.
[[nodiscard]] std::vector<SeverityPoint> severity_points(const std::vector<OffenceWeight>& weights,
                                                         const std::vector<OffenceCount>& counts, std::size_t periods);

}  // namespace throughline::evidence
