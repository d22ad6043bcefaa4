// How far the estimate would move had other cases come to notice: the choice of the model is made again each time.
//
// - Source: Efron 1987 (BCa); DiCiccio and Efron 1996; Chan, Silverman and Vincent 2021 (for lists).
// - Assumptions: cases are drawn independently from the histories seen. A history that nobody had cannot come up.
// - Bias: where few cases are shared, resamples without an estimate are common; they count as beyond every limit.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "evidence/hidden/selection.h"

namespace throughline::evidence {

struct ResampleOptions {
  std::int64_t resamples = 1000;
  std::uint64_t seed = 1;
  double p_max = k_p_max;  // Of the stepwise choice.
  Confidence confidence{};
};

struct ResampledInterval {
  Interval interval{};         // BCa. `high` is infinity where too many resamples had no estimate.
  double bias_correction = 0;  // z0.
  double acceleration = 0;
  std::int64_t without_estimate = 0;
  std::vector<double> estimates;  // Ascending; infinity for those without.
};

// Nothing where the table has no stepwise estimate, or where all resamples lie on one side of it. The same at any
// number of threads. REQUIRES: resamples >= 100. Cost: a stepwise fit for each.
[[nodiscard]] std::optional<ResampledInterval> resampled_interval(const ListTable& table,
                                                                  const ResampleOptions& options = {});

}  // namespace throughline::evidence
