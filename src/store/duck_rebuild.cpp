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

// As a value in SQL.
std::string as_value(std::string_view text) {
  return in_quotes(text, '\'');
}

Result<void> same_counts(PassingDuck& engine, const std::filesystem::path& from) {
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
    PassingDuck engine;
    TRY(engine.open(from));
    TRY(engine.run("SET memory_limit=" + as_value(std::to_string(options.memory_limit_bytes / 1024) + "KiB")));
    TRY(engine.run("SET temp_directory=" + as_value(options.temp_directory.string())));
    if (options.threads > 0) TRY(engine.run("SET threads=" + std::to_string(options.threads)));
    TRY(engine.run("ATTACH " + as_value(from.string()) + " AS was (READ_ONLY)"));
    TRY(engine.run("ATTACH " + as_value(to.string()) + " AS rebuilt"));
    TRY(engine.run("COPY FROM DATABASE was TO rebuilt"));
    FAULT_POINT("records.rebuilding");
    TRY(engine.run("CHECKPOINT rebuilt"));
    TRY(same_counts(engine, from));
  }
  TRY(make_private(to));
  return sync_path(to);
}

}  // namespace throughline::store
