// How right the last run was, as far as people judged its pairs.
#pragma once

#include "linkage/judged_accuracy.h"
#include "linkage/stage.h"

namespace throughline::linkage {

struct RunAccuracy {
  std::int64_t labels = 0;
  std::int64_t pending = 0;  // Judged, and waiting for a second person: no labels yet.
  AccuracyCounts counts;     // Of the judged pairs alone.
  Accuracy judged;           // Of these.
  AccuracyEstimate all;      // Over all pairs that the run kept, by stretches of probability.
  SharePart caught{1, 1, 1,
                   0};  // Of true pairs, those that blocking is expected to make; of so many drawn by the model.
};

// A pair counts as linked where its probability reaches the one given: what a purpose is shown before anybody judges.
// A pair that was judged the same and that no rule of the run gathers was missed by blocking; one that a rule does
// gather was compared and found too unlikely to keep.
// Cost: that of encoding and of blocking, as in the run. Errors: those of block().
[[nodiscard]] base::Result<RunAccuracy> accuracy_of_run(const Links& links, double probability_min);

}  // namespace throughline::linkage
