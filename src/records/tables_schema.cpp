// The schema of records.duckdb, made from the description of the tables in model.h.
#include <algorithm>
#include <string>
#include <string_view>

#include "records/tables.h"

namespace throughline::records {

namespace {

constexpr std::string_view k_beside = R"sql(
CREATE TABLE batch (
  extract_no INTEGER NOT NULL, content_hash VARCHAR NOT NULL, rows_read BIGINT NOT NULL, rows_rejected BIGINT NOT NULL,
  supersedes INTEGER, format UTINYINT NOT NULL, encoding UTINYINT NOT NULL, delimiter VARCHAR NOT NULL,
  part VARCHAR NOT NULL, content_name VARCHAR NOT NULL, header VARCHAR NOT NULL, mapping_toml VARCHAR NOT NULL);
CREATE TABLE finding (extract_no INTEGER NOT NULL, code VARCHAR NOT NULL, text VARCHAR NOT NULL);
CREATE TABLE rejection (
  extract_no INTEGER NOT NULL, place BIGINT NOT NULL, line BIGINT NOT NULL, column_name VARCHAR NOT NULL,
  rule UTINYINT NOT NULL, value_class VARCHAR NOT NULL);
CREATE SCHEMA derived;
CREATE TABLE derived.event_cube (
  extract_no INTEGER, category VARCHAR, force VARCHAR, month INTEGER, lsoa UINTEGER, kind VARCHAR, events BIGINT);
)sql";

// Quoted, for "end" is a word of SQL.
std::string quoted(const SqlColumn& column) {
  return '"' + column.name + '"';
}

std::string create_table(const StoredTable& stored) {
  const std::vector<SqlColumn> columns = sql_columns(stored.table);
  std::string sql = "CREATE TABLE " + stored.name + " (";
  std::string_view mark;
  for (const std::size_t at : stored.columns) {
    sql += std::string(mark) + quoted(columns[at]) + ' ' + columns[at].type;
    mark = ", ";
  }
  return sql + ");\n";
}

// Whole rows out of a table and its detail.
std::string create_view(const StoredTable& core, const StoredTable& detail) {
  const std::vector<SqlColumn> columns = sql_columns(core.table);
  std::string sql = "CREATE VIEW " + std::string(relation_of(core.table)) + " AS SELECT ";
  std::string_view mark;
  for (std::size_t at = 0; at < columns.size(); ++at) {
    const bool is_core = std::ranges::find(core.columns, at) != core.columns.end();
    sql += std::string(mark) + (is_core ? "c." : "d.") + quoted(columns[at]);
    mark = ", ";
  }
  return sql + " FROM " + core.name + " AS c LEFT JOIN " + detail.name +
         " AS d ON c.extract_no = d.extract_no AND c.place = d.place AND c.item = d.item;\n";
}

std::string first_step() {
  std::string sql;
  const std::vector<StoredTable>& stored = stored_tables();
  for (std::size_t i = 0; i < stored.size(); ++i) {
    sql += create_table(stored[i]);
    if (i > 0 && stored[i - 1].table == stored[i].table) sql += create_view(stored[i - 1], stored[i]);
  }
  return sql + std::string(k_beside);
}

}  // namespace

std::vector<store::Migration> records_migrations() {
  static const std::string k_first = first_step();
  return {{store::StoreKind::records, 1, k_first}};
}

}  // namespace throughline::records
