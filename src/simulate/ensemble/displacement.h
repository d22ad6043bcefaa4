// Whether what an operation took from one place went to another: the weighted displacement difference and quotient.
#pragma once

#include <optional>

namespace throughline::simulate {

// Of a place before and after. Between two runs that share their chance, without the policy and with it.
struct BeforeAfter {
  double before = 0;
  double after = 0;
};

// Where it acts, where it may go to, and a place that neither reaches; the last is what would have happened anyway.
struct DisplacementCounts {
  BeforeAfter treated;
  BeforeAfter beside;
  BeforeAfter control{.before = 1, .after = 1};
};

// After Bowers and Johnson (2003): (Da/Ca - Db/Cb) / (Ra/Ca - Rb/Cb). Above 0 others gained too (diffusion), from 0 to
// -1 some of it moved there, below -1 more moved than went. Nothing where it did not fall where it acts, or a divisor
// is 0: then there is nothing to be displaced.
[[nodiscard]] std::optional<double> displacement_quotient(const DisplacementCounts& counts);

// After Wheeler and Ratcliffe (2018): what went where it acts and beside it together, less what went in their controls;
// the variance takes the counts for Poisson.
struct DisplacementDifference {
  double difference = 0;
  double standard_error = 0;
};
[[nodiscard]] DisplacementDifference displacement_difference(const DisplacementCounts& counts,
                                                             const BeforeAfter& control_beside);

}  // namespace throughline::simulate
