#include "evidence/tables.h"

#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/check.h"
#include "base/number.h"

namespace throughline::evidence {
namespace {

using base::Result;
using store::DuckChunk;
using store::DuckConnection;
using store::DuckResult;
using store::DuckStatement;

// One bound value of a statement.
using Bound = std::variant<std::int64_t, std::string>;

// The conditions of a query and what is bound to them, in order.
struct Conditions {
  std::string sql;
  std::vector<Bound> values;
};

// Numbers travel as one bound text, so that a list of any length is one parameter of one prepared statement.
constexpr std::string_view k_extract_filter = "extract_no IN (SELECT CAST(unnest(string_split(?, ',')) AS INTEGER))";
constexpr std::string_view k_lsoa_filter = "lsoa IN (SELECT CAST(unnest(string_split(?, ',')) AS UINTEGER))";

std::string joined(const std::vector<std::int32_t>& numbers) {
  // No extract has number -1: an empty list must match nothing.
  return numbers.empty() ? "-1" : fmt::format("{}", fmt::join(numbers, ","));
}

// Binds every text and gives as many question marks.
std::string bind_texts(const std::vector<std::string>& texts, std::vector<Bound>& values) {
  std::string marks;
  for (const std::string& text : texts) {
    marks += marks.empty() ? "?" : ", ?";
    values.emplace_back(text);
  }
  return marks;
}

Conditions conditions_of(const CountQuery& query) {
  Conditions found{.sql = std::string(k_extract_filter), .values = {joined(query.extracts)}};
  if (query.category_filter == CategoryFilter::blank) {
    found.sql += " AND category IS NULL";
  } else if (query.category_filter == CategoryFilter::named) {
    CHECK(!query.categories.empty());
    found.sql += fmt::format(" AND category IN ({})", bind_texts(query.categories, found.values));
  }
  for (const std::string& words : query.excluded) {
    found.sql += " AND category IS DISTINCT FROM ?";
    found.values.emplace_back(words);
  }
  if (query.span) {
    found.sql += " AND month >= ? AND month < ?";
    found.values.emplace_back(std::int64_t{query.span->begin.index()});
    found.values.emplace_back(std::int64_t{query.span->end.index()});
  }
  if (!query.forces.empty()) {
    found.sql += fmt::format(" AND force IN ({})", bind_texts(query.forces, found.values));
  }
  if (!query.lsoas.empty()) {
    std::vector<std::uint32_t> codes;
    std::ranges::transform(query.lsoas, std::back_inserter(codes), &AreaCode::packed);
    found.sql += fmt::format(" AND {}", k_lsoa_filter);
    found.values.emplace_back(fmt::format("{}", fmt::join(codes, ",")));
  }
  return found;
}

std::string_view table_of(CountPath path) {
  return path == CountPath::rows ? "event" : "derived.event_cube";
}

// Runs the statement and gives every row to `take(chunk, row)`.
template <class Take>
Result<void> read(DuckConnection& connection, const std::string& sql, const std::vector<Bound>& values,
                  const Take& take) {
  DuckStatement statement = TRY(connection.prepare(sql));
  int position = 0;
  for (const Bound& value : values) {
    ++position;
    std::visit([&](const auto& each) { statement.bind(position, each); }, value);
  }
  DuckResult result = TRY(statement.query());
  while (true) {
    const std::optional<DuckChunk> chunk = TRY(result.next());
    if (!chunk) {
      return {};
    }
    for (std::int64_t row = 0; row < chunk->rows(); ++row) {
      take(*chunk, row);
    }
  }
}

Result<TracedRows> trace(DuckConnection& connection, std::string_view table, Conditions conditions,
                         std::int64_t rows_max) {
  TracedRows traced;
  const std::string totals = fmt::format(
      "SELECT extract_no, count(*) FROM {} WHERE {} GROUP BY extract_no ORDER BY extract_no", table, conditions.sql);
  TRY(read(connection, totals, conditions.values, [&](const DuckChunk& chunk, std::int64_t row) {
    traced.extracts.push_back(
        {.extract = chunk.column<std::int32_t>(0)[row], .rows = chunk.column<std::int64_t>(1)[row]});
    traced.total += traced.extracts.back().rows;
  }));
  const std::string first = fmt::format(
      "SELECT extract_no, place FROM {} WHERE {} ORDER BY extract_no, place, item LIMIT ?", table, conditions.sql);
  conditions.values.emplace_back(rows_max);
  TRY(read(connection, first, conditions.values, [&](const DuckChunk& chunk, std::int64_t row) {
    traced.first.push_back(
        {.extract = chunk.column<std::int32_t>(0)[row], .place = chunk.column<std::int64_t>(1)[row]});
  }));
  return traced;
}

}  // namespace

VisibleExtract seen(const ledger::RegisteredExtract& extract) {
  constexpr std::size_t k_name_digits = 16;
  const ledger::Announcement& announced = extract.announced;
  VisibleExtract visible;
  visible.number = base::narrow<std::int32_t>(announced.extract.number());
  visible.name = announced.content_hash.hex().substr(0, k_name_digits);
  visible.mapping = announced.mapping.substr(0, announced.mapping.find(' '));
  visible.file_name = announced.file_name;
  visible.coverage = announced.coverage;
  visible.records = announced.rows_read - announced.rows_rejected;
  visible.rejections = announced.rows_rejected;
  visible.received = announced.received_at.date();
  return visible;
}

std::optional<RowSource> row_source_of(std::string_view mapping) {
  if (mapping == "police-uk-street") {
    return RowSource::street_crime;
  }
  if (mapping == "police-uk-stop-and-search") {
    return RowSource::stop_and_search;
  }
  if (mapping == "borough-counts") {
    return RowSource::observation;
  }
  return std::nullopt;
}

Result<std::vector<CountRow>> count_by_lsoa(DuckConnection& connection, const CountQuery& query) {
  const Conditions conditions = conditions_of(query);
  const std::string sql = fmt::format(
      "SELECT lsoa, month, {} FROM {} WHERE lsoa IS NOT NULL AND month IS NOT NULL AND {} GROUP BY lsoa, month "
      "ORDER BY lsoa, month",
      query.path == CountPath::rows ? "count(*)" : "CAST(sum(events) AS BIGINT)", table_of(query.path), conditions.sql);
  std::vector<CountRow> rows;
  TRY(read(connection, sql, conditions.values, [&](const DuckChunk& chunk, std::int64_t row) {
    rows.push_back({.area = AreaCode(chunk.column<std::uint32_t>(0)[row]),
                    .month = base::Month(chunk.column<std::int32_t>(1)[row]),
                    .count = chunk.column<std::int64_t>(2)[row]});
  }));
  return rows;
}

Result<std::vector<ForceCount>> count_by_force(DuckConnection& connection, const CountQuery& query) {
  const Conditions conditions = conditions_of(query);
  const std::string sql = fmt::format(
      "SELECT force, month, {0}, coalesce({0} FILTER (WHERE lsoa IS NULL), 0) FROM {1} "
      "WHERE force IS NOT NULL AND month IS NOT NULL AND {2} GROUP BY force, month ORDER BY force, month",
      query.path == CountPath::rows ? "count(*)" : "sum(events)", table_of(query.path), conditions.sql);
  const std::string whole = fmt::format(
      "SELECT force, month, CAST(c AS BIGINT), CAST(b AS BIGINT) FROM ({}) AS counted(force, month, c, b)", sql);
  std::vector<ForceCount> rows;
  TRY(read(connection, whole, conditions.values, [&](const DuckChunk& chunk, std::int64_t row) {
    rows.push_back({.force = std::string(chunk.text(0, row)),
                    .month = base::Month(chunk.column<std::int32_t>(1)[row]),
                    .count = chunk.column<std::int64_t>(2)[row],
                    .without_place = chunk.column<std::int64_t>(3)[row]});
  }));
  return rows;
}

Result<std::vector<CategoryUse>> category_uses(DuckConnection& connection, const CountQuery& query) {
  const Conditions conditions = conditions_of(query);
  const std::string sql = fmt::format(
      "SELECT category, min(month), max(month) FROM {} WHERE category IS NOT NULL AND month IS NOT NULL AND {} "
      "GROUP BY category ORDER BY category",
      table_of(query.path), conditions.sql);
  std::vector<CategoryUse> uses;
  TRY(read(connection, sql, conditions.values, [&](const DuckChunk& chunk, std::int64_t row) {
    std::string words(chunk.text(0, row));
    uses.push_back({.slug = slug_of(words),
                    .words = words,
                    .first = base::Month(chunk.column<std::int32_t>(1)[row]),
                    .last = base::Month(chunk.column<std::int32_t>(2)[row])});
  }));
  return uses;
}

Result<std::vector<CategoryCount>> count_by_category(DuckConnection& connection, const CountQuery& query) {
  const Conditions conditions = conditions_of(query);
  const std::string sql = fmt::format(
      "SELECT coalesce(category, ''), min(month), max(month), {} FROM {} WHERE month IS NOT NULL AND {} GROUP BY 1 "
      "ORDER BY 1",
      query.path == CountPath::rows ? "count(*)" : "CAST(sum(events) AS BIGINT)", table_of(query.path), conditions.sql);
  std::vector<CategoryCount> counts;
  TRY(read(connection, sql, conditions.values, [&](const DuckChunk& chunk, std::int64_t row) {
    std::string words(chunk.text(0, row));
    counts.push_back({.use = {.slug = slug_of(words),
                              .words = words,
                              .first = base::Month(chunk.column<std::int32_t>(1)[row]),
                              .last = base::Month(chunk.column<std::int32_t>(2)[row])},
                      .count = chunk.column<std::int64_t>(3)[row]});
  }));
  return counts;
}

Result<std::vector<KindCount>> count_by_kind(DuckConnection& connection, const std::vector<std::int32_t>& extracts) {
  const std::string sql = fmt::format(
      "SELECT kind, force, month, CAST(sum(events) AS BIGINT) FROM {} WHERE {} AND kind IS NOT NULL AND force IS NOT "
      "NULL AND month IS NOT NULL GROUP BY kind, force, month ORDER BY kind, force, month",
      table_of(CountPath::cube), k_extract_filter);
  std::vector<KindCount> counts;
  TRY(read(connection, sql, {joined(extracts)}, [&](const DuckChunk& chunk, std::int64_t row) {
    counts.push_back({.kind = std::string(chunk.text(0, row)),
                      .force = std::string(chunk.text(1, row)),
                      .month = base::Month(chunk.column<std::int32_t>(2)[row]),
                      .count = chunk.column<std::int64_t>(3)[row]});
  }));
  return counts;
}

Result<std::vector<ObservedCount>> observed_counts(DuckConnection& connection,
                                                   const std::vector<std::int32_t>& extracts) {
  const std::string sql = fmt::format(
      "SELECT area, month, coalesce(category, ''), CAST(sum(value) AS BIGINT) FROM observation WHERE month IS NOT NULL "
      "AND value IS NOT NULL AND {} GROUP BY area, month, category ORDER BY area, month, category",
      k_extract_filter);
  std::vector<ObservedCount> rows;
  TRY(read(connection, sql, {joined(extracts)}, [&](const DuckChunk& chunk, std::int64_t row) {
    const auto areas = chunk.column<std::uint32_t>(0);
    rows.push_back({.area = areas.has(row) ? std::optional(AreaCode(areas[row])) : std::nullopt,
                    .month = base::Month(chunk.column<std::int32_t>(1)[row]),
                    .category = std::string(chunk.text(2, row)),
                    .count = chunk.column<std::int64_t>(3)[row]});
  }));
  return rows;
}

Result<AreaTables> read_area_tables(DuckConnection& connection, const std::vector<std::int32_t>& extracts) {
  AreaTables tables;
  const std::vector<Bound> visible{joined(extracts)};
  const auto code = [](const DuckChunk& chunk, int column, std::int64_t row) {
    return AreaCode(chunk.column<std::uint32_t>(column)[row]);
  };
  TRY(read(connection,
           fmt::format("SELECT code, name, CAST(vintage AS INTEGER) FROM area WHERE {} ORDER BY ALL", k_extract_filter),
           visible, [&](const DuckChunk& chunk, std::int64_t row) {
             if (const auto kind = kind_of(code(chunk, 0, row))) {
               tables.areas.push_back({.code = code(chunk, 0, row),
                                       .name = std::string(chunk.text(1, row)),
                                       .kind = *kind,
                                       .vintage = chunk.column<std::int32_t>(2)[row]});
             }
           }));
  TRY(read(connection,
           fmt::format("SELECT child, parent, CAST(vintage AS INTEGER) FROM area_part WHERE {} ORDER BY ALL",
                       k_extract_filter),
           visible, [&](const DuckChunk& chunk, std::int64_t row) {
             tables.parts.push_back({.child = code(chunk, 0, row),
                                     .parent = code(chunk, 1, row),
                                     .vintage = chunk.column<std::int32_t>(2)[row]});
           }));
  TRY(read(connection,
           fmt::format("SELECT area, CAST(year AS INTEGER), CAST(persons AS BIGINT) FROM population WHERE {} "
                       "ORDER BY ALL",
                       k_extract_filter),
           visible, [&](const DuckChunk& chunk, std::int64_t row) {
             tables.populations.push_back({.area = code(chunk, 0, row),
                                           .year = chunk.column<std::int32_t>(1)[row],
                                           .persons = chunk.column<std::int64_t>(2)[row]});
           }));
  return tables;
}

Result<TracedRows> trace_events(DuckConnection& connection, const CountQuery& query, std::int64_t rows_max) {
  return trace(connection, "event", conditions_of(query), rows_max);
}

Result<TracedRows> trace_observations(DuckConnection& connection, const ObservedQuery& query, std::int64_t rows_max) {
  Conditions conditions{.sql = fmt::format("{} AND area = ? AND month >= ? AND month < ?", k_extract_filter),
                        .values = {joined(query.extracts), std::int64_t{query.area.packed()},
                                   std::int64_t{query.span.begin.index()}, std::int64_t{query.span.end.index()}}};
  if (!query.categories.empty()) {
    conditions.sql += fmt::format(" AND category IN ({})", bind_texts(query.categories, conditions.values));
  }
  return trace(connection, "observation", std::move(conditions), rows_max);
}

}  // namespace throughline::evidence
