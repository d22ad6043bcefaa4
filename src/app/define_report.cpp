#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/define_verb.h"
#include "app/figure_report.h"
#include "base/text.h"
#include "evidence/definitions/run_definition.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using evidence::Definition;
using evidence::SeriesPoint;

std::string runs_on(const Definition& definition) {
  std::vector<std::string> on;
  for (const evidence::SeriesRule& rule : definition.series) {
    on.push_back(fmt::format("{}.{}", rule.series, fmt::join(rule.lines, "+")));
  }
  for (const evidence::MeasureRule& rule : definition.measures) {
    on.push_back(fmt::format("measure {} {}", rule.measure, fmt::join(rule.categories, "+")));
  }
  return on.empty() ? "nothing that is stored" : fmt::format("{}", fmt::join(on, "; "));
}

std::string status_of(const Definition& definition) {
  return definition.is_proposal ? "a proposal of this project" : "published";
}

Section list_section() {
  Table table{.name = "definitions",
              .title = "",
              .columns = {{"term", "Term"},
                          {"definition", "Definition", ColumnKind::id},
                          {"status", "Status"},
                          {"valid", "Holds"},
                          {"runs_on", "Runs on"},
                          {"source", "Source"}},
              .rows = {},
              .empty_text = ""};
  for (const Definition& each : evidence::built_in_definitions()) {
    table.rows.push_back({each.term, each.name(), status_of(each), each.validity(), runs_on(each), each.source});
  }
  return {.name = "definitions",
          .title = "What terms are taken to mean",
          .facts = {},
          .tables = {std::move(table)},
          .notes = {"A term has several readings, and no figure of one stands for another. throughline define compare "
                    "TERM shows what each gives."}};
}

// The widest area of the points: the country where it is there.
std::string widest_of(const std::vector<SeriesPoint>& points) {
  for (const char* area : {"England and Wales", "England"}) {
    if (std::ranges::find(points, area, &SeriesPoint::area) != points.end()) return area;
  }
  return points.empty() ? std::string() : points.front().area;
}

// Values of the first definition, by area, unit and period: what the others are held against.
using Firsts = std::map<std::string, double>;

std::string place_of(const evidence::SeriesCard& card, const SeriesPoint& point) {
  return fmt::format("{}|{}|{}", point.area, evidence::code_of(point.span), card.unit);
}

Value ratio_to(const Firsts& firsts, const std::string& place, double value) {
  const auto first = firsts.find(place);
  if (first == firsts.end() || first->second <= 0) return {};
  return Decimal{value / first->second, 3};
}

struct ValueRows {
  Table table;
  Firsts firsts;
  bool is_first = true;  // Of the definitions.
};

void add_points(ValueRows& rows, const Definition& definition, const evidence::DefinedSeries& defined,
                const std::string& area) {
  const auto& points = std::get<std::vector<SeriesPoint>>(defined.points);
  const std::string wanted = area.empty() ? widest_of(points) : area;
  for (const SeriesPoint& point : points) {
    if (point.area != wanted) continue;
    const std::string place = place_of(*defined.card, point);
    if (rows.is_first) rows.firsts.emplace(place, point.value);
    const int decimals = point.value == std::floor(point.value) ? 0 : 2;
    rows.table.rows.push_back({definition.name(), fmt::format("{}.{}", defined.card->name, defined.lines), point.area,
                               evidence::code_of(point.span), Decimal{point.value, decimals}, defined.card->unit,
                               rows.is_first ? Value() : ratio_to(rows.firsts, place, point.value),
                               defined.caveats.codes(), Value()});
  }
}

void add_definition(ValueRows& rows, const Definition& definition, const std::string& area) {
  for (const evidence::DefinedSeries& defined : evidence::run_definition(definition, evidence::built_in_catalogue())) {
    if (const auto* refusal = std::get_if<evidence::Refusal>(&defined.points)) {
      rows.table.rows.push_back({definition.name(), fmt::format("{}.{}", defined.card->name, defined.lines), Value(),
                                 Value(), Value(), defined.card->unit, Value(), defined.caveats.codes(),
                                 evidence::text_of(*refusal)});
      continue;
    }
    add_points(rows, definition, defined, area);
  }
  rows.is_first = false;
}

Table cited_table(const Definition& definition) {
  Table table{.name = "cited",
              .title = "Figures that documents print for it",
              .columns = {{"value", "Value"},
                          {"unit", "Unit"},
                          {"area", "Area"},
                          {"period", "Period"},
                          {"source", "Source"},
                          {"place", "Place"}},
              .rows = {},
              .empty_text = "None."};
  for (const evidence::CitedFigure& each : definition.cited) {
    table.rows.push_back({each.value, each.unit, each.area, each.period, each.source, each.place});
  }
  return table;
}

Table missing_table(const Definition& definition) {
  Table table{.name = "missing",
              .title = "What it would take",
              .columns = {{"missing", "Missing"}},
              .rows = {},
              .empty_text = "Nothing."};
  for (const std::string& each : missing_for(definition)) table.rows.push_back({each});
  return table;
}

Section show_section(const Definition& definition, const std::string& area) {
  Section section{.name = "definition",
                  .title = definition.term,
                  .facts = definition_facts(definition),
                  .tables = {defined_values({&definition}, area)},
                  .notes = caveat_notes(definition.caveats)};
  if (!definition.cited.empty()) section.tables.push_back(cited_table(definition));
  if (!missing_for(definition).empty()) section.tables.push_back(missing_table(definition));
  std::vector<std::string> rivals;
  for (const Definition& each : evidence::built_in_definitions()) {
    if (each.term == definition.term && each.name() != definition.name()) rivals.push_back(each.name());
  }
  section.facts.push_back({"rivals", "Rivals", text_or_nothing(fmt::format("{}", fmt::join(rivals, ", ")))});
  return section;
}

