#include "app/table_columns.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "base/number.h"

namespace throughline::app {

using base::Result;

std::size_t name_place(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

void add_name(std::vector<std::string>& names, const std::string& name) {
  if (name_place(names, name) == names.size()) names.push_back(name);
}

Result<TableColumns> TableColumns::of(const SmallTable& table, const std::vector<std::string>& needed,
                                      const std::vector<std::string>& allowed) {
  std::vector<std::string> known = needed;
  known.insert(known.end(), allowed.begin(), allowed.end());
  for (const std::string& name : needed) {
    if (!table.column(name).has_value()) return column_missing(table, name);
  }
  for (const std::string& name : table.header) {
    if (std::ranges::find(known, name) == known.end()) return column_unknown(table, name, known);
  }
  return TableColumns(table);
}

std::string TableColumns::text(std::size_t row, std::string_view column) const {
  const auto at = table_->column(column);
  return at.has_value() ? table_->rows[row][*at] : std::string();
}

Result<std::string> TableColumns::name(std::size_t row, std::string_view column) const {
  std::string value = text(row, column);
  if (!value.empty()) return value;
  return bad_command("value_missing", fmt::format("There is no {}", column), table_->place(row), "Give every row one");
}

Result<std::optional<double>> TableColumns::number_or_blank(std::size_t row, std::string_view column) const {
  const std::string value = text(row, column);
  if (value.empty()) return std::optional<double>();
  if (const std::optional<double> number = base::parse_double(value)) return number;
  return bad_command("not_a_number", fmt::format("The column {} holds something that is not a number", column),
                     table_->place(row), "Write it with digits and a point, without separators or signs of money");
}

Result<double> TableColumns::number(std::size_t row, std::string_view column) const {
  const std::optional<double> value = TRY(number_or_blank(row, column));
  if (value.has_value()) return *value;
  return bad_command("value_missing", fmt::format("There is no {}; nothing known is not nought", column),
                     table_->place(row), "Give the figure, or leave the row out");
}

}  // namespace throughline::app
