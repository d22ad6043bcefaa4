// The archive: the content of every extract as it came, compressed, named by its hash, readable at any offset.
// The byte layout is docs/formats/archive.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "store/write_permit.h"

namespace throughline::store {

using base::Error;
using base::ErrorKind;
using base::Hash;
using base::Result;

// Part of a content, by byte.
struct ByteRange {
  std::int64_t offset = 0;
  std::int64_t length = 0;
  friend auto operator<=>(const ByteRange&, const ByteRange&) = default;
};

// What the archive knows of one content.
struct ArchivedContent {
  Hash content_hash;  // Of the content as it came; its name for ever.
  Hash held_hash;     // Of what is held now: the same until something was erased.
  std::int64_t plain_bytes = 0;
  std::int64_t stored_bytes = 0;
  std::vector<ByteRange> erased;  // In order, apart. What stands there now is spaces.
};

// Takes one content in, piece by piece. Nothing of it can be seen until finish().
class ArchiveWriter {
 public:
  ArchiveWriter(ArchiveWriter&&) noexcept;
  ArchiveWriter& operator=(ArchiveWriter&&) noexcept;
  ArchiveWriter(const ArchiveWriter&) = delete;
  ArchiveWriter& operator=(const ArchiveWriter&) = delete;
  // An unfinished writer leaves nothing behind.
  ~ArchiveWriter();

  [[nodiscard]] Result<void> append(std::span<const std::byte> bytes);
  [[nodiscard]] Result<void> append(std::string_view bytes);
  // Makes the content part of the archive, durably. The same content again is no error and changes nothing: an archived
  // content that had parts erased keeps them erased.
  [[nodiscard]] Result<ArchivedContent> finish();

 private:
  friend class Archive;
  struct State;
  explicit ArchiveWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class Archive {
 public:
  // Makes the folder where it is missing and removes temporary files that a killed process left.
  [[nodiscard]] static Result<Archive> open(const std::filesystem::path& folder, const SetupPermit& permit);
  // An archive that is only read; nothing is made or removed.
  [[nodiscard]] static Archive open_to_read(const std::filesystem::path& folder) { return Archive(folder); }

  [[nodiscard]] Result<ArchiveWriter> begin(const WritePermit& permit);
  [[nodiscard]] bool holds(const Hash& content_hash) const;
  // In order of hash.
  [[nodiscard]] Result<std::vector<Hash>> list() const;
  [[nodiscard]] Result<ArchivedContent> describe(const Hash& content_hash) const;
  // The bytes at a place. Beyond the end is an Error "beyond_content". Costs the frames (1 MiB each) that the range
  // touches.
  [[nodiscard]] Result<std::string> read_at(const Hash& content_hash, ByteRange range) const;
  // Reads all of it against its hashes; an Error "damaged_archive" (exit 4) names the file.
  [[nodiscard]] Result<void> verify(const Hash& content_hash) const;

  // Replaces the ranges by spaces, so that the offsets of other rows stay true, in a new file that takes the old one's
  // place; the index keeps the ranges and both hashes. Already erased ranges stay erased. The old bytes are gone from
  // the file system's view; what a disk keeps of them is the disk encryption's business.
  [[nodiscard]] Result<ArchivedContent> rebuild_without(const WritePermit& permit, const Hash& content_hash,
                                                        std::vector<ByteRange> ranges);
  // Removes the content altogether; no error when it is not there.
  [[nodiscard]] Result<void> remove(const WritePermit& permit, const Hash& content_hash);

  [[nodiscard]] std::filesystem::path file_of(const Hash& content_hash) const;

 private:
  explicit Archive(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
};

}  // namespace throughline::store
