// The lock of a workspace: flock(2) on a file that says who holds it.
#pragma once

#include <filesystem>
#include <string>

#include "base/date.h"
#include "base/result.h"
#include "store/files.h"

namespace throughline::store {

// Held as long as it lives. The kernel lets go when the process ends, however it ends, so no lock is ever stale.
class WorkspaceLock {
 public:
  // An Error "workspace_locked" names the holder's process, verb and start.
  [[nodiscard]] static Result<WorkspaceLock> take(const std::filesystem::path& path, const std::string& verb,
                                                  base::Instant started);

 private:
  explicit WorkspaceLock(FileHandle file) : file_(std::move(file)) {}
  FileHandle file_;
};

}  // namespace throughline::store
