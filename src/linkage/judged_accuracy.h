// How many links are right and how many true pairs are linked, over all pairs of a run, from the few that were judged.
//
// Reviewers see the doubtful pairs first, so the share of judged links that are right is not that of all links. Pairs
// are therefore taken by stretches of the model's probability; in each, those linked and not linked, and those that the
// run put together and left apart, by themselves, for the queue asks about each by rules of their own. The share of
// true pairs is drawn from a beta distribution: of the labels, and of one pair more as the model expects it. What was
// judged counts as judged; for the rest the share is moved as far as the model has them from those judged. True pairs
// that blocking never made follow from the share that it is expected to catch, drawn from its interval as well.
//
// - Sources: post-stratification, Cochran 1977, chapter 5A; model-assisted, Särndal, Swensson and Wretman 1992. The
//   prior is one pair strong, at the model's own mean.
// - Assumptions: of pairs of one part of a stretch, which pairs were judged does not hang on whether they match; labels
// are right.
// - Bias: towards the model where nobody judged: a stretch without labels is as right as the model says it is.
// - Cannot tell: true pairs that were compared and found less likely than those a run keeps.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "linkage/reliability.h"

namespace throughline::linkage {

// A pair of the run.
struct JudgeablePair {
  double probability = 0;  // The model's alone.
  bool is_linked = false;
  bool is_together = false;       // In the run.
  std::optional<bool> is_same{};  // As it was judged.
};

struct EstimateOptions {
  SharePart caught_by_blocking{1, 1, 1, 0};  // Of true pairs, those that blocking makes.
  std::int64_t draws = 1000;
  std::uint64_t seed = 1;
};

// Each `of` is how many labels the share rests on. Without a pair shares are unknown: 0 to 1.
struct AccuracyEstimate {
  SharePart precision;
  SharePart recall;                 // Of all true pairs, those that blocking missed among them.
  SharePart recall_among_compared;  // Of the true pairs that blocking made.
};
// Intervals at 95 per cent.
[[nodiscard]] AccuracyEstimate estimate_accuracy(std::span<const JudgeablePair> pairs,
                                                 const EstimateOptions& options = {});

}  // namespace throughline::linkage
