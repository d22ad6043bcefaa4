// One cell of a comma-separated file (RFC 4180, 2005).
#pragma once

#include <string>
#include <string_view>

namespace throughline::base {

// Adds the cell to the line, quoted where a comma, a quote or a line end in it needs that.
void append_csv_cell(std::string& line, std::string_view cell);

// The text as it may stand in a cell that a spreadsheet opens: led by an apostrophe where it would begin a formula,
// which a plain number does not.
[[nodiscard]] std::string defused(std::string_view text);

}  // namespace throughline::base
