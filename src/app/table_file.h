// A table that goes into a file of the user's: CSV, or Parquet where its name ends in .parquet.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/duck_columns.h"
#include "store/duck_writer.h"
#include "store/parquet_file.h"

namespace throughline::app {

struct FileColumn {
  std::string name{};
  store::ParquetType type = store::ParquetType::text;
  int decimals = -1;  // Of a number as CSV; -1: as many as give it back exactly. Parquet has the number itself.
};

// Error "output_ending" where a name ends in something other than .csv or .parquet; an ending is not needed. `option`
// is what named the file. Nothing is wrong with an empty path.
[[nodiscard]] base::Result<void> check_ending(const std::string& path, const std::string& option);

// Pulls the rows of one part, in order. Whole or not at all; only its owner can read it. REQUIRES: check_ending() had
// nothing against the path. Errors: those of writing.
[[nodiscard]] base::Result<void> write_table_file(const std::string& path, const std::vector<FileColumn>& columns,
                                                  store::RowSupplier& rows);

}  // namespace throughline::app
