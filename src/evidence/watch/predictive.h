// The distribution of the next quiet count, with what its baseline leaves open, and the limits at which a count is an
// alert.
//
// - What is open: the level, trend and season (their variance is added to the count's), and the dispersion. Where the
//   baseline tells enough, the count's normal score (Peizer and Pratt 1968) is referred to Student's t with as many
//   degrees of freedom as the dispersion is worth, and three at least, which is exact for large counts. Where it tells
//   little, the distribution is averaged over levels and dispersions by their posterior (dispersion_prior.h). Between,
//   both are averaged.
// - Discreteness: a limit is the smallest count whose probability is not above the level. Its probability is then
// mostly
//   below the level; it is the attainable one, and stated.
// - Bias: see the measured false-alarm rates in docs/benchmarks.md.
#pragma once

#include <cstdint>
#include <vector>

#include "evidence/intervals.h"
#include "evidence/watch/baseline.h"
#include "evidence/watch/count_law.h"
#include "evidence/watch/dispersion_prior.h"

namespace throughline::evidence {

// No series counts as much: where even this is no alert, no count is.
inline constexpr std::int64_t k_no_rise = 1'000'000'000'000'000;

// A count and the probability of it or more (or, for falls, of it or less) in a quiet series.
struct CountLimit {
  std::int64_t count = 0;
  double probability = 0;
};

class Predictive {
 public:
  // The memory serves speed alone: the answer is the same with an empty one.
  Predictive(BaselineFit fit, const DispersionPrior& prior, PosteriorMemory& memory);

  [[nodiscard]] double at_least(std::int64_t count) const;
  [[nodiscard]] double at_most(std::int64_t count) const;
  // The smallest count that is an alert; k_no_rise with probability 0 where none is. REQUIRES 0 < level < 0.5.
  [[nodiscard]] CountLimit rise_limit(double level) const;
  // The largest count that is one; -1 with probability 0 where not even nought is.
  [[nodiscard]] CountLimit fall_limit(double level) const;
  // The counts from the one to the other hold the next one with at least the level's probability.
  [[nodiscard]] Interval interval(double level) const;
  [[nodiscard]] double expected() const { return fit_.expected; }
  // How many standard deviations a count is from what is expected, by its own probability: for adding up, and for
  // telling sizes.
  [[nodiscard]] double score(std::int64_t count, double within) const;

 private:
  [[nodiscard]] double sparse_upper(std::int64_t count) const;
  [[nodiscard]] double upper(std::int64_t count) const;
  [[nodiscard]] double lower(std::int64_t count) const;
  [[nodiscard]] double student_score(std::int64_t count) const;
  [[nodiscard]] double reach(double level) const;

  BaselineFit fit_;
  double share_sparse_ = 0;     // How much of the answer is the posterior's.
  std::vector<double> sparse_;  // P(Y >= count) of the posterior, by count.
  CountLaw law_;                // Of the other.
  double freedom_ = 0;          // Of the same: what the dispersion is worth, or a least.
  double narrowing_ = 1;        // Where the dispersion found is below 1, scores are divided by its root.
};

}  // namespace throughline::evidence
