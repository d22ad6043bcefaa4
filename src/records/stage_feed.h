// The rows of one file on their way into the record store: DuckDB pulls, windows are read in order by one thread at a
// time, and parsed and typed by as many as DuckDB brings.
//
//   RowSource → Window → Typer → TypedBlock ─ rows of the mapping's first table → DuckDB, as they are made
//                                           └ rows of other tables, and faults → kept until the group ends
//
// A group ends when what is kept beside the stream has grown to k_kept_bytes_max: then DuckDB is given that, and the
// stream goes on. So memory is bounded whatever the file holds. Everything happens in the caller's DuckDB transaction.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "ledger/model.h"
#include "records/readers/raw_rows.h"
#include "records/typing.h"
#include "store/duck_writer.h"

namespace throughline::records {

inline constexpr std::int64_t k_kept_bytes_max = std::int64_t{96} << 20;

struct FeedOptions {
  ledger::ExtractNo extract;
  int threads = 1;
  base::Progress* progress = nullptr;
  const base::Interrupt* interrupt = nullptr;
  std::int64_t kept_bytes_max = k_kept_bytes_max;  // A test may want small groups.
};

struct Fed {
  std::int64_t rows_read = 0;
  std::int64_t rows_rejected = 0;
  std::int64_t blank_lines = 0;
  std::int64_t rows_of_first_item = 0;  // As DuckDB counted them going in.
  std::int64_t groups = 0;
  CoverageSeen coverage;
  std::vector<std::set<std::uint64_t>> new_words;  // For each of Mapping::columns.
};

// Reads the source to its end into the open transaction of the writer. Errors: the source's, the store's,
// "interrupted". REQUIRES: a transaction is open; source and typer belong together.
[[nodiscard]] base::Result<Fed> feed(store::DuckWriter& writer, RowSource& source, const Typer& typer,
                                     const FeedOptions& options);

}  // namespace throughline::records
