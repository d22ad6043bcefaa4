// How right a run was, as far as people judged its pairs.
//
// - Interval of a share: Wilson 1927.
// - Assumptions: judgements are right, and the pairs judged are drawn from those of their group. Reviewers see the
//   doubtful pairs first, so rates over all judged pairs are higher than over all pairs: they compare groups with each
//   other, and are not the rate of the whole.
// - Undecidable: a group without judgements has the interval from 0 to 1.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace throughline::linkage {

struct ShareInterval {
  double low = 0;
  double high = 1;
};
// At 95 per cent. REQUIRES 0 <= successes <= trials.
[[nodiscard]] ShareInterval wilson(std::int64_t successes, std::int64_t trials);

// A pair that people settled, beside what the model alone had said.
struct SettledPair {
  double probability = 0;
  bool is_same = false;
  std::vector<std::pair<std::string, std::string>> groups{};  // "ethnicity" → "B1": of either record, each once.
};

// Judged pairs of one band of probability, and the share judged the same: what calibration promises.
struct ReliabilityBand {
  double from = 0;
  double to = 1;
  std::int64_t judged = 0;
  std::int64_t same = 0;
  double expected = 0;  // The sum of their probabilities.
  ShareInterval interval{};
};
// Bands without a judged pair are left out.
[[nodiscard]] std::vector<ReliabilityBand> reliability(std::span<const SettledPair> pairs);

// Missed links among pairs judged the same, false ones among those judged different.
struct GroupErrors {
  std::string grouping;
  std::string group;
  std::int64_t same = 0;
  std::int64_t missed = 0;
  ShareInterval missed_rate{};
  std::int64_t different = 0;
  std::int64_t false_links = 0;
  ShareInterval false_rate{};
};
// By grouping and group.
[[nodiscard]] std::vector<GroupErrors> errors_by_group(std::span<const SettledPair> pairs, double probability_min);

}  // namespace throughline::linkage
