// The text of a cell: `<measure>/<category>/<area>/<period>[@<as-of date>]`, such as crimes/drugs/E23000028/2025-03.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "evidence/model.h"

namespace throughline::evidence {

// The one way a cell is written. REQUIRES a cell that parse_cell could have given, CHECKed for the period alone.
[[nodiscard]] std::string to_text(const CellId& cell);

// Reads what to_text writes; the category may also be in the publisher's own words ("Drugs"), and letters in either
// case. Error cell_malformed (bad command) names the part that is wrong and what it should look like; a measure that
// does not exist is answered with the nearest that does. Whether the area and the category exist is known only to the
// workspace.
[[nodiscard]] base::Result<CellId> parse_cell(std::string_view text);

// The measure of that name, in either case. Error measure_unknown (bad command) offers the nearest and lists them all;
// `where` is what the user wrote around it.
[[nodiscard]] base::Result<const Measure*> resolve_measure(std::string_view name, std::string_view where);

// Whether the text has the shape of a cell at all: three slashes. For telling a cell from a record or an extract.
[[nodiscard]] bool looks_like_cell(std::string_view text);

}  // namespace throughline::evidence
