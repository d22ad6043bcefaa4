// How far two mixes of codes are apart, and how far chance alone would put them.
//
// - Source: total variation distance; its null distribution by drawing both windows out of their joint mix (parametric
//   bootstrap, Efron and Tibshirani 1993).
// - Assumptions: events are independent of one another; where they come in operations the test is too ready.
// - Bias: the distance is never below nought, so small windows have a large one: read it beside `expected`.
// - Undecidable: without an event in either window there is no mix; see REQUIRES.
#pragma once

#include <cstdint>
#include <vector>

#include "evidence/sentinel/patterns.h"

namespace throughline::evidence {

struct MixDistance {
  double distance = 0;  // Total variation, 0 to 1.
  double expected = 0;  // The mean of the draws.
  double p_value = 1;   // How often a draw is as far, the mix itself counted as one.
  std::int64_t events_before = 0;
  std::int64_t events_after = 0;
};

struct MixOptions {
  std::int64_t draws = 999;  // REQUIRES at least 99.
  std::uint64_t seed = 1;
};

// REQUIRES: each window has an event. Cost: draws times codes.
[[nodiscard]] MixDistance mix_distance(const std::vector<BeforeAfter>& mix, const MixOptions& options = {});

}  // namespace throughline::evidence
