// What quality reads from the record store: counts of rows, of filled fields, of words, of days and of repeats. SQL
// only filters, groups and adds whole numbers; what they mean is judged in quality.h.
//
// Cost, n rows of the source: read_fill one scan of the asked columns of a table; read_words two scans of one column;
// read_duplicates one scan of every column and a group for each different row (about 40 bytes each, spilled to disk
// beyond the memory limit). At 50 million rows the first two take seconds, the last a minute or more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "records/quality.h"
#include "store/duck.h"

namespace throughline::records {

// The rows of one extract and item that belong to one holder and month, and how many of them fill each field asked for.
struct FillGroup {
  std::int32_t extract = 0;
  std::int32_t item = 0;
  std::string holder;  // A force, or the code of an area; empty where the table or the row names none.
  std::optional<base::Month> month;
  std::int64_t rows = 0;
  std::vector<std::int64_t> filled;  // As the fields were asked for.
};
// By extract, item, holder and month. REQUIRES: the fields are fields of the table.
[[nodiscard]] base::Result<std::vector<FillGroup>> read_fill(store::DuckConnection& connection,
                                                             const std::vector<std::int32_t>& extracts, Table table,
                                                             const std::vector<std::string>& fields);

// The rows of one extract, holder and month that have one word in a field.
struct WordGroup {
  std::int32_t extract = 0;
  std::string holder;
  std::optional<base::Month> month;
  std::string word;
  std::int64_t rows = 0;
};
// By extract, holder, month and word. Empty where the field has more words than a vocabulary has.
[[nodiscard]] base::Result<std::vector<WordGroup>> read_words(store::DuckConnection& connection,
                                                              const std::vector<std::int32_t>& extracts,
                                                              const AskedField& asked);

// Days from happening to being reported, of events where both days are known.
[[nodiscard]] base::Result<DayCounts> read_reporting_days(store::DuckConnection& connection,
                                                          const std::vector<std::int32_t>& extracts);

// Rows that are alike in all that they became in the tables of these fields; published figures of no area are left out.
// Rows are compared by a 64-bit hash of every typed column: among 50 million different rows two share one with a
// probability below 1 in 10,000.
[[nodiscard]] base::Result<Duplicates> read_duplicates(store::DuckConnection& connection,
                                                       const std::vector<std::int32_t>& extracts,
                                                       const std::vector<AskedField>& fields);

}  // namespace throughline::records
