// A filtered count by area and month over many events: from the rows, and from the cube beside it.
//
//   count_bench FILE.duckdb [events in millions, 50 when left out]
//
// Makes the file when it is not there (a minute or so), of five forces, five hundred extracts and a thousand LSOAs a
// force; one extract in fifty is superseded and must not be counted. Prints the median and the worst of the runs in
// milliseconds.

#include <duckdb.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "evidence/tables.h"
#include "store/duck.h"

namespace {

using std::chrono::duration;
using std::chrono::steady_clock;
using throughline::base::Month;
using throughline::evidence::CategoryFilter;
using throughline::evidence::CountPath;
using throughline::evidence::CountQuery;
using throughline::evidence::MonthSpan;

constexpr std::int32_t k_extracts = 500;
constexpr std::int32_t k_first_month = 2017 * 12;

bool run(duckdb_connection connection, const std::string& sql) {
  duckdb_result result{};
  const bool is_done = duckdb_query(connection, sql.c_str(), &result) == DuckDBSuccess;
  if (!is_done) std::fprintf(stderr, "count_bench: %s\n", duckdb_result_error(&result));
  duckdb_destroy_result(&result);
  return is_done;
}

// Fixed arithmetic in place of chance, so that every run counts the same events.
bool make(const std::string& path, std::int64_t events) {
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  if (duckdb_open(path.c_str(), &database) != DuckDBSuccess || duckdb_connect(database, &connection) != DuckDBSuccess) {
    return false;
  }
  const std::string per_extract = std::to_string(events / k_extracts);
  const std::string fill =
      "INSERT INTO event (extract_no, place, item, category, month, force, lsoa) SELECT CAST(i // " + per_extract +
      " AS INTEGER), (i % " + per_extract +
      ") * 210, 0, CASE WHEN (i * 7919) % 100 < 40 THEN 'Violence and sexual offences'"
      " WHEN (i * 7919) % 100 < 45 THEN 'Drugs' WHEN (i * 7919) % 100 < 47 THEN 'Possession of weapons'"
      " WHEN (i * 7919) % 100 < 49 THEN 'Robbery' ELSE 'Other ' || ((i * 7919) % 9) END, CAST(" +
      std::to_string(k_first_month) + " + (i // " + per_extract + ") // 5 AS INTEGER), 'Force ' || ((i // " +
      per_extract + ") % 5), CAST(536870912 + 1000000 + ((i // " + per_extract +
      ") % 5) * 1000 + (i * 104729) % 1000 AS UINTEGER)"
      " FROM range(" +
      std::to_string(events) + ") AS numbers(i)";
  const bool is_made = run(connection, "CREATE SCHEMA derived") &&
                       run(connection,
                           "CREATE TABLE event (extract_no INTEGER, place BIGINT, item SMALLINT, category VARCHAR,"
                           " month INTEGER, force VARCHAR, lsoa UINTEGER)") &&
                       run(connection, fill) &&
                       run(connection,
                           "CREATE TABLE derived.event_cube AS SELECT extract_no, category, force, month, lsoa,"
                           " count(*) AS events FROM event GROUP BY ALL ORDER BY extract_no, category, lsoa") &&
                       run(connection, "CHECKPOINT");
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  return is_made;
}

struct Timing {
  double median_ms = 0;
  double worst_ms = 0;
  std::int64_t events = 0;
};

Timing time_count(throughline::store::DuckConnection& connection, const CountQuery& query) {
  constexpr int k_runs = 15;
  std::vector<double> runs_ms;
  Timing timing;
  for (int i = 0; i < k_runs; ++i) {
    const auto begin = steady_clock::now();
    const auto rows = throughline::evidence::count_by_lsoa(connection, query);
    runs_ms.push_back(duration<double, std::milli>(steady_clock::now() - begin).count());
    timing.events = 0;
    for (const auto& row : rows.value()) timing.events += row.count;
  }
  std::ranges::sort(runs_ms);
  timing.median_ms = runs_ms[runs_ms.size() / 2];
  timing.worst_ms = runs_ms.back();
  return timing;
}

}  // namespace

int main(int count, char** values) {
  if (count < 2) {
    std::fprintf(stderr, "usage: count_bench FILE.duckdb [events in millions]\n");
    return 2;
  }
  const std::string path = values[1];
  const std::int64_t events = (count > 2 ? std::stoll(values[2]) : 50) * 1'000'000;
  if (!std::filesystem::exists(path) && !make(path, events)) return 5;
  auto duck = throughline::store::Duck::open(path, {});
  if (!duck.ok()) {
    std::fprintf(stderr, "count_bench: %s\n", duck.error().message().c_str());
    return 5;
  }
  auto connection = duck.value().connect().value();
  CountQuery query;
  for (std::int32_t number = 0; number < k_extracts; ++number) {
    if (number % 50 != 7) query.extracts.push_back(number);
  }
  query.category_filter = CategoryFilter::named;
  query.categories = {"Drugs"};
  const MonthSpan year{.begin = Month(k_first_month + 60), .end = Month(k_first_month + 72)};
  const MonthSpan all{.begin = Month(k_first_month), .end = Month(k_first_month + 100)};
  std::printf("one category by LSOA and month       events      rows ms (worst)     cube ms (worst)\n");
  for (const auto& [name, span] : {std::pair("twelve months", year), std::pair("a hundred months", all)}) {
    query.span = span;
    query.path = CountPath::rows;
    const Timing rows = time_count(connection, query);
    query.path = CountPath::cube;
    const Timing cube = time_count(connection, query);
    if (rows.events != cube.events) return 1;
    std::printf("%-30s %12lld %12.1f (%5.1f) %12.1f (%5.1f)\n", name, static_cast<long long>(rows.events),
                rows.median_ms, rows.worst_ms, cube.median_ms, cube.worst_ms);
  }
  return 0;
}
