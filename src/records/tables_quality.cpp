#include "records/tables_quality.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/check.h"
#include "records/gss.h"

namespace throughline::records {

namespace {

using base::Result;
using store::DuckChunk;
using store::DuckConnection;

// Numbers travel as one bound text, so that a list of any length is one parameter of one prepared statement.
constexpr std::string_view k_extract_filter = "extract_no IN (SELECT CAST(unnest(string_split(?, ',')) AS INTEGER))";
constexpr std::string_view k_has_reference = "(reference IS NOT NULL OR reference_hex_1 IS NOT NULL)";

// A statement whose every parameter is the list of extracts.
struct Asking {
  std::string sql;
  int parameters = 1;
};

// Gives every row to `take(chunk, row)`.
template <class Take>
Result<void> read(DuckConnection& connection, const Asking& asking, const std::vector<std::int32_t>& extracts,
                  const Take& take) {
  // No extract has number -1: an empty list must match nothing.
  const std::string bound = extracts.empty() ? "-1" : fmt::format("{}", fmt::join(extracts, ","));
  store::DuckStatement statement = TRY(connection.prepare(asking.sql));
  for (int position = 1; position <= asking.parameters; ++position) statement.bind(position, bound);
  store::DuckResult result = TRY(statement.query());
  while (const std::optional<DuckChunk> chunk = TRY(result.next())) {
    for (std::int64_t row = 0; row < chunk->rows(); ++row) take(*chunk, row);
  }
  return {};
}

// The columns by which the rows of a table are grouped beside extract and item: a holder, then a month.
std::string holder_column(Table table, const std::string& holder) {
  if (table == Table::event) return holder;
  return table == Table::observation ? "area" : "CAST(NULL AS VARCHAR)";
}

std::string month_column(Table table) {
  return table == Table::event || table == Table::observation ? "month" : "CAST(NULL AS INTEGER)";
}

std::string holder_in(Table table, const DuckChunk& chunk, int column, std::int64_t row) {
  if (table == Table::observation) {
    const auto areas = chunk.column<std::uint32_t>(column);
    return areas.has(row) ? GssCode(areas[row]).text() : std::string();
  }
  const auto texts = chunk.texts(column);
  return texts.validity.has(row) ? std::string(texts[row]) : std::string();
}

std::optional<base::Month> month_in(const DuckChunk& chunk, int column, std::int64_t row) {
  const auto months = chunk.column<std::int32_t>(column);
  return months.has(row) ? std::optional(base::Month(months[row])) : std::nullopt;
}

// How many rows of a group fill the field. A reference lies in one of two places.
std::string filled_count(Table table, const std::string& field) {
  const auto at = field_named(table, field);
  CHECK(at.has_value());
  const FieldSpec& spec = spec_of(table).fields[*at];
  const std::vector<SqlColumn> columns = field_columns(spec);
  if (spec.kind == FieldKind::reference) {
    return fmt::format("count(\"{}\") + count(\"{}\")", columns[0].name, columns[1].name);
  }
  return fmt::format("count(\"{}\")", columns[0].name);
}

// Whether one of the fields lies in the table's detail; without one its core alone is read, which costs no join.
bool has_detail(Table table, const std::vector<std::string>& fields) {
  return std::ranges::any_of(fields, [&](const std::string& field) {
    const auto at = field_named(table, field);
    CHECK(at.has_value());
    return spec_of(table).fields[*at].is_detail;
  });
}

std::string_view relation_for(Table table, const std::vector<std::string>& fields) {
  return has_detail(table, fields) ? relation_of(table) : spec_of(table).name;
}

// What a source fills of one table.
struct FilledTable {
  Table table = Table::event;
  std::vector<std::string> fields;
};

std::vector<FilledTable> filled_tables(const std::vector<AskedField>& asked) {
  std::vector<FilledTable> filled;
  for (const AskedField& field : asked) {
    auto at = std::ranges::find(filled, field.table, &FilledTable::table);
    if (at == filled.end()) at = filled.insert(at, {.table = field.table, .fields = {}});
    at->fields.push_back(field.field);
  }
  return filled;
}

// One hash over everything that a row became in the table, but where it lies. A detail that the source never fills is
// the same everywhere.
std::string row_hash(const FilledTable& filled) {
  const std::vector<SqlColumn> columns = sql_columns(filled.table);
  const auto stored = std::ranges::find(stored_tables(), filled.table, &StoredTable::table);
  std::vector<std::string> names;
  for (std::size_t at = 0; at < columns.size(); ++at) {
    const bool is_core = std::ranges::find(stored->columns, at) != stored->columns.end();
    const bool is_place = columns[at].name == "extract_no" || columns[at].name == "place";
    if (!is_place && (is_core || has_detail(filled.table, filled.fields))) {
      names.push_back(fmt::format("\"{}\"", columns[at].name));
    }
  }
  return fmt::format("hash({})", fmt::join(names, ", "));
}

// Published figures of no area cannot be told apart: what parted them was not typed.
std::string comparable(Table table) {
  return fmt::format("{}{}", k_extract_filter, table == Table::observation ? " AND area IS NOT NULL" : "");
}

// A row a line of the file: its hash, and whether it has a reference.
std::string row_hashes(const std::vector<FilledTable>& tables) {
  const auto is_referenced = [](Table table) { return table == Table::event ? k_has_reference : "false"; };
  if (tables.size() == 1) {
    const FilledTable& only = tables.front();
    return fmt::format("SELECT {} AS h, {} AS referenced FROM {} WHERE {}", row_hash(only), is_referenced(only.table),
                       relation_for(only.table, only.fields), comparable(only.table));
  }
  std::vector<std::string> parts;
  for (const FilledTable& filled : tables) {
    parts.push_back(
        fmt::format("SELECT extract_no, place, {} * 1000 + item AS part, {} AS h, {} AS referenced FROM {} WHERE {}",
                    static_cast<int>(filled.table), row_hash(filled), is_referenced(filled.table),
                    relation_for(filled.table, filled.fields), comparable(filled.table)));
  }
  return fmt::format(
      "SELECT hash(list(h ORDER BY part)) AS h, bool_or(referenced) AS referenced FROM ({}) GROUP BY extract_no, place",
      fmt::join(parts, " UNION ALL "));
}

}  // namespace

Result<std::vector<FillGroup>> read_fill(DuckConnection& connection, const std::vector<std::int32_t>& extracts,
                                         Table table, const std::vector<std::string>& fields) {
  std::string counts;
  for (const std::string& field : fields) counts += ", " + filled_count(table, field);
  const std::string sql = fmt::format(
      "SELECT extract_no, CAST(item AS INTEGER), {}, {}, count(*){} FROM {} WHERE {} GROUP BY 1, 2, 3, 4 "
      "ORDER BY 1, 2, 3, 4",
      holder_column(table, holder_among(fields)), month_column(table), counts, relation_for(table, fields),
      k_extract_filter);
  std::vector<FillGroup> groups;
  TRY(read(connection, {sql}, extracts, [&](const DuckChunk& chunk, std::int64_t row) {
    FillGroup& group = groups.emplace_back();
    group.extract = chunk.column<std::int32_t>(0)[row];
    group.item = chunk.column<std::int32_t>(1)[row];
    group.holder = holder_in(table, chunk, 2, row);
    group.month = month_in(chunk, 3, row);
    group.rows = chunk.column<std::int64_t>(4)[row];
    for (int i = 0; i < static_cast<int>(fields.size()); ++i) {
      group.filled.push_back(chunk.column<std::int64_t>(5 + i)[row]);
    }
  }));
  return groups;
}

Result<std::vector<WordGroup>> read_words(DuckConnection& connection, const std::vector<std::int32_t>& extracts,
                                          const AskedField& asked) {
  CHECK(is_vocabulary_field(asked.table, asked.field));
  std::vector<std::string> needed = {asked.field};
  if (asked.table == Table::event) needed.push_back(asked.holder);
  const std::string rows = fmt::format("FROM {} WHERE {} AND item = {} AND \"{}\" IS NOT NULL",
                                       relation_for(asked.table, needed), k_extract_filter, asked.item, asked.field);
  std::int64_t words = 0;
  TRY(read(connection,
           {fmt::format("SELECT count(*) FROM (SELECT DISTINCT \"{}\" {} LIMIT {})", asked.field, rows,
                        k_vocabulary_words_max + 1)},
           extracts, [&](const DuckChunk& chunk, std::int64_t row) { words = chunk.column<std::int64_t>(0)[row]; }));
  std::vector<WordGroup> groups;
  if (words > k_vocabulary_words_max) return groups;
  TRY(read(connection,
           {fmt::format("SELECT extract_no, {}, {}, \"{}\", count(*) {} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
                        holder_column(asked.table, asked.holder), month_column(asked.table), asked.field, rows)},
           extracts, [&](const DuckChunk& chunk, std::int64_t row) {
             groups.push_back({.extract = chunk.column<std::int32_t>(0)[row],
                               .holder = holder_in(asked.table, chunk, 1, row),
                               .month = month_in(chunk, 2, row),
                               .word = std::string(chunk.text(3, row)),
                               .rows = chunk.column<std::int64_t>(4)[row]});
           }));
  return groups;
}

Result<DayCounts> read_reporting_days(DuckConnection& connection, const std::vector<std::int32_t>& extracts) {
  const int day = static_cast<int>(base::DatePrecision::day);
  const std::string sql = fmt::format(
      "SELECT date_diff('day', CAST(\"start\" AS DATE), CAST(reported AS DATE)) AS days, count(*) FROM event WHERE {} "
      "AND start_precision >= {} AND reported_precision >= {} GROUP BY days ORDER BY days",
      k_extract_filter, day, day);
  DayCounts counts;
  TRY(read(connection, {sql}, extracts, [&](const DuckChunk& chunk, std::int64_t row) {
    counts.emplace_back(chunk.column<std::int64_t>(0)[row], chunk.column<std::int64_t>(1)[row]);
  }));
  return counts;
}

Result<Duplicates> read_duplicates(DuckConnection& connection, const std::vector<std::int32_t>& extracts,
                                   const std::vector<AskedField>& fields) {
  Duplicates found;
  const std::vector<FilledTable> tables = filled_tables(fields);
  if (tables.empty()) return found;
  const std::string repeats = fmt::format(
      "SELECT CAST(coalesce(sum(n), 0) AS BIGINT), CAST(coalesce(sum(n - 1), 0) AS BIGINT), "
      "CAST(coalesce(sum(n - 1) FILTER (WHERE referenced), 0) AS BIGINT) "
      "FROM (SELECT count(*) AS n, bool_or(referenced) AS referenced FROM ({}) GROUP BY h)",
      row_hashes(tables));
  TRY(read(connection, {repeats, static_cast<int>(tables.size())}, extracts,
           [&](const DuckChunk& chunk, std::int64_t row) {
             found.rows = chunk.column<std::int64_t>(0)[row];
             found.repeats = chunk.column<std::int64_t>(1)[row];
             found.repeats_referenced = chunk.column<std::int64_t>(2)[row];
           }));
  const auto is_reference = [](const AskedField& field) {
    return field.table == Table::event && field.field == "reference";
  };
  if (std::ranges::none_of(fields, is_reference)) return found;
  const std::string references = fmt::format(
      "SELECT count(*), count(*) FILTER (WHERE n > 1), CAST(coalesce(sum(n) FILTER (WHERE n > 1), 0) AS BIGINT) "
      "FROM (SELECT count(*) AS n FROM event WHERE {} AND {} GROUP BY reference, reference_hex_1, reference_hex_2, "
      "reference_hex_3, reference_hex_4)",
      k_extract_filter, k_has_reference);
  TRY(read(connection, {references}, extracts, [&](const DuckChunk& chunk, std::int64_t row) {
    found.references = chunk.column<std::int64_t>(0)[row];
    found.references_repeated = chunk.column<std::int64_t>(1)[row];
    found.rows_of_repeated = chunk.column<std::int64_t>(2)[row];
  }));
  return found;
}

}  // namespace throughline::records
