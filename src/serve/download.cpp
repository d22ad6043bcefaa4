#include "serve/download.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/csv_cell.h"
#include "base/number.h"
#include "base/text.h"
#include "serve/api_problem.h"

namespace throughline::serve {

namespace {

using base::Result;

void add_field(std::string& line, std::string_view text) {
  base::append_csv_cell(line, base::defused(text));
}

void add_field(std::string& line, const app::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) add_field(line, std::string_view(*text));
  if (const auto* count = std::get_if<std::int64_t>(&value)) line += std::to_string(*count);
  if (const auto* decimal = std::get_if<app::Decimal>(&value)) {
    line += base::format_fixed(decimal->value, decimal->decimals);
  }
}

// A small letter or a digit; anything else a hyphen.
char plain_letter(char c) {
  const bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  if (is_kept) return c;
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : '-';
}

std::string plain_name(std::string_view name) {
  constexpr std::size_t k_name_max = 80;
  std::string plain;
  for (const char c : name) {
    const char next = plain_letter(c);
    if (next == '-' && (plain.empty() || plain.back() == '-')) continue;
    plain += next;
    if (plain.size() == k_name_max) break;
  }
  while (plain.ends_with('-')) plain.pop_back();
  return plain.empty() ? "table" : plain;
}

// A note that goes with the figures wherever they go: "POLICE_ACTIVITY: …", a caveat, or "activity_is_not_ranked: …", a
// rule by which something is refused. Gives its code; nothing for any other note.
std::string_view code_of_limit(std::string_view note) {
  const std::size_t end = note.find(": ");
  if (end == std::string_view::npos) return {};
  const std::string_view code = note.substr(0, end);
  const auto all = [&](char low, char high) {
    return std::ranges::all_of(code, [&](char c) { return c == '_' || (c >= low && c <= high); });
  };
  const bool is_rule = all('a', 'z') && code.find('_') != std::string_view::npos;
  constexpr std::size_t k_code_min = 5;
  return is_rule || (all('A', 'Z') && code.size() >= k_code_min) ? code : std::string_view();
}

// A table stands in one section, and what limits it may be said in another.
void add_limits_of_others(Download& download, const app::Report& report) {
  for (const app::Section& section : report.sections) {
    for (const std::string& note : section.notes) {
      if (code_of_limit(note).empty() || std::ranges::find(download.notes, note) != download.notes.end()) continue;
      download.notes.push_back(note);
    }
  }
}

// The codes of what limits the figures, in a last column: a CSV file has no other place for them.
app::Table with_limits(const Download& download) {
  app::Table table = download.table;
  std::vector<std::string_view> codes;
  for (const std::string& note : download.notes) {
    const std::string_view code = code_of_limit(note);
    if (!code.empty() && std::ranges::find(codes, code) == codes.end()) codes.push_back(code);
  }
  const auto is_limits = [](const app::Column& column) { return column.name == "limits" || column.name == "caveats"; };
  if (codes.empty() || std::ranges::any_of(table.columns, is_limits)) return table;
  table.columns.push_back({"limits", "Limits"});
  for (auto& row : table.rows) row.emplace_back(fmt::format("{}", fmt::join(codes, " ")));
  return table;
}

}  // namespace

std::string csv_of(const app::Table& table) {
  std::string text = "\uFEFF";
  const auto add_row = [&](const auto& cells, const auto& add_cell) {
    bool is_first = true;
    for (const auto& cell : cells) {
      if (!std::exchange(is_first, false)) text += ',';
      add_cell(cell);
    }
    text += "\r\n";
  };
  add_row(table.columns, [&](const app::Column& column) { add_field(text, std::string_view(column.heading)); });
  for (const auto& row : table.rows) add_row(row, [&](const app::Value& value) { add_field(text, value); });
  return text;
}

Result<Download> download_of(const app::Report& report, const std::string& table) {
  std::vector<std::string> names;
  for (const app::Section& section : report.sections) {
    for (const app::Table& each : section.tables) {
      names.push_back(each.name);
      if (!table.empty() && each.name != table) continue;
      Download download{.name = fmt::format("{}-{}", report.verb, each.name),
                        .about = {{"answer", "Answer", section.title.empty() ? report.verb : section.title}},
                        .notes = section.notes,
                        .table = each};
      download.about.insert(download.about.end(), section.facts.begin(), section.facts.end());
      add_limits_of_others(download, report);
      return download;
    }
  }
  if (names.empty()) return asked_wrongly("no_table", "This answer has no table", "table", "Ask for it as JSON");
  const auto nearest = base::nearest_name(table, names);
  return asked_wrongly("table_unknown", "This answer has no table of that name", "table",
                       fmt::format("{}Its tables are {}", nearest ? fmt::format("Did you mean {}? ", *nearest) : "",
                                   fmt::join(names, ", ")));
}

Result<Response> download_response(const Download& download, std::string_view format) {
  const bool is_csv = format == "csv";
  const char* type =
      is_csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  Response response = Response::of(200, type, is_csv ? csv_of(with_limits(download)) : TRY(xlsx_of(download)));
  response.fields.emplace_back("Content-Disposition", disposition_of(download.name, is_csv ? "csv" : "xlsx"));
  return response;
}

std::string disposition_of(std::string_view name, std::string_view ending) {
  return fmt::format("attachment; filename=\"{}.{}\"", plain_name(name), ending);
}

}  // namespace throughline::serve
