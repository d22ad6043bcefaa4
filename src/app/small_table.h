// A small table of figures: a CSV file read whole, and a table of an answer written as one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/report.h"
#include "base/result.h"

namespace throughline::app {

inline constexpr std::int64_t k_small_table_rows_max = 100'000;

struct SmallTable {
  std::string path;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  // Each as long as the header; blanks around a value are gone.
  std::vector<std::int64_t> lines;             // Of the file, by row.

  // "lists.csv line 3".
  [[nodiscard]] std::string place(std::size_t row) const;
  // The column of that name. Nothing where there is none.
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
};

// Reads it all; a table that the program carries where the path begins with "carried:" (app/carried_tables.h).
// Errors: those of reading, as of two columns with one name; "table_broken" for a record that is no row,
// with its line; "table_empty"; "table_too_long".
[[nodiscard]] base::Result<SmallTable> read_small_table(const std::string& path,
                                                        std::int64_t rows_max = k_small_table_rows_max);

// The error "column_missing", with the nearest of the columns that are there.
[[nodiscard]] base::Error column_missing(const SmallTable& table, const std::string& name);
// The error "column_unknown" for a column that the file has and nobody asks for, with the nearest of those known.
[[nodiscard]] base::Error column_unknown(const SmallTable& table, const std::string& name,
                                         const std::vector<std::string>& known);

// Writes a table with the names of its columns as the header; what is not known is empty, and
// a text that a spreadsheet would take for a formula is led by an apostrophe. Whole or not at all.
[[nodiscard]] base::Result<void> write_small_table(const std::string& path, const Table& table);

}  // namespace throughline::app
