// Backup and restore of a workspace. The keys are copied only where asked, into a folder apart: whoever holds both can
// read what was sealed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/date.h"
#include "base/result.h"
#include "store/workspace.h"

namespace throughline::store {

struct BackupOrder {
  std::filesystem::path target;            // A folder that does not exist yet or is empty.
  std::filesystem::path keys_target = {};  // Empty: keys are not copied. Never inside target.
  base::Instant taken;
};

struct BackupSummary {
  std::int64_t files = 0;
  std::int64_t bytes = 0;
};

// A consistent copy with the SHA-256 of every file in manifest.json. The workspace is held, so nothing moves meanwhile.
// REQUIRES: no DuckConnection is alive.
[[nodiscard]] Result<BackupSummary> back_up(Workspace& workspace, const BackupOrder& order);

// Reads every file against the manifest: an Error "damaged_backup" (exit 4) names the first that differs, is missing or
// is not listed.
[[nodiscard]] Result<BackupSummary> verify_backup(const std::filesystem::path& backup);

struct RestoreOrder {
  std::filesystem::path backup;
  std::filesystem::path target;            // Where the workspace shall be; must not exist or be empty.
  std::filesystem::path keys_backup = {};  // Empty: keys are not restored.
};

// Verifies, copies, verifies again. Erasure orders given since are replayed by the layer above.
[[nodiscard]] Result<BackupSummary> restore(const RestoreOrder& order);

}  // namespace throughline::store
