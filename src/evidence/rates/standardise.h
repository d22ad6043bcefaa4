// A rate as it would be in a standard population: direct standardisation by age or any other strata.
//
// - Source: Fay and Feuer 1997 (interval of a weighted sum of Poisson counts by the gamma distribution).
// - Assumptions: counts are Poisson within each stratum, people are known without error, strata are the same on both
// sides.
// - Bias: the interval holds at least its level in all that was tried by its authors; it is wide where a stratum of few
//   people has much weight.
// - Undecidable: no events at all: the rate is 0 and the upper limit that of the heaviest stratum.
#pragma once

#include <cstdint>
#include <vector>

#include "evidence/intervals.h"

namespace throughline::evidence {

struct Stratum {
  std::int64_t events = 0;
  double people = 0;
  double standard = 0;  // People of the standard population in it; only the proportions matter.
};

// REQUIRES strata, events >= 0, people > 0, standard >= 0 and not all nought; `per` people.
[[nodiscard]] Rate directly_standardised(const std::vector<Stratum>& strata, double per = 100'000,
                                         Confidence confidence = {});

}  // namespace throughline::evidence
