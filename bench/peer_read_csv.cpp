// The peer of the ingest benchmark: DuckDB's own read_csv, with default settings, into a table of a new file.
//
//   peer_read_csv FILE.csv TARGET.duckdb     prints the rows it loaded

#include <duckdb.h>

#include <cstdio>
#include <string>

namespace {

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}

bool run(duckdb_connection connection, const std::string& sql, duckdb_result& result) {
  if (duckdb_query(connection, sql.c_str(), &result) == DuckDBSuccess) return true;
  std::fprintf(stderr, "peer_read_csv: %s\n", duckdb_result_error(&result));
  return false;
}

}  // namespace

int main(int count, char** values) {
  if (count != 3) {
    std::fprintf(stderr, "usage: peer_read_csv FILE.csv TARGET.duckdb\n");
    return 2;
  }
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  if (duckdb_open(values[2], &database) != DuckDBSuccess) return 5;
  if (duckdb_connect(database, &connection) != DuckDBSuccess) return 5;
  duckdb_result result{};
  if (!run(connection, "CREATE TABLE plain AS SELECT * FROM read_csv(" + quoted(values[1]) + ")", result)) return 5;
  duckdb_destroy_result(&result);
  if (!run(connection, "SELECT count(*) FROM plain", result)) return 5;
  std::printf("%lld\n", static_cast<long long>(duckdb_value_int64(&result, 0, 0)));
  duckdb_destroy_result(&result);
  if (!run(connection, "CHECKPOINT", result)) return 5;
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  return 0;
}
