// What is believed of the dispersion of sparse series, learned from all of them together, and what one baseline then
// says of its level and dispersion.
//
// Some tens of events cannot tell a dispersion of 1 from one of 3, yet limits of a sparse series hang on it. So the
// dispersions of the series that are screened together are taken to be draws from one distribution, which is estimated
// from all of them (empirical Bayes; Robbins 1956, by the EM algorithm of Laird 1978 on a grid).
//
// - Assumptions: negative binomial counts, level constant over the baseline as far as the dispersion is concerned.
// - Bias: a series that is unlike the others screened with it is judged by their dispersion until its own events speak.
// - Undecidable: with fewer than k_learned_from_min sparse series nothing is learned, and a fixed belief stands in:
// half
//   of the belief on Poisson, the rest falling off with the square of the dispersion.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "evidence/watch/alert.h"
#include "evidence/watch/baseline.h"

namespace throughline::evidence {

inline constexpr std::size_t k_dispersions = 16;
inline constexpr std::size_t k_levels = 7;
inline constexpr std::size_t k_learned_from_min = 30;

// The grid of dispersions.
[[nodiscard]] const std::array<double, k_dispersions>& dispersion_grid();

// A probability for each dispersion of the grid.
struct DispersionPrior {
  std::array<double, k_dispersions> weights{};
};

[[nodiscard]] DispersionPrior fixed_dispersion_prior();

// REQUIRES baselines that have events counted (`exceeding`); others are passed over.
[[nodiscard]] DispersionPrior learn_dispersion_prior(const std::vector<BaselineFit>& fits);

// Learned from the last baseline of each series at or before `from`, or before the first period that any baseline is
// long enough for: what was told of a period does not change when later periods arrive.
[[nodiscard]] DispersionPrior prior_before(const std::vector<WatchedSeries>& series, const BaselineRule& baseline,
                                           std::size_t from);

// A level, as a multiple of the fitted one, with a dispersion, and the probability of both.
struct LevelNode {
  double multiple = 1;
  double dispersion = 1;
  double weight = 0;
};

// Sums to one; nodes of no weight are left out.
[[nodiscard]] std::vector<LevelNode> posterior_of(const BaselineFit& fit, const DispersionPrior& prior);

// The same, remembering the last answer: sparse baselines of neighbouring periods are often alike. REQUIRES the same
// prior in every call.
class PosteriorMemory {
 public:
  // Holds until the next call.
  [[nodiscard]] const std::vector<LevelNode>& posterior(const BaselineFit& fit, const DispersionPrior& prior);

 private:
  std::int64_t events_ = 0;
  std::int32_t counts_ = 0;
  std::vector<std::int32_t> exceeding_;
  std::vector<LevelNode> nodes_;
};

}  // namespace throughline::evidence
