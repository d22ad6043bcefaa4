#include "serve/json_answer.h"
#include "serve/json_value_internal.h"

namespace throughline::serve {

namespace {

Json to_json(const app::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* count = std::get_if<std::int64_t>(&value)) return *count;
  if (const auto* decimal = std::get_if<app::Decimal>(&value)) {
    return {{"value", decimal->value}, {"decimals", decimal->decimals}};
  }
  return nullptr;
}

const char* word_of(app::ColumnKind kind) {
  switch (kind) {
    case app::ColumnKind::text: return "text";
    case app::ColumnKind::number: return "number";
    case app::ColumnKind::id: return "id";
  }
  return "text";
}

Json to_json(const app::Table& table) {
  Json columns = Json::array();
  for (const app::Column& column : table.columns) {
    columns.push_back({{"name", column.name}, {"heading", column.heading}, {"kind", word_of(column.kind)}});
  }
  Json rows = Json::array();
  for (const auto& row : table.rows) {
    Json cells = Json::array();
    for (const app::Value& value : row) cells.push_back(to_json(value));
    rows.push_back(std::move(cells));
  }
  return {{"name", table.name},
          {"title", table.title},
          {"columns", std::move(columns)},
          {"rows", std::move(rows)},
          {"empty_text", table.empty_text}};
}

Json to_json(const app::Section& section) {
  Json facts = Json::array();
  for (const app::Fact& fact : section.facts) {
    facts.push_back({{"name", fact.name}, {"label", fact.label}, {"value", to_json(fact.value)}});
  }
  Json tables = Json::array();
  for (const app::Table& table : section.tables) tables.push_back(to_json(table));
  // Commands name folders of the server's own machine, which is nothing for a browser: its pages have links instead.
  Json commands = Json::array();
  return {{"name", section.name},        {"title", section.title}, {"facts", std::move(facts)},
          {"tables", std::move(tables)}, {"notes", section.notes}, {"commands", std::move(commands)},
          {"verbatim", section.verbatim}};
}

}  // namespace

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json report_json(const app::Report& report) {
  Json sections = Json::array();
  for (const app::Section& section : report.sections) sections.push_back(to_json(section));
  const char* outcome = report.outcome == app::Outcome::done ? "done" : "done_with_findings";
  return {{"verb", report.verb}, {"outcome", outcome}, {"sections", std::move(sections)}};
}

std::string json_of(const app::Report& report) {
  return dump(report_json(report));
}

}  // namespace throughline::serve
