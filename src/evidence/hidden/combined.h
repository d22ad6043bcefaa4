// One estimate from many tables of the same lists, where it is not certain which cases are the same.
//
// - Source: Rubin 1987, on the logarithm of all cases: within each table the error of its fit, between tables that of
// the
//   linkage.
// - Bias: that of a stepwise choice, in each table (selection.h).
#pragma once

#include <span>

#include "evidence/hidden/selection.h"

namespace throughline::evidence {

struct CombinedEstimate {
  double estimate = 0;
  Interval interval{};             // With the error of linkage.
  std::int64_t with_estimate = 0;  // Tables that had one; the others are left out.
  double between_share = 0;        // Of the variance, what linkage makes of it.
};

// Nothing where fewer than two tables have an estimate, or fewer than half of them.
[[nodiscard]] std::optional<CombinedEstimate> combined_estimate(std::span<const ListTable> tables,
                                                                double p_max = k_p_max, Confidence confidence = {});

}  // namespace throughline::evidence
