// The names of columns as a header gives them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "records/readers/raw_rows.h"

namespace throughline::records {

struct NamedColumns {
  std::vector<std::string> names;
  std::vector<Finding> findings;  // "unnamed_column".
};

// Trims the names; an empty one becomes "column_5". Errors: one name twice, no names at all.
[[nodiscard]] base::Result<NamedColumns> name_columns(const std::vector<std::string>& fields, const std::string& path);

}  // namespace throughline::records
