#include "app/indicator_reading.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <variant>

#include <fmt/format.h>

#include "app/capacity_records.h"
#include "base/text.h"
#include "evidence/cell.h"
#include "evidence/rates/break_register.h"
#include "evidence/series/catalogue.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::AreaKind;
using evidence::Figure;
using evidence::Indicator;
using evidence::MonthSpan;
using evidence::Refusal;
using evidence::SeriesCard;
using evidence::SeriesLine;
using evidence::SeriesPoint;
using evidence::World;

constexpr std::int32_t k_year_months = 12;
constexpr int k_years_compared = 5;

// "London, City of" and "City of London" are one name, as are "Devon & Cornwall" and "Devon and Cornwall".
std::vector<std::string> name_words(const std::string& name) {
  constexpr std::string_view k_between = " ,&-";
  std::vector<std::string> words(1);
  for (const char c : base::fold(name)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    // What is neither is an apostrophe, straight or curled, or an accented letter, which the two sides write alike.
    if (k_between.find(c) != std::string_view::npos) {
      words.emplace_back();
    } else if (is_letter || (byte >= 0xC3 && byte <= 0xC5)) {
      words.back() += c;
    }
  }
  std::erase_if(words, [](const std::string& word) { return word.empty() || word == "and"; });
  std::ranges::sort(words);
  return words;
}

// The area whose figures a measure has for the one asked about; nothing with the reason.
struct Found {
  std::optional<evidence::AreaCode> area{};
  std::string why_not{};
};

Found area_for(const evidence::Measure& measure, const ProfileArea& area) {
  switch (measure.basis) {
    case evidence::AreaBasis::event_place: return {.area = area.code};
    case evidence::AreaBasis::reporting_force:
      if (area.force) return {.area = area.force};
      return {.why_not = "nobody can say in which force it lies"};
    case evidence::AreaBasis::published_area:
      if (area.kind == AreaKind::local_authority) return {.area = area.code};
      return {.why_not = "it is published for single boroughs of London: ask for one"};
  }
  return {};
}

// The last twelve months of what the measure has of the area. Nothing where it has nothing.
std::optional<MonthSpan> latest_year(const World& world, const evidence::Measure& measure, evidence::AreaCode area) {
  const evidence::Coverage& coverage = world.facts(measure.source).coverage;
  const auto owner = measure.basis == evidence::AreaBasis::event_place ? world.areas().containing(area, AreaKind::force)
                                                                       : std::optional(area);
  const auto all = coverage.span();
  if (!owner || !all || !coverage.knows(*owner)) return std::nullopt;
  base::Month last = all->end - 1;
  while (!coverage.has(*owner, last)) last = last - 1;
  base::Month first = last;
  while (last - first < k_year_months - 1 && coverage.has(*owner, first - 1)) first = first - 1;
  return MonthSpan{.begin = first, .end = last + 1};
}

void take_value(IndicatorReading& reading, const Figure& figure) {
  reading.caveats.unite(figure.caveats);
  reading.source = to_text(figure.cell);
  if (const auto* count = std::get_if<std::int64_t>(&figure.count)) {
    reading.value = static_cast<double>(*count);
    reading.interval = figure.interval;
  } else {
    reading.no_value = std::get<Refusal>(figure.count).reason;
  }
}

void take_change(IndicatorReading& reading, const Figure& before, const Figure& after) {
  if (const auto* count = std::get_if<std::int64_t>(&before.count)) reading.before = static_cast<double>(*count);
  const auto change = evidence::change_between(before, after);
  if (const auto* refusal = std::get_if<Refusal>(&change)) {
    reading.no_change = refusal->reason;
    return;
  }
  const auto& given = std::get<evidence::Change>(change);
  reading.caveats.unite(given.caveats);
  reading.percent = given.percent;
  reading.percent_interval = given.percent_interval;
}

Result<Figure> figure_of(const World& world, const evidence::SeriesRequest& request, MonthSpan span) {
  evidence::SeriesRequest whole = request;
  whole.length = evidence::PeriodLength::whole;
  whole.span = span;
  evidence::Series series = TRY(evidence::measure(world, whole));
  return std::move(series.figures.front());
}

