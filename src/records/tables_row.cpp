#include "records/tables_row.h"

namespace throughline::records {

using base::Result;

Result<std::vector<std::string>> tables_of_rows(store::DuckConnection& connection) {
  store::DuckResult found = TRY(connection.query(
      "SELECT t.schema_name, t.table_name FROM duckdb_tables() AS t JOIN duckdb_columns() AS c USING (schema_name, "
      "table_name) WHERE NOT t.internal AND c.column_name IN ('extract_no', 'place') GROUP BY ALL HAVING count(*) = 2 "
      "ORDER BY ALL"));
  std::vector<std::string> names;
  while (const auto chunk = TRY(found.next())) {
    for (std::int64_t row = 0; row < chunk->rows(); ++row) {
      names.push_back('"' + std::string(chunk->text(0, row)) + "\".\"" + std::string(chunk->text(1, row)) + '"');
    }
  }
  return names;
}

Result<bool> holds_row(store::DuckConnection& connection, ledger::ExtractNo extract, std::int64_t place) {
  for (const std::string& table : TRY(tables_of_rows(connection))) {
    store::DuckStatement select =
        TRY(connection.prepare("SELECT 1 FROM " + table + " WHERE extract_no = ? AND place = ? LIMIT 1"));
    store::DuckResult found = TRY(select.bind(1, extract.number()).bind(2, place).query());
    if (TRY(found.next()).has_value()) return true;
  }
  return false;
}

Result<std::vector<StoredRejection>> read_rejections_at(store::DuckConnection& connection, ledger::ExtractNo extract,
                                                        std::int64_t place) {
  store::DuckStatement select =
      TRY(connection.prepare("SELECT line, column_name, rule, value_class FROM rejection WHERE extract_no = ? AND "
                             "place = ? ORDER BY column_name, rule"));
  store::DuckResult found = TRY(select.bind(1, extract.number()).bind(2, place).query());
  std::vector<StoredRejection> rejections;
  while (const auto chunk = TRY(found.next())) {
    for (std::int64_t row = 0; row < chunk->rows(); ++row) {
      rejections.push_back({.place = place,
                            .line = chunk->column<std::int64_t>(0)[row],
                            .column = std::string(chunk->text(1, row)),
                            .rule = static_cast<RejectionRule>(chunk->column<std::uint8_t>(2)[row]),
                            .value_class = std::string(chunk->text(3, row))});
    }
  }
  return rejections;
}

}  // namespace throughline::records