Table rivals_table(const std::vector<const Definition*>& rivals) {
  Table table{.name = "rivals",
              .title = "Its readings",
              .columns = {{"definition", "Definition", ColumnKind::id},
                          {"status", "Status"},
                          {"valid", "Holds"},
                          {"words", "In words"},
                          {"source", "Source"},
                          {"page", "Place"},
                          {"cited", "Printed"},
                          {"missing", "Missing"}},
              .rows = {},
              .empty_text = ""};
  for (const Definition* each : rivals) {
    std::vector<std::string> cited;
    for (const evidence::CitedFigure& figure : each->cited) {
      cited.push_back(fmt::format("{} {}, {}, {}", figure.value, figure.unit, figure.period, figure.source));
    }
    table.rows.push_back({each->name(), status_of(*each), each->validity(), each->words, each->source, each->page,
                          text_or_nothing(fmt::format("{}", fmt::join(cited, "; "))),
                          text_or_nothing(fmt::format("{}", fmt::join(missing_for(*each), "; ")))});
  }
  return table;
}

// Each area with how many of the readings give something there: only where several do is anything compared.
Table areas_table(const std::vector<const Definition*>& rivals) {
  std::map<std::string, std::int64_t> readings;
  for (const Definition* each : rivals) {
    std::set<std::string> own;
    for (const auto& defined : evidence::run_definition(*each, evidence::built_in_catalogue())) {
      const auto* points = std::get_if<std::vector<SeriesPoint>>(&defined.points);
      if (points == nullptr) continue;
      for (const SeriesPoint& point : *points) own.insert(point.area);
    }
    for (const std::string& area : own) ++readings[area];
  }
  Table table{.name = "areas",
              .title = "Areas, and how many of the readings have each",
              .columns = {{"area", "Area"}, {"readings", "Readings", ColumnKind::number}},
              .rows = {},
              .empty_text = "None."};
  for (const auto& [area, count] : readings) table.rows.push_back({area, count});
  return table;
}

Section compare_section(const std::vector<const Definition*>& rivals, const std::string& area) {
  evidence::Caveats caveats;
  for (const Definition* each : rivals) {
    for (const auto& defined : evidence::run_definition(*each, evidence::built_in_catalogue())) {
      caveats.unite(defined.caveats);
    }
  }
  Section section{.name = "compare",
                  .title = fmt::format("{}: what each reading gives", rivals.front()->term),
                  .facts = {{"readings", "Readings", static_cast<std::int64_t>(rivals.size())}},
                  .tables = {rivals_table(rivals), defined_values(rivals, area), areas_table(rivals)},
                  .notes = caveat_notes(caveats)};
  section.notes.emplace_back(
      "Against the first: the value over that of the first reading, where both have the same area, period and unit. "
      "Neither is the right one; which is meant must be said.");
  return section;
}

Result<Section> section_asked(const DefineRequest& request) {
  const std::vector<Definition>& all = evidence::built_in_definitions();
  if (request.act == "list") return list_section();
  const std::vector<std::string> acts{"list", "show", "compare"};
  if (std::ranges::find(acts, request.act) == acts.end()) {
    const auto nearest = base::nearest_name(request.act, acts);
    return Error{ErrorKind::bad_command, "act_unknown", fmt::format("define cannot “{}”", request.act), "ACT",
                 nearest ? fmt::format("Did you mean “{}”?", *nearest) : "The acts are list, show, compare"};
  }
  if (request.name.empty()) {
    return Error{ErrorKind::bad_command, "name_missing", "Nothing to define is named", "NAME",
                 "Name a definition or a term; throughline define list shows every one"};
  }
  if (request.act == "show") return show_section(*TRY(evidence::find_definition(request.name, all)), request.area);
  return compare_section(TRY(evidence::rivals_of(request.name, all)), request.area);
}

}  // namespace

std::vector<Fact> definition_facts(const Definition& definition) {
  return {{"definition", "Definition", definition.name()},
          {"definition_status", "Status", status_of(definition)},
          {"definition_words", "It counts", definition.words},
          {"definition_source", "Source", fmt::format("{}, {}", definition.source, definition.page)},
          {"definition_valid", "Holds", definition.validity()},
          {"runs_on", "Runs on", runs_on(definition)}};
}

std::vector<std::string> missing_for(const Definition& definition) {
  return definition.needs;
}

Table defined_values(const std::vector<const Definition*>& definitions, const std::string& area) {
  ValueRows rows{.table = {.name = "values",
                           .title = "On the stored series",
                           .columns = {{"definition", "Definition", ColumnKind::id},
                                       {"series", "Series", ColumnKind::id},
                                       {"area", "Area"},
                                       {"period", "Period", ColumnKind::id},
                                       {"value", "Value", ColumnKind::number},
                                       {"unit", "Unit"},
                                       {"to_first", "Against the first", ColumnKind::number},
                                       {"caveats", "Limits"},
                                       {"refused", "Not given"}},
                           .rows = {},
                           .empty_text = "No stored series holds it for this area."},
                 .firsts = {},
                 .is_first = true};
  for (const Definition* each : definitions) add_definition(rows, *each, area);
  return std::move(rows.table);
}

Answer define(const Outside&, const Settings&, const DefineRequest& request) {
  return Report{.verb = "define", .sections = {TRY(section_asked(request))}};
}

}  // namespace throughline::app
