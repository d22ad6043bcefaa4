#include "app/sentinel_words.h"

#include <cmath>

#include <fmt/format.h>

#include "base/check.h"
#include "base/number.h"

namespace throughline::app {

namespace {

using evidence::BeforeAfter;
using evidence::BolsteredWay;
using evidence::MovedReading;
using evidence::MovedWay;

std::string whole(std::int64_t count) {
  return base::format_integer(count);
}

std::string percent(double share) {
  return base::format_fixed(100 * share, 1) + " per cent";
}

std::string from_to(const std::string& name, const BeforeAfter& counts) {
  return fmt::format("{} went from {} to {}", name, whole(counts.before), whole(counts.after));
}

// Of the class that rose, what can have come out of the one that fell.
std::string bound_words(const MovedReading& reading, const WatchedPair& classes) {
  if (!reading.rise_explained_most) {
    return "Not exactly one of them rose and one fell, so the counts set no bound to it.";
  }
  const bool is_second = reading.way == MovedWay::first_to_second;
  const std::string& rose = is_second ? classes.second.category : classes.first.category;
  const std::string& fell = is_second ? classes.first.category : classes.second.category;
  const std::int64_t rise = is_second ? reading.second.change() : reading.first.change();
  return fmt::format(
      "Supposing that {} would otherwise have stayed at its earlier level, at most {} of the rise of {} in {} can have "
      "come out of it, one for one, and at least {} cannot; had it been growing, more can have.",
      fell, percent(*reading.rise_explained_most), whole(rise), rose, percent(1 - *reading.rise_explained_most));
}

// How far chance explains a change of share.
std::string chance_words(const evidence::ShareChange& change) {
  constexpr double k_least_shown = 0.0001;
  const std::string p =
      change.p_value < k_least_shown ? "p below 0.0001" : "p " + base::format_fixed(change.p_value, 4);
  return fmt::format("{} by Fisher's exact test{}", p,
                     change.is_told ? "" : "; no change that is both beyond chance and large enough to be told");
}

std::string name_of_pattern(const WatchedPair& classes, double moved) {
  const bool is_back = moved < 0;
  return fmt::format("from {} to {}", is_back ? classes.second.category : classes.first.category,
                     is_back ? classes.first.category : classes.second.category);
}

}  // namespace

PatternWords words_of(const MovedReading& reading, const WatchedPair& classes) {
  PatternWords words;
  words.pattern = "reclassification, " + name_of_pattern(classes, reading.moved_if_recording);
  words.is_flagged = reading.change.is_told;
  words.seen =
      fmt::format("{}; {}. The share of the second among both went from {} to {} ({}).",
                  from_to(classes.first.category, reading.first), from_to(classes.second.category, reading.second),
                  percent(reading.share_before), percent(reading.share_after), chance_words(reading.change));
  const auto moved = static_cast<std::int64_t>(std::llround(std::abs(reading.moved_if_recording)));
  words.if_recording = fmt::format(
      "If only recording or charging practice changed, about {} offences of the later window are classed as {} that "
      "would "
      "earlier have been {}. {}",
      whole(moved), reading.moved_if_recording >= 0 ? classes.second.category : classes.first.category,
      reading.moved_if_recording >= 0 ? classes.first.category : classes.second.category,
      bound_words(reading, classes));
  words.if_real = fmt::format(
      "If recording did not change, {} {} by {} and {} {} by {}, by more or less of it or by more or less looking: "
      "these "
      "figures cannot part the two.",
      classes.second.category, reading.second.change() >= 0 ? "rose" : "fell", whole(std::abs(reading.second.change())),
      classes.first.category, reading.first.change() >= 0 ? "rose" : "fell", whole(std::abs(reading.first.change())));
  return words;
}

PatternWords words_of(const evidence::BolsteredReading& reading, const WatchedPair& parts) {
  PatternWords words;
  words.pattern = fmt::format("{} against {}", parts.first.category, parts.second.category);
  const bool is_bolstered = reading.way == BolsteredWay::rise_is_part || reading.way == BolsteredWay::mostly_part ||
                            reading.way == BolsteredWay::masked_fall;
  words.is_flagged = is_bolstered && reading.change.is_told && reading.change.moved > 0;
  words.seen = fmt::format("{}; {}; without it {}. Its share went from {} to {} ({}).",
                           from_to(parts.second.category, reading.whole), from_to(parts.first.category, reading.part),
                           fmt::format("from {} to {}", whole(reading.rest.before), whole(reading.rest.after)),
                           percent(reading.share_before), percent(reading.share_after), chance_words(reading.change));
  std::string owed = "There is no rise that could be owed to it.";
  if (reading.rise_from_part) {
    owed = *reading.rise_from_part > 0 ? fmt::format("{} of the rise is owed to it.", percent(*reading.rise_from_part))
                                       : std::string("None of the rise is owed to it.");
  }
  words.if_recording = fmt::format(
      "If quick disposals were sought for the figure's sake, what stands without {} is the figure to read. {}",
      parts.first.category, owed);
  words.if_real = fmt::format(
      "If more of it was met, or the rules of disposal changed, {} would move in the same way with nobody seeking it.",
      parts.first.category);
  return words;
}

PatternWords words_of(const evidence::CodeDrift& drift) {
  PatternWords words;
  words.pattern = "drift of codes";
  words.is_flagged = !drift.renamed.empty() || drift.is_told;
  words.seen = fmt::format(
      "{} of events would have to change their code to make the two windows alike, of {} and {}; {} when codes "
      "that may have been renamed are taken for one. Chance alone would make it about {} (p {}).",
      percent(drift.plain.distance), whole(drift.joined.events_before), whole(drift.joined.events_after),
      percent(drift.joined.distance), percent(drift.joined.expected), base::format_fixed(drift.joined.p_value, 4));
  words.if_recording = drift.renamed.empty()
                           ? "No code ends where another begins; a change of practice within the codes is not shut out."
                           : "Codes end where others begin at about the same height: renamed, they are one series.";
  words.if_real =
      "If the codes were used alike throughout, the mix of what came of events changed by the shares below.";
  return words;
}

std::string words_of(evidence::Course course) {
  switch (course) {
    case evidence::Course::level: return "one level throughout";
    case evidence::Course::drift: return "a steady drift, better than steps";
    case evidence::Course::bend: return "a drift that bends, better than steps or one straight drift";
    case evidence::Course::steps: return "steps, better than a steady drift";
    case evidence::Course::undecided: return "cannot tell: too few periods that count, or two courses fit alike";
  }
  CHECK(false && "a course without words");
}

}  // namespace throughline::app
