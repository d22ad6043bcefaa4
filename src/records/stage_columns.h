// Typed blocks as the columns that DuckDB takes. Only stage*.cpp includes this.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ledger/model.h"
#include "records/mapping.h"
#include "records/model.h"
#include "records/typed_columns.h"
#include "store/duck_columns.h"

namespace throughline::records {

// What every row of each item has in common: its extract, kind, roles, retention, series, edition.
class ItemColumns {
 public:
  // REQUIRES: the mapping outlives this.
  ItemColumns(const Mapping& mapping, ledger::ExtractNo extract);

  // Views of `count` rows from `begin`, one for each column of the block's stored table. They live as long as the
  // block.
  void view(const TypedBlock& block, std::int64_t begin, std::int64_t count,
            std::span<store::AppendColumn> columns) const;

 private:
  // What a block does not fill, for each item and the column's place in sql_columns().
  std::vector<std::vector<store::AppendColumn>> shared_;
};

}  // namespace throughline::records
