#include "records/tables.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/number.h"
#include "records/fields.h"
#include "records/netstring.h"
#include "records/tables_value.h"

namespace throughline::records {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using store::DuckChunk;
using store::DuckConnection;
using store::DuckStatement;

template <class Take>
Result<void> read_all(DuckStatement& statement, const Take& take) {
  store::DuckResult result = TRY(statement.query());
  while (const std::optional<DuckChunk> chunk = TRY(result.next())) {
    for (std::int64_t row = 0; row < chunk->rows(); ++row) take(*chunk, row);
  }
  return {};
}

Error unknown(ledger::ExtractNo extract) {
  return {ErrorKind::bad_command, "extract_unknown",
          "the record store holds no extract " + std::to_string(extract.number()), "",
          "See 'throughline records' for those it holds"};
}

Error damaged_layout(ledger::ExtractNo extract) {
  return {
      ErrorKind::damaged, "damaged_records",
      "what the record store says of the columns of extract " + std::to_string(extract.number()) + " cannot be read",
      "records.duckdb", "Restore the last backup with 'throughline restore'"};
}

// "1, 2, 3": numbers of ours, so they may stand in SQL.
std::string listed(const std::vector<ledger::ExtractNo>& extracts) {
  std::string list;
  for (const ledger::ExtractNo extract : extracts) list += (list.empty() ? "" : ",") + std::to_string(extract.number());
  return list.empty() ? "-1" : list;
}

std::string quoted_columns(const std::vector<SqlColumn>& columns) {
  std::string sql;
  for (const SqlColumn& column : columns) sql += (sql.empty() ? "\"" : ", \"") + column.name + '"';
  return sql;
}

}  // namespace

Result<std::vector<ledger::PresentBatch>> present_batches(DuckConnection& connection) {
  auto select = TRY(connection.prepare(
      "SELECT extract_no, content_hash, rows_read, rows_rejected, supersedes FROM batch ORDER BY extract_no"));
  std::vector<ledger::PresentBatch> batches;
  TRY(read_all(select, [&](const DuckChunk& chunk, std::int64_t row) {
    ledger::PresentBatch batch;
    batch.extract = ledger::ExtractNo(chunk.column<std::int32_t>(0)[row]);
    // A hash that is none is no batch of the ledger's: recover() will call it damage.
    batch.content_hash = base::Hash::from_hex(chunk.text(1, row)).value_or(base::Hash());
    batch.rows_read = chunk.column<std::int64_t>(2)[row];
    batch.rows_rejected = chunk.column<std::int64_t>(3)[row];
    const auto supersedes = chunk.column<std::int32_t>(4);
    if (supersedes.has(row)) batch.supersedes = ledger::ExtractNo(supersedes[row]);
    batches.push_back(batch);
  }));
  return batches;
}

Result<Layout> read_layout(DuckConnection& connection, ledger::ExtractNo extract) {
  auto select = TRY(connection.prepare(
      "SELECT format, encoding, delimiter, part, content_name, header, mapping_toml FROM batch WHERE extract_no = ?"));
  select.bind(1, extract.number());
  std::optional<Layout> layout;
  bool is_sound = true;
  TRY(read_all(select, [&](const DuckChunk& chunk, std::int64_t row) {
    const std::string_view delimiter = chunk.text(2, row);
    auto columns = from_netstrings(chunk.text(5, row));
    is_sound = columns.has_value() && delimiter.size() == 1;
    layout = Layout{.format = static_cast<Format>(chunk.column<std::uint8_t>(0)[row]),
                    .delimiter = delimiter.empty() ? ',' : delimiter.front(),
                    .encoding = static_cast<base::Encoding>(chunk.column<std::uint8_t>(1)[row]),
                    .part = std::string(chunk.text(3, row)),
                    .content_name = std::string(chunk.text(4, row)),
                    .columns = std::move(columns).value_or(std::vector<std::string>()),
                    .mapping_toml = std::string(chunk.text(6, row)),
                    .findings = {}};
  }));
  if (!layout) return unknown(extract);
  if (!is_sound) return damaged_layout(extract);
  auto findings = TRY(connection.prepare("SELECT code, text FROM finding WHERE extract_no = ? ORDER BY code, text"));
  findings.bind(1, extract.number());
  TRY(read_all(findings, [&](const DuckChunk& chunk, std::int64_t row) {
    layout->findings.push_back({std::string(chunk.text(0, row)), std::string(chunk.text(1, row))});
  }));
  return *std::move(layout);
}

