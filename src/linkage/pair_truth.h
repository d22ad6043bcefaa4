// How a linkage did where the truth is known: pairs put together against pairs that belong together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/cluster.h"
#include "linkage/record.h"

namespace throughline::linkage {

// Pairs over all clusters, every true pair in the denominator of recall, whether blocking found it or not.
struct PairTruth {
  std::int64_t true_pairs = 0;
  std::int64_t linked_pairs = 0;
  std::int64_t right_pairs = 0;  // Both.

  // 1 where there is nothing to be wrong about.
  [[nodiscard]] double precision() const;
  [[nodiscard]] double recall() const;
  // The harmonic mean of both.
  [[nodiscard]] double f1() const;
};

// Truth 0 means not known: such a record is of nobody else. Pairs within one source count only where told so.
enum class CountedPairs : std::uint8_t { all, across_sources };
[[nodiscard]] PairTruth count_truth(std::span<const PersonRecord> records, std::span<const std::uint32_t> cluster_of,
                                    std::span<const std::uint32_t> truth_of, CountedPairs counted);

// One bin of a reliability curve: what was said, and what was so.
struct ReliabilityBin {
  std::int64_t pairs = 0;
  double said = 0;  // Mean probability.
  double was = 0;   // Share that are of one person.
};
// Pairs more likely than `probability_min`, in ten bins of equally many.
[[nodiscard]] std::vector<ReliabilityBin> reliability_of(std::span<const WeighedPair> pairs,
                                                         std::span<const std::uint32_t> truth_of,
                                                         double probability_min);
// The mean distance of what was said from what was so, by pairs (Naeini and others, 2015).
[[nodiscard]] double calibration_error(std::span<const ReliabilityBin> bins);

}  // namespace throughline::linkage
