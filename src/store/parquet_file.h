// A Parquet file of our own making, for whoever goes on in DuckDB, pandas or R.
//
// DuckDB writes it from memory that holds a few row groups at a time, whatever the number of rows. It opens no other
// file. Rows keep their order, and the same rows give the same bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "base/result.h"
#include "store/duck_writer.h"

namespace throughline::store {

enum class ParquetType : std::uint8_t { text, whole, number };  // VARCHAR, BIGINT, DOUBLE.

struct ParquetColumn {
  std::string name;
  ParquetType type = ParquetType::text;
};

// Asks the supplier for one part and writes its rows until it gives none. Whole or not at all, and readable by its
// owner alone. REQUIRES: names differ, also when capital letters are taken for small ones. Errors: the supplier's own;
// "disk_full", "file_unavailable".
[[nodiscard]] Result<void> write_parquet(const std::filesystem::path& path, std::span<const ParquetColumn> columns,
                                         RowSupplier& rows);

}  // namespace throughline::store