Result<IndicatorReading> of_measure(const World& world, const Indicator& indicator, const ProfileArea& area,
                                    const ReadingWindows& windows) {
  const evidence::Measure& measure = *evidence::find_measure(indicator.measure);
  IndicatorReading reading{.of = area.name, .period = {}, .unit = std::string(measure.unit)};
  const Found found = area_for(measure, area);
  if (!found.area) {
    reading.no_value = found.why_not;
    return reading;
  }
  if (const evidence::Area* named = world.areas().find(*found.area)) reading.of = named->name;
  const std::optional<MonthSpan> after = windows.after ? windows.after : latest_year(world, measure, *found.area);
  if (!after) {
    reading.no_value = "nothing of it was received";
    return reading;
  }
  const evidence::Question question{
      .measure = indicator.measure, .category = indicator.category, .area = found.area->text()};
  auto request = evidence::resolve(world, question);
  if (!request.ok()) {
    if (request.error().code != "category_unknown") return request.error();
    reading.no_value = "nothing was received under that category";
    return reading;
  }
  const MonthSpan before =
      windows.before.value_or(MonthSpan{.begin = after->begin - k_year_months, .end = after->end - k_year_months});
  reading.period = to_text(*after);
  reading.before_period = to_text(before);
  const Figure later = TRY(figure_of(world, request.value(), *after));
  take_value(reading, later);
  take_change(reading, TRY(figure_of(world, request.value(), before)), later);
  return reading;
}

// Some forces bear the name of a region. Where a series has regions, only "… Police" is then a force's.
std::string name_in(const SeriesCard& card, const std::string& name, bool is_force) {
  static const std::vector<std::vector<std::string>> k_regions = [] {
    std::vector<std::vector<std::string>> regions;
    for (const char* region : {"North East", "North West", "Yorkshire and the Humber", "East Midlands", "West Midlands",
                               "East of England", "London", "South East", "South West"}) {
      regions.push_back(name_words(region));
    }
    return regions;
  }();
  const bool has_regions = card.geography.find("region") != std::string::npos;
  const bool is_ambiguous =
      is_force && has_regions && std::ranges::find(k_regions, name_words(name)) != k_regions.end();
  return is_ambiguous ? name + " Police" : name;
}

// Among the series, the first with a figure of the area, of its force, or of the whole.
struct SoughtName {
  std::string name;
  bool is_force = false;
};
struct Placed {
  const SeriesCard* card = nullptr;
  const SeriesLine* line = nullptr;
  std::string area;
};

std::optional<Placed> placed_in(const Indicator& indicator, const std::vector<SoughtName>& names) {
  for (const SoughtName& sought : names) {
    for (const std::string& series : indicator.series) {
      const SeriesCard* card = evidence::built_in_catalogue().find(series);
      const std::vector<std::string> words = name_words(name_in(*card, sought.name, sought.is_force));
      const auto line = std::ranges::find(card->lines, indicator.line, &SeriesLine::name);
      const std::string* last = nullptr;  // Points stand by area: each name is looked at once.
      for (const SeriesPoint& point : line->points) {
        if (last != nullptr && *last == point.area) continue;
        last = &point.area;
        if (name_words(point.area) == words) return Placed{.card = card, .line = &*line, .area = point.area};
      }
    }
  }
  return std::nullopt;
}

std::vector<SeriesPoint> points_of(const Placed& placed) {
  std::vector<SeriesPoint> points;
  for (const SeriesPoint& point : placed.line->points) {
    if (point.area == placed.area) points.push_back(point);
  }
  return points;
}

bool is_count(const SeriesCard& card, double value) {
  return !card.is_percentage && card.per == 0 && value >= 0 && std::floor(value) == value;
}

// A break that is known to lie after the first period and not after the last.
const evidence::DeclaredBreak* break_between(const Placed& placed, const SeriesPoint& before,
                                             const SeriesPoint& after) {
  for (const evidence::DeclaredBreak& each : evidence::built_in_breaks()) {
    const bool is_of_series =
        each.applies_to == placed.card->name || each.applies_to == placed.card->name + "." + placed.line->name;
    if (is_of_series && each.month > before.span.first && each.month <= after.span.last) return &each;
  }
  return nullptr;
}

// The change between two published counts, where the rules allow one.
void change_in_series(IndicatorReading& reading, const Placed& placed, const SeriesPoint& before,
                      const SeriesPoint& after) {
  reading.before = before.value;
  reading.before_period = code_of(before.span);
  if (!is_count(*placed.card, before.value) || !is_count(*placed.card, after.value)) {
    reading.no_change = "it is no count, and the error of its survey is not published with it";
    return;
  }
  if (const auto* between = break_between(placed, before, after)) {
    reading.caveats.add(evidence::Caveat::recording_change);
    reading.no_change = fmt::format("a break of {} lies between: {}", base::to_string(between->month), between->what);
    return;
  }
  const auto first = static_cast<std::int64_t>(before.value);
  const auto second = static_cast<std::int64_t>(after.value);
  // The latest period, where registrations still come in, was left out before.
  const evidence::UseContext context{.smallest_count = std::min(first, second)};
  if (context.smallest_count < evidence::k_change_count_min) {
    const auto refusal = refuse(evidence::Use::percentage_change, reading.caveats, context);
    reading.no_change = refusal ? refusal->reason : std::string();
    return;
  }
  const auto compared = evidence::compare_counts({.before = first, .after = second});
  reading.percent = (compared->ratio - 1) * 100;
  reading.percent_interval =
      evidence::Interval{.low = (compared->interval.low - 1) * 100, .high = (compared->interval.high - 1) * 100};
}

