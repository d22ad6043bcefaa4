// Files as the stores need them: private, durable, and with errors that say what to do.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "base/result.h"

namespace throughline::store {

using base::Error;
using base::ErrorKind;
using base::Hash;
using base::Result;

// An open file descriptor that closes itself.
class FileHandle {
 public:
  FileHandle() = default;
  explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
  FileHandle(FileHandle&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileHandle& operator=(FileHandle&& other) noexcept;
  FileHandle(const FileHandle&) = delete;
  FileHandle& operator=(const FileHandle&) = delete;
  ~FileHandle();
  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
};

// "disk_full" where the number says so, else "file_unavailable". `what` is a clause such as "cannot write the index".
[[nodiscard]] Error system_error(int error_number, std::string_view what, const std::filesystem::path& path);
[[nodiscard]] Error disk_full(const std::filesystem::path& path);

// Mode 0600 whatever the umask. The file must not exist yet and no link is followed.
[[nodiscard]] Result<FileHandle> create_private_file(const std::filesystem::path& path);
[[nodiscard]] Result<FileHandle> open_to_read(const std::filesystem::path& path);
// Mode 0700 whatever the umask. No error when it is there.
[[nodiscard]] Result<void> make_private_folder(const std::filesystem::path& path);
[[nodiscard]] Result<void> make_private(const std::filesystem::path& path);

[[nodiscard]] Result<void> write_all(const FileHandle& file, std::string_view bytes, const std::filesystem::path& path);
// Exactly that many bytes, or an Error "damaged_file".
[[nodiscard]] Result<std::string> read_exactly(const FileHandle& file, std::int64_t offset, std::int64_t length,
                                               const std::filesystem::path& path);
[[nodiscard]] Result<std::string> read_whole(const std::filesystem::path& path);
[[nodiscard]] Result<void> sync_file(const FileHandle& file, const std::filesystem::path& path);
[[nodiscard]] Result<void> sync_path(const std::filesystem::path& path);
// The file takes the name durably: the folder is synced too.
[[nodiscard]] Result<void> rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);
// Whole or not at all, through a temporary file beside it.
[[nodiscard]] Result<void> write_whole(const std::filesystem::path& path, std::string_view bytes);
// Whole or an error; the copy is private and synced. The target must not exist.
[[nodiscard]] Result<void> copy_durably(const std::filesystem::path& from, const std::filesystem::path& to);
[[nodiscard]] Result<Hash> hash_file(const std::filesystem::path& path);
[[nodiscard]] Result<std::int64_t> file_bytes(const std::filesystem::path& path);

}  // namespace throughline::store
