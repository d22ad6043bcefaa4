// Parquet as rows: DuckDB reads it, out of a copy that lies in the workspace's inbox, the one folder it may read.
//
// The bytes are hashed twice and given to the sink while they are copied. Values become text in one way on every
// machine: dates and times as ISO ("2025-03-01", "2025-03-01T14:30:00", with a final Z where the file says UTC), exact
// numbers with all their digits, binary fractions as the shortest text that gives them back, truth as true and false,
// nested values as JSON; NULL is absent. A row's place is its number in the file, from 1.
// What it cannot hold off: a flaw in DuckDB's own reader, which runs in this process.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/result.h"
#include "records/readers/raw_rows.h"
#include "store/workspace.h"

namespace throughline::records {

// For ReadOptions::open_parquet. REQUIRES: the workspace outlives the sources opened through it. Each source keeps a
// DuckConnection alive, and the copy in the inbox until it ends. Cost: the copy; rows stream, but each of DuckDB's
// threads may hold a row group's text while it waits for its turn. Errors: "parquet_cut_off", "parquet_damaged",
// "parquet_encrypted" (all damaged), "reserved_column" (bad command), and those of a full disk or a spent memory limit.
[[nodiscard]] ParquetOpener parquet_opener(store::Workspace& workspace);

// One row alone, by its number: a source that gives it, or nothing when the file has no such row.
[[nodiscard]] ParquetOpener parquet_row_opener(store::Workspace& workspace, std::int64_t number);

}  // namespace throughline::records
