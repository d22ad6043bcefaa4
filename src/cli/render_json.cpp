#include <nlohmann/json.hpp>

#include "cli/render.h"

namespace throughline::cli {

namespace {

using Json = nlohmann::ordered_json;

// A decimal is written with the decimals it is shown with, so that text and JSON agree.
Json to_json(const app::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* count = std::get_if<std::int64_t>(&value)) return *count;
  if (const auto* decimal = std::get_if<app::Decimal>(&value)) return decimal->value;
  return nullptr;
}

Json to_json(const app::Table& table) {
  Json rows = Json::array();
  for (const auto& row : table.rows) {
    Json object = Json::object();
    for (std::size_t i = 0; i < table.columns.size(); ++i) object[table.columns[i].name] = to_json(row.at(i));
    rows.push_back(std::move(object));
  }
  return {{"name", table.name}, {"title", table.title}, {"rows", std::move(rows)}};
}

Json to_json(const app::Section& section) {
  Json facts = Json::object();
  for (const app::Fact& fact : section.facts) facts[fact.name] = to_json(fact.value);
  Json tables = Json::array();
  for (const app::Table& table : section.tables) tables.push_back(to_json(table));
  Json commands = Json::array();
  for (const app::Command& command : section.commands) {
    commands.push_back({{"line", command.line}, {"what", command.what}});
  }
  Json object = {{"name", section.name},        {"title", section.title}, {"facts", std::move(facts)},
                 {"tables", std::move(tables)}, {"notes", section.notes}, {"commands", std::move(commands)}};
  if (!section.verbatim.empty()) object["verbatim"] = section.verbatim;
  return object;
}

const char* kind_name(base::ErrorKind kind) {
  switch (kind) {
    case base::ErrorKind::bad_command: return "bad_command";
    case base::ErrorKind::refused: return "refused";
    case base::ErrorKind::damaged: return "damaged";
    case base::ErrorKind::world: return "world";
  }
  return "world";
}

// Bytes that are not UTF-8 become U+FFFD rather than a failure: a report must always be printable.
std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string render_json(const app::Report& report) {
  Json sections = Json::array();
  for (const app::Section& section : report.sections) sections.push_back(to_json(section));
  const char* outcome = report.outcome == app::Outcome::done ? "done" : "done_with_findings";
  return dump({{"verb", report.verb}, {"outcome", outcome}, {"sections", std::move(sections)}});
}

std::string render_error_json(const base::Error& error) {
  return dump({{"error",
                {{"code", error.code},
                 {"kind", kind_name(error.kind)},
                 {"what", error.what},
                 {"where", error.where},
                 {"remedy", error.remedy}}}});
}

}  // namespace throughline::cli
