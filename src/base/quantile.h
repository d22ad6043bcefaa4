// Quantiles of numbers that were drawn.
#pragma once

#include <span>

namespace throughline::base {

// Between the two nearest values, in proportion to where the probability falls between them (Hyndman and Fan 1996, type
// 7); infinity where it falls above the last finite one. REQUIRES: sorted ascending and not empty; 0 <= probability
// <= 1.
[[nodiscard]] double quantile_of_sorted(std::span<const double> sorted, double probability);

}  // namespace throughline::base
