#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/sha256.h"
#include "base/text.h"
#include "records/readers/file_bytes.h"

namespace throughline::records {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t k_names_shown = 12;

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;
using Member = std::unique_ptr<zip_file_t, CloseMember>;

base::Result<Archive> open_archive(const std::string& path) {
  int code = 0;
  Archive archive(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code));
  if (archive) return archive;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string reason = zip_error_strerror(&error);
  zip_error_fini(&error);
  return Error{ErrorKind::damaged, "zip_damaged", "the zip is damaged or cut off: " + reason, path,
               "Ask the sender for the file again"};
}

// The members that could be a table: no folders, nothing hidden, nothing that macOS adds.
std::vector<std::string> members_of(zip_t* archive) {
  std::vector<std::string> names;
  const zip_int64_t count = zip_get_num_entries(archive, 0);
  for (zip_int64_t index = 0; index < count; ++index) {
    const char* name = zip_get_name(archive, static_cast<zip_uint64_t>(index), 0);
    if (name == nullptr) continue;
    const std::string member = name;
    const std::string last = file_name_of(member);
    if (member.ends_with('/') || last.empty() || last.starts_with('.') || member.starts_with("__MACOSX/")) continue;
    names.push_back(member);
  }
  std::ranges::sort(names);
  return names;
}

bool looks_like_table(const std::string& name) {
  constexpr std::array k_endings = {".csv", ".tsv", ".txt", ".ndjson", ".jsonl", ".json", ".xlsx", ".parquet"};
  const std::string folded = base::fold(name);
  return std::ranges::any_of(k_endings, [&](const char* ending) { return folded.ends_with(ending); });
}

std::string listed(const std::vector<std::string>& names) {
  return base::short_list(names, {.most = k_names_shown});
}

base::Result<std::string> choose_member(const std::string& path, const std::vector<std::string>& names,
                                        const std::string& asked) {
  if (!asked.empty()) {
    if (std::ranges::find(names, asked) != names.end()) return asked;
    const auto near = base::nearest_name(asked, names);
    return Error{ErrorKind::bad_command, "no_such_part", fmt::format("the zip has no member \"{}\"", asked), path,
                 near ? fmt::format("Did you mean {}:{}?", path, *near) : "It holds: " + listed(names)};
  }
  std::vector<std::string> tables;
  std::ranges::copy_if(names, std::back_inserter(tables), looks_like_table);
  if (tables.size() == 1) return tables.front();
  if (tables.empty()) {
    return Error{ErrorKind::damaged, "zip_without_table", "the zip holds no table", path,
                 names.empty() ? "It holds nothing at all. Ask the sender for it again" : "It holds: " + listed(names)};
  }
  return Error{ErrorKind::bad_command, "zip_several_tables",
               fmt::format("the zip holds {} tables: {}", tables.size(), listed(tables)), path,
               fmt::format("Name one, for example {}:{}", path, tables.front())};
}

class ZipSource final : public ByteSource {
 public:
  ZipSource(Archive archive, Member member, const SourceLimits& limits)
      : archive_(std::move(archive)), member_(std::move(member)), limits_(limits) {}

  void describe(const FileBytes& file, const std::string& name, std::int64_t packed) {
    path_ = file.path();
    content_name_ = file_name_of(name);
    part_ = name;
    packing_ = Packing::zip;
    received_size_ = file.size();
    packed_ = packed;
  }

  base::Result<std::size_t> read(std::span<std::byte> room) override {
    std::size_t got = 0;
    while (got < room.size() && !at_end_) {
      const zip_int64_t step = zip_fread(member_.get(), room.data() + got, room.size() - got);
      if (step < 0) return damaged();
      at_end_ = step == 0;
      got += static_cast<std::size_t>(step);
    }
    content_hash_.update(std::span<const std::byte>(room.first(got)));
    plain_ += static_cast<std::int64_t>(got);
    TRY(check_unpacked(path_, packed_, plain_, limits_));
    return got;
  }

  [[nodiscard]] std::int64_t received_so_far() const override {
    return at_end_ ? received_size_ : std::min(plain_, received_size_);
  }

  // The zip was read here and there, so its own hash takes a pass of its own.
  base::Result<SourceHashes> finish() override {
    CHECK(at_end_);
    const FileBytes file = TRY(FileBytes::open(path_));
    base::Sha256 received;
    std::vector<std::byte> block(std::size_t{1} << 20);
    std::int64_t offset = 0;
    for (std::size_t got = TRY(file.read_at(0, block)); got > 0; got = TRY(file.read_at(offset, block))) {
      received.update(std::span<const std::byte>(block).first(got));
      offset += static_cast<std::int64_t>(got);
    }
    return SourceHashes{received.finish(), content_hash_.finish(), offset, plain_};
  }

 private:
  [[nodiscard]] Error damaged() const {
    return Error{ErrorKind::damaged, "zip_damaged",
                 fmt::format("the zip is damaged: {}", zip_error_strerror(zip_file_get_error(member_.get()))),
                 fmt::format("{}:{} after {} bytes of content", path_, part_, plain_),
                 "Nothing of it was taken in. Ask the sender for the file again"};
  }

  Archive archive_;
  Member member_;
  SourceLimits limits_;
  base::Sha256 content_hash_;
  std::int64_t packed_ = 0;
  std::int64_t plain_ = 0;
  bool at_end_ = false;
};

}  // namespace

base::Result<std::unique_ptr<ByteSource>> make_zip_source(const FileBytes& file, const std::string& part,
                                                          const SourceLimits& limits) {
  Archive archive = TRY(open_archive(file.path()));
  if (zip_name_locate(archive.get(), "xl/workbook.xml", ZIP_FL_NOCASE) >= 0) return std::unique_ptr<ByteSource>();
  const std::string name = TRY(choose_member(file.path(), members_of(archive.get()), part));
  zip_stat_t facts;
  zip_stat_init(&facts);
  CHECK(zip_stat(archive.get(), name.c_str(), 0, &facts) == 0);
  if ((facts.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && facts.encryption_method != ZIP_EM_NONE) {
    return Error{ErrorKind::damaged, "zip_encrypted", "the zip is locked with a password", file.path() + ":" + name,
                 "Unpack it with the password and give the plain file"};
  }
  Member member(zip_fopen(archive.get(), name.c_str(), 0));
  if (!member) {
    return Error{ErrorKind::damaged, "zip_damaged",
                 fmt::format("the zip's member cannot be opened: {}", zip_strerror(archive.get())),
                 file.path() + ":" + name, "Ask the sender for the file again"};
  }
  auto source = std::make_unique<ZipSource>(std::move(archive), std::move(member), limits);
  source->describe(file, name, static_cast<std::int64_t>(facts.comp_size));
  return std::unique_ptr<ByteSource>(std::move(source));
}

}  // namespace throughline::records
