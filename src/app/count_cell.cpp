#include "app/count_cell.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "base/number.h"
#include "base/text.h"

namespace throughline::app {

base::Result<std::optional<std::int64_t>> count_or_blank(const SmallTable& table, std::size_t row,
                                                         std::string_view column) {
  const auto place = table.column(column);
  if (!place || table.rows[row][*place].empty()) return std::optional<std::int64_t>();
  const auto count = base::parse_integer(table.rows[row][*place]);
  if (!count) {
    return bad_command("not_a_count", fmt::format("The column {} holds something that is not a whole number", column),
                       table.place(row), "Write digits alone; leave the cell blank where nobody knows");
  }
  if (*count < 0) {
    return bad_command("count_negative", fmt::format("The column {} holds a number below nought", column),
                       table.place(row), "Write how many there were; leave the cell blank where nobody knows");
  }
  if (*count <= k_count_max) return count;
  return bad_command("count_too_large", fmt::format("The column {} holds more than {}", column, k_count_max),
                     table.place(row), "Look whether another number stands in that cell");
}

std::string first_names(const std::vector<std::string>& names) {
  return base::short_list(names, {.most = 10, .separator = "; "});
}

}  // namespace throughline::app
