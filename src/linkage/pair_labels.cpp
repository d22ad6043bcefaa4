#include "linkage/pair_labels.h"

#include <algorithm>

namespace throughline::linkage {

PairLabels labels_of(std::span<const ReviewedPair> judged, std::span<const LinkedPair> pairs) {
  PairLabels labels;
  for (const ReviewedPair& each : judged) {
    labels.pending += each.state == ReviewState::second_wanted ? 1 : 0;
    if (!each.verdict || *each.verdict == Verdict::cannot_tell) continue;
    const auto at = std::ranges::lower_bound(pairs, each.pair, {}, &LinkedPair::pair);
    const bool is_kept = at != pairs.end() && at->pair == each.pair;
    labels.settled.push_back(
        {.pair = each.pair, .is_same = *each.verdict == Verdict::same, .kept = is_kept ? &*at : nullptr});
  }
  return labels;
}

std::vector<LabelledWeight> weights_of(std::span<const PairLabel> labels, const DerivedLinks& links) {
  std::vector<LabelledWeight> weights;
  for (const PairLabel& label : labels) {
    if (label.kept != nullptr) weights.push_back({.of = links.standing(*label.kept), .is_match = label.is_same});
  }
  return weights;
}

}  // namespace throughline::linkage
