// Which rows of an extract were erased, and what stands in their place in the archived content.
//
// Kept so that the places of all other rows stay true: where a file is not UTF-8, spaces take another number of bytes
// in its text than what they replaced. Nothing of what a row said is kept.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/model.h"
#include "store/archive.h"
#include "store/duck.h"
#include "store/duck_writer.h"

namespace throughline::records {

struct ErasedRow {
  std::int64_t place = 0;
  std::int64_t length = 0;   // In the UTF-8 text, without the line end; 0 in workbooks and Parquet.
  store::ByteRange content;  // In the archived content; empty in workbooks and Parquet, which are removed whole.
  friend bool operator==(const ErasedRow&, const ErasedRow&) = default;
};

// The tables, made where they are missing.
[[nodiscard]] std::string_view erased_rows_schema();

// By place; none where the store has no such table yet.
[[nodiscard]] base::Result<std::vector<ErasedRow>> read_erased_rows(store::DuckConnection& connection,
                                                                    ledger::ExtractNo extract);

struct NewlyErased {
  ledger::ExtractNo extract;
  ErasedRow row;
};
// REQUIRES an open transaction, and rows that are not listed yet.
[[nodiscard]] base::Result<void> add_erased_rows(store::DuckWriter& writer, const std::vector<NewlyErased>& rows);

// Numbers of log entries whose payloads name an erased row, noted before they are forgotten: afterwards nobody can read
// which they were. By number.
[[nodiscard]] base::Result<std::vector<std::int64_t>> read_entries_to_forget(store::DuckConnection& connection);
// REQUIRES an open transaction, and entries that are not listed yet.
[[nodiscard]] base::Result<void> add_entries_to_forget(store::DuckWriter& writer,
                                                       const std::vector<std::int64_t>& entries);

// Removes what came from these rows out of every table that says which row its rows came from: those with the columns
// extract_no and place. REQUIRES an open transaction. Gives the number of rows removed.
[[nodiscard]] base::Result<std::int64_t> remove_typed_rows(store::DuckConnection& connection, store::DuckWriter& writer,
                                                           const std::vector<NewlyErased>& rows);

}  // namespace throughline::records
