#include "store/workspace_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>

namespace throughline::store {

namespace {

constexpr mode_t k_private_file = 0600;

Error locked(const std::filesystem::path& file) {
  const Result<std::string> text = read_whole(file);
  std::string holder = text.ok() ? text.value() : "";
  if (holder.ends_with('\n')) holder.pop_back();
  if (holder.empty()) holder = "another process";
  return {ErrorKind::world, "workspace_locked", "the workspace is held by " + holder, file.parent_path().string(),
          "Wait until it ends, or end that process, then run the command again"};
}

}  // namespace

Result<WorkspaceLock> WorkspaceLock::take(const std::filesystem::path& path, const std::string& verb,
                                          base::Instant started) {
  FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, k_private_file));
  if (!file.is_open()) return system_error(errno, "cannot open the workspace's lock", path);
  if (::flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return locked(path);
    return system_error(errno, "cannot lock the workspace", path);
  }
  const std::string holder =
      "pid " + std::to_string(::getpid()) + " (throughline " + verb + ", since " + base::to_string(started) + ")\n";
  if (::fchmod(file.descriptor(), k_private_file) != 0 || ::ftruncate(file.descriptor(), 0) != 0) {
    return system_error(errno, "cannot write the workspace's lock", path);
  }
  TRY(write_all(file, holder, path));
  return WorkspaceLock(std::move(file));
}

}  // namespace throughline::store
