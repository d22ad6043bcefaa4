// What people settled of the pairs of a run: labels, to hold probabilities and links against.
//
// A label is what binds: what those who could tell agree on, once policy wants no second person of it. Policy wants one
// where a record stands under seal and where a judgement overturns what the model is nearly sure of, so that until
// somebody confirms them labels understate the errors that the model is surest of; how many wait is told beside them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/judgement.h"
#include "linkage/recalibration.h"
#include "linkage/tables.h"

namespace throughline::linkage {

struct PairLabel {
  MentionPair pair;
  bool is_same = false;
  const LinkedPair* kept = nullptr;  // Of the pairs given; nothing where the run did not keep it.
};

struct PairLabels {
  std::vector<PairLabel> settled;  // By pair.
  std::int64_t pending = 0;        // Pairs that wait for a second person.
};
// Disputed pairs and those of which nobody could tell are in neither. REQUIRES: pairs are by pair and outlive it.
[[nodiscard]] PairLabels labels_of(std::span<const ReviewedPair> judged, std::span<const LinkedPair> pairs);

// The labels of pairs that the run kept, as recalibration takes them.
[[nodiscard]] std::vector<LabelledWeight> weights_of(std::span<const PairLabel> labels, const DerivedLinks& links);

}  // namespace throughline::linkage
