// Rebuilding a DuckDB file: the only way that what was deleted leaves it.
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "store/duck_internal.h"
#include "store/fault_points.h"
#include "store/files.h"
#include "store/workspace_files.h"

namespace throughline::store {

namespace {

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char letter : text) {
    if (letter == '\'') result += '\'';
    result += letter;
  }
  return result + "'";
}

// An engine without a file of its own, which may attach the two files named here. It runs only the statements of this
// file, so it needs no lock-down, and it ends with the rebuild.
class Rebuilder {
 public:
  explicit Rebuilder(std::filesystem::path path) : path_(std::move(path)) {}
  Rebuilder(const Rebuilder&) = delete;
  Rebuilder& operator=(const Rebuilder&) = delete;
  ~Rebuilder() {
    if (connection_ != nullptr) duckdb_disconnect(&connection_);
    if (database_ != nullptr) duckdb_close(&database_);
  }

  [[nodiscard]] Result<void> open() {
    if (duckdb_open(nullptr, &database_) != DuckDBSuccess || duckdb_connect(database_, &connection_) != DuckDBSuccess) {
      return duck_error("", path_, "");
    }
    return run("SET autoinstall_known_extensions=false; SET autoload_known_extensions=false");
  }

  [[nodiscard]] Result<void> run(const std::string& sql) {
    static_cast<void>(TRY(texts(sql)));
    return {};
  }

  // The first column of every row, as text.
  [[nodiscard]] Result<std::vector<std::string>> texts(const std::string& sql) {
    duckdb_result result;
    std::vector<std::string> found;
    if (duckdb_query(connection_, sql.c_str(), &result) != DuckDBSuccess) {
      Error error = duck_error(duckdb_result_error(&result), path_, sql);
      duckdb_destroy_result(&result);
      return error;
    }
    for (idx_t row = 0; duckdb_column_count(&result) > 0 && row < duckdb_row_count(&result); ++row) {
      char* text = duckdb_value_varchar(&result, 0, row);
      found.emplace_back(text == nullptr ? "" : text);
      duckdb_free(text);
    }
    duckdb_destroy_result(&result);
    return found;
  }

 private:
  std::filesystem::path path_;
  duckdb_database database_ = nullptr;
  duckdb_connection connection_ = nullptr;
};

Result<void> same_counts(Rebuilder& engine, const std::filesystem::path& from) {
  const std::string list =
      "SELECT '\"' || schema_name || '\".\"' || table_name || '\"' FROM duckdb_tables() WHERE database_name='was' "
      "ORDER BY 1";
  for (const std::string& name : TRY(engine.texts(list))) {
    const auto before = TRY(engine.texts("SELECT count(*)::VARCHAR FROM was." + name));
    const auto after = TRY(engine.texts("SELECT count(*)::VARCHAR FROM rebuilt." + name));
    if (before != after) {
      return Error{ErrorKind::damaged, "rebuild_differs",
                   "the rebuilt records store has " + after.front() + " rows in a table that had " + before.front(),
                   from.string(), "The old file was kept; check the disk"};
    }
  }
  return {};
}

}  // namespace

Result<void> rebuild_duck(const std::filesystem::path& from, const std::filesystem::path& to,
                          const DuckOptions& options) {
  {
    Rebuilder engine(from);
    TRY(engine.open());
    TRY(engine.run("SET memory_limit=" + quoted(std::to_string(options.memory_limit_bytes / 1024) + "KiB")));
    TRY(engine.run("SET temp_directory=" + quoted(options.temp_directory.string())));
    if (options.threads > 0) TRY(engine.run("SET threads=" + std::to_string(options.threads)));
    TRY(engine.run("ATTACH " + quoted(from.string()) + " AS was (READ_ONLY)"));
    TRY(engine.run("ATTACH " + quoted(to.string()) + " AS rebuilt"));
    TRY(engine.run("COPY FROM DATABASE was TO rebuilt"));
    FAULT_POINT("records.rebuilding");
    TRY(engine.run("CHECKPOINT rebuilt"));
    TRY(same_counts(engine, from));
  }
  TRY(make_private(to));
  return sync_path(to);
}

}  // namespace throughline::store
