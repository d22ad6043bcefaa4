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

ReadPart read_part(const ActivityPart& part, const std::optional<Compared>& compared, double size_min) {
  ReadPart read{.name = part.name, .counts = part.counts, .ratio = {}, .interval = {}, .move = Move::absent};
  if (!part.counts) return read;
  read.move = Move::unsure;
  if (!compared) return read;
  read.ratio = compared->ratio;
  read.interval = compared->interval;
  read.move = move_of(*compared, size_min);
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

// What all of them say; unsure where one is unsure or two disagree.
Move agreed(const std::vector<ReadPart>& parts) {
  std::optional<Move> all;
  for (const ReadPart& part : parts) {
    if (part.move == Move::absent) continue;
    if (!all) all = part.move;
    if (part.move != *all) return Move::unsure;
  }
  return all.value_or(Move::absent);
}

Move turned(Move move) {
  if (move == Move::up) return Move::down;
  return move == Move::down ? Move::up : move;
}

bool is_known(Move move) {
  return move == Move::up || move == Move::down || move == Move::same;
}

// How a rise is read; a fall is read as a rise with every move turned round.
enum class RiseReading { looked_for, there, both, cannot_tell };
struct ReadRise {
  RiseReading reading = RiseReading::cannot_tell;
  std::string_view why;
};

ReadRise read_rise(Move looking, Move hit_rate, Move there) {
  if (looking == Move::up && there == Move::up) {
    return {RiseReading::both,
            "Looking and what the independent series follow went the same way as what was recorded."};
  }
  if (looking == Move::up && there == Move::down) {
    return {RiseReading::looked_for,
            "What was recorded went with the looking, and the independent series went the other way."};
  }
  if (looking == Move::up) {
    if (hit_rate == Move::up || !is_known(hit_rate)) {
      return {
          RiseReading::cannot_tell,
          "The looking moved and the independent series did not, but how often it finds did not stay or go back, or is "
          "not known: it may be better aimed, or the independent series may not see it."};
    }
    return {
        RiseReading::looked_for,
        "What was recorded went with the looking; each search found no more than before, and the independent series "
        "did not move with it."};
  }
  if (there != Move::up) {
    return {
        RiseReading::cannot_tell,
        "Neither the looking nor the independent series went with what was recorded; a change in how it is recorded "
        "would look so."};
  }
  if (hit_rate == Move::up || hit_rate == Move::same) {
    return {RiseReading::there,
            "What was recorded went with the independent series, not with the looking, and finding did not get rarer."};
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
  if (!is_known(reading.searches.move)) {
    reading.why = "How much was looked for is not known, or not surely one way.";
    return;
  }
  if (!is_known(reading.there)) {
    reading.why = reading.there == Move::absent
                      ? "There is no series that does not come from the police."
                      : "The series that do not come from the police are unsure, or disagree with one another.";
    return;
  }
  if (recorded == Move::same) {
    const bool is_still = reading.searches.move == Move::same && reading.there == Move::same;
    reading.verdict = is_still ? ActivityVerdict::no_change : ActivityVerdict::cannot_tell;
    reading.why = is_still ? "Nothing moved."
                           : "What was recorded stood still while something else moved: two moves may have cancelled.";
    return;
  }
  const bool is_rise = recorded == Move::up;
  const auto seen = [&](Move move) { return is_rise ? move : turned(move); };
  const ReadRise read = read_rise(seen(reading.searches.move), seen(reading.hit_rate.move), seen(reading.there));
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

}  // namespace

JointReading joint_reading(const ActivityInput& whole, const ReadingOptions& options) {
  CHECK(options.size_min > 0 && options.size_min < 1 && whole.people_before > 0 && whole.people_after > 0);
  JointReading reading;
  ActivityInput input = whole;
  for (ActivityPart& part : input.independent) part = without_incomplete(std::move(part), reading);
  const auto read = [&](const ActivityPart& part) {
    return read_part(part, by_people(part, input, options.confidence), options.size_min);
  };
  reading.searches = read(input.searches);
  reading.recorded = read(input.recorded);
  reading.hit_rate = read_part(input.finds, by_searches(input, options.confidence), options.size_min);
  for (const ActivityPart& part : input.independent) reading.independent.push_back(read(part));
  reading.there = agreed(reading.independent);
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
