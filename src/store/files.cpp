#include "store/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "base/sha256.h"

namespace throughline::store {

namespace fs = std::filesystem;

namespace {

constexpr mode_t k_private_file = 0600;
constexpr mode_t k_private_folder = 0700;
constexpr std::size_t k_piece = std::size_t{1} << 20;

Result<std::string> read_piece(const FileHandle& file, const fs::path& path) {
  std::string piece(k_piece, '\0');
  ssize_t count = 0;
  do {
    count = ::read(file.descriptor(), piece.data(), piece.size());
  } while (count < 0 && errno == EINTR);
  if (count < 0) return system_error(errno, "cannot read", path);
  piece.resize(static_cast<std::size_t>(count));
  return piece;
}

}  // namespace

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  if (this != &other) {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

FileHandle::~FileHandle() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Error disk_full(const fs::path& path) {
  return {ErrorKind::world, "disk_full", "the disk is full or a limit on file size was reached", path.string(),
          "Free some space and run the same command again: nothing of it was kept by half"};
}

Error system_error(int error_number, std::string_view what, const fs::path& path) {
  if (error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG) return disk_full(path);
  const std::string reason = std::generic_category().message(error_number);
  std::string remedy = "Check that the path is right";
  if (error_number == EACCES || error_number == EPERM) remedy = "Check who owns it and may read and write it";
  return {ErrorKind::world, "file_unavailable", std::string(what) + ": " + reason, path.string(), remedy};
}

Result<FileHandle> create_private_file(const fs::path& path) {
  FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, k_private_file));
  if (!file.is_open()) return system_error(errno, "cannot create the file", path);
  if (::fchmod(file.descriptor(), k_private_file) != 0)
    return system_error(errno, "cannot make the file private", path);
  return file;
}

Result<FileHandle> open_to_read(const fs::path& path) {
  FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return system_error(errno, "cannot open the file", path);
  return file;
}

Result<void> make_private_folder(const fs::path& path) {
  if (::mkdir(path.c_str(), k_private_folder) != 0 && errno != EEXIST) {
    return system_error(errno, "cannot make the folder", path);
  }
  struct stat found{};
  if (::lstat(path.c_str(), &found) != 0) return system_error(errno, "cannot look at the folder", path);
  if (!S_ISDIR(found.st_mode)) {
    return Error{ErrorKind::world, "not_a_folder", "a folder is needed, and something else has its name", path.string(),
                 "Move it away"};
  }
  if (::chmod(path.c_str(), k_private_folder) != 0) return system_error(errno, "cannot make the folder private", path);
  return {};
}

Result<void> make_private(const fs::path& path) {
  if (::chmod(path.c_str(), k_private_file) != 0) return system_error(errno, "cannot make the file private", path);
  return {};
}

Result<void> write_all(const FileHandle& file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.descriptor(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_error(errno, "cannot write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<std::string> read_exactly(const FileHandle& file, std::int64_t offset, std::int64_t length,
                                 const fs::path& path) {
  std::string bytes(static_cast<std::size_t>(length), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto count = ::pread(file.descriptor(), bytes.data() + done, bytes.size() - done,
                               static_cast<off_t>(offset) + static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error(errno, "cannot read", path);
    if (count == 0) {
      return Error{ErrorKind::damaged, "damaged_file", "the file is shorter than it says", path.string(),
                   "Restore it from a backup"};
    }
    done += static_cast<std::size_t>(count);
  }
  return bytes;
}

Result<std::string> read_whole(const fs::path& path) {
  const FileHandle file = TRY(open_to_read(path));
  std::string whole;
  while (true) {
    const std::string piece = TRY(read_piece(file, path));
    if (piece.empty()) return whole;
    whole += piece;
  }
}

Result<void> sync_file(const FileHandle& file, const fs::path& path) {
  if (::fsync(file.descriptor()) != 0) return system_error(errno, "cannot make the file durable", path);
  return {};
}

Result<void> sync_path(const fs::path& path) {
  const FileHandle file = TRY(open_to_read(path));
  return sync_file(file, path);
}

Result<void> rename_durably(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return system_error(errno, "cannot put the file in its place", to);
  // A bare name lies in the folder one stands in.
  return sync_path(to.has_parent_path() ? to.parent_path() : fs::path("."));
}

Result<void> write_whole(const fs::path& path, std::string_view bytes) {
  fs::path temporary = path;
  temporary += ".new";
  ::unlink(temporary.c_str());
  {
    const FileHandle file = TRY(create_private_file(temporary));
    TRY(write_all(file, bytes, temporary));
    TRY(sync_file(file, temporary));
  }
  return rename_durably(temporary, path);
}

Result<void> copy_durably(const fs::path& from, const fs::path& to) {
  const FileHandle source = TRY(open_to_read(from));
  const FileHandle target = TRY(create_private_file(to));
  while (true) {
    const std::string piece = TRY(read_piece(source, from));
    if (piece.empty()) return sync_file(target, to);
    TRY(write_all(target, piece, to));
  }
}

Result<Hash> hash_file(const fs::path& path) {
  const FileHandle file = TRY(open_to_read(path));
  base::Sha256 hash;
  while (true) {
    const std::string piece = TRY(read_piece(file, path));
    if (piece.empty()) return hash.finish();
    hash.update(piece);
  }
}

Result<std::int64_t> file_bytes(const fs::path& path) {
  struct stat found{};
  if (::stat(path.c_str(), &found) != 0) return system_error(errno, "cannot look at the file", path);
  return static_cast<std::int64_t>(found.st_size);
}

}  // namespace throughline::store
