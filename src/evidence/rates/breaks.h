// Where the level of a line of counts shifts, beside its trend and its season.
//
// - Method: square roots of the counts (or of rates), a straight trend, months of the year where there are three years
// or
//   more, and one step; the step with the largest F over all places. Its p is how often the largest F of made-up noise
//   with the same design and the same memory from period to period is as large. Where it is below the level, the step
//   is kept and the next is looked for.
// - Sources: Andrews 1993 (the largest F over all places); Anscombe 1948 (the square root).
// - Assumptions: noise that is alike in size throughout on that scale and remembers the period before by one number.
// - Bias: a bend of the trend can be taken for a step; memory that is estimated too low makes p too small. Rates of
// false
//   breaks and of breaks found on made-up lines of which the truth is known: docs/benchmarks.md.
// - Undecidable: a step within a year (three years of yearly counts) of either end, and lines under three years of
// months or
//   ten yearly counts: too few. What made the break no count can tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "evidence/rates/trend.h"

namespace throughline::evidence {

struct BreakRule {
  double level = 0.01;
  int breaks_max = 5;
  std::int64_t draws = 999;
  std::uint64_t seed = 1;
};

struct FoundBreak {
  std::size_t at = 0;  // The first period of the new level.
  double step = 0;     // New level over the one before, trend and season apart.
  double p_value = 1;
};

struct BreakSearch {
  bool is_searched = false;        // There were periods enough.
  double memory = 0;               // Of the noise, from one period to the next.
  std::vector<FoundBreak> breaks;  // In the order of time.
};

// Absent periods are passed over. REQUIRES draws > 0, level between 0 and 1.
[[nodiscard]] BreakSearch find_breaks(const CountLine& line, const BreakRule& rule = {});

}  // namespace throughline::evidence
