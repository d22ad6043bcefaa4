#include "records/readers/source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "base/check.h"
#include "base/sha256.h"
#include "base/text.h"
#include "records/readers/file_bytes.h"

namespace throughline::records {
namespace {

using base::Error;
using base::ErrorKind;

Error missing_file(const std::string& path) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
  std::error_code failed;
  std::vector<std::string> names;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    names.push_back(at->path().filename().string());
  }
  std::ranges::sort(names);
  std::string remedy = "Check the name and the folder";
  if (names.empty() && failed) {
    remedy = fmt::format("The folder {} cannot be read either; check its name", folder.string());
  } else if (const auto near = base::nearest_name(file_name_of(path), names)) {
    remedy = fmt::format("Did you mean {}?", (folder / *near).lexically_normal().string());
  }
  return Error{ErrorKind::world, "file_missing", "there is no such file", path, remedy};
}

Error cannot_open(const std::string& path, int number) {
  if (number == ENOENT || number == ENOTDIR) return missing_file(path);
  if (number == EACCES || number == EPERM) {
    return Error{ErrorKind::world, "file_unreadable", "you may not read this file", path,
                 "Ask its owner for permission to read it, or copy it to a folder of your own"};
  }
  return Error{ErrorKind::world, "file_unreadable",
               "the file cannot be opened: " + std::generic_category().message(number), path,
               "Check the disk and the name"};
}

class PlainSource final : public ByteSource {
 public:
  PlainSource(FileBytes file, const std::string& part) : file_(std::move(file)) {
    path_ = file_.path();
    content_name_ = file_name_of(path_);
    part_ = part;
    received_size_ = file_.size();
  }

  base::Result<std::size_t> read(std::span<std::byte> room) override {
    const std::size_t got = TRY(file_.read_at(offset_, room));
    hash_.update(std::span<const std::byte>(room.first(got)));
    offset_ += static_cast<std::int64_t>(got);
    at_end_ = got == 0;
    return got;
  }

  [[nodiscard]] std::int64_t received_so_far() const override { return offset_; }

  base::Result<SourceHashes> finish() override {
    CHECK(at_end_);
    const base::Hash hash = hash_.finish();
    return SourceHashes{hash, hash, offset_, offset_};
  }

 private:
  FileBytes file_;
  base::Sha256 hash_;
  std::int64_t offset_ = 0;
  bool at_end_ = false;
};

bool starts_with(std::span<const std::byte> bytes, std::string_view magic) {
  return bytes.size() >= magic.size() && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
}

}  // namespace

FileBytes::~FileBytes() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

FileBytes::FileBytes(FileBytes&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_), path_(std::move(other.path_)) {}

base::Result<FileBytes> FileBytes::open(const std::string& path) {
  FileBytes file;
  file.path_ = path;
  // Non-blocking, so that a named pipe without a writer cannot hold the program; plain files do not mind.
  file.descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file.descriptor_ < 0) return cannot_open(path, errno);
  struct stat facts{};
  if (::fstat(file.descriptor_, &facts) != 0) return cannot_open(path, errno);
  if (S_ISDIR(facts.st_mode)) {
    return Error{ErrorKind::world, "file_is_folder", "this is a folder, not a file", path, "Name the files in it"};
  }
  if (!S_ISREG(facts.st_mode)) {
    return Error{ErrorKind::world, "file_not_plain", "this is no ordinary file but a pipe or a device", path,
                 "Write its content to a file first, for an extract must be readable again"};
  }
  if (facts.st_size == 0) {
    return Error{ErrorKind::damaged, "file_empty", "the file is empty: 0 bytes, not even a header", path,
                 "Ask the sender for it again"};
  }
  file.size_ = facts.st_size;
  return file;
}

base::Result<std::size_t> FileBytes::read_at(std::int64_t offset, std::span<std::byte> room) const {
  std::size_t got = 0;
  while (got < room.size()) {
    const ssize_t step =
        ::pread(descriptor_, room.data() + got, room.size() - got, offset + static_cast<std::int64_t>(got));
    if (step < 0 && errno == EINTR) continue;
    if (step < 0) {
      return Error{ErrorKind::world, "read_failed", "reading failed: " + std::generic_category().message(errno),
                   fmt::format("{} at byte {}", path_, offset + static_cast<std::int64_t>(got)), "Check the disk"};
    }
    if (step == 0) break;
    got += static_cast<std::size_t>(step);
  }
  return got;
}

NamedPart split_part(const std::string& path) {
  std::error_code failed;
  if (std::filesystem::exists(path, failed)) return {path, ""};
  for (std::size_t at = path.find(':'); at != std::string::npos; at = path.find(':', at + 1)) {
    const std::string file = path.substr(0, at);
    if (std::filesystem::is_regular_file(file, failed)) return {file, path.substr(at + 1)};
  }
  return {path, ""};
}

std::string file_name_of(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

base::Result<void> check_unpacked(const std::string& path, std::int64_t packed, std::int64_t plain,
                                  const SourceLimits& limits) {
  if (plain > limits.plain_bytes_max) {
    return Error{ErrorKind::damaged, "unpacks_too_large",
                 fmt::format("the file unpacks to more than the {} bytes allowed", limits.plain_bytes_max), path,
                 "If it is genuine, split it into smaller files"};
  }
  if (plain > limits.ratio_free_bytes && plain / std::max<std::int64_t>(packed, 1) > limits.ratio_max) {
    return Error{ErrorKind::damaged, "unpacks_too_large",
                 fmt::format("{} bytes unpack to {} and more: over {} times, which no ordinary table does", packed,
                             plain, limits.ratio_max),
                 path, "If it is genuine, unpack it yourself and give the plain file"};
  }
  return {};
}

std::unique_ptr<ByteSource> make_plain_source(FileBytes file, const std::string& part) {
  return std::make_unique<PlainSource>(std::move(file), part);
}

base::Result<std::unique_ptr<ByteSource>> open_source(const std::string& path, const SourceLimits& limits) {
  const NamedPart named = split_part(path);
  FileBytes file = TRY(FileBytes::open(named.file));
  std::array<std::byte, 4> first{};
  const std::size_t got = TRY(file.read_at(0, first));
  const std::span<const std::byte> magic = std::span(first).first(got);
  if (starts_with(magic, "PK\x03\x04") || starts_with(magic, "PK\x05\x06")) {
    auto member = TRY(make_zip_source(file, named.part, limits));
    if (member) return member;
    return make_plain_source(std::move(file), named.part);
  }
  if (!named.part.empty()) {
    return Error{ErrorKind::bad_command, "no_such_part",
                 fmt::format("this file is neither a zip nor a workbook, so it has no part \"{}\"", named.part),
                 named.file, "Leave out the colon and what follows it"};
  }
  if (starts_with(magic, "\x1f\x8b")) return make_gzip_source(std::move(file), limits);
  return make_plain_source(std::move(file), "");
}

}  // namespace throughline::records
