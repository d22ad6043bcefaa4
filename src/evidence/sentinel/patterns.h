// Patterns that a target can leave in what is recorded, each with both of its readings reckoned: that recording or
// practice changed, and that what happens changed.
//
// - Source of the questions: Metropolitan Police Authority, 2007, recommendations 10 and 11 (cannabis disposals against
//   detections, and offences moved between classes). The arithmetic is exact and needs no model.
// - Assumptions: of the first reading, that the earlier share would have stayed as it was; of the second, that
// recording
//   did. Neither can be seen in these figures.
// - Flags: a share is told to have changed where Fisher's exact test (1935) gives at most 0.01, the odds moved by a
// quarter
//   or more, and ten events or more moved. The test takes events for independent; recorded events come in operations,
//   so it is too ready where they do.
// - Undecidable: which of the two it was. Only something outside these figures can tell: records of why classes were
//   chosen, the crime audit, seizures, or a series that the police do not make.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "evidence/intervals.h"
#include "evidence/sentinel/recorded.h"

namespace throughline::evidence {

// Two counts, before and after.
struct BeforeAfter {
  std::int64_t before = 0;
  std::int64_t after = 0;
  [[nodiscard]] std::int64_t change() const { return after - before; }
};

// Refused when either is under ten: no_change_under_ten.
[[nodiscard]] OrRefusal<double> percent_change(const BeforeAfter& counts);

// Whether the share of a part changed by more than chance and by enough to be told. REQUIRES: see bolstered_by.
struct ShareChange {
  double p_value = 1;     // Twice the smaller tail, both margins given.
  double odds_ratio = 1;  // After over before, half an event added to each cell.
  double moved = 0;       // So many more of the part in the later window than the earlier share gives.
  bool is_told = false;
};
[[nodiscard]] ShareChange share_change(const BeforeAfter& part, const BeforeAfter& whole);

enum class MovedWay {
  first_to_second,  // The first fell and the second rose.
  second_to_first,
  both_rose,
  both_fell,
  neither,  // One of them did not move.
};

// Two classes between which an offence can be moved, such as possession and trafficking.
struct MovedReading {
  BeforeAfter first;
  BeforeAfter second;
  MovedWay way = MovedWay::neither;
  double share_before = 0;  // Of the second among both.
  double share_after = 0;
  Interval share_before_interval;  // Clopper and Pearson.
  Interval share_after_interval;
  // If recording changed and conduct did not: so many more of the second in the later window than the earlier share
  // gives; negative: so many fewer.
  double moved_if_recording = 0;
  ShareChange change;  // Of the second among both.
  // One for one, at most so much of the rise of the class that rose can have come out of the one that fell, if without
  // the transfer the one that fell would have stayed at its earlier level. Had it grown, more can have come. Nothing
  // where not exactly one rose and one fell.
  std::optional<double> rise_explained_most;
  Caveats caveats;
};

// REQUIRES: see TwoWindows. Refused where a period is missing, or where neither class has an event in a window.
[[nodiscard]] OrRefusal<MovedReading> moved_between(const RecordedTable& table, const RecordedSeries& first,
                                                    const RecordedSeries& second, const TwoWindows& windows);

enum class BolsteredWay {
  rise_is_part,  // The whole rose, and without the part it would not have.
  mostly_part,   // More than half of the rise is the part's.
  not_part,      // The whole rose, mostly without it.
  masked_fall,   // The whole stood still or fell less, since the part rose while the rest fell.
  part_fell,     // The part fell.
  still,
};

// A part that can make a whole look better, such as cannabis disposals among detections.
struct BolsteredReading {
  BeforeAfter part;
  BeforeAfter whole;
  BeforeAfter rest;
  BolsteredWay way = BolsteredWay::still;
  ShareChange change;       // Of the part in the whole.
  double share_before = 0;  // Of the part in the whole.
  double share_after = 0;
  Interval share_before_interval;
  Interval share_after_interval;
  std::optional<double> rise_from_part;  // Of the whole's rise; above one where the rest fell. Nothing without a rise.
  Caveats caveats;
};

// Refused likewise, and where the part is larger than the whole (universes_are_not_joined).
[[nodiscard]] OrRefusal<BolsteredReading> bolstered_by(const RecordedTable& table, const RecordedSeries& part,
                                                       const RecordedSeries& whole, const TwoWindows& windows);

}  // namespace throughline::evidence
