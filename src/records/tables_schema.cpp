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

// As the first step made it.
std::string create_table(const StoredTable& stored) {
  const std::vector<SqlColumn> columns = sql_columns(stored.table);
  std::string sql = "CREATE TABLE " + stored.name + " (";
  std::string_view mark;
  for (const std::size_t at : stored.columns) {
    if (step_of(stored.table, columns[at].name) != 1) continue;
    sql += std::string(mark) + quoted(columns[at]) + ' ' + columns[at].type;
    mark = ", ";
  }
  return sql + ");\n";
}

// The columns that a later step brought; a row of before has no value in them.
std::string add_columns(const StoredTable& stored, int step) {
  const std::vector<SqlColumn> columns = sql_columns(stored.table);
  std::string sql;
  for (const std::size_t at : stored.columns) {
    if (step_of(stored.table, columns[at].name) != step) continue;
    sql += "ALTER TABLE " + stored.name + " ADD COLUMN " + quoted(columns[at]) + ' ' + columns[at].type + ";\n";
  }
  return sql;
}

// Whole rows out of a table and its detail, as far as the columns had come at that step.
std::string create_view(const StoredTable& core, const StoredTable& detail, int step) {
  const std::vector<SqlColumn> columns = sql_columns(core.table);
  std::string sql = "CREATE VIEW " + std::string(relation_of(core.table)) + " AS SELECT ";
  std::string_view mark;
  for (std::size_t at = 0; at < columns.size(); ++at) {
    if (step_of(core.table, columns[at].name) > step) continue;
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
    if (i > 0 && stored[i - 1].table == stored[i].table) sql += create_view(stored[i - 1], stored[i], 1);
  }
  return sql + std::string(k_beside);
}

// What a later step does to the tables of the first: their new columns, and the views that show them.
std::string later_step(int step) {
  std::string sql;
  const std::vector<StoredTable>& stored = stored_tables();
  for (std::size_t i = 0; i < stored.size(); ++i) {
    const bool has_view = i > 0 && stored[i - 1].table == stored[i].table;
    if (has_view) sql += "DROP VIEW " + std::string(relation_of(stored[i].table)) + ";\n";
    sql += add_columns(stored[i], step);
    if (has_view) sql += create_view(stored[i - 1], stored[i], step);
  }
  return sql;
}

}  // namespace

std::vector<store::Migration> records_migrations() {
  // The second step and the fourth are linkage's own.
  static const std::string k_first = first_step();
  static const std::string k_third = later_step(3);
  return {{store::StoreKind::records, 1, k_first}, {store::StoreKind::records, 3, k_third}};
}

}  // namespace throughline::records
