// Police activity and what is there: how much was looked for, how often it was found, what was recorded, and what
// series say that the police do not make, read together.
//
// - Method: each part is compared before and after by exact intervals, and counts as moved only beyond a size that is
//   given, at a level shared out among the three moves of a verdict; these are then read by one table, written out in
//   joint_reading.cpp. Searches and hit rate that are not sure of their move count as still where their interval leaves
//   out a move as large as the one surely recorded, by itself and in the count of finds that both make. Looking is an
//   answer only where searches reach the move that was surely recorded; "both" also where finds do. Independent
//   series that are sure must agree; one that is not sure is passed over unless it rules out what they say: a move that
//   it cannot have made, or stillness where it shows a move by itself. Where one is unsure, a move must hold at a level
//   shared out among the series (Bonferroni).
// - Sources: intervals.h and two_groups.h for the comparisons.
// - Assumptions: finds come of searches; the independent series follow what is there, in the same time, and not how
// hard
//   it is looked for.
// - Bias: counts vary more than the intervals allow. A size of a tenth keeps much of that from being read as a move,
// and
//   not all: with an extra spread of a twentieth or a tenth in each count readings are wrong more often, by how much
//   joint_reading_test measures and docs/explanation/disproportionality.md says. On the made-up market, whose truth is
//   known, app/activity_market_test and bench/activity_bench try it.
// - Undecidable: whenever looking and being there would leave the same marks, where the independent series disagree
// with
//   one another, or where a part is not known. Then the answer is "cannot tell", with the reason.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/disparity/two_groups.h"
#include "evidence/sentinel/patterns.h"

namespace throughline::evidence {

// Which way a part went. `unsure`: the interval leaves open whether it moved; `absent`: it is not known at all.
enum class Move { up, down, same, unsure, absent };
[[nodiscard]] std::string_view name_of(Move move);

struct ActivityPart {
  std::string name;
  std::optional<BeforeAfter> counts;  // Nothing where the series does not reach.
  Caveats caveats{};                  // Of its source.
  bool reaches_latest = false;        // The later count is of the last period that its source has.
};

struct ActivityInput {
  ActivityPart searches;
  ActivityPart finds;     // Of these searches.
  ActivityPart recorded;  // Offences or arrests: what is to be read.
  std::vector<ActivityPart> independent;
  double people_before = 1;  // Exposure of all but the hit rate; equal where nobody was counted.
  double people_after = 1;
};

enum class ActivityVerdict {
  more_looked_for,
  more_there,
  both_more,
  less_looked_for,
  less_there,
  both_less,
  no_change,
  cannot_tell,
};
// "more looked for".
[[nodiscard]] std::string_view name_of(ActivityVerdict verdict);

struct ReadPart {
  std::string name;
  std::optional<BeforeAfter> counts;
  std::optional<double> ratio;  // After over before, for each person; of the hit rate for each search.
  Interval interval;
  Move move = Move::absent;
};

struct JointReading {
  ActivityVerdict verdict = ActivityVerdict::cannot_tell;
  std::string why;  // A whole sentence.
  ReadPart searches;
  ReadPart hit_rate;
  std::optional<Interval> finds_interval = {};  // Of the ratio of what searches found, as a count.
  ReadPart recorded;
  std::vector<ReadPart> independent;
  Move there = Move::absent;              // What the sure independent series agree on; unsure where they do not.
  Caveats caveats;                        // Of every part together.
  std::vector<std::string> refused = {};  // Parts that a caveat keeps out, and a verdict that one forbids: why.
};

struct ReadingOptions {
  double size_min = 0.1;  // A smaller change counts as none. REQUIRES above 0 and below 1.
  Confidence confidence = {};
};

[[nodiscard]] JointReading joint_reading(const ActivityInput& whole, const ReadingOptions& options = {});

}  // namespace throughline::evidence
