// How rows leave a workspace for good. The entry point is carry_out_erasures() of stage.h.
//
//   order (an entry) → rows out of the tables, the cube made again (one DuckDB transaction) → the store's file rebuilt
//   → the archived originals blanked or removed → payloads that name a record forgotten, with their keys (an entry)
//   → each order marked as executed (an entry)
//
// Killed anywhere, running it again finishes it, because every step either leaves all as it was or is there whole, a
// step done twice is as good as done once, and no step needs what an earlier one took away:
// 1. Until an order is marked, all steps run again for all of its records.
// 2. Where a record lies in the archived bytes is read from those bytes, so it is written into erased_row in the same
//    DuckDB transaction that removes its typed rows, before the bytes go. Run again, it comes from there.
// 3. The store's file is rebuilt after that commit and takes the old one's place by a rename; so do the originals.
// 4. Which entries name a record is read from their payloads, so their numbers are written into entry_to_forget by that
//    same DuckDB transaction: a key goes at once, and the ledger transaction that says so may yet be undone by a kill.
//    Run again, they come from there. A key that was lost otherwise never makes an entry look erased.
// 5. Orders are marked last. Nothing is shown of a half-erased record in between: opening a workspace finishes orders.
//
// A batch keeps the counts with which it was announced, for the ledger said them and its log cannot change; erased_row
// holds the difference. What is erased of a text is its record without the line end, so that lines keep their numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "ledger/erasure.h"
#include "ledger/ledger.h"

namespace throughline::records {

// What an order will do, or did, before anything is touched.
struct ErasureOutlook {
  std::vector<std::string> records;        // Record ids that are there, in order.
  std::vector<std::string> whole_files;    // Names of workbooks and Parquet files whose original must go whole.
  std::vector<std::string> erased_before;  // Record ids that are erased already.
};

// Errors: "no_record_here" (bad command) when a target is no record of an extract that this workspace holds.
[[nodiscard]] base::Result<ErasureOutlook> look_ahead(ledger::Ledger& ledger,
                                                      const std::vector<ledger::ErasureTarget>& targets);

// Whether a text names the record: its id, not followed by another digit.
[[nodiscard]] bool names_record(std::string_view text, std::string_view record_id);

}  // namespace throughline::records
