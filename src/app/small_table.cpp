#include "app/small_table.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/carried_tables.h"
#include "base/csv_cell.h"
#include "base/number.h"
#include "base/text.h"
#include "records/readers/raw_rows.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

std::string trimmed(std::string_view text) {
  constexpr std::string_view k_blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(k_blanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(k_blanks) - first + 1));
}

Result<void> take(SmallTable& table, const records::RawRows& raw, std::int64_t rows_max) {
  if (!raw.faults.empty()) {
    const records::Fault& fault = raw.faults.front();
    return Error{ErrorKind::bad_command, "table_broken", "A line of the table " + fault.message(),
                 fmt::format("{} line {}", table.path, fault.place.line), "Mend that line; nothing was reckoned"};
  }
  for (std::int64_t row = 0; row < raw.rows(); ++row) {
    std::vector<std::string>& values = table.rows.emplace_back();
    for (std::int32_t column = 0; column < raw.columns; ++column) values.push_back(trimmed(raw.field(row, column)));
    table.lines.push_back(raw.places[static_cast<std::size_t>(row)].line);
  }
  if (static_cast<std::int64_t>(table.rows.size()) <= rows_max) return {};
  return Error{ErrorKind::bad_command, "table_too_long", fmt::format("The table has more than {} rows", rows_max),
               table.path, "It is meant for counts, one row each, not for cases"};
}

void add_cell(std::string& line, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) base::append_csv_cell(line, base::defused(*text));
  if (const auto* count = std::get_if<std::int64_t>(&value)) line += std::to_string(*count);
  if (const auto* decimal = std::get_if<Decimal>(&value)) line += base::format_fixed(decimal->value, decimal->decimals);
}

}  // namespace

std::string SmallTable::place(std::size_t row) const {
  return fmt::format("{} line {}", path, lines.at(row));
}

std::optional<std::size_t> SmallTable::column(std::string_view name) const {
  const auto at = std::ranges::find(header, name);
  if (at == header.end()) return std::nullopt;
  return static_cast<std::size_t>(at - header.begin());
}

Result<SmallTable> read_small_table(const std::string& path, std::int64_t rows_max) {
  if (is_carried(path)) return read_carried_table(path);
  const auto source = TRY(records::open_rows(path));
  SmallTable table{.path = path, .header = {}, .rows = {}, .lines = {}};
  for (const std::string& name : source->header()) table.header.push_back(trimmed(name));
  while (true) {
    const std::optional<records::Window> window = TRY(source->next());
    if (!window.has_value()) break;
    TRY(take(table, source->parse(*window), rows_max));
  }
  static_cast<void>(TRY(source->finish()));
  if (!table.rows.empty()) return table;
  return Error{ErrorKind::bad_command, "table_empty", "The table has a header and no rows", path, "Give it its rows"};
}

Error column_missing(const SmallTable& table, const std::string& name) {
  const auto nearest = base::nearest_name(name, table.header);
  return Error{ErrorKind::bad_command, "column_missing", fmt::format("There is no column {}", name),
               table.path + " line 1",
               nearest ? fmt::format("Is {} meant for it? Rename it", *nearest)
                       : fmt::format("The columns are: {}", fmt::join(table.header, ", "))};
}

Error column_unknown(const SmallTable& table, const std::string& name, const std::vector<std::string>& known) {
  const auto nearest = base::nearest_name(name, known);
  return Error{ErrorKind::bad_command, "column_unknown", fmt::format("The column {} is not known", name),
               table.path + " line 1",
               nearest ? fmt::format("Did you mean {}?", *nearest)
                       : fmt::format("Leave it out; known are: {}", fmt::join(known, ", "))};
}

Result<void> write_small_table(const std::string& path, const Table& table) {
  std::string text;
  for (const Column& column : table.columns) {
    if (!text.empty()) text += ',';
    base::append_csv_cell(text, column.name);
  }
  text += '\n';
  for (const std::vector<Value>& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += ',';
      add_cell(text, row[i]);
    }
    text += '\n';
  }
  return store::write_whole(path, text);
}

}  // namespace throughline::app
