// What records reads from its own store: extracts as they lie there, their rejections, and single rows as typed.
//
// The tables themselves are described in model.h; their SQL is made from that description. Which extracts may be seen
// is the ledger's business: a read takes extract numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/batch.h"
#include "records/model.h"
#include "records/readers/raw_rows.h"
#include "store/duck.h"
#include "store/duck_writer.h"
#include "store/workspace.h"

namespace throughline::records {

// The tables of the record store, as numbered steps that a workspace runs once each.
[[nodiscard]] std::vector<store::Migration> records_migrations();

// Every batch that lies in the record store, for ledger::recover().
[[nodiscard]] base::Result<std::vector<ledger::PresentBatch>> present_batches(store::DuckConnection& connection);

// How the content of an extract was read, so that a row of it can be read again.
struct Layout {
  Format format = Format::csv;
  char delimiter = ',';
  base::Encoding encoding = base::Encoding::utf8;
  std::string part;                  // The sheet of a workbook or the member of a zip.
  std::string content_name;          // "2025-01-essex-street.csv".
  std::vector<std::string> columns;  // The header.
  std::string mapping_toml;          // The text of the mapping that typed it.
  std::vector<Finding> findings;     // About the file as a whole.
};
// Error "extract_unknown" (bad command) when the store holds no such extract.
[[nodiscard]] base::Result<Layout> read_layout(store::DuckConnection& connection, ledger::ExtractNo extract);

// One fault of one rejected row, without any value.
struct StoredRejection {
  std::int64_t place = 0;
  std::int64_t line = 0;
  std::string column;  // As the file calls it; empty for the row as a whole.
  RejectionRule rule = RejectionRule::ragged_row;
  std::string value_class;
};
// By place and column, at most as many as asked for.
[[nodiscard]] base::Result<std::vector<StoredRejection>> read_rejections(store::DuckConnection& connection,
                                                                         ledger::ExtractNo extract,
                                                                         std::int64_t rows_max);

// How often a rule was broken in a column. A row may break several.
struct RejectionCount {
  std::string column;
  RejectionRule rule = RejectionRule::ragged_row;
  std::int64_t faults = 0;
};
// Most first, then by column and rule.
[[nodiscard]] base::Result<std::vector<RejectionCount>> count_rejections(
    store::DuckConnection& connection, const std::vector<ledger::ExtractNo>& extracts);

// A value of a typed row, in the words people read: dates as far as they are known, codes as codes.
struct TypedField {
  std::string field;
  std::string value;
};
// What one row became in one table.
struct TypedItem {
  Table table = Table::event;
  std::int32_t item = 0;
  std::string kind;                // "crime", "phone"; empty where the table has none.
  std::string roles;               // "victim, suspect"; empty where there are none.
  std::vector<TypedField> fields;  // Those that have a value.
};
struct TypedRow {
  std::int64_t place = 0;
  std::vector<TypedItem> items;  // By table and item.
};
// The row at that place; no items when nothing lies there.
[[nodiscard]] base::Result<TypedRow> read_typed_row(store::DuckConnection& connection, ledger::ExtractNo extract,
                                                    std::int64_t place);
// The places of the first rows, in order.
[[nodiscard]] base::Result<std::vector<std::int64_t>> first_places(store::DuckConnection& connection,
                                                                   ledger::ExtractNo extract, std::int64_t rows_max);

// Makes the counts of those extracts again from their rows: events by category, force, month and LSOA, which
// evidence reads instead of the rows. REQUIRES: a transaction is open.
[[nodiscard]] base::Result<void> rebuild_cube(store::DuckWriter& writer,
                                              const std::vector<ledger::ExtractNo>& extracts);

}  // namespace throughline::records
