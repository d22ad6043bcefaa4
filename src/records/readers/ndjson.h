// One JSON object a line. Nested objects become columns "a.b", arrays stay JSON text, null and a missing key are
// absent.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "records/readers/raw_rows.h"

namespace throughline::records {

// The header is every key of the first 1,000 lines and every column asked for, sorted. A key first met later is no
// column: it is counted, and told as a finding. Errors: nothing in it, no line of the first 1,000 is an object.
[[nodiscard]] base::Result<std::unique_ptr<RowSource>> open_ndjson(std::unique_ptr<ByteSource> source,
                                                                   const ReadOptions& options);

struct JsonField {
  std::string name;                 // "at.lon".
  std::optional<std::string> text;  // Nothing where the value is null.
};
// One line with all its fields, in its own order, or why it is no row.
struct JsonLine {
  std::vector<JsonField> fields;
  std::optional<FaultRule> fault;
};
[[nodiscard]] JsonLine read_json_line(std::string_view line);

}  // namespace throughline::records
