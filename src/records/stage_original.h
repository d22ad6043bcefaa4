// A row as it came, out of the archive, and the bytes of the archived content that are that row.
#pragma once

#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "records/original.h"
#include "records/tables.h"
#include "records/tables_erased.h"
#include "store/workspace.h"

namespace throughline::records {

// All that is needed to read an extract again.
struct ArchivedExtract {
  base::Hash content_hash;
  Layout layout;                  // read_layout() of tables.h.
  std::vector<ErasedRow> erased;  // read_erased_rows() of tables_erased.h.
};

// Whether the rows of such a file are pieces of text, so that one can be taken out of it. A workbook or a Parquet file
// can only be kept or removed whole.
[[nodiscard]] bool is_text(Format format);

// The row at that place. Text is read where it lies; a workbook or a Parquet file is unpacked for a moment, into temp/
// or inbox/, and read again. An erased row comes back as erased, without fields. Errors: "no_record_here" (bad command)
// when no record begins there, as far as that can be told without reading all that stands before: a line inside a
// quoted field looks like a record; "original_removed" (bad command) when an erasure took the whole file;
// "original_missing" (damaged) when nothing says why it is gone.
[[nodiscard]] base::Result<OriginalRow> read_original(store::Workspace& workspace, const ArchivedExtract& extract,
                                                      std::int64_t place);

// What erasing rows must blank, by place; rows that extract.erased lists are left out. Of a workbook or a Parquet file
// every range is empty. Errors: as for read_original. Cost: one pass over a content that is not UTF-8.
[[nodiscard]] base::Result<std::vector<ErasedRow>> locate_rows(const store::Archive& archive,
                                                               const ArchivedExtract& extract,
                                                               std::vector<std::int64_t> places);

}  // namespace throughline::records
