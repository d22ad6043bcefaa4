#include "evidence/claims/reading.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/number.h"

namespace throughline::evidence {

namespace {

// A period that a line holds a value for, and how the claim's words lead to it.
struct PeriodOption {
  SeriesSpan span;
  bool is_stated = false;
};

// In the order in which they are tried: as printed first.
std::vector<PeriodOption> options_for(const ClaimPeriod& period, const MatchedLine& match, const std::string& area) {
  const int year = period.span.last.year();
  std::vector<PeriodOption> wanted;
  if (period.span.kind == SpanKind::calendar_year) {
    wanted.push_back({period.span, true});
    if (period.is_bare) {
      wanted.push_back({march_year(year), true});
      wanted.push_back({march_year(year + 1), false});
    }
  } else {
    wanted.push_back({period.span, true});
    if (period.span.kind == SpanKind::march_year) {
      wanted.push_back({calendar_year(year - 1), false});
      wanted.push_back({calendar_year(year), false});
    }
  }
  std::vector<PeriodOption> stored;
  for (const PeriodOption& option : wanted) {
    if (match.line->at(area, option.span) != nullptr) stored.push_back(option);
  }
  for (const SeriesPoint& point : match.line->points) {
    const bool is_pooled = point.area == area && point.span.kind == SpanKind::pooled_years;
    if (is_pooled && point.span.last.year() == year)
      stored.push_back({point.span, period.span.kind == SpanKind::pooled_years});
  }
  return stored;
}

// Where a line is read when the claim names no area: the widest it has.
std::string default_area(const SeriesLine& line) {
  for (const char* area : {"England and Wales", "England"}) {
    if (line.has_area(area)) return area;
  }
  return line.points.empty() ? std::string() : line.points.front().area;
}

// The widest area that any of the lines has: what a claim without an area is read for first.
std::string widest_area(const Matches& matches) {
  std::string widest;
  for (const MatchedLine& match : matches.lines) {
    const std::string area = default_area(*match.line);
    if (widest.empty() || area == "England and Wales") widest = area;
  }
  return widest;
}

std::string number_words(double value, const SeriesCard& card) {
  if (card.is_percentage) return base::format_fixed(value, 2) + " %";
  if (value == std::floor(value)) return base::format_integer(std::llround(value));
  return base::format_fixed(value, 2);
}

std::string signed_words(double value, int decimals) {
  return (value < 0 ? "−" : "+") + base::format_fixed(std::abs(value), decimals);
}

class ReadingMaker {
 public:
  explicit ReadingMaker(const Claim& claim) : claim_(claim) {}

  Readings finish(const Matches& matches) {
    first_area_ = claim_.area.empty() ? widest_area(matches) : claim_.area;
    for (const MatchedLine& match : matches.lines) read_line_of(match);
    std::ranges::stable_sort(found_.readings, std::ranges::greater(), [](const Reading& reading) {
      return std::pair(reading.is_stated, !reading.is_cut_short);
    });
    return std::move(found_);
  }

 private:
  void miss(const MatchedLine& match, const std::string& area, const std::string& what) {
    found_.missing.push_back(fmt::format("{}, {}: {}", title_of(match), area, what));
  }

  void read_line_of(const MatchedLine& match) {
    const std::string area = claim_.area.empty() ? default_area(*match.line) : claim_.area;
    if (!match.line->has_area(area)) return miss(match, area, "no figures for this area");
    if (claim_.kind == ClaimKind::level) return read_levels(match, area);
    const std::vector<PeriodOption> bases = options_for(*claim_.base, match, area);
    if (bases.empty()) return miss(match, area, absence(match, *claim_.base));
    const std::vector<PeriodOption> ends = end_options(match, area);
    for (const PeriodOption& base : bases) {
      for (const PeriodOption& end : ends) add_change(match, area, base, end);
    }
    if (ends.empty()) cut_short(match, area, bases);
  }

  static std::string absence(const MatchedLine& match, const ClaimPeriod& period) {
    const auto first = match.card->first_span();
    const auto last = match.card->last_span();
    const std::string wanted = period.is_bare ? fmt::format("{}", period.span.last.year()) : words_of(period.span);
    return fmt::format("nothing for {}; the series runs from {} to {}", wanted, first ? words_of(*first) : "",
                       last ? words_of(*last) : "");
  }

  std::vector<PeriodOption> end_options(const MatchedLine& match, const std::string& area) {
    if (claim_.end) return options_for(*claim_.end, match, area);
    // Up to now; when that was, the claim does not say: the last period first, then the four before it.
    constexpr std::size_t k_ends = 5;
    std::vector<PeriodOption> ends;
    for (auto point = match.line->points.rbegin(); point != match.line->points.rend() && ends.size() < k_ends;
         ++point) {
      if (point->area == area) ends.push_back({point->span, ends.empty()});
    }
    return ends;
  }

