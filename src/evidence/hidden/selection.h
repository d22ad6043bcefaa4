// Which pairs of lists a model should let depend on each other: one by one, or averaged over many models.
//
// - Sources: Chan, Silverman and Vincent 2021 (stepwise by Poisson p-values); Raftery 1995 (weights by BIC); Madigan
// and
//   Raftery 1994 (Occam's window).
// - Bias: an interval reckoned from the model that was chosen takes it for given, and is too narrow (Whitehead,
// Jackson,
//   Balch and Francis 2021); coverage.h measures by how much. Averaging carries the choice, within the models it saw.
#pragma once

#include <vector>

#include "evidence/hidden/existence.h"

namespace throughline::evidence {

inline constexpr double k_p_max = 0.02;

struct ChosenPair {
  ListPair pair;
  double p_value = 0;  // One-sided, of the cases on both lists under the model before.
};

struct StepwiseFit {
  ListFit fit;
  std::vector<ChosenPair> chosen;  // In the order in which they came in.
};

// Starts with main effects. The cases on both lists of a pair are Poisson with the mean that the model so far expects;
// the pair with the least probability of a count so far off comes in, while that is below p_max and the larger model
// has an estimate. The earlier of equal pairs. Nothing where main effects alone have no estimate.
[[nodiscard]] std::optional<StepwiseFit> stepwise_fit(const ListTable& table, double p_max = k_p_max);

struct WeightedModel {
  ListFit fit;
  double weight = 0;  // Adds up to one.
};

struct AveragedEstimate {
  double estimate = 0;                // The weighted mean.
  Interval interval{};                // Of the mixture of what each model says of the unseen: lognormal.
  std::vector<WeightedModel> models;  // Heaviest first.
  bool is_cut_short = false;          // More models may belong in than were looked at.
};

// From main effects and the stepwise model outwards: models that differ by one pair from one kept, kept while BIC is
// within 2 ln 20 of the best. Nothing where no model has an estimate. Cost: at most 4,000 fits.
[[nodiscard]] std::optional<AveragedEstimate> averaged_estimate(const ListTable& table, Confidence confidence = {});

}  // namespace throughline::evidence
