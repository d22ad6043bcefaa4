#include "store/workspace.h"

#include <unistd.h>
#include <system_error>

#include "base/check.h"
#include "store/duck_writer.h"
#include "store/fault_points.h"
#include "store/files.h"
#include "store/workspace_files.h"

namespace throughline::store {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view k_rebuilt = "records.duckdb.rebuilt";

// What may lie in a folder that is to become a workspace: nothing, or what a creation that was killed left.
Result<void> check_empty(const WorkspacePaths& paths) {
  std::error_code failure;
  for (const fs::directory_entry& entry : fs::directory_iterator(paths.root, failure)) {
    const std::string name = entry.path().filename().string();
    const bool ours = name == "lock" || name == "archive" || name == "inbox" || name == "temp" ||
                      name == "workspace.json.new" || name.starts_with("ledger.sqlite") ||
                      name.starts_with("records.duckdb");
    if (!ours) {
      return Error{ErrorKind::bad_command, "not_empty", "the folder is not empty and is no workspace",
                   paths.root.string(), "Name a folder that does not exist yet"};
    }
  }
  if (failure) return system_error(failure.value(), "cannot list the folder", paths.root);
  return {};
}

Result<void> empty_folder(const fs::path& folder) {
  TRY(make_private_folder(folder));
  std::error_code failure;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure))
    fs::remove_all(entry.path(), failure);
  if (failure) return system_error(failure.value(), "cannot empty the folder", folder);
  return {};
}

// What a rebuild that was killed or failed left, its log among it.
void remove_rebuilt(const WorkspacePaths& paths) {
  const fs::path rebuilt = paths.root / k_rebuilt;
  ::unlink(rebuilt.c_str());
  ::unlink((rebuilt.string() + ".wal").c_str());
}

Error missing(const fs::path& root) {
  return {ErrorKind::bad_command, "workspace_missing", "there is no workspace here", root.string(),
          "Make one with 'throughline init', or name another with --workspace"};
}

}  // namespace

Workspace::Workspace(WorkspacePaths paths, Opening opening) : paths_(std::move(paths)), opening_(std::move(opening)) {}
Workspace::~Workspace() = default;

Sqlite& Workspace::ledger_store() {
  CHECK(ledger_.has_value());
  return *ledger_;
}
Result<Sqlite> Workspace::connect_ledger() const {
  return Sqlite::open(paths_.ledger, OpenMode::read_write);
}
Duck& Workspace::records_store() {
  CHECK(records_.has_value());
  return *records_;
}
Archive& Workspace::archive() {
  CHECK(archive_.has_value());
  return *archive_;
}

Result<std::unique_ptr<Workspace>> Workspace::open(const fs::path& root, Opening opening) {
  WorkspacePaths paths = workspace_paths(root, opening.keys);
  std::unique_ptr<Workspace> workspace(new Workspace(std::move(paths), std::move(opening)));
  const WorkspacePaths& at = workspace->paths_;
  std::error_code failure;
  const bool exists = fs::exists(at.version, failure);
  if (!exists && !workspace->opening_.create) return missing(at.root);
  if (!exists) {
    TRY(make_private_folder(at.root));
    TRY(check_empty(at));
  }
  workspace->lock_.emplace(TRY(WorkspaceLock::take(at.lock, workspace->opening_.verb, workspace->opening_.started)));
  if (exists) {
    TRY(check_version(at));
  } else {
    TRY(workspace->make());
  }
  TRY(workspace->open_stores());
  return workspace;
}

Result<void> Workspace::make() {
  // A creation that was killed left no version file, so nothing in its stores was ever anybody's.
  for (const char* name :
       {"ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm", "records.duckdb", "records.duckdb.wal"}) {
    ::unlink((paths_.root / name).c_str());
  }
  static_cast<void>(TRY(Sqlite::open(paths_.ledger, OpenMode::create)));
  TRY(open_records());
  records_.reset();
  FAULT_POINT("workspace.before_version");
  return write_version(paths_, opening_);
}

Result<void> Workspace::open_records() {
  DuckOptions options;
  options.memory_limit_bytes = opening_.memory_limit_bytes;
  options.threads = opening_.threads;
  options.temp_directory = paths_.temp;
  options.inbox_directory = paths_.inbox;
  records_.emplace(TRY(Duck::open(paths_.records, options)));
  return {};
}

Result<void> Workspace::open_stores() {
  TRY(make_private_folder(paths_.root));
  TRY(make_private_folder(paths_.keys));
  TRY(empty_folder(paths_.temp));
  TRY(empty_folder(paths_.inbox));
  remove_rebuilt(paths_);
  std::error_code failure;
  if (!fs::exists(paths_.records, failure)) {
    return Error{ErrorKind::damaged, "damaged_records", "the records store is missing", paths_.records.string(),
                 "Restore it from a backup with 'throughline restore'"};
  }
  ledger_.emplace(TRY(Sqlite::open(paths_.ledger, OpenMode::read_write)));
  TRY(open_records());
  archive_.emplace(TRY(Archive::open(paths_.archive, setup_)));
  return migrate();
}

Result<void> Workspace::migrate() {
  TRY(migrate_ledger(setup_.writing(), ledger_store(), opening_.migrations));
  return migrate_records(setup_.writing(), records_store(), opening_.migrations);
}

Result<void> Workspace::settle_records() {
  DuckConnection connection = TRY(records_store().connect());
  return DuckWriter(setup_.writing(), connection).checkpoint();
}

Result<void> Workspace::settle() {
  TRY(settle_records());
  return ledger_store().run_script(setup_.writing(), "PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<void> Workspace::check_structure() {
  TRY(ledger_store().quick_check());
  DuckConnection connection = TRY(records_store().connect());
  DuckResult tables = TRY(connection.query(
      "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal ORDER BY schema_name, table_name"));
  std::vector<std::string> names;
  while (const std::optional<DuckChunk> chunk = TRY(tables.next())) {
    for (std::int64_t row = 0; row < chunk->rows(); ++row) {
      names.push_back('"' + std::string(chunk->text(0, row)) + "\".\"" + std::string(chunk->text(1, row)) + '"');
    }
  }
  for (const std::string& name : names) {
    // Hashing whole rows makes DuckDB read every block, whose checksums it then checks.
    static_cast<void>(TRY(connection.number("SELECT count(*) FROM " + name + " AS whole WHERE hash(whole) = 0")));
  }
  return {};
}

Result<void> Workspace::compact(const WritePermit&) {
  CHECK(records_store().connections() == 0);
  // The ledger's own log stays as it is: the transaction that gave the permit is open.
  TRY(settle_records());
  const fs::path rebuilt = paths_.root / k_rebuilt;
  remove_rebuilt(paths_);
  records_.reset();
  DuckOptions options;
  options.memory_limit_bytes = opening_.memory_limit_bytes;
  options.threads = opening_.threads;
  options.temp_directory = paths_.temp;
  Result<void> done = rebuild_duck(paths_.records, rebuilt, options);
  if (done.ok()) {
    FAULT_POINT("workspace.before_compact_rename");
    done = rename_durably(rebuilt, paths_.records);
  }
  remove_rebuilt(paths_);
  TRY(open_records());
  return done;
}

}  // namespace throughline::store
