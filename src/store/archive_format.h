// The bytes of an archived content: docs/formats/archive.md. Only archive*.cpp includes this.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "store/archive.h"
#include "store/files.h"

namespace throughline::store {

inline constexpr std::string_view k_archive_magic = "TLARCH01";
inline constexpr std::int64_t k_frame_plain_bytes = std::int64_t{1} << 20;
inline constexpr std::int64_t k_footer_bytes = 8 + 8 + 32 + 8;  // Where the index begins, its length, its hash, magic.

// One frame: where it lies in the file and how long it is there. Its plain length follows from its number.
struct ArchiveFrame {
  std::int64_t file_offset = 0;
  std::int64_t stored_bytes = 0;
};

struct ArchiveIndex {
  Hash content_hash;
  Hash held_hash;
  std::int64_t plain_bytes = 0;
  std::vector<ArchiveFrame> frames;
  std::vector<ByteRange> erased;
};

// The index and the footer as they end a file; `offset` is where the index will begin.
[[nodiscard]] std::string write_index(const ArchiveIndex& index, std::int64_t offset);
// Any fault, from a wrong magic to a wrong hash, is the Error "damaged_archive".
[[nodiscard]] Result<ArchiveIndex> read_index(const FileHandle& file, const std::filesystem::path& path);
[[nodiscard]] Error damaged_archive(const std::filesystem::path& path, std::string_view why);

// One independent zstd frame with its own checksum, and back. Unpacking checks the length too.
[[nodiscard]] std::string pack_frame(std::string_view plain);
[[nodiscard]] Result<std::string> unpack_frame(std::string_view packed, std::int64_t plain_bytes,
                                               const std::filesystem::path& path);

// Writes frames and index to a new file; the caller renames it.
class ArchiveFile {
 public:
  [[nodiscard]] static Result<ArchiveFile> create(const std::filesystem::path& path);
  // REQUIRES: every frame but the last is k_frame_plain_bytes long.
  [[nodiscard]] Result<void> add_frame(std::string_view plain);
  // Writes the index, syncs. `index` brings the hashes and the erased ranges.
  [[nodiscard]] Result<void> close(ArchiveIndex index);
  [[nodiscard]] std::int64_t plain_bytes() const { return plain_bytes_; }

 private:
  ArchiveFile(FileHandle file, std::filesystem::path path) : file_(std::move(file)), path_(std::move(path)) {}
  FileHandle file_;
  std::filesystem::path path_;
  std::vector<ArchiveFrame> frames_;
  std::int64_t written_ = 0;
  std::int64_t plain_bytes_ = 0;
};

}  // namespace throughline::store