IndicatorReading of_series(const Indicator& indicator, const ProfileArea& area) {
  std::vector<SoughtName> names{{.name = area.name, .is_force = area.kind == AreaKind::force}};
  if (!area.force_name.empty()) names.push_back({.name = area.force_name, .is_force = true});
  names.push_back({.name = "England and Wales"});
  names.push_back({.name = "England"});
  const auto placed = placed_in(indicator, names);
  IndicatorReading reading{.of = area.name, .period = {}};
  if (!placed) {
    reading.no_value = "no series that is carried has a figure of it";
    return reading;
  }
  std::vector<SeriesPoint> points = points_of(*placed);
  reading.of = placed->area;
  reading.unit = placed->card->unit;
  reading.source = placed->card->name + "/" + placed->line->name;
  reading.caveats = placed->card->caveats;
  if (refuse(evidence::Use::report_latest_period, reading.caveats) && points.size() > 1) points.pop_back();
  const SeriesPoint& last = points.back();
  reading.period = code_of(last.span);
  reading.value = last.value;
  if (is_count(*placed->card, last.value)) {
    reading.interval = evidence::poisson_interval(static_cast<std::int64_t>(last.value));
    if (last.value < evidence::k_change_count_min) reading.caveats.add(evidence::Caveat::small_count);
  }
  const auto before = std::ranges::find_if(points, [&](const SeriesPoint& point) {
    return last.span.last - point.span.last == k_years_compared * k_year_months;
  });
  if (before == points.end()) {
    reading.no_change = fmt::format("no figure of {} years before", k_years_compared);
    return reading;
  }
  change_in_series(reading, *placed, *before, last);
  return reading;
}

// Few are as little told as a value of few.
std::string later_left_out(std::int64_t later, base::Month last) {
  if (later == 0) return {};
  const std::string how_many = later < k_people_told_min ? "some" : fmt::format("{}", later);
  return fmt::format("; {} dated later than {} left out", how_many, base::to_string(last));
}

IndicatorReading of_records(const ReadingSources& sources, const Indicator& indicator, const ProfileArea& area) {
  const RecordCounts& records = sources.records;
  IndicatorReading reading{.of = area.force_name, .period = {}, .unit = "record"};
  reading.caveats = {evidence::Caveat::police_activity, evidence::Caveat::absent_not_zero};
  const auto found = area.force ? records.find({indicator.records, *area.force}) : records.end();
  if (found == records.end() || found->second.empty()) {
    reading.no_value = "no such record of this force's area was received";
    return reading;
  }
  // A slip of the pen in one date would move the window to years that have not come.
  const auto beyond = found->second.upper_bound(sources.last);
  std::int64_t later = 0;
  for (auto at = beyond; at != found->second.end(); ++at) later += at->second;
  const std::string left_out = later_left_out(later, sources.last);
  if (beyond == found->second.begin()) {
    reading.no_value = "no such record of this force's area was received" + left_out;
    return reading;
  }
  const base::Month last = std::prev(beyond)->first;
  const MonthSpan span{.begin = last - (k_year_months - 1), .end = last + 1};
  std::int64_t count = 0;
  for (const auto& [month, records_then] : found->second) count += span.contains(month) ? records_then : 0;
  reading.period = to_text(span);
  reading.source = "records of kind " + indicator.records;
  reading.no_change = "which months were received whole is not known of these records" + left_out;
  if (count < k_people_told_min) {
    reading.no_value = fmt::format("fewer than {}, which is not told{}", k_people_told_min, left_out);
    return reading;
  }
  reading.value = static_cast<double>(count);
  reading.interval = evidence::poisson_interval(count);
  return reading;
}

}  // namespace

Result<ProfileArea> profile_area(const World& world, const std::string& text) {
  ProfileArea area{.code = TRY(world.areas().resolve(text)), .name = {}, .force = {}, .force_name = {}};
  const evidence::Area& found = *world.areas().find(area.code);
  area.name = found.name;
  area.kind = found.kind;
  area.force = world.areas().containing(area.code, AreaKind::force);
  if (area.force) area.force_name = world.areas().find(*area.force)->name;
  return area;
}

Result<IndicatorReading> read_indicator(const ReadingSources& sources, const Indicator& indicator,
                                        const ProfileArea& area, const ReadingWindows& windows) {
  if (!indicator.absent.empty()) {
    return IndicatorReading{.of = area.name, .period = {}, .no_value = indicator.absent};
  }
  if (!indicator.measure.empty()) return of_measure(sources.world, indicator, area, windows);
  if (!indicator.series.empty()) return of_series(indicator, area);
  return of_records(sources, indicator, area);
}

}  // namespace throughline::app
