// The parts of a workbook, unpacked and read; for the reader of workbooks alone.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "records/readers/raw_rows.h"

namespace throughline::records {

struct SheetRow {
  std::int64_t number = 0;  // As the workbook counts it, from 1.
  std::vector<std::pair<std::int32_t, std::string>>
      cells;  // Column and text of the cells that hold something, ascending.
};

struct Sheet {
  std::vector<SheetRow> rows;     // Those that hold anything.
  std::vector<Finding> findings;  // "hidden_sheet", "other_sheets".
};

struct WorkbookOrder {
  std::string path;        // For messages.
  std::string sheet_name;  // Empty: the first that is not hidden.
};

// Reads one sheet out of a workbook's bytes.
[[nodiscard]] base::Result<Sheet> read_sheet(const std::string& bytes, const WorkbookOrder& order);

}  // namespace throughline::records
