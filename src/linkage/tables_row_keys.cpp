#include "linkage/tables_row_keys.h"

#include <fmt/format.h>

#include <iterator>

namespace throughline::linkage {

base::Result<std::vector<RowKey>> read_row_keys(store::DuckConnection& connection,
                                                const std::vector<ledger::ExtractNo>& extracts) {
  // Numbers of ours, so they may stand in SQL.
  std::string numbers = "-1";
  for (const ledger::ExtractNo extract : extracts) fmt::format_to(std::back_inserter(numbers), ",{}", extract.number());
  store::DuckResult result = TRY(connection.query(fmt::format(
      "SELECT p.extract_no, p.place, coalesce(min(e.reference), min(p.pupil_number), '') FROM person AS p LEFT JOIN "
      "event_whole AS e ON e.extract_no = p.extract_no AND e.place = p.place WHERE p.extract_no IN ({}) GROUP BY "
      "p.extract_no, p.place ORDER BY p.extract_no, p.place",
      numbers)));
  std::vector<RowKey> keys;
  while (const std::optional<store::DuckChunk> chunk = TRY(result.next())) {
    for (std::int64_t row = 0; row < chunk->rows(); ++row) {
      keys.push_back({.extract = ledger::ExtractNo(chunk->column<std::int32_t>(0)[row]),
                      .place = chunk->column<std::int64_t>(1)[row],
                      .key = std::string(chunk->text(2, row))});
    }
  }
  return keys;
}

}  // namespace throughline::linkage
