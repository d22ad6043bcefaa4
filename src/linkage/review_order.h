// Which pair to ask a person about next: the one whose answer is expected to change most of what is said of who is who.
//
// What changes is counted in pairs of records: an answer "same" to a pair of two clusters joins every record of the one
// with every record of the other; an answer "different" to a pair within a cluster parts those that go with the one
// from those that go with the other. Each is worth that number times how likely the answer is. A pair that is sure is
// worth nothing, and so is one whose answer changes nothing.
//
// Uncertainty sampling by expected model change (Settles, 2009), with the clustering as the model. Assumptions: the
// probability is calibrated; the rest of the clustering stays as it is; the reviewer can tell.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/cluster.h"

namespace throughline::linkage {

struct ReviewPair {
  std::uint32_t one = 0;
  std::uint32_t other = 0;
  double probability = 0;
  double pairs_changed = 0;  // Expected, if it is asked.

  friend bool operator==(const ReviewPair&, const ReviewPair&) = default;
};

struct ReviewInputs {
  std::span<const WeighedPair> pairs;               // All that may be asked about and all that hold clusters together.
  std::span<const std::uint32_t> first_of_cluster;  // For each record.
  // Pairs judged already, one < other, in any order: they are not asked again.
  std::span<const std::pair<std::uint32_t, std::uint32_t>> judged;
};

// The most useful first; of equally useful ones that of the lower places. At most so many; none that changes nothing.
[[nodiscard]] std::vector<ReviewPair> review_order(const ReviewInputs& inputs, std::int64_t pairs_max);

}  // namespace throughline::linkage
