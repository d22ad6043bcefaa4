// Probabilities of the levels of one comparison: joint, and as a product of its parts.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "linkage/pattern.h"

namespace throughline::linkage {

// For one comparison: the probability of each level given what is present; levels of one group add to 1.
using LevelProbabilities = std::vector<double>;
// For each part the probability of each of its levels; level 0 (missing) is 0.
using PartProbabilities = std::array<std::vector<double>, 3>;

[[nodiscard]] inline int levels_of(std::size_t comparison) {
  return k_levels[comparison];
}
[[nodiscard]] inline const ComparisonShape& shape_at(std::size_t comparison) {
  return shape_of(static_cast<Comparison>(comparison));
}

// Makes the levels of each group add to 1; none that may be is wholly impossible.
void normalise(const ComparisonShape& shape, LevelProbabilities& levels);

// How often each part is at each of its levels over the whole grid, with some pairs' worth of a start added.
[[nodiscard]] PartProbabilities part_probabilities(const ComparisonShape& shape, const LevelProbabilities& counts,
                                                   const PartProbabilities& start, double start_pairs);

// The grid as if its parts were independent; special levels as given.
[[nodiscard]] LevelProbabilities product_of(const ComparisonShape& shape, const PartProbabilities& parts,
                                            std::span<const double> special);

// Counts drawn towards a prior by so many pairs' worth in each group.
[[nodiscard]] LevelProbabilities smoothed(const ComparisonShape& shape, const LevelProbabilities& counts,
                                          const LevelProbabilities& prior, double pairs);

}  // namespace throughline::linkage
