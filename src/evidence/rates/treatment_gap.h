// The share of those who use a drug that is not in treatment: 1 - in treatment / estimated users.
//
// - Source: Zou and Donner 2008 (the interval of a ratio from those of its two terms, on logarithms; MOVER).
// - Assumptions: those in treatment are among those estimated, in the same place and time; the two figures vary by
//   themselves.
// - Bias: people treated under two names are counted twice, and the gap is then too small.
// - Undecidable: universes, places or years that differ; an estimate without an interval; more treated than estimated.
#pragma once

#include <optional>
#include <string>

#include "evidence/caveats.h"
#include "evidence/intervals.h"

namespace throughline::evidence {

// A number of people, of whom, where and when.
struct PeopleCounted {
  double value = 0;
  std::optional<Interval> interval{};  // Of a count that was made: nothing, and then it varies as a Poisson count.
  std::string universe;
  std::string area;
  std::string period;
};

struct TreatmentGap {
  double share = 0;  // Not in treatment, 0 to 1.
  Interval interval;
};

// Refused as above. REQUIRES values above nought, intervals around them.
[[nodiscard]] OrRefusal<TreatmentGap> treatment_gap(const PeopleCounted& treated, const PeopleCounted& users);

}  // namespace throughline::evidence
