#include "records/stage_original.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <utility>

#include "records/stage_original_text.h"
#include "records/stage_parquet.h"
#include "store/files.h"

namespace throughline::records {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::int64_t k_first_look = std::int64_t{64} << 10;
constexpr std::int64_t k_step_bytes = std::int64_t{1} << 20;

std::string name_of(const ArchivedExtract& extract) {
  return extract.content_hash.hex().substr(0, 16);
}

Error no_record(const ArchivedExtract& extract, std::int64_t place) {
  return {ErrorKind::bad_command, "no_record_here", fmt::format("No record begins at place {} of this extract", place),
          name_of(extract), fmt::format("List its records with throughline records {}", name_of(extract))};
}

RecordForm form_of(const Layout& layout) {
  return {.format = layout.format, .delimiter = layout.delimiter, .columns = layout.columns};
}

bool is_listed(const ArchivedExtract& extract, std::int64_t place) {
  return std::ranges::find(extract.erased, place, &ErasedRow::place) != extract.erased.end();
}

// The archive itself knows which bytes are gone, also when the record store was made again from an old backup. Only in
// UTF-8 are they found by the place of a row.
Result<std::optional<ErasedRow>> blanked_at(const store::Archive& archive, const ArchivedExtract& extract,
                                            std::int64_t place) {
  if (!is_text(extract.layout.format) || extract.layout.encoding != base::Encoding::utf8) {
    return std::optional<ErasedRow>();
  }
  const store::ArchivedContent content = TRY(archive.describe(extract.content_hash));
  for (const store::ByteRange& range : content.erased) {
    const std::int64_t end = range.offset + range.length;
    if (place < range.offset || place >= end) continue;
    return std::optional(ErasedRow{.place = place, .length = end - place, .content = {place, end - place}});
  }
  return std::optional<ErasedRow>();
}

Result<void> check_held(const store::Archive& archive, const ArchivedExtract& extract) {
  if (archive.holds(extract.content_hash)) return {};
  if (extract.erased.empty()) {
    return Error{ErrorKind::damaged, "original_missing", "The archived original of this extract is missing",
                 archive.file_of(extract.content_hash).string(), "Restore it from a backup with throughline restore"};
  }
  return Error{ErrorKind::bad_command, "original_removed",
               "The original of this extract was removed when one of its rows was erased: a workbook or a Parquet file "
               "cannot lose a single row",
               name_of(extract), "Its other rows stand as typed"};
}

// One record of a text.
struct TextRecord {
  std::string text;  // At most as much as a record may have.
  ErasedRow row;
};

bool may_begin_here(const ArchivedText& text, const Layout& layout) {
  const std::optional<char> before = text.before();
  if (layout.format == Format::csv) return before == '\n' || before == '\r';  // The header comes first.
  // The first line of NDJSON is a record, after a byte order mark too.
  return !before || before == '\n' || (text.offset() == 3 && before == '\xBF');
}

// A record that is longer than may be held: the place of the first line end past what was seen.
Result<std::int64_t> length_of_long(ArchivedText& text, std::int64_t seen, Format format) {
  const char* const ends = format == Format::csv ? "\r\n" : "\n";
  char last = '\0';
  while (true) {
    std::string more;
    const bool goes_on = TRY(text.extend(more, k_step_bytes));
    const std::size_t end = more.find_first_of(ends);
    if (end != std::string::npos) {
      const bool is_pair = format == Format::ndjson && (end > 0 ? more[end - 1] : last) == '\r';
      return seen + static_cast<std::int64_t>(end) - (is_pair ? 1 : 0);
    }
    seen += static_cast<std::int64_t>(more.size());
    if (!more.empty()) last = more.back();
    if (!goes_on) return seen;
  }
}

Result<TextRecord> text_record_at(ArchivedText& text, const ArchivedExtract& extract, std::int64_t place) {
  const RecordForm form = form_of(extract.layout);
  TRY(text.seek(place));
  if (!may_begin_here(text, extract.layout)) return no_record(extract, place);
  ArchivedText ahead = text;
  TextRecord record{.text = {}, .row = {.place = place, .length = 0, .content = {text.content_offset(), 0}}};
  std::optional<std::int64_t> length;
  std::int64_t step = k_first_look;
  bool goes_on = true;
  while (!length && goes_on && static_cast<std::int64_t>(record.text.size()) <= k_record_bytes_max + 2) {
    goes_on = TRY(ahead.extend(record.text, step));
    step = std::max(step, static_cast<std::int64_t>(record.text.size()));
    length = record_length(record.text, form, !goes_on);
  }
  if (!length) length = TRY(length_of_long(ahead, static_cast<std::int64_t>(record.text.size()), form.format));
  if (*length == 0) return no_record(extract, place);
  record.row.length = *length;
  record.text.resize(static_cast<std::size_t>(std::min(*length, k_record_bytes_max + 1)));
  ArchivedText end = text;
  TRY(end.seek(place + *length));
  record.row.content.length = end.content_offset() - record.row.content.offset;
  return record;
}

// A file of our own that goes when this does.
class TemporaryFile {
 public:
  TemporaryFile() = default;
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  Result<void> fill(const std::filesystem::path& folder, const store::Archive& archive, const base::Hash& content) {
    static std::atomic<std::int64_t> made = 0;
    const std::filesystem::path path = folder / fmt::format("original-{}", ++made);
    const store::FileHandle file = TRY(store::create_private_file(path));
    path_ = path;
    const std::int64_t bytes = TRY(archive.describe(content)).plain_bytes;
    for (std::int64_t at = 0; at < bytes; at += k_step_bytes) {
      const std::string piece = TRY(archive.read_at(content, {at, std::min(k_step_bytes, bytes - at)}));
      TRY(store::write_all(file, piece, path_));
    }
    return {};
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

// The part of a workbook is a sheet, unless the workbook itself was the member of a zip.
Result<std::unique_ptr<RowSource>> open_again(const std::string& path, const Layout& layout,
                                              const ReadOptions& options) {
  if (layout.format == Format::xlsx && !layout.part.empty()) {
    auto sheet = open_rows(path + ":" + layout.part, options);
    if (sheet.ok() || sheet.error().code != "no_such_part") return sheet;
  }
  return open_rows(path, options);
}

Result<OriginalRow> numbered_row(store::Workspace& workspace, const ArchivedExtract& extract, std::int64_t place) {
  TemporaryFile file;
  TRY(file.fill(workspace.paths().temp, workspace.archive(), extract.content_hash));
  ReadOptions options;
  options.format = extract.layout.format;
  options.open_parquet = parquet_row_opener(workspace, place);
  const auto source = TRY(open_again(file.path(), extract.layout, options));
  while (const auto window = TRY(source->next())) {
    const RawRows rows = source->parse(*window);
    const auto is_here = [&](const auto& found) { return found.offset == place; };
    const auto at = std::ranges::find_if(rows.places, is_here);
    const auto fault = std::ranges::find_if(rows.faults, is_here, &Fault::place);
    OriginalRow row{.place = place, .is_erased = false, .fields = {}, .text = {}, .fault = {}};
    if (at != rows.places.end()) {
      row.fields = fields_of(rows, at - rows.places.begin(), extract.layout.columns);
      return row;
    }
    if (fault != rows.faults.end()) {
      row.fault = *fault;
      return row;
    }
  }
  return no_record(extract, place);
}

}  // namespace

bool is_text(Format format) {
  return format == Format::csv || format == Format::ndjson;
}

Result<OriginalRow> read_original(store::Workspace& workspace, const ArchivedExtract& extract, std::int64_t place) {
  const store::Archive& archive = workspace.archive();
  OriginalRow erased{.place = place, .is_erased = true, .fields = {}, .text = {}, .fault = {}};
  if (is_listed(extract, place)) return erased;
  TRY(check_held(archive, extract));
  if (TRY(blanked_at(archive, extract, place))) return erased;
  if (place < 0) return no_record(extract, place);
  if (!is_text(extract.layout.format)) return numbered_row(workspace, extract, place);
  ArchivedText text = TRY(ArchivedText::open(archive, extract.content_hash, extract.layout.encoding, extract.erased));
  const TextRecord record = TRY(text_record_at(text, extract, place));
  OriginalRow row = read_record(record.text, form_of(extract.layout), place);
  if (row.fault)
    row.fault->found = row.fault->rule == FaultRule::record_too_long ? record.row.length : row.fault->found;
  return row;
}

Result<std::vector<ErasedRow>> locate_rows(const store::Archive& archive, const ArchivedExtract& extract,
                                           std::vector<std::int64_t> places) {
  std::vector<ErasedRow> rows;
  std::ranges::sort(places);
  places.erase(std::ranges::unique(places).begin(), places.end());
  std::erase_if(places, [&](std::int64_t place) { return is_listed(extract, place); });
  if (places.empty()) return rows;
  if (!is_text(extract.layout.format)) {
    for (const std::int64_t place : places) rows.push_back({.place = place, .length = 0, .content = {}});
    return rows;
  }
  TRY(check_held(archive, extract));
  ArchivedText text = TRY(ArchivedText::open(archive, extract.content_hash, extract.layout.encoding, extract.erased));
  for (const std::int64_t place : places) {
    const auto blanked = TRY(blanked_at(archive, extract, place));
    rows.push_back(blanked ? *blanked : TRY(text_record_at(text, extract, place)).row);
  }
  return rows;
}

}  // namespace throughline::records
