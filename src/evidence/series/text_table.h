// A small comma-separated table held in memory: the bundled series and tables of claims. (Extracts of agencies go
// through records/readers, which stream, keep places and never hold a file.)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace throughline::evidence {

struct TextRow {
  std::int64_t line = 0;  // Where it begins, from 1.
  std::vector<std::string> cells;
};

struct TextTable {
  std::string name;  // Of the file, for messages.
  std::vector<std::string> columns;
  std::vector<TextRow> rows;

  [[nodiscard]] std::optional<std::size_t> column(std::string_view wanted) const;
};

// Reads quoted cells, CRLF and a byte order mark. Errors: table_empty; table_ragged for a row of another length, with
// its line; quote_open for a quote that is never closed. Blank lines are passed over.
[[nodiscard]] base::Result<TextTable> read_text_table(std::string_view text, std::string name);

}  // namespace throughline::evidence
