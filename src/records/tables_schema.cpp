// The schema of records.duckdb, made from the description of the tables in model.h.
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

std::string first_step() {
  std::string sql;
  for (const TableSpec& table : tables()) {
    sql += "CREATE TABLE " + std::string(table.name) + " (";
    std::string_view mark;
    for (const SqlColumn& column : sql_columns(table.table)) {
      // Quoted, for "end" is a word of SQL.
      sql += std::string(mark) + '"' + column.name + "\" " + column.type;
      mark = ", ";
    }
    sql += ");\n";
  }
  return sql + std::string(k_beside);
}

}  // namespace

std::vector<store::Migration> records_migrations() {
  static const std::string k_first = first_step();
  return {{store::StoreKind::records, 1, k_first}};
}

}  // namespace throughline::records
