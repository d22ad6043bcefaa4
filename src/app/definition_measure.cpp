// measure --definition: the rule of a definition on the records of a workspace.

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/define_verb.h"
#include "app/figure_report.h"
#include "evidence/cell.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using evidence::Definition;
using evidence::Figure;
using evidence::MeasureRule;

// One area and period, every category of the rule.
struct SummedFigure {
  const Figure* first = nullptr;
  std::int64_t count = 0;
  double rate_base = 0;
  evidence::Caveats caveats = {};
  std::vector<std::string> cells = {};
  std::optional<evidence::Refusal> refusal = {};
};

void add_part(SummedFigure& sum, const Figure& part, const Definition& definition) {
  if (sum.first == nullptr) sum.first = &part;
  sum.caveats.unite(part.caveats);
  sum.cells.push_back(to_text(part.cell));
  if (part.denominator) sum.rate_base = static_cast<double>(part.denominator->persons);
  if (sum.refusal) return;
  if (!definition.holds_in(part.cell.period.begin, part.cell.period.end + (-1))) {
    sum.refusal = evidence::Refusal{
        .rule = evidence::Rule::universes_are_not_joined,
        .reason = fmt::format("{} does not hold in this period ({}).", definition.name(), definition.validity()),
        .remedy = "Take the version that does; throughline define list shows when each holds."};
  } else if (const auto* count = std::get_if<std::int64_t>(&part.count)) {
    sum.count += *count;
  } else {
    sum.refusal = std::get<evidence::Refusal>(part.count);
  }
}

std::string area_name(const std::string& text, const evidence::Areas& areas) {
  const auto code = evidence::AreaCode::parse(text);
  const evidence::Area* area = code ? areas.find(*code) : nullptr;
  return area == nullptr ? text : area->name;
}

std::vector<Value> row_of(const SummedFigure& sum, const evidence::Areas& areas, bool is_rate) {
  const bool is_given = !sum.refusal.has_value();
  const evidence::Interval interval = is_given ? evidence::poisson_interval(sum.count) : evidence::Interval{};
  std::vector<Value> row{area_name(sum.first->cell.area, areas), to_text(sum.first->cell.period),
                         is_given ? Value(sum.count) : Value(), is_given ? Value(Decimal{interval.low, 1}) : Value(),
                         is_given ? Value(Decimal{interval.high, 1}) : Value()};
  if (is_rate) {
    const bool has_rate = is_given && sum.rate_base > 0;
    const evidence::Rate rate = has_rate ? evidence::rate(sum.count, {.base = sum.rate_base}) : evidence::Rate{};
    for (const double value : {rate.value, rate.interval.low, rate.interval.high}) {
      row.push_back(has_rate ? Value(Decimal{value, 1}) : Value());
    }
  }
  row.push_back(text_or_nothing(sum.caveats.codes()));
  row.push_back(is_given ? Value() : Value(evidence::text_of(*sum.refusal)));
  row.emplace_back(fmt::format("{}", fmt::join(sum.cells, " + ")));
  return row;
}

Table empty_table(bool is_rate) {
  Table table{.name = "figures",
              .title = "",
              .columns = {{"area", "Area"},
                          {"period", "Period", ColumnKind::id},
                          {"count", "Count", ColumnKind::number},
                          {"low", "From", ColumnKind::number},
                          {"high", "To", ColumnKind::number}},
              .rows = {},
              .empty_text = "No figure."};
  if (is_rate) {
    table.columns.insert(table.columns.end(), {{"rate", "Rate", ColumnKind::number},
                                               {"rate_low", "From", ColumnKind::number},
                                               {"rate_high", "To", ColumnKind::number}});
  }
  table.columns.insert(table.columns.end(),
                       {{"caveats", "Limits"}, {"refused", "Not given"}, {"cells", "Made of", ColumnKind::id}});
  return table;
}

Result<Section> counted(const evidence::World& world, const MeasureRequest& request, const Definition& definition,
                        const MeasureRule& rule) {
  std::vector<evidence::Series> parts;
  for (const std::string& category : rule.categories) {
    const evidence::Question question{
        .measure = rule.measure,
        .category = category,
        .area = request.area,
        .area_kind = request.area_kind,
        .from = request.from,
        .to = request.to,
        .length = request.by == "area" ? evidence::PeriodLength::whole : evidence::PeriodLength::month,
        .is_rate = request.is_rate};
    parts.push_back(TRY(evidence::measure(world, TRY(evidence::resolve(world, question)))));
  }
  Section section{.name = "measure",
                  .title = fmt::format("{}, by definition", definition.term),
                  .facts = definition_facts(definition),
                  .tables = {empty_table(request.is_rate)},
                  .notes = {}};
  evidence::Caveats caveats = definition.caveats;
  for (std::size_t i = 0; i < parts.front().figures.size(); ++i) {
    SummedFigure sum{.caveats = definition.caveats};
    for (const evidence::Series& part : parts) add_part(sum, part.figures.at(i), definition);
    caveats.unite(sum.caveats);
    section.tables.front().rows.push_back(row_of(sum, world.areas(), request.is_rate));
  }
  section.facts.push_back({"measure", "Measure", rule.measure});
  section.notes = caveat_notes(caveats);
  return section;
}

std::vector<std::string> measures_of(const Definition& definition) {
  std::vector<std::string> names;
  for (const MeasureRule& rule : definition.measures) names.push_back(rule.measure);
  return names;
}

Error not_executable(const Definition& definition, std::vector<std::string> missing) {
  for (const MeasureRule& rule : definition.measures) {
    missing.push_back(fmt::format("records for the measure {}, of which none were received", rule.measure));
  }
  return {ErrorKind::refused, "definition_not_executable",
          fmt::format("{} cannot be carried out on what was received", definition.name()), "--definition",
          fmt::format("Missing: {}", fmt::join(missing, "; "))};
}

// On the stored series, where no record of the workspace is counted by it.
Section stored_section(const Definition& definition, const MeasureRequest& request) {
  Section section{.name = "measure",
                  .title = fmt::format("{}, by definition", definition.term),
                  .facts = definition_facts(definition),
                  .tables = {defined_values({&definition}, request.area)},
                  .notes = caveat_notes(definition.caveats)};
  section.notes.emplace_back("Nothing that this counts was received; these are the stored series.");
  return section;
}

}  // namespace

Result<Section> definition_section(const evidence::World& world, const MeasureRequest& request) {
  const Definition& definition = *TRY(evidence::find_definition(request.definition, evidence::built_in_definitions()));
  for (const MeasureRule& rule : definition.measures) {
    const evidence::Measure& measure = *TRY(evidence::resolve_measure(rule.measure, ""));
    const bool is_received = world.facts(measure.source).coverage.span().has_value();
    if (request.measure.empty() ? is_received : request.measure == rule.measure) {
      return counted(world, request, definition, rule);
    }
  }
  if (!request.measure.empty()) {
    return Error{ErrorKind::bad_command, "definition_not_of_measure",
                 fmt::format("{} has no rule for the measure {}", definition.name(), request.measure), "--definition",
                 definition.measures.empty()
                     ? std::string("Leave the measure out")
                     : fmt::format("Its measures are {}", fmt::join(measures_of(definition), ", "))};
  }
  if (!definition.series.empty()) return stored_section(definition, request);
  return not_executable(definition, definition.needs);
}

}  // namespace throughline::app
