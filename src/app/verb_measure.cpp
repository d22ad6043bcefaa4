#include <fmt/format.h>

#include <array>

#include "app/define_verb.h"
#include "app/figure_report.h"
#include "app/measure_answer.h"
#include "app/session.h"
#include "app/shown_command.h"
#include "app/verbs.h"
#include "base/text.h"
#include "evidence/cell.h"
#include "evidence/stage.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::World;

Result<FigureRows> rows_asked(const std::string& by) {
  if (by == "month") return FigureRows::months;
  if (by == "area") return FigureRows::areas;
  if (by == "category") return FigureRows::categories;
  const std::array<std::string, 3> choices{"month", "area", "category"};
  const auto nearest = base::nearest_name(by, choices);
  return base::Error{.kind = base::ErrorKind::bad_command,
                     .code = "by_unknown",
                     .what = fmt::format("Figures cannot stand by “{}”", by),
                     .where = "--by",
                     .remedy = fmt::format("{}The choices are month, area, category",
                                           nearest ? fmt::format("Did you mean “{}”? ", *nearest) : "")};
}

// The measures, what each counts, and what was received of it.
Section list_section(const World& world, const Settings& settings) {
  Section section{.name = "measures", .title = "MEASURES", .facts = {}, .tables = {}, .notes = {}};
  Table table{.name = "measures",
              .title = "",
              .columns = {{"measure", "Measure", ColumnKind::text},
                          {"title", "Counts", ColumnKind::text},
                          {"unit", "Unit", ColumnKind::text},
                          {"received", "Received", ColumnKind::text},
                          {"categories", "Categories", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (const evidence::Measure& measure : evidence::measures()) {
    const evidence::SourceFacts& facts = world.facts(measure.source);
    const auto span = facts.coverage.span();
    table.rows.push_back({std::string(measure.name), std::string(measure.title), std::string(measure.unit),
                          span ? Value(to_text(*span)) : Value(std::monostate{}),
                          static_cast<std::int64_t>(facts.categories.size())});
  }
  section.tables.push_back(std::move(table));
  section.commands = {{.line = shown_command(settings, {"measure", "crimes", "--by", "category"}),
                       .what = "the words of one, with their records"},
                      {.line = shown_command(settings, {"measure", "crimes", "-c", "drugs", "--by", "area"}),
                       .what = "one of them by force"}};
  return section;
}

// Every record of a source by its word, wherever it happened: what there is to ask for.
Result<Section> vocabulary_section(const World& world, const evidence::Measure& measure,
                                   const MeasureRequest& request) {
  Section section{.name = "measure", .title = std::string(measure.title), .facts = {}, .tables = {}, .notes = {}};
  Table table{.name = "categories",
              .title = "Records received, by category, whatever their area",
              .columns = {{"category", "Category", ColumnKind::text},
                          {"words", "In the publisher's words", ColumnKind::text},
                          {"count", "Count", ColumnKind::number},
                          {"first", "First", ColumnKind::text},
                          {"last", "Last", ColumnKind::text}},
              .rows = {},
              .empty_text = "Nothing that this counts was received."};
  for (const evidence::CategoryCount& each :
       TRY(evidence::vocabulary(world, measure, {.from = request.from, .to = request.to}))) {
    table.rows.push_back({each.use.words.empty() ? std::string("(blank)") : each.use.slug, each.use.words, each.count,
                          base::to_string(each.use.first), base::to_string(each.use.last)});
  }
  section.tables.push_back(std::move(table));
  section.notes.emplace_back(
      "These are the records that were received, of every force and month together, with or without a place: not a "
      "figure for any area. Add --area or use --by area for figures with their intervals.");
  if (measure.is_police_activity) {
    evidence::Caveats caveats{evidence::Caveat::police_activity};
    for (std::string& note : caveat_notes(caveats)) section.notes.push_back(std::move(note));
  }
  return section;
}

evidence::Question question_of(const MeasureRequest& request, FigureRows rows) {
  return {.measure = request.measure,
          .category = request.category,
          .area = request.area,
          .area_kind = request.area_kind,
          .from = request.from,
          .to = request.to,
          .length = rows == FigureRows::months ? evidence::PeriodLength::month : evidence::PeriodLength::whole,
          .is_rate = request.is_rate};
}

Result<Section> answer_section(const World& world, const MeasureRequest& request, FigureRows rows) {
  const evidence::Measure& measure = *TRY(evidence::resolve_measure(request.measure, ""));
  if (rows != FigureRows::categories) {
    const evidence::SeriesRequest asked = TRY(evidence::resolve(world, question_of(request, rows)));
    return figure_section(TRY(evidence::measure(world, asked)), rows, world.areas());
  }
  if (request.area.empty()) return vocabulary_section(world, measure, request);
  std::vector<evidence::Series> all;
  for (const evidence::CategoryUse& use : world.facts(measure.source).categories) {
    evidence::Question question = question_of(request, rows);
    question.category = use.slug;
    if (!request.category.empty() && evidence::slug_of(request.category) != use.slug) continue;
    all.push_back(TRY(evidence::measure(world, TRY(evidence::resolve(world, question)))));
  }
  if (all.empty()) {
    // Nothing was received, or not under that category: one question says so with the nearest words.
    const evidence::SeriesRequest asked = TRY(evidence::resolve(world, question_of(request, rows)));
    return figure_section(TRY(evidence::measure(world, asked)), rows, world.areas());
  }
  return category_section(all, world.areas());
}

// The same answer as the pages show.
Result<Section> changes(const World& world, const MeasureRequest& request, FigureRows rows) {
  if (request.is_rate || rows == FigureRows::categories) {
    return base::Error{.kind = base::ErrorKind::bad_command,
                       .code = "change_alone",
                       .what = "A change is of one category's counts, a row an area",
                       .where = "--change",
                       .remedy = "Leave out --rate and --by category"};
  }
  SeriesQuery query{.measure = request.measure,
                    .category = request.category,
                    .area_kind = request.area_kind,
                    .from = request.from,
                    .to = request.to};
  if (!request.area.empty()) query.areas = {request.area};
  return change_section(TRY(series_in(world, query)));
}

Result<Section> by_definition(const World& world, const MeasureRequest& request, FigureRows rows) {
  if (!request.is_change && request.category.empty() && rows != FigureRows::categories) {
    return definition_section(world, request);
  }
  return base::Error{.kind = base::ErrorKind::bad_command,
                     .code = "definition_alone",
                     .what = "A definition says itself which categories are counted",
                     .where = "--definition",
                     .remedy = "Leave out --category, --change and --by category"};
}

Result<Section> section_asked(const World& world, const Settings& settings, const MeasureRequest& request,
                              FigureRows rows) {
  if (!request.definition.empty()) return by_definition(world, request, rows);
  if (request.measure.empty()) return list_section(world, settings);
  return request.is_change ? changes(world, request, rows) : answer_section(world, request, rows);
}

}  // namespace

Answer measure(const Outside& outside, const Settings& settings, const MeasureRequest& request) {
  const FigureRows rows = TRY(rows_asked(request.by));
  const auto session = TRY(Session::open(outside, settings, "measure"));
  static_cast<void>(TRY(session->may({.operation = ledger::Operation::consultation,
                                      .data_class = ledger::DataClass::published,
                                      .object = "figures"})));
  store::DuckConnection connection = TRY(session->connect());
  const World world = TRY(session->world(connection, settings.as_of));
  Report report{.verb = "measure", .sections = {}};
  report.sections.push_back(TRY(section_asked(world, settings, request, rows)));
  return report;
}

}  // namespace throughline::app
