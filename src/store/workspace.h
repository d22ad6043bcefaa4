// The workspace: one directory with everything Throughline knows, one process at a time.
// What lies in it is docs/formats/workspace.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "store/archive.h"
#include "store/duck.h"
#include "store/sqlite.h"
#include "store/workspace_lock.h"
#include "store/write_permit.h"

namespace throughline::store {

struct WorkspacePaths {
  std::filesystem::path root;
  std::filesystem::path ledger;   // ledger.sqlite
  std::filesystem::path records;  // records.duckdb
  std::filesystem::path archive;  // archive/
  std::filesystem::path inbox;    // inbox/: the one folder SQL may read; ours alone, never a link in it.
  std::filesystem::path temp;     // temp/: emptied when a workspace opens.
  std::filesystem::path lock;     // lock
  std::filesystem::path version;  // workspace.json
  std::filesystem::path keys;     // <root>.keys, beside the workspace: never in a backup of it.
};

enum class StoreKind { ledger, records };

// One step of a schema. Steps of a store are numbered 1, 2, 3 … and each runs once, in one transaction with its number.
struct Migration {
  StoreKind store = StoreKind::ledger;
  int number = 0;
  std::string_view sql;
};

// Why and how a workspace is opened.
struct Opening {
  std::string verb;       // "ingest": shown to a second process.
  base::Instant started;  // By the caller's clock.
  std::string program_version;
  bool create = false;              // Make it where nothing is yet.
  std::filesystem::path keys = {};  // Empty: <root>.keys.
  std::int64_t memory_limit_bytes = std::int64_t{512} << 20;
  int threads = 0;  // 0: as many as the machine has.
  std::vector<Migration> migrations = {};
};

// An open workspace. Holds the lock until it ends.
class Workspace {
 public:
  // Errors: "workspace_locked" (names the holder), "workspace_missing", "not_empty", "not_a_workspace",
  // "newer_workspace", "damaged_ledger", "damaged_records", and those of the file system.
  [[nodiscard]] static Result<std::unique_ptr<Workspace>> open(const std::filesystem::path& root, Opening opening);
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
  ~Workspace();

  [[nodiscard]] const WorkspacePaths& paths() const { return paths_; }
  [[nodiscard]] Sqlite& ledger_store();
  // Another connection to the same file, for a thread of its own.
  [[nodiscard]] Result<Sqlite> connect_ledger() const;
  // Held by whoever writes to the ledger, from the beginning of a transaction until its signed head is kept.
  [[nodiscard]] std::mutex& ledger_turn() { return ledger_turn_; }
  [[nodiscard]] Duck& records_store();
  [[nodiscard]] Archive& archive();

  // Rebuilds records.duckdb into a new file, which leaves out what was deleted, and puts it in the old one's place.
  // REQUIRES: no DuckConnection, statement or result is alive, CHECKed. Killed anywhere, one whole file remains.
  [[nodiscard]] Result<void> compact(const WritePermit& permit);
  // Moves logs into their files, so that they may be copied. REQUIRES: no ledger transaction is open.
  [[nodiscard]] Result<void> settle();
  // Structure of both stores; content is the ledger's and the archive's to verify.
  [[nodiscard]] Result<void> check_structure();

 private:
  Workspace(WorkspacePaths paths, Opening opening);
  [[nodiscard]] Result<void> make();
  [[nodiscard]] Result<void> open_stores();
  [[nodiscard]] Result<void> open_records();
  [[nodiscard]] Result<void> settle_records();
  [[nodiscard]] Result<void> migrate();
  WorkspacePaths paths_;
  Opening opening_;
  SetupPermit setup_;
  std::mutex ledger_turn_;
  std::optional<WorkspaceLock> lock_;
  std::optional<Sqlite> ledger_;
  std::optional<Duck> records_;
  std::optional<Archive> archive_;
};

}  // namespace throughline::store
