#include "store/workspace_files.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "store/duck_writer.h"
#include "store/fault_points.h"
#include "store/files.h"

namespace throughline::store {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view k_applied = "CREATE TABLE IF NOT EXISTS schema_step (number INTEGER NOT NULL)";

Error newer(const fs::path& path, std::int64_t found, std::int64_t known) {
  return {ErrorKind::refused, "newer_workspace",
          "the workspace was written by a newer program: it has format " + std::to_string(found) +
              ", this program knows up to " + std::to_string(known),
          path.string(), "Use a program at least as new as the one that wrote it; nothing was changed"};
}

std::vector<Migration> steps_of(std::span<const Migration> all, StoreKind store) {
  std::vector<Migration> steps;
  std::ranges::copy_if(all, std::back_inserter(steps), [&](const Migration& step) { return step.store == store; });
  std::ranges::sort(steps, {}, &Migration::number);
  for (std::size_t at = 0; at < steps.size(); ++at) CHECK(steps[at].number == static_cast<int>(at) + 1);
  return steps;
}

}  // namespace

WorkspacePaths workspace_paths(const fs::path& given, const fs::path& keys) {
  fs::path root = fs::absolute(given).lexically_normal();
  if (!root.has_filename()) root = root.parent_path();
  fs::path beside = keys;
  if (beside.empty()) beside = root.string() + ".keys";
  return {root,           root / "ledger.sqlite", root / "records.duckdb", root / "archive",
          root / "inbox", root / "temp",          root / "lock",           root / "workspace.json",
          beside};
}

Result<void> write_version(const WorkspacePaths& paths, const Opening& opening) {
  nlohmann::json version;
  version["format"] = k_workspace_format;
  version["created"] = base::to_string(opening.started);
  version["program"] = opening.program_version;
  return write_whole(paths.version, version.dump(2) + "\n");
}

Result<void> check_version(const WorkspacePaths& paths) {
  const std::string text = TRY(read_whole(paths.version));
  const nlohmann::json version = nlohmann::json::parse(text, nullptr, false);
  if (!version.is_object() || !version.contains("format") || !version["format"].is_number_integer()) {
    return Error{ErrorKind::damaged, "not_a_workspace", "this file does not say which format the workspace has",
                 paths.version.string(), "Restore it from a backup with 'throughline restore'"};
  }
  const auto format = version["format"].get<std::int64_t>();
  if (format > k_workspace_format) return newer(paths.version, format, k_workspace_format);
  return {};
}

Result<void> migrate_ledger(const WritePermit& permit, Sqlite& store, std::span<const Migration> all) {
  const std::vector<Migration> steps = steps_of(all, StoreKind::ledger);
  TRY(store.run_script(permit, std::string(k_applied) + " STRICT"));
  std::int64_t done = 0;
  {
    SqliteStatement count = TRY(store.read("SELECT coalesce(max(number), 0) FROM schema_step"));
    static_cast<void>(TRY(count.step_row()));
    done = count.integer(0);
  }
  if (done > static_cast<std::int64_t>(steps.size())) {
    return newer(store.path(), done, static_cast<std::int64_t>(steps.size()));
  }
  for (const Migration& step : std::span(steps).subspan(static_cast<std::size_t>(done))) {
    TRY(store.begin(permit));
    Result<void> ran = store.run_script(permit, step.sql);
    if (ran.ok()) {
      ran = store.run_script(permit, "INSERT INTO schema_step VALUES (" + std::to_string(step.number) + ")");
    }
    FAULT_POINT("ledger.migration");
    if (ran.ok()) ran = store.commit(permit);
    if (!ran.ok()) {
      store.rollback(permit);
      return std::move(ran).error().in("bringing the ledger to schema " + std::to_string(step.number));
    }
  }
  return {};
}

Result<void> migrate_records(const WritePermit& permit, Duck& store, std::span<const Migration> all) {
  const std::vector<Migration> steps = steps_of(all, StoreKind::records);
  DuckConnection connection = TRY(store.connect());
  DuckWriter writer(permit, connection);
  TRY(writer.run_script(k_applied));
  const std::int64_t done = TRY(connection.number("SELECT coalesce(max(number), 0) FROM schema_step"));
  if (done > static_cast<std::int64_t>(steps.size())) {
    return newer("records.duckdb", done, static_cast<std::int64_t>(steps.size()));
  }
  for (const Migration& step : std::span(steps).subspan(static_cast<std::size_t>(done))) {
    TRY(writer.begin());
    Result<void> ran = writer.run_script(step.sql);
    if (ran.ok()) ran = writer.run_script("INSERT INTO schema_step VALUES (" + std::to_string(step.number) + ")");
    FAULT_POINT("records.migration");
    if (ran.ok()) ran = writer.commit();
    if (!ran.ok()) {
      writer.rollback();
      return std::move(ran).error().in("bringing the records to schema " + std::to_string(step.number));
    }
  }
  return {};
}

}  // namespace throughline::store
