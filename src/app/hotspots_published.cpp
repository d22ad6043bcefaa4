// Places from a published series by area, and a published count to be laid beside others.

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/hotspots_input.h"
#include "app/refused_use.h"
#include "app/trend_report.h"
#include "base/text.h"
#include "evidence/areas.h"

namespace throughline::app {

namespace {

using base::Result;

// One year of few events is mostly chance; a year of months has each season once.
constexpr std::size_t k_years_together = 3;
constexpr std::size_t k_months_together = 12;

struct PublishedSpan {
  std::string series;
  std::string category{};
  std::string from{};
  std::string to{};
  bool has_workspace_residents = false;
};

struct AreaCount {
  std::string area;
  std::optional<std::int64_t> count;  // Absent where a period is.
  std::optional<double> people;       // That the workspace lent, over the periods.
};

struct PublishedCounts {
  std::string source;
  bool is_police_activity = false;
  evidence::Caveats caveats;
  std::vector<std::string> notes;
  YearRange years;         // Of the counts.
  YearRange people_years;  // Of the residents.
  std::vector<AreaCount> areas;
};

std::optional<std::int64_t> sum_of(const TrendLine& line, std::size_t first) {
  std::int64_t sum = 0;
  for (std::size_t i = first; i < line.line.counts.size(); ++i) {
    if (!line.line.counts[i]) return std::nullopt;
    sum += *line.line.counts[i];
  }
  return sum;
}

std::optional<double> mean_people(const TrendLine& line, std::size_t first) {
  const std::vector<std::optional<double>>& people = line.line.people;
  double sum = 0;
  for (std::size_t i = first; i < people.size(); ++i) {
    if (!people[i]) return std::nullopt;
    sum += *people[i];
  }
  if (first >= people.size()) return std::nullopt;
  return sum / static_cast<double>(people.size() - first);
}

void add_years(PublishedCounts& counts, const TrendInput& input, std::size_t first) {
  for (std::size_t i = first; i < input.periods; ++i) {
    if (const auto span = evidence::parse_span(input.period_text(i))) counts.years.take(span->first.year());
    if (i < input.residents_years.size()) counts.people_years.take(input.residents_years[i]);
  }
}

Result<std::size_t> first_period(const TrendInput& input, const std::string& from) {
  if (!from.empty()) return input.period_named(from, "--from");
  const std::size_t wanted = input.is_monthly() ? k_months_together : k_years_together;
  return input.periods - std::min(wanted, input.periods);
}

Result<PublishedCounts> published_counts(const Outside& outside, const Settings& settings, const PublishedSpan& span) {
  TrendInput input = TRY(trend_input(outside, settings,
                                     {.published = span.series,
                                      .has_workspace_residents = span.has_workspace_residents,
                                      .category = span.category,
                                      .to = span.to}));
  TRY(check_one_category(input));
  if (span.to.empty()) leave_out_incomplete(input);
  if (const auto refusal = last_year_refused(input)) return refused_use(*refusal, "--to");
  const std::size_t first = TRY(first_period(input, span.from));
  const std::string last = input.period_text(input.periods - 1);
  PublishedCounts counts{
      .source = fmt::format("{}, {}", input.lines.front().category,
                            first + 1 == input.periods ? last : fmt::format("{}..{}", input.period_text(first), last)),
      .is_police_activity = input.lines.front().is_police_activity,
      .caveats = united_caveats(input),
      .notes = {},
      .years = {},
      .people_years = {},
      .areas = {}};
  if (settings.as_of) counts.notes.emplace_back(k_published_as_carried);
  if (!input.incomplete.empty()) {
    counts.notes.push_back(
        fmt::format("The last period, {}, is not complete and is left out: events are registered long after they "
                    "happened.",
                    input.incomplete));
  }
  add_years(counts, input, first);
  for (const TrendLine& line : input.lines) {
    counts.areas.push_back({.area = line.area, .count = sum_of(line, first), .people = mean_people(line, first)});
  }
  return counts;
}

// A note of the count beside it: once, where it is of both.
void add_note_beside(HotspotInput& input, const std::string& source, const std::string& note) {
  if (std::ranges::find(input.notes, note) != input.notes.end()) return;
  input.notes.push_back(fmt::format("Of {}: {}", source, note));
}

base::Error areas_unplaced(const std::string& source, std::int64_t unplaced, std::size_t all) {
  return bad_command("areas_unplaced",
                     fmt::format("{} of {} areas of {} have no row in the table of places", unplaced, all, source),
                     "--places", "Name a series of the areas that the table has, or a table of these areas");
}

}  // namespace

Result<HotspotInput> places_of_published(const Outside& outside, const Settings& settings,
                                         const HotspotsRequest& request) {
  const PlacePositions positions = TRY(positions_asked(request));
  PublishedCounts counts = TRY(published_counts(outside, settings,
                                                {.series = request.published,
                                                 .category = request.category,
                                                 .from = request.from,
                                                 .to = request.to,
                                                 .has_workspace_residents = request.has_workspace_residents}));
  HotspotInput input;
  input.source = counts.source;
  input.is_police_activity = counts.is_police_activity;
  input.caveats = counts.caveats;
  input.notes = std::move(counts.notes);
  LeftOut left_out;
  PlaceResidents residents{.held = {},
                           .held_years = counts.people_years,
                           .of_table = {},
                           .of_table_years = {},
                           .counted_years = counts.years};
  for (const auto& [area, count, people] : counts.areas) {
    const PlacePosition* position = positions.find(area);
    left_out.unplaced += position == nullptr ? 1 : 0;
    left_out.absent += position != nullptr && !count ? 1 : 0;
    if (position == nullptr || !count) continue;
    residents.held.push_back(people);
    residents.add_of_table(*position);
    input.places.push_back({.name = area, .x = position->x, .y = position->y, .count = *count, .population = 1});
  }
  if (2 * left_out.unplaced > std::ssize(counts.areas)) {
    return areas_unplaced(counts.source, left_out.unplaced, counts.areas.size());
  }
  add_notes(input, left_out);
  TRY(add_residents(input, residents));
  TRY(check_number_of_places(input));
  return input;
}

Result<void> add_independent(HotspotInput& input, const Outside& outside, const Settings& settings,
                             const HotspotsRequest& request) {
  if (request.independent.empty()) return {};
  const PublishedCounts counts = TRY(published_counts(outside, settings, {.series = request.independent}));
  if (counts.is_police_activity) {
    return bad_command(
        "independent_of_police",
        fmt::format("{} is of the police's own work and cannot stand beside it as something else", counts.source),
        "--independent", "Name a series of deaths, admissions or treatment");
  }
  if (const auto refusal = evidence::refuse(evidence::Use::compare_levels, counts.caveats)) {
    return refused_use(*refusal, "--independent");
  }
  std::map<std::string, std::int64_t> by_area;
  for (const auto& [area, count, people] : counts.areas) {
    if (count) by_area.emplace(evidence::area_key(area), *count);
  }
  std::vector<std::string> without;
  for (const evidence::CountedPlace& place : input.places) {
    const auto found = by_area.find(evidence::area_key(place.name));
    if (found == by_area.end()) {
      without.push_back(place.name);
    } else {
      input.independent.push_back(found->second);
    }
  }
  if (without.empty()) {
    input.independent_source = counts.source;
    input.caveats.unite(counts.caveats);
    for (const std::string& note : counts.notes) add_note_beside(input, counts.source, note);
    return {};
  }
  input.independent.clear();
  input.notes.push_back(fmt::format("{} cannot be laid beside it: it has no count of {}.", counts.source,
                                    base::short_list(without, {.is_rest_counted = false})));
  return {};
}

}  // namespace throughline::app
