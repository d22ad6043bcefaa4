#include "records/tables_erased.h"

#include <string>

#include "records/tables_row.h"

namespace throughline::records {

namespace {

using base::Result;

// Its column is not called "place", so that it outlives what remove_typed_rows removes.
constexpr std::string_view k_schema =
    "CREATE TABLE IF NOT EXISTS erased_row ("
    "extract_no INTEGER NOT NULL, at_place BIGINT NOT NULL, length BIGINT NOT NULL, "
    "content_offset BIGINT NOT NULL, content_length BIGINT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS entry_to_forget (entry BIGINT NOT NULL)";

Result<bool> has_table(store::DuckConnection& connection, const std::string& name) {
  store::DuckStatement count =
      TRY(connection.prepare("SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'main' AND table_name = ?"));
  store::DuckResult counted = TRY(count.bind(1, name).query());
  const auto chunk = TRY(counted.next());
  return chunk && chunk->column<std::int64_t>(0)[0] > 0;
}

}  // namespace

std::string_view erased_rows_schema() {
  return k_schema;
}

Result<std::vector<ErasedRow>> read_erased_rows(store::DuckConnection& connection, ledger::ExtractNo extract) {
  std::vector<ErasedRow> rows;
  if (!TRY(has_table(connection, "erased_row"))) return rows;
  store::DuckStatement select = TRY(
      connection.prepare("SELECT at_place, length, content_offset, content_length FROM erased_row WHERE extract_no = ? "
                         "ORDER BY at_place"));
  store::DuckResult found = TRY(select.bind(1, extract.number()).query());
  while (const auto chunk = TRY(found.next())) {
    const auto number = [&](int column, std::int64_t row) { return chunk->column<std::int64_t>(column)[row]; };
    for (std::int64_t row = 0; row < chunk->rows(); ++row) {
      rows.push_back({.place = number(0, row),
                      .length = number(1, row),
                      .content = {.offset = number(2, row), .length = number(3, row)}});
    }
  }
  return rows;
}

Result<void> add_erased_rows(store::DuckWriter& writer, const std::vector<NewlyErased>& rows) {
  store::DuckStatement insert =
      TRY(writer.prepare("INSERT INTO erased_row (extract_no, at_place, length, content_offset, content_length) "
                         "VALUES (?, ?, ?, ?, ?)"));
  for (const auto& [extract, row] : rows) {
    insert.bind(1, extract.number()).bind(2, row.place).bind(3, row.length);
    insert.bind(4, row.content.offset).bind(5, row.content.length);
    static_cast<void>(TRY(insert.run()));
  }
  return {};
}

Result<std::vector<std::int64_t>> read_entries_to_forget(store::DuckConnection& connection) {
  std::vector<std::int64_t> entries;
  if (!TRY(has_table(connection, "entry_to_forget"))) return entries;
  store::DuckResult found = TRY(connection.query("SELECT entry FROM entry_to_forget ORDER BY entry"));
  while (const auto chunk = TRY(found.next())) {
    for (std::int64_t row = 0; row < chunk->rows(); ++row) entries.push_back(chunk->column<std::int64_t>(0)[row]);
  }
  return entries;
}

Result<void> add_entries_to_forget(store::DuckWriter& writer, const std::vector<std::int64_t>& entries) {
  store::DuckStatement insert = TRY(writer.prepare("INSERT INTO entry_to_forget (entry) VALUES (?)"));
  for (const std::int64_t entry : entries) static_cast<void>(TRY(insert.bind(1, entry).run()));
  return {};
}

Result<std::int64_t> remove_typed_rows(store::DuckConnection& connection, store::DuckWriter& writer,
                                       const std::vector<NewlyErased>& rows) {
  std::int64_t removed = 0;
  for (const std::string& table : TRY(tables_of_rows(connection))) {
    store::DuckStatement remove = TRY(writer.prepare("DELETE FROM " + table + " WHERE extract_no = ? AND place = ?"));
    for (const auto& [extract, row] : rows) {
      removed += TRY(remove.bind(1, extract.number()).bind(2, row.place).run());
    }
  }
  return removed;
}

}  // namespace throughline::records