  // The claim ends within a year after the series does.
  void cut_short(const MatchedLine& match, const std::string& area, const std::vector<PeriodOption>& bases) {
    miss(match, area, absence(match, *claim_.end));
    const SeriesPoint* last = match.line->last_of(area);
    const int gap = claim_.end->span.last - last->span.last;
    if (gap <= 0 || gap > 12) return;
    add_change(match, area, bases.front(), {last->span, false});
    if (!found_.readings.empty()) found_.readings.back().is_cut_short = true;
  }

  void read_levels(const MatchedLine& match, const std::string& area) {
    const std::vector<PeriodOption> ends = options_for(*claim_.end, match, area);
    if (ends.empty()) return miss(match, area, absence(match, *claim_.end));
    for (const PeriodOption& end : ends) {
      Reading reading{
          .match = match, .area = area, .base = {}, .end = end.span, .base_value = {}, .basis = {}, .working = {}};
      reading.end_value = match.line->at(area, end.span)->value;
      reading.figure = reading.end_value;
      if (claim_.per > 0) reading.figure *= claim_.per / match.card->per / match.card->pooled_years;
      reading.is_stated = match.line->is_default && end.is_stated && area == first_area_;
      reading.agrees = claim_.size.allows(reading.figure);
      reading.basis = words_of(end.span) + (match.card->pooled_years > 1 ? ", as the mean of a year" : "");
      reading.working = level_words(reading) + " is stored";
      reading.greyed = greyed(reading, Use::report_latest_period);
      found_.readings.push_back(std::move(reading));
    }
  }

  std::string level_words(const Reading& reading) const {
    if (claim_.per == 0) return number_words(reading.end_value, *reading.match.card);
    return fmt::format("{} {}; {} for each {} in one year", number_words(reading.end_value, *reading.match.card),
                       reading.match.card->unit, base::format_fixed(reading.figure, 1),
                       base::format_integer(std::llround(claim_.per)));
  }

  void add_change(const MatchedLine& match, const std::string& area, const PeriodOption& base,
                  const PeriodOption& end) {
    if (base.span.last >= end.span.last) return;
    Reading reading{
        .match = match, .area = area, .base = base.span, .end = end.span, .base_value = {}, .basis = {}, .working = {}};
    reading.base_value = match.line->at(area, base.span)->value;
    reading.end_value = match.line->at(area, end.span)->value;
    if (const auto refusal = refused(reading)) {
      found_.refusals.push_back(*refusal);
      return;
    }
    reading.figure = reading.end_value - *reading.base_value;
    if (claim_.kind == ClaimKind::change_percent) reading.figure *= 100 / *reading.base_value;
    reading.is_stated = match.line->is_default && base.is_stated && end.is_stated && area == first_area_;
    reading.agrees = claim_.size.allows(reading.figure) && levels_agree(reading);
    reading.basis = fmt::format("from {} to {}", words_of(base.span), words_of(end.span));
    reading.working = working_of(reading);
    reading.greyed = greyed(reading, Use::percentage_change);
    found_.readings.push_back(std::move(reading));
  }

  // The figure is somebody else's and is still checked, but not without this.
  static std::optional<Refusal> greyed(const Reading& reading, Use use) {
    const SeriesPoint* last = reading.match.line->last_of(reading.area);
    const bool is_last = last != nullptr && last->span == reading.end;
    return refuse(use, reading.match.card->caveats, {.smallest_count = k_change_count_min, .reaches_latest = is_last});
  }

  [[nodiscard]] bool levels_agree(const Reading& reading) const {
    if (!claim_.from || !claim_.to) return true;
    return claim_.from->allows(*reading.base_value) && claim_.to->allows(reading.end_value);
  }

  [[nodiscard]] std::optional<std::string> refused(const Reading& reading) const {
    if (claim_.kind != ClaimKind::change_percent) return std::nullopt;
    const std::string where = fmt::format("{}, {}", title_of(reading.match), words_of(*reading.base));
    if (*reading.base_value == 0) return where + ": a change from nought has no percentage";
    if (reading.match.card->is_percentage || reading.match.card->per > 0) return std::nullopt;
    const auto smallest = std::llround(std::min(*reading.base_value, reading.end_value));
    const auto refusal = refuse(Use::percentage_change, {Caveat::small_count}, {.smallest_count = smallest});
    if (!refusal) return std::nullopt;
    return where + ": " + refusal->reason;
  }

  [[nodiscard]] std::string working_of(const Reading& reading) const {
    const SeriesCard& card = *reading.match.card;
    const std::string before = number_words(*reading.base_value, card);
    const std::string after = number_words(reading.end_value, card);
    if (claim_.kind == ClaimKind::change_points) {
      return fmt::format("{} − {} = {} percentage points", after, before, signed_words(reading.figure, 2));
    }
    return fmt::format("({} − {}) / {} = {} %", after, before, before, signed_words(reading.figure, 1));
  }

  const Claim& claim_;
  std::string first_area_;
  Readings found_;
};

}  // namespace

Readings all_readings(const Claim& claim, const Matches& matches) {
  return ReadingMaker(claim).finish(matches);
}

}  // namespace throughline::evidence
