#include "app/count_cell.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/bad_command.h"
#include "base/number.h"

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
  constexpr std::size_t k_shown_max = 10;
  const std::size_t shown = std::min(names.size(), k_shown_max);
  const std::vector<std::string> first(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown));
  const std::size_t others = names.size() - shown;
  return fmt::format("{}{}", fmt::join(first, "; "), others > 0 ? fmt::format(" and {} more", others) : std::string());
}

}  // namespace throughline::app
