// A typed value of a row in the words people read. Only tables*.cpp includes this.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "records/model.h"
#include "records/tables.h"
#include "store/duck.h"

namespace throughline::records {

struct RowOfChunk {
  const store::DuckChunk& chunk;
  std::int64_t row = 0;
};

// The value of a field whose columns begin at `column`; nothing where it has none. Moments are shown as far as they are
// known, without an offset; degrees and metres with all their decimals; codes as codes.
[[nodiscard]] std::optional<std::string> value_text(FieldKind kind, RowOfChunk at, int column);

// The chunk's columns are those of sql_columns(table), in that order.
[[nodiscard]] TypedItem typed_item(const TableSpec& table, const std::vector<SqlColumn>& columns, RowOfChunk at);

}  // namespace throughline::records
