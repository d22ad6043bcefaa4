// Workbooks as Excel and its like write them: one sheet's rows as text.
//
// Dates are written as ISO dates, times as ISO instants without a zone, truth as true and false, numbers as the
// shortest text that gives the number back, formulas by the value kept with them. The first row with anything in it is
// the header.
#pragma once

#include <memory>

#include "base/result.h"
#include "records/readers/raw_rows.h"

namespace throughline::records {

// The source is a workbook's bytes; its part() names the sheet, else it is the first that is not hidden. Errors: locked
// with a password or of the old kind (.xls), no zip, no such sheet (with the nearest name), no rows, larger than may be
// held.
[[nodiscard]] base::Result<std::unique_ptr<RowSource>> open_xlsx(std::unique_ptr<ByteSource> source,
                                                                 const ReadOptions& options);

}  // namespace throughline::records
