#include "store/archive.h"

#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "base/sha256.h"
#include "store/archive_format.h"
#include "store/fault_points.h"
#include "store/files.h"

namespace throughline::store {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view k_extension = ".tla";
constexpr std::string_view k_temporary = ".part";

fs::path temporary_name(const fs::path& folder) {
  static std::atomic<std::int64_t> last = 0;
  return folder / (std::to_string(::getpid()) + "-" + std::to_string(++last) + std::string(k_temporary));
}

ArchivedContent described(const ArchiveIndex& index, std::int64_t stored_bytes) {
  return {index.content_hash, index.held_hash, index.plain_bytes, stored_bytes, index.erased};
}

Result<std::string> frame_at(const FileHandle& file, const fs::path& path, const ArchiveIndex& index,
                             std::int64_t number) {
  const ArchiveFrame& frame = index.frames[static_cast<std::size_t>(number)];
  const std::string packed = TRY(read_exactly(file, frame.file_offset, frame.stored_bytes, path));
  const std::int64_t begin = number * k_frame_plain_bytes;
  return unpack_frame(packed, std::min(k_frame_plain_bytes, index.plain_bytes - begin), path);
}

// In order, without overlaps or touching neighbours.
std::vector<ByteRange> united(std::vector<ByteRange> ranges) {
  std::ranges::sort(ranges);
  std::vector<ByteRange> result;
  for (const ByteRange& range : ranges) {
    if (range.length == 0) continue;
    if (!result.empty() && range.offset <= result.back().offset + result.back().length) {
      const std::int64_t end = std::max(result.back().offset + result.back().length, range.offset + range.length);
      result.back().length = end - result.back().offset;
    } else {
      result.push_back(range);
    }
  }
  return result;
}

void blank(std::string& frame, std::int64_t frame_begin, const std::vector<ByteRange>& ranges) {
  const std::int64_t frame_end = frame_begin + static_cast<std::int64_t>(frame.size());
  for (const ByteRange& range : ranges) {
    const std::int64_t begin = std::max(range.offset, frame_begin);
    const std::int64_t end = std::min(range.offset + range.length, frame_end);
    if (begin < end) std::memset(frame.data() + (begin - frame_begin), ' ', static_cast<std::size_t>(end - begin));
  }
}

}  // namespace

struct ArchiveWriter::State {
  fs::path folder;
  fs::path temporary;
  std::optional<ArchiveFile> file;
  std::string pending;
  base::Sha256 hash;

  ~State() {
    if (!temporary.empty()) ::unlink(temporary.c_str());
  }
  // REQUIRES: the writer is not finished.
  [[nodiscard]] ArchiveFile& target() {
    CHECK(file.has_value());
    return *file;
  }
};

ArchiveWriter::ArchiveWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ArchiveWriter::ArchiveWriter(ArchiveWriter&&) noexcept = default;
ArchiveWriter& ArchiveWriter::operator=(ArchiveWriter&&) noexcept = default;
ArchiveWriter::~ArchiveWriter() = default;

Result<void> ArchiveWriter::append(std::span<const std::byte> bytes) {
  return append(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

Result<void> ArchiveWriter::append(std::string_view bytes) {
  state_->hash.update(bytes);
  while (!bytes.empty()) {
    const std::size_t room = static_cast<std::size_t>(k_frame_plain_bytes) - state_->pending.size();
    const std::string_view piece = bytes.substr(0, room);
    bytes.remove_prefix(piece.size());
    state_->pending += piece;
    if (piece.size() < room) break;
    TRY(state_->target().add_frame(state_->pending));
    state_->pending.clear();
  }
  return {};
}

Result<ArchivedContent> ArchiveWriter::finish() {
  CHECK(state_ != nullptr);
  if (!state_->pending.empty()) TRY(state_->target().add_frame(state_->pending));
  ArchiveIndex index;
  index.content_hash = state_->hash.finish();
  index.held_hash = index.content_hash;
  TRY(state_->target().close(index));
  state_->file.reset();
  const Archive archive = Archive::open_to_read(state_->folder);
  if (!archive.holds(index.content_hash)) {
    const fs::path target = archive.file_of(index.content_hash);
    TRY(make_private_folder(target.parent_path()));
    TRY(sync_path(state_->folder));
    FAULT_POINT("archive.before_rename");
    TRY(rename_durably(state_->temporary, target));
    FAULT_POINT("archive.after_rename");
    state_->temporary.clear();
  }
  return archive.describe(index.content_hash);
}

Result<Archive> Archive::open(const fs::path& folder, const SetupPermit&) {
  TRY(make_private_folder(folder));
  std::error_code failure;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure)) {
    if (entry.path().extension() == k_temporary) ::unlink(entry.path().c_str());
  }
  if (failure) return system_error(failure.value(), "cannot list the archive", folder);
  return Archive(folder);
}

Result<ArchiveWriter> Archive::begin(const WritePermit&) {
  auto state = std::make_unique<ArchiveWriter::State>();
  state->folder = folder_;
  const fs::path temporary = temporary_name(folder_);
  state->file.emplace(TRY(ArchiveFile::create(temporary)));
  state->temporary = temporary;
  state->pending.reserve(static_cast<std::size_t>(k_frame_plain_bytes));
  return ArchiveWriter(std::move(state));
}

