#include "evidence/sentinel/patterns.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/check.h"
#include "evidence/disparity/two_groups.h"

namespace throughline::evidence {
namespace {

// Both windows of one series, or why not.
OrRefusal<BeforeAfter> over_windows(const RecordedTable& table, const RecordedSeries& series,
                                    const TwoWindows& windows) {
  CHECK(windows.before.length() == windows.after.length() && windows.before.last < windows.after.first);
  const auto before = sum_over(table, series, windows.before);
  if (const auto* refusal = std::get_if<Refusal>(&before)) return *refusal;
  const auto after = sum_over(table, series, windows.after);
  if (const auto* refusal = std::get_if<Refusal>(&after)) return *refusal;
  return BeforeAfter{.before = std::get<std::int64_t>(before), .after = std::get<std::int64_t>(after)};
}

Caveats recorded_caveats(const BeforeAfter& one, const BeforeAfter& other) {
  Caveats caveats{Caveat::police_activity};
  if (std::min({one.before, one.after, other.before, other.after}) < k_change_count_min) {
    caveats.add(Caveat::small_count);
  }
  return caveats;
}

Refusal no_events() {
  return {.rule = Rule::nothing_to_compare,
          .reason = "One of the two windows has no event of either class.",
          .remedy = "Take longer windows."};
}

double share_of(std::int64_t part, std::int64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

MovedWay way_of(const BeforeAfter& first, const BeforeAfter& second) {
  if (first.change() < 0 && second.change() > 0) return MovedWay::first_to_second;
  if (first.change() > 0 && second.change() < 0) return MovedWay::second_to_first;
  if (first.change() > 0 && second.change() > 0) return MovedWay::both_rose;
  if (first.change() < 0 && second.change() < 0) return MovedWay::both_fell;
  return MovedWay::neither;
}

BolsteredWay way_of(const BolsteredReading& reading) {
  const std::int64_t part = reading.part.change();
  const std::int64_t whole = reading.whole.change();
  const std::int64_t rest = reading.rest.change();
  if (part > 0 && whole > 0 && rest <= 0) return BolsteredWay::rise_is_part;
  if (part > 0 && rest < 0) return BolsteredWay::masked_fall;
  if (part > 0 && whole > 0) return 2 * part > whole ? BolsteredWay::mostly_part : BolsteredWay::not_part;
  if (part < 0) return BolsteredWay::part_fell;
  return whole > 0 ? BolsteredWay::not_part : BolsteredWay::still;
}

}  // namespace

OrRefusal<double> percent_change(const BeforeAfter& counts) {
  const auto refusal =
      refuse(Use::percentage_change, Caveats(), UseContext{.smallest_count = std::min(counts.before, counts.after)});
  if (refusal) return *refusal;
  return 100 * share_of(counts.change(), counts.before);
}

ShareChange share_change(const BeforeAfter& part, const BeforeAfter& whole) {
  constexpr double k_p_max = 0.01;
  constexpr double k_odds_min = 1.25;
  const auto odds = [](std::int64_t events, std::int64_t all) {
    return (static_cast<double>(events) + 0.5) / (static_cast<double>(all - events) + 0.5);
  };
  const GroupPair pair{.group = {.events = part.after, .people = whole.after},
                       .reference = {.events = part.before, .people = whole.before}};
  ShareChange change;
  change.p_value = same_share_p(pair);
  change.odds_ratio = odds(part.after, whole.after) / odds(part.before, whole.before);
  change.moved =
      static_cast<double>(part.after) - share_of(part.before, whole.before) * static_cast<double>(whole.after);
  const bool is_large = change.odds_ratio >= k_odds_min || change.odds_ratio <= 1 / k_odds_min;
  const bool are_many = std::abs(change.moved) >= static_cast<double>(k_change_count_min);
  change.is_told = change.p_value <= k_p_max && is_large && are_many;
  return change;
}

OrRefusal<MovedReading> moved_between(const RecordedTable& table, const RecordedSeries& first,
                                      const RecordedSeries& second, const TwoWindows& windows) {
  const auto one = over_windows(table, first, windows);
  if (const auto* refusal = std::get_if<Refusal>(&one)) return *refusal;
  const auto other = over_windows(table, second, windows);
  if (const auto* refusal = std::get_if<Refusal>(&other)) return *refusal;
  MovedReading reading;
  reading.first = std::get<BeforeAfter>(one);
  reading.second = std::get<BeforeAfter>(other);
  const BeforeAfter both{.before = reading.first.before + reading.second.before,
                         .after = reading.first.after + reading.second.after};
  if (both.before == 0 || both.after == 0) return no_events();
  reading.way = way_of(reading.first, reading.second);
  reading.share_before = share_of(reading.second.before, both.before);
  reading.share_after = share_of(reading.second.after, both.after);
  reading.share_before_interval = proportion_interval({.successes = reading.second.before, .trials = both.before});
  reading.share_after_interval = proportion_interval({.successes = reading.second.after, .trials = both.after});
  reading.change = share_change(reading.second, both);
  reading.moved_if_recording = reading.change.moved;
  if (reading.way == MovedWay::first_to_second || reading.way == MovedWay::second_to_first) {
    const bool is_second = reading.way == MovedWay::first_to_second;
    const std::int64_t rise = is_second ? reading.second.change() : reading.first.change();
    const std::int64_t fall = is_second ? -reading.first.change() : -reading.second.change();
    reading.rise_explained_most = share_of(std::min(rise, fall), rise);
  }
  reading.caveats = recorded_caveats(reading.first, reading.second);
  return reading;
}

OrRefusal<BolsteredReading> bolstered_by(const RecordedTable& table, const RecordedSeries& part,
                                         const RecordedSeries& whole, const TwoWindows& windows) {
  const auto one = over_windows(table, part, windows);
  if (const auto* refusal = std::get_if<Refusal>(&one)) return *refusal;
  const auto other = over_windows(table, whole, windows);
  if (const auto* refusal = std::get_if<Refusal>(&other)) return *refusal;
  BolsteredReading reading;
  reading.part = std::get<BeforeAfter>(one);
  reading.whole = std::get<BeforeAfter>(other);
  reading.rest = {.before = reading.whole.before - reading.part.before,
                  .after = reading.whole.after - reading.part.after};
  if (reading.rest.before < 0 || reading.rest.after < 0) {
    return Refusal{.rule = Rule::universes_are_not_joined,
                   .reason = fmt::format("There is more of {} than of {}, so the one is no part of the other.",
                                         part.category, whole.category),
                   .remedy = "Name a whole that counts the part."};
  }
  if (reading.whole.before == 0 || reading.whole.after == 0) return no_events();
  reading.way = way_of(reading);
  reading.change = share_change(reading.part, reading.whole);
  reading.share_before = share_of(reading.part.before, reading.whole.before);
  reading.share_after = share_of(reading.part.after, reading.whole.after);
  reading.share_before_interval =
      proportion_interval({.successes = reading.part.before, .trials = reading.whole.before});
  reading.share_after_interval = proportion_interval({.successes = reading.part.after, .trials = reading.whole.after});
  if (reading.whole.change() > 0) reading.rise_from_part = share_of(reading.part.change(), reading.whole.change());
  reading.caveats = recorded_caveats(reading.part, reading.whole);
  return reading;
}

}  // namespace throughline::evidence
