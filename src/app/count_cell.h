// A count in a cell of a small table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/small_table.h"

namespace throughline::app {

// A larger count is taken for a slip of the pen; sums of as many as a table can have stay exact.
inline constexpr std::int64_t k_count_max = 10'000'000'000;

// A whole number that is not below nought; nothing where the cell is blank, or the column is not there. Errors, with
// column and line and never the cell: "not_a_count", "count_negative", "count_too_large".
[[nodiscard]] base::Result<std::optional<std::int64_t>> count_or_blank(const SmallTable& table, std::size_t row,
                                                                       std::string_view column);

// "a, b, c and 4 more": what there is to choose from, without filling the screen.
[[nodiscard]] std::string first_names(const std::vector<std::string>& names);

}  // namespace throughline::app
