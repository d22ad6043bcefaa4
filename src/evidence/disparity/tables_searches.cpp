#include "evidence/disparity/tables_searches.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace throughline::evidence {
namespace {

using base::Result;
using store::DuckChunk;

// As many question marks as there are texts.
std::string marks_for(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(std::vector<std::string_view>(texts.size(), "?"), ", "));
}

std::string conditions_for(const SearchQuery& query) {
  std::string where =
      "e.extract_no IN (SELECT CAST(unnest(string_split(?, ',')) AS INTEGER)) AND e.month >= ? AND e.month < ?";
  if (!query.forces.empty()) where += fmt::format(" AND e.force IN ({})", marks_for(query.forces));
  if (!query.objects.empty()) where += fmt::format(" AND e.category IN ({})", marks_for(query.objects));
  return where;
}

// The statement with what conditions_for() asks bound to it.
Result<store::DuckStatement> prepared(store::DuckConnection& connection, const std::string& sql,
                                      const SearchQuery& query) {
  store::DuckStatement statement = TRY(connection.prepare(sql));
  int position = 0;
  // No extract has number -1: an empty list must match nothing.
  statement.bind(++position,
                 query.extracts.empty() ? std::string("-1") : fmt::format("{}", fmt::join(query.extracts, ",")));
  statement.bind(++position, std::int64_t{query.span.begin.index()});
  statement.bind(++position, std::int64_t{query.span.end.index()});
  for (const auto* texts : {&query.forces, &query.objects}) {
    for (const std::string& text : *texts) statement.bind(++position, text);
  }
  return statement;
}

SearchCount count_in(const DuckChunk& chunk, std::int64_t row) {
  constexpr std::int32_t k_not_known = 2;
  const std::int32_t linked = chunk.column<std::int32_t>(5)[row];
  return {.force = std::string(chunk.text(0, row)),
          .is_vehicle_only = chunk.column<std::int32_t>(1)[row] == 1,
          .officer = std::string(chunk.text(2, row)),
          .self = std::string(chunk.text(3, row)),
          .outcome = std::string(chunk.text(4, row)),
          .linked = linked == k_not_known ? std::nullopt : std::optional(linked == 1),
          .count = chunk.column<std::int64_t>(6)[row]};
}

}  // namespace

Result<std::vector<SearchCount>> count_searches(store::DuckConnection& connection, const SearchQuery& query) {
  const std::string sql = fmt::format(
      "SELECT coalesce(e.force, ''), CASE WHEN e.subcategory = 'Vehicle search' THEN 1 ELSE 0 END, "
      "coalesce(p.ethnicity_officer, ''), coalesce(p.ethnicity_self, ''), coalesce(e.outcome, ''), "
      "CASE WHEN e.linked IS NULL THEN 2 WHEN e.linked THEN 1 ELSE 0 END, count(*) "
      "FROM event_whole AS e LEFT JOIN person AS p ON p.extract_no = e.extract_no AND p.place = e.place "
      "WHERE {} GROUP BY ALL ORDER BY ALL",
      conditions_for(query));
  store::DuckStatement statement = TRY(prepared(connection, sql, query));
  store::DuckResult result = TRY(statement.query());
  std::vector<SearchCount> counts;
  while (true) {
    const std::optional<DuckChunk> chunk = TRY(result.next());
    if (!chunk) return counts;
    for (std::int64_t row = 0; row < chunk->rows(); ++row) counts.push_back(count_in(*chunk, row));
  }
}

Result<std::vector<OutcomeCount>> count_outcomes(store::DuckConnection& connection, const SearchQuery& query) {
  const std::string sql = fmt::format(
      "SELECT e.month, coalesce(e.outcome, ''), count(*) FROM event_whole AS e WHERE {} GROUP BY ALL ORDER BY ALL",
      conditions_for(query));
  store::DuckStatement statement = TRY(prepared(connection, sql, query));
  store::DuckResult result = TRY(statement.query());
  std::vector<OutcomeCount> counts;
  while (true) {
    const std::optional<DuckChunk> chunk = TRY(result.next());
    if (!chunk) return counts;
    for (std::int64_t row = 0; row < chunk->rows(); ++row) {
      counts.push_back({.month = base::Month(chunk->column<std::int32_t>(0)[row]),
                        .words = std::string(chunk->text(1, row)),
                        .count = chunk->column<std::int64_t>(2)[row]});
    }
  }
}

}  // namespace throughline::evidence
