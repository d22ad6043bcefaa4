// A file open for reading, and the ways to open one that this folder's readers share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "records/readers/source.h"

namespace throughline::records {

class FileBytes {
 public:
  // Errors: missing (with the nearest name in the folder), a folder, no plain file, unreadable, empty.
  static base::Result<FileBytes> open(const std::string& path);
  ~FileBytes();
  FileBytes(FileBytes&& other) noexcept;
  FileBytes& operator=(FileBytes&&) = delete;

  // The bytes from this offset; fewer than asked for only at the end of the file.
  base::Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> room) const;
  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  FileBytes() = default;

  int descriptor_ = -1;
  std::int64_t size_ = 0;
  std::string path_;
};

// "file.zip:member.csv" in its two parts; the second is empty where the whole is a file, or nothing is.
struct NamedPart {
  std::string file;
  std::string part;
};
[[nodiscard]] NamedPart split_part(const std::string& path);

// The name without folders.
[[nodiscard]] std::string file_name_of(const std::string& path);

// Keeps a packed file from unpacking to more than it may.
[[nodiscard]] base::Result<void> check_unpacked(const std::string& path, std::int64_t packed, std::int64_t plain,
                                                const SourceLimits& limits);

[[nodiscard]] std::unique_ptr<ByteSource> make_plain_source(FileBytes file, const std::string& part);
[[nodiscard]] base::Result<std::unique_ptr<ByteSource>> make_gzip_source(FileBytes file, const SourceLimits& limits);
// Gives nothing where the zip is a workbook.
[[nodiscard]] base::Result<std::unique_ptr<ByteSource>> make_zip_source(const FileBytes& file, const std::string& part,
                                                                        const SourceLimits& limits);

}  // namespace throughline::records
