#include "evidence/activity/joint_reading.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"

namespace throughline::evidence {
namespace {

struct Compared {
  double ratio = 1;
  Interval interval;
};

Move move_of(const Compared& compared, double size_min) {
  const double up = 1 + size_min;
  const double down = 1 / up;
  if (compared.interval.low > 1 && compared.ratio >= up) return Move::up;
  if (compared.interval.high < 1 && compared.ratio <= down) return Move::down;
  if (compared.interval.low >= down && compared.interval.high <= up) return Move::same;
  return Move::unsure;
}

constexpr double k_level_most = 0.9999;
constexpr double k_moves_of_a_verdict = 3;  // Of what was looked for, what was recorded, and what is there.

// At which each of so many moves must hold, so that all of them together do at the level (Bonferroni).
Confidence shared_out(Confidence confidence, double among) {
  return {.level = std::min(1 - (1 - confidence.level) / among, k_level_most)};
}

// A part as it is shown, and as one of the moves of a verdict.
struct ComparedTwice {
  std::optional<Compared> shown;
  std::optional<Compared> plain;
};

ReadPart read_part(const ActivityPart& part, const ComparedTwice& compared, double size_min) {
  ReadPart read{.name = part.name, .counts = part.counts, .ratio = {}, .interval = {}, .move = Move::absent};
  if (!part.counts) return read;
  read.move = Move::unsure;
  if (!compared.shown || !compared.plain) return read;
  read.ratio = compared.shown->ratio;
  read.interval = compared.shown->interval;
  const Move move = move_of(*compared.shown, size_min);
  if (move == Move::same || move_of(*compared.plain, size_min) == move) read.move = move;
  return read;
}

std::optional<Compared> by_people(const ActivityPart& part, const ActivityInput& input, Confidence confidence) {
  if (!part.counts) return std::nullopt;
  const auto found = compare_counts({.before = part.counts->before,
                                     .after = part.counts->after,
                                     .exposure_before = input.people_before,
                                     .exposure_after = input.people_after},
                                    confidence);
  if (!found) return std::nullopt;
  return Compared{.ratio = found->ratio, .interval = found->interval};
}

std::optional<Compared> by_searches(const ActivityInput& input, Confidence confidence) {
  if (!input.finds.counts || !input.searches.counts) return std::nullopt;
  const BeforeAfter& finds = *input.finds.counts;
  const BeforeAfter& searches = *input.searches.counts;
  if (searches.before == 0 || searches.after == 0) return std::nullopt;
  const auto ratio = risk_ratio({.group = {.events = finds.after, .people = searches.after},
                                 .reference = {.events = finds.before, .people = searches.before}},
                                confidence);
  const auto* estimate = std::get_if<RatioEstimate>(&ratio);
  if (estimate == nullptr) return std::nullopt;
  return Compared{.ratio = estimate->value, .interval = estimate->interval};
}

bool is_known(Move move) {
  return move == Move::up || move == Move::down || move == Move::same;
}

// An independent series as it is read by itself, and as one of several of which any may move by chance.
struct ReadIndependent {
  const ReadPart* part = nullptr;
  Move among_all = Move::absent;
};

// Whether an unsure part can have gone that way. Stillness is ruled out by a move that the part shows by itself,
// although it is not sure enough of it to be one of the moves of a verdict.
bool allows(const ReadPart& part, Move move, double size_min) {
  if (!part.ratio) return true;
  if (move == Move::up) return part.interval.high >= 1 + size_min;
  if (move == Move::down) return part.interval.low <= 1 / (1 + size_min);
  const Move shown = move_of({.ratio = *part.ratio, .interval = part.interval}, size_min);
  return shown != Move::up && shown != Move::down;
}

// What those say that are sure, where they agree and no other rules it out. Too few counts to be sure say nothing: were
// they a veto, one small series would take the word from all others. But where some are unsure, a move must be plain
// for the number of series that could have shown one.
Move agreed(const std::vector<ReadIndependent>& parts, double size_min) {
  const auto is_unsure = [](const ReadIndependent& one) { return one.part->move == Move::unsure; };
  const bool is_any_unsure = std::ranges::any_of(parts, is_unsure);
  std::optional<Move> all;
  for (const ReadIndependent& one : parts) {
    const Move move = one.part->move;
    if (!is_known(move)) continue;
    if (is_any_unsure && move != Move::same && one.among_all != move) return Move::unsure;
    if (all.value_or(move) != move) return Move::unsure;
    all = move;
  }
  if (!all) return is_any_unsure ? Move::unsure : Move::absent;
  const bool is_allowed = std::ranges::all_of(
      parts, [&](const ReadIndependent& one) { return !is_unsure(one) || allows(*one.part, *all, size_min); });
  return is_allowed ? *all : Move::unsure;
}

Move turned(Move move) {
  if (move == Move::up) return Move::down;
  return move == Move::down ? Move::up : move;
}

// The least move that was surely recorded, as a ratio above one. REQUIRES that it went up or down.
double least_recorded(const ReadPart& recorded) {
  return recorded.move == Move::up ? recorded.interval.low : 1 / recorded.interval.high;
}

bool leaves_out(const Interval& interval, double least) {
  return interval.high < least && interval.low > 1 / least;
}

// Whether a part can have gone as far as what was recorded, and the same way.
bool reaches(const Interval& interval, const ReadPart& recorded) {
  return recorded.move == Move::up ? interval.high >= recorded.interval.low : interval.low <= recorded.interval.high;
}

bool is_moved(Move move) {
  return move == Move::up || move == Move::down;
}

// Of searches and hit rate: one that is unsure stood still as far as it matters where its interval leaves out a move as
// large as the one that was surely recorded, so that it cannot have made that by itself; nor together with the other
// unless that surely moved, for two small moves make a large one.
Move as_far_as_it_matters(const JointReading& reading, const ReadPart& part, const ReadPart& other) {
  if (part.move != Move::unsure || !part.ratio) return part.move;
  const double least = least_recorded(reading.recorded);
  if (!leaves_out(part.interval, least)) return Move::unsure;
  const bool is_alone = is_moved(other.move) || !reading.finds_interval;
  return is_alone || leaves_out(*reading.finds_interval, least) ? Move::same : Move::unsure;
}

// How a rise is read; a fall is read as a rise with every move turned round.
enum class RiseReading { looked_for, there, both, cannot_tell };
struct ReadRise {
  RiseReading reading = RiseReading::cannot_tell;
  std::string_view why;
};

// The moves that a rise is read by, and whether searches, and what they found, can have gone as far as it.
struct SeenMoves {
  Move looking = Move::unsure;
  Move hit_rate = Move::unsure;
  Move there = Move::unsure;
  bool searches_reach = false;
  bool finds_reach = false;
};

// REQUIRES: the looking went up.
ReadRise read_with_looking(const SeenMoves& seen) {
  CHECK(seen.looking == Move::up);
  if (seen.there == Move::up) {
    if (!seen.searches_reach && !seen.finds_reach) {
      return {RiseReading::cannot_tell,
              "Looking and what the independent series follow went the same way as what was recorded, but searches and "
              "what they found moved too little to have made the move; a change in how it is recorded would look so."};
    }
    return {RiseReading::both,
            "Looking and what the independent series follow went the same way as what was recorded."};
  }
  if (!seen.searches_reach) {
    return {
        RiseReading::cannot_tell,
        "The looking went the same way as what was recorded, but searches moved too little to have made the move; a "
        "change in how it is recorded would look so."};
  }
  if (seen.there == Move::down) {
    return {RiseReading::looked_for,
            "What was recorded went with the looking, and the independent series went the other way."};
  }
  if (seen.hit_rate == Move::up || !is_known(seen.hit_rate)) {
    return {
        RiseReading::cannot_tell,
        "The looking moved and the independent series did not, but how often it finds did not stay or go back, or is "
        "not known: it may be better aimed, or the independent series may not see it."};
  }
  return {RiseReading::looked_for,
          "What was recorded went with the looking; how often a search finds did not go with it by enough to have made "
          "the move, and the independent series did not move with it."};
}

ReadRise read_rise(const SeenMoves& seen) {
  if (seen.looking == Move::up) return read_with_looking(seen);
  if (seen.there != Move::up) {
    return {
        RiseReading::cannot_tell,
        "Neither the looking nor the independent series went with what was recorded; a change in how it is recorded "
        "would look so."};
  }
  if (seen.hit_rate == Move::up || seen.hit_rate == Move::same) {
    return {
        RiseReading::there,
        "What was recorded went with the independent series; the looking did not go with it by enough to have made the "
        "move, and how often a search finds did not go the other way by as much."};
  }
  return {RiseReading::cannot_tell,
          "The independent series went with what was recorded and the looking did not, but how often it finds went the "
          "other way or is not known."};
}

ActivityVerdict verdict_of(RiseReading reading, bool is_rise) {
  switch (reading) {
    case RiseReading::looked_for: return is_rise ? ActivityVerdict::more_looked_for : ActivityVerdict::less_looked_for;
    case RiseReading::there: return is_rise ? ActivityVerdict::more_there : ActivityVerdict::less_there;
    case RiseReading::both: return is_rise ? ActivityVerdict::both_more : ActivityVerdict::both_less;
    case RiseReading::cannot_tell: return ActivityVerdict::cannot_tell;
  }
  CHECK(false && "a reading without a verdict");
}

void judge(JointReading& reading) {
  const Move recorded = reading.recorded.move;
  if (!is_known(recorded)) {
    reading.why = "It is not sure which way what was recorded went.";
    return;
  }
  const bool is_recorded_moved = is_moved(recorded);
  const Move looking =
      is_recorded_moved ? as_far_as_it_matters(reading, reading.searches, reading.hit_rate) : reading.searches.move;
  const Move finding =
      is_recorded_moved ? as_far_as_it_matters(reading, reading.hit_rate, reading.searches) : reading.hit_rate.move;
  if (!is_known(looking)) {
    reading.why = "How much was looked for is not known, or not surely one way.";
    return;
  }
  if (!is_known(reading.there)) {
    reading.why = reading.there == Move::absent
                      ? "There is no series that does not come from the police."
                      : "The series that do not come from the police are unsure, or disagree with one another.";
    return;
  }
  if (!is_recorded_moved) {
    const bool is_still = looking == Move::same && reading.there == Move::same;
    reading.verdict = is_still ? ActivityVerdict::no_change : ActivityVerdict::cannot_tell;
    reading.why = is_still ? "Nothing moved."
                           : "What was recorded stood still while something else moved: two moves may have cancelled.";
    return;
  }
  const bool is_rise = recorded == Move::up;
  const auto seen = [&](Move move) { return is_rise ? move : turned(move); };
  const Interval& searches = reading.searches.interval;
  const ReadRise read =
      read_rise({.looking = seen(looking),
                 .hit_rate = seen(finding),
                 .there = seen(reading.there),
                 .searches_reach = reaches(searches, reading.recorded),
                 .finds_reach = reaches(reading.finds_interval.value_or(searches), reading.recorded)});
  reading.verdict = verdict_of(read.reading, is_rise);
  reading.why = read.why;
}

}  // namespace

std::string_view name_of(Move move) {
  switch (move) {
    case Move::up: return "up";
    case Move::down: return "down";
    case Move::same: return "the same";
    case Move::unsure: return "not sure";
    case Move::absent: return "not known";
  }
  CHECK(false && "a move without a name");
}

std::string_view name_of(ActivityVerdict verdict) {
  switch (verdict) {
    case ActivityVerdict::more_looked_for: return "more looked for";
    case ActivityVerdict::more_there: return "more there";
    case ActivityVerdict::both_more: return "both: more looked for, and more there";
    case ActivityVerdict::less_looked_for: return "less looked for";
    case ActivityVerdict::less_there: return "less there";
    case ActivityVerdict::both_less: return "both: less looked for, and less there";
    case ActivityVerdict::no_change: return "no change";
    case ActivityVerdict::cannot_tell: return "cannot tell";
  }
  CHECK(false && "a verdict without a name");
}

namespace {

// A part whose last count is not whole yet says nothing of which way it went.
ActivityPart without_incomplete(ActivityPart part, JointReading& reading) {
  const auto refusal = refuse(Use::report_latest_period, part.caveats, {.reaches_latest = part.reaches_latest});
  if (!refusal || !part.counts) return part;
  reading.refused.push_back(fmt::format("{}: {}", part.name, text_of(*refusal)));
  part.counts.reset();
  return part;
}

// "Less there" is a fall told as an improvement.
void forbid_unpaired(JointReading& reading) {
  if (reading.verdict != ActivityVerdict::less_there && reading.verdict != ActivityVerdict::both_less) return;
  const bool is_paired =
      std::ranges::any_of(reading.independent, [](const ReadPart& part) { return part.counts.has_value(); });
  const auto refusal = refuse(Use::report_fall_as_improvement, reading.caveats, {.is_paired_independently = is_paired});
  if (!refusal) return;
  reading.verdict = ActivityVerdict::cannot_tell;
  reading.why = refusal->reason;
  reading.refused.push_back(text_of(*refusal));
}

// REQUIRES the parts as read of the input, in its order.
Move read_there(const std::vector<ReadPart>& read, const ActivityInput& input, const ReadingOptions& options) {
  const auto known =
      std::ranges::count_if(input.independent, [](const ActivityPart& p) { return p.counts.has_value(); });
  const double among = k_moves_of_a_verdict * static_cast<double>(std::max<std::ptrdiff_t>(known, 1));
  const Confidence shared = shared_out(options.confidence, among);
  std::vector<ReadIndependent> parts;
  for (std::size_t i = 0; i < read.size(); ++i) {
    const auto compared = by_people(input.independent[i], input, shared);
    parts.push_back({.part = &read[i], .among_all = compared ? move_of(*compared, options.size_min) : Move::unsure});
  }
  return agreed(parts, options.size_min);
}

}  // namespace

JointReading joint_reading(const ActivityInput& whole, const ReadingOptions& options) {
  CHECK(options.size_min > 0 && options.size_min < 1 && whole.people_before > 0 && whole.people_after > 0);
  JointReading reading;
  ActivityInput input = whole;
  for (ActivityPart& part : input.independent) part = without_incomplete(std::move(part), reading);
  const Confidence plain = shared_out(options.confidence, k_moves_of_a_verdict);
  const auto read = [&](const ActivityPart& part) {
    const ComparedTwice compared{by_people(part, input, options.confidence), by_people(part, input, plain)};
    return read_part(part, compared, options.size_min);
  };
  reading.searches = read(input.searches);
  reading.recorded = read(input.recorded);
  reading.hit_rate =
      read_part(input.finds, {by_searches(input, options.confidence), by_searches(input, plain)}, options.size_min);
  if (const auto finds = by_people(input.finds, input, options.confidence)) reading.finds_interval = finds->interval;
  for (const ActivityPart& part : input.independent) reading.independent.push_back(read(part));
  reading.there = read_there(reading.independent, input, options);
  reading.caveats = {Caveat::police_activity, Caveat::different_universe};
  std::vector<const ActivityPart*> parts{&input.searches, &input.finds, &input.recorded};
  for (const ActivityPart& part : input.independent) parts.push_back(&part);
  for (const ActivityPart* part : parts) {
    reading.caveats.unite(part->caveats);
    if (part->counts && std::min(part->counts->before, part->counts->after) < k_change_count_min) {
      reading.caveats.add(Caveat::small_count, part->name);
    }
  }
  judge(reading);
  forbid_unpaired(reading);
  return reading;
}

}  // namespace throughline::evidence
