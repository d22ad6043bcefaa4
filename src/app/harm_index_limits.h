// What the caveats of the harms allow an index to say, and what they forbid.
#pragma once

#include <string>
#include <vector>

#include "app/small_table.h"
#include "base/result.h"
#include "evidence/harm/harms.h"

namespace throughline::app {

// The codes of a column "caveats", separated by blanks: "POLYDRUG REGISTRATION_DELAY". Error "caveat_unknown" with the
// nearest code; `place` is the row.
[[nodiscard]] base::Result<evidence::Caveats> read_caveat_codes(const std::string& text, const std::string& place);

// Refused by the name of the rule: two harms that each carry POLYDRUG are figures for substances added up.
[[nodiscard]] base::Result<void> check_harm_caveats(const evidence::HarmTable& table, const std::string& path);

// What is to be said with the index: limits of its harms, a last period that is not whole, a fall that may not be told
// as an improvement.
[[nodiscard]] std::vector<std::string> harm_caveat_notes(const evidence::HarmTable& table);

// Writes the index, and beside it its parts, without which a composite is not shown: "out.csv" and "out_parts.csv".
// Gives both paths.
[[nodiscard]] base::Result<std::vector<std::string>> write_index(const std::string& path, const Table& index,
                                                                 const Table& parts);

}  // namespace throughline::app