Result<std::vector<StoredRejection>> read_rejections(DuckConnection& connection, ledger::ExtractNo extract,
                                                     std::int64_t rows_max) {
  auto select =
      TRY(connection.prepare("SELECT place, line, column_name, rule, value_class FROM rejection WHERE extract_no = ? "
                             "ORDER BY place, column_name, rule LIMIT ?"));
  select.bind(1, extract.number()).bind(2, rows_max);
  std::vector<StoredRejection> rejections;
  TRY(read_all(select, [&](const DuckChunk& chunk, std::int64_t row) {
    rejections.push_back({.place = chunk.column<std::int64_t>(0)[row],
                          .line = chunk.column<std::int64_t>(1)[row],
                          .column = std::string(chunk.text(2, row)),
                          .rule = static_cast<RejectionRule>(chunk.column<std::uint8_t>(3)[row]),
                          .value_class = std::string(chunk.text(4, row))});
  }));
  return rejections;
}

Result<std::vector<RejectionCount>> count_rejections(DuckConnection& connection,
                                                     const std::vector<ledger::ExtractNo>& extracts) {
  auto select = TRY(connection.prepare("SELECT column_name, rule, count(*) FROM rejection WHERE extract_no IN (" +
                                       listed(extracts) + ") GROUP BY ALL ORDER BY count(*) DESC, column_name, rule"));
  std::vector<RejectionCount> counts;
  TRY(read_all(select, [&](const DuckChunk& chunk, std::int64_t row) {
    counts.push_back({.column = std::string(chunk.text(0, row)),
                      .rule = static_cast<RejectionRule>(chunk.column<std::uint8_t>(1)[row]),
                      .faults = chunk.column<std::int64_t>(2)[row]});
  }));
  return counts;
}

Result<TypedRow> read_typed_row(DuckConnection& connection, ledger::ExtractNo extract, std::int64_t place) {
  TypedRow typed{.place = place, .items = {}};
  for (const TableSpec& table : tables()) {
    const std::vector<SqlColumn> columns = sql_columns(table.table);
    auto select =
        TRY(connection.prepare("SELECT " + quoted_columns(columns) + " FROM " + std::string(relation_of(table.table)) +
                               " WHERE extract_no = ? AND place = ? ORDER BY item"));
    select.bind(1, extract.number()).bind(2, place);
    TRY(read_all(select, [&](const DuckChunk& chunk, std::int64_t row) {
      typed.items.push_back(typed_item(table, columns, {chunk, row}));
    }));
  }
  return typed;
}

Result<std::vector<std::int64_t>> first_places(DuckConnection& connection, ledger::ExtractNo extract,
                                               std::int64_t rows_max) {
  std::vector<std::int64_t> places;
  for (const TableSpec& table : tables()) {
    auto select = TRY(connection.prepare("SELECT DISTINCT place FROM " + std::string(table.name) +
                                         " WHERE extract_no = ? ORDER BY place LIMIT ?"));
    select.bind(1, extract.number()).bind(2, rows_max);
    TRY(read_all(select, [&](const DuckChunk& chunk, std::int64_t row) {
      places.push_back(chunk.column<std::int64_t>(0)[row]);
    }));
  }
  std::ranges::sort(places);
  places.erase(std::ranges::unique(places).begin(), places.end());
  if (static_cast<std::int64_t>(places.size()) > rows_max) places.resize(static_cast<std::size_t>(rows_max));
  return places;
}

}  // namespace throughline::records
