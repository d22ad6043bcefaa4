// What a trend can be asked of: the published series that hold counts, line by line, with their areas.

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/trend_report.h"
#include "app/watch_input.h"
#include "evidence/series/catalogue.h"

namespace throughline::app {

namespace {

using evidence::SeriesCard;
using evidence::SeriesLine;
using evidence::SeriesPoint;
using evidence::SeriesSpan;

// From the first period of an area to the last.
struct AreaRun {
  SeriesSpan first;
  SeriesSpan last;
};

std::map<std::string, AreaRun> areas_of(const SeriesLine& line) {
  std::map<std::string, AreaRun> areas;
  for (const SeriesPoint& point : line.points) {
    AreaRun& run = areas.try_emplace(point.area, AreaRun{.first = point.span, .last = point.span}).first->second;
    if (point.span.first < run.first.first) run.first = point.span;
    if (run.last.last < point.span.last) run.last = point.span;
  }
  return areas;
}

// The widest area: the country where it is there.
std::string widest_of(const std::map<std::string, AreaRun>& areas) {
  for (const char* area : {"England and Wales", "England"}) {
    if (areas.contains(area)) return area;
  }
  return areas.empty() ? std::string() : areas.begin()->first;
}

Table lines_table() {
  return {.name = "lines",
          .title = "Published series that hold counts",
          .columns = {{"line", "Line", ColumnKind::id},
                      {"title", "Series"},
                      {"line_title", "Counts"},
                      {"unit", "Unit"},
                      {"runs_from", "From", ColumnKind::id},
                      {"runs_to", "Runs up to", ColumnKind::id},
                      {"areas", "Areas", ColumnKind::number},
                      {"widest", "Widest area"},
                      {"publisher", "Publisher"},
                      {"release", "Release"},
                      {"caveats", "Limits"}},
          .rows = {},
          .empty_text = "None."};
}

Table areas_table() {
  return {.name = "areas",
          .title = "Their areas",
          .columns = {{"line", "Line", ColumnKind::id},
                      {"area", "Area"},
                      {"runs_from", "From", ColumnKind::id},
                      {"runs_to", "Runs up to", ColumnKind::id}},
          .rows = {},
          .empty_text = "None."};
}

}  // namespace

Section lines_section() {
  Table lines = lines_table();
  Table areas = areas_table();
  for (const SeriesCard& card : evidence::built_in_catalogue().cards) {
    for (const SeriesLine* line : watched_lines(card)) {
      const std::string name = fmt::format("{}.{}", card.name, line->name);
      const std::map<std::string, AreaRun> runs = areas_of(*line);
      SeriesSpan first = runs.begin()->second.first;
      SeriesSpan last = runs.begin()->second.last;
      for (const auto& [area, run] : runs) {
        areas.rows.push_back({name, area, evidence::code_of(run.first), evidence::code_of(run.last)});
        if (run.first.first < first.first) first = run.first;
        if (last.last < run.last.last) last = run.last;
      }
      lines.rows.push_back({name, card.title, line->title, card.unit, evidence::code_of(first), evidence::code_of(last),
                            std::ssize(runs), widest_of(runs), card.publisher, card.release, card.caveats.codes()});
    }
  }
  return {.name = "lines",
          .title = "What a trend can be asked of",
          .facts = {{"lines", "Lines", std::ssize(lines.rows)}},
          .tables = {std::move(lines), std::move(areas)},
          .notes = {"A series is never current beyond the period that it runs up to. Rates and shares are no counts, "
                    "and have no place here."}};
}

}  // namespace throughline::app