fs::path Archive::file_of(const Hash& content_hash) const {
  const std::string name = content_hash.hex();
  return folder_ / name.substr(0, 2) / (name + std::string(k_extension));
}

bool Archive::holds(const Hash& content_hash) const {
  std::error_code failure;
  return fs::is_regular_file(file_of(content_hash), failure);
}

Result<std::vector<Hash>> Archive::list() const {
  std::vector<Hash> hashes;
  std::error_code failure;
  for (fs::recursive_directory_iterator entry(folder_, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (entry->path().extension() != k_extension) continue;
    if (const auto hash = Hash::from_hex(entry->path().stem().string())) hashes.push_back(*hash);
  }
  if (failure) return system_error(failure.value(), "cannot list the archive", folder_);
  std::ranges::sort(hashes);
  return hashes;
}

Result<ArchivedContent> Archive::describe(const Hash& content_hash) const {
  const fs::path path = file_of(content_hash);
  const FileHandle file = TRY(store::open_to_read(path));
  const ArchiveIndex index = TRY(read_index(file, path));
  if (index.content_hash != content_hash) return damaged_archive(path, "it holds another content than its name says");
  return described(index, TRY(file_bytes(path)));
}

Result<std::string> Archive::read_at(const Hash& content_hash, ByteRange range) const {
  const fs::path path = file_of(content_hash);
  const FileHandle file = TRY(store::open_to_read(path));
  const ArchiveIndex index = TRY(read_index(file, path));
  if (range.offset < 0 || range.length < 0 || range.offset > index.plain_bytes - range.length) {
    return Error{ErrorKind::world, "beyond_content",
                 "bytes " + std::to_string(range.offset) + " to " + std::to_string(range.offset + range.length) +
                     " were asked of a content of " + std::to_string(index.plain_bytes) + " bytes",
                 path.string(), "Check the record's id"};
  }
  std::string result;
  const std::int64_t end = range.offset + range.length;
  for (std::int64_t at = range.offset; at < end;) {
    const std::int64_t number = at / k_frame_plain_bytes;
    const std::string frame = TRY(frame_at(file, path, index, number));
    const std::int64_t begin = number * k_frame_plain_bytes;
    const std::int64_t stop = std::min(end, begin + static_cast<std::int64_t>(frame.size()));
    result.append(frame, static_cast<std::size_t>(at - begin), static_cast<std::size_t>(stop - at));
    at = stop;
  }
  return result;
}

Result<void> Archive::verify(const Hash& content_hash) const {
  const fs::path path = file_of(content_hash);
  const FileHandle file = TRY(store::open_to_read(path));
  const ArchiveIndex index = TRY(read_index(file, path));
  if (index.content_hash != content_hash) return damaged_archive(path, "it holds another content than its name says");
  base::Sha256 hash;
  for (std::int64_t number = 0; number < static_cast<std::int64_t>(index.frames.size()); ++number) {
    hash.update(TRY(frame_at(file, path, index, number)));
  }
  if (hash.finish() != index.held_hash) return damaged_archive(path, "its content differs from its hash");
  if (index.erased.empty() && index.held_hash != content_hash) {
    return damaged_archive(path, "its content differs from its name");
  }
  return {};
}

Result<ArchivedContent> Archive::rebuild_without(const WritePermit&, const Hash& content_hash,
                                                 std::vector<ByteRange> ranges) {
  const fs::path path = file_of(content_hash);
  const FileHandle file = TRY(store::open_to_read(path));
  ArchiveIndex index = TRY(read_index(file, path));
  for (const ByteRange& range : ranges) {
    CHECK(range.offset >= 0 && range.length >= 0 && range.offset <= index.plain_bytes - range.length);
  }
  ranges.insert(ranges.end(), index.erased.begin(), index.erased.end());
  ranges = united(std::move(ranges));
  const fs::path temporary = temporary_name(folder_);
  ArchiveFile rebuilt = TRY(ArchiveFile::create(temporary));
  base::Sha256 hash;
  for (std::int64_t number = 0; number < static_cast<std::int64_t>(index.frames.size()); ++number) {
    std::string frame = TRY(frame_at(file, path, index, number));
    blank(frame, number * k_frame_plain_bytes, ranges);
    hash.update(frame);
    TRY(rebuilt.add_frame(frame));
  }
  index.held_hash = hash.finish();
  index.erased = ranges;
  TRY(rebuilt.close(index));
  FAULT_POINT("archive.before_rebuilt_rename");
  TRY(rename_durably(temporary, path));
  return described(index, TRY(file_bytes(path)));
}

Result<void> Archive::remove(const WritePermit&, const Hash& content_hash) {
  const fs::path path = file_of(content_hash);
  std::error_code failure;
  if (!fs::remove(path, failure) && !failure) return {};
  if (failure) return system_error(failure.value(), "cannot remove the archived extract", path);
  return sync_path(path.parent_path());
}

}  // namespace throughline::store
