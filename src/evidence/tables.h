// What evidence reads from the record store: counts, from the rows or from the cube, coverage, areas and rows to trace.
//
// SQL here only filters, groups and adds whole numbers; everything else happens in C++. The extracts that can be seen
// are a parameter of every read, so that as-of and supersession hold everywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "evidence/areas.h"
#include "evidence/measures.h"
#include "evidence/model.h"
#include "ledger/batch.h"
#include "store/duck.h"

namespace throughline::evidence {

// An extract that can be seen at the as-of date, as the ledger's register has it.
struct VisibleExtract {
  std::int32_t number = 0;
  std::string name;     // The first 16 digits of its content hash.
  std::string mapping;  // Which mapping read it, without its version.
  std::string file_name;
  std::string coverage;  // "Kent Police 2025-01", as ingest declared it; empty when the mapping cannot say.
  std::int64_t records = 0;
  std::int64_t rejections = 0;
  base::Date received;
};

// The same, from the ledger's register.
[[nodiscard]] VisibleExtract seen(const ledger::RegisteredExtract& extract);

// Which rows of the store a measure counts, by the mapping that read them. Nothing for mappings that no measure counts.
[[nodiscard]] std::optional<RowSource> row_source_of(std::string_view mapping);

// Where counts come from. Both give the same answers; the cube is a derived table that ingest maintains.
enum class CountPath { rows, cube };

// Rows with one of some categories, rows without any, or whatever rows there are.
enum class CategoryFilter { any, named, blank };

// What to count. Texts are the publisher's own words.
struct CountQuery {
  std::vector<std::int32_t> extracts;  // Those that can be seen, of one source.
  CategoryFilter category_filter = CategoryFilter::any;
  std::vector<std::string> categories = {};  // For `named`.
  std::vector<std::string> excluded = {};    // For `any`: all but these.
  std::optional<MonthSpan> span = {};
  std::vector<AreaCode> lsoas = {};      // Empty: everywhere, and rows without a place too.
  std::vector<std::string> forces = {};  // As the source writes them. Empty: all.
  CountPath path = CountPath::cube;
};

// Events by LSOA and month; rows without a place have no area and are left out. Sorted by area and month.
[[nodiscard]] base::Result<std::vector<CountRow>> count_by_lsoa(store::DuckConnection& connection,
                                                                const CountQuery& query);

// One count by what the source calls the force.
struct ForceCount {
  std::string force;
  base::Month month;
  std::int64_t count = 0;
  std::int64_t without_place = 0;
  friend bool operator==(const ForceCount&, const ForceCount&) = default;
};

// Events by reporting force and month, those without a place beside them. Sorted by force and month.
[[nodiscard]] base::Result<std::vector<ForceCount>> count_by_force(store::DuckConnection& connection,
                                                                   const CountQuery& query);

// When each word of a source's vocabulary is in use. Sorted by words.
[[nodiscard]] base::Result<std::vector<CategoryUse>> category_uses(store::DuckConnection& connection,
                                                                   const CountQuery& query);

// How many records have a word, whatever their area; records without one stand under the empty word.
struct CategoryCount {
  CategoryUse use;
  std::int64_t count = 0;
};
// By words.
[[nodiscard]] base::Result<std::vector<CategoryCount>> count_by_category(store::DuckConnection& connection,
                                                                         const CountQuery& query);

// Records of one kind ("missing-episode") by what they call their force and by month. Sorted so.
struct KindCount {
  std::string kind;
  std::string force;
  base::Month month;
  std::int64_t count = 0;
};
[[nodiscard]] base::Result<std::vector<KindCount>> count_by_kind(store::DuckConnection& connection,
                                                                 const std::vector<std::int32_t>& extracts);

// Published figures: by area, month and category, added up where an extract repeats them.
struct ObservedCount {
  std::optional<AreaCode> area;  // Nothing where the publisher names no area of the geography, such as airports.
  base::Month month;
  std::string category;
  std::int64_t count = 0;
};
[[nodiscard]] base::Result<std::vector<ObservedCount>> observed_counts(store::DuckConnection& connection,
                                                                       const std::vector<std::int32_t>& extracts);

// The areas, what lies in what, and populations, of the extracts that can be seen.
[[nodiscard]] base::Result<AreaTables> read_area_tables(store::DuckConnection& connection,
                                                        const std::vector<std::int32_t>& extracts);

// Which observations stand behind a figure.
struct ObservedQuery {
  std::vector<std::int32_t> extracts;
  AreaCode area;
  MonthSpan span;
  std::vector<std::string> categories;  // Empty: all.
};

// How many rows of each extract stand behind a count, and the first of them.
struct TracedExtract {
  std::int32_t extract = 0;
  std::int64_t rows = 0;
};
struct TracedRow {
  std::int32_t extract = 0;
  std::int64_t place = 0;
};
struct TracedRows {
  std::vector<TracedExtract> extracts;  // Every one that gave a row, by number.
  std::vector<TracedRow> first;         // By extract and place, at most as many as asked for.
  std::int64_t total = 0;
};
[[nodiscard]] base::Result<TracedRows> trace_events(store::DuckConnection& connection, const CountQuery& query,
                                                    std::int64_t rows_max);
[[nodiscard]] base::Result<TracedRows> trace_observations(store::DuckConnection& connection, const ObservedQuery& query,
                                                          std::int64_t rows_max);

}  // namespace throughline::evidence
