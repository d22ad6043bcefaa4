#include "records/readers/xlsx.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "records/readers/header_names.h"
#include "records/readers/xlsx_workbook.h"

namespace throughline::records {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::int64_t k_workbook_bytes_max = std::int64_t{256} << 20;
constexpr std::size_t k_rows_a_window = 8192;

class XlsxSource final : public RowSource {
 public:
  explicit XlsxSource(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {
    format_ = Format::xlsx;
    delimiter_ = '\0';
    content_name_ = source_->content_name();
  }

  base::Result<void> open(const ReadOptions& options) {
    const std::string bytes = TRY(read_all_bytes(options));
    hashes_ = TRY(source_->finish());
    if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
      return Error{ErrorKind::damaged, "workbook_locked",
                   "this workbook is locked with a password, or of the old kind (.xls)", source_->path(),
                   "Open it in a spreadsheet program, save it as .xlsx without a password, and give that"};
    }
    // The part of a workbook within a zip is the zip's member, not a sheet.
    const std::string sheet_name = source_->packing() == Packing::plain ? source_->part() : "";
    Sheet sheet = TRY(read_sheet(bytes, {source_->path(), sheet_name}));
    findings_ = std::move(sheet.findings);
    if (sheet.rows.empty()) {
      return Error{ErrorKind::damaged, "file_empty", "the sheet holds no header and no rows", source_->path(),
                   "Name another sheet, as in file.xlsx:Sheet"};
    }
    const SheetRow& first = sheet.rows.front();
    std::vector<std::string> names(static_cast<std::size_t>(first.cells.back().first) + 1);
    for (const auto& [column, text] : first.cells) names[static_cast<std::size_t>(column)] = text;
    NamedColumns named = TRY(name_columns(names, source_->path()));
    header_ = std::move(named.names);
    findings_.insert(findings_.end(), named.findings.begin(), named.findings.end());
    std::ranges::sort(findings_, {}, [](const Finding& finding) { return std::pair(finding.code, finding.text); });
    rows_ = std::move(sheet.rows);
    rows_.erase(rows_.begin());
    return {};
  }

  base::Result<std::optional<Window>> next() override {
    if (given_ == rows_.size()) return std::optional<Window>();
    Window window;
    window.offset = static_cast<std::int64_t>(given_);
    given_ = std::min(given_ + k_rows_a_window, rows_.size());
    return std::optional<Window>(std::move(window));
  }

  // A window of a workbook names its first row by its index; the cells are held here.
  [[nodiscard]] RawRows parse(const Window& window) const override {
    RawRows rows;
    rows.columns = static_cast<std::int32_t>(header_.size());
    const auto begin = static_cast<std::size_t>(window.offset);
    const std::size_t end = std::min(begin + k_rows_a_window, rows_.size());
    for (std::size_t index = begin; index < end; ++index) add(rows_[index], rows);
    return rows;
  }

  [[nodiscard]] std::int64_t received_so_far() const override { return source_->received_so_far(); }
  [[nodiscard]] std::int64_t received_size() const override { return source_->received_size(); }
  base::Result<SourceHashes> finish() override { return hashes_; }
  [[nodiscard]] std::vector<Finding> findings() const override { return findings_; }

 private:
  base::Result<std::string> read_all_bytes(const ReadOptions& options) {
    std::string bytes;
    constexpr std::size_t k_step = std::size_t{1} << 20;
    while (true) {
      const std::size_t before = bytes.size();
      bytes.resize(before + k_step);
      const auto room = std::as_writable_bytes(std::span(bytes).subspan(before));
      const std::size_t got = TRY(source_->read(room));
      if (options.sink && got > 0) TRY(options.sink(room.first(got)));
      bytes.resize(before + got);
      if (got == 0) return bytes;
      if (static_cast<std::int64_t>(bytes.size()) > k_workbook_bytes_max) {
        return Error{ErrorKind::damaged, "workbook_too_large",
                     fmt::format("the workbook has more than {} bytes", k_workbook_bytes_max), source_->path(),
                     "Save the sheet as CSV and give that"};
      }
    }
  }

  static void add(const SheetRow& from, RawRows& rows) {
    const Place place{from.number, 0, from.number};
    const std::int32_t last = from.cells.back().first;
    if (last >= rows.columns) {
      rows.faults.push_back({place, FaultRule::too_many_fields, -1, rows.columns, last + 1});
      return;
    }
    const std::size_t first = rows.fields.size();
    rows.fields.resize(first + static_cast<std::size_t>(rows.columns), k_absent);
    for (const auto& [column, text] : from.cells) {
      rows.fields[first + static_cast<std::size_t>(column)] = rows.made.emplace_back(text);
    }
    rows.places.push_back(place);
  }

  std::unique_ptr<ByteSource> source_;
  SourceHashes hashes_;
  std::vector<SheetRow> rows_;  // Without the header.
  std::vector<Finding> findings_;
  std::size_t given_ = 0;
};

}  // namespace

base::Result<std::unique_ptr<RowSource>> open_xlsx(std::unique_ptr<ByteSource> source, const ReadOptions& options) {
  auto rows = std::make_unique<XlsxSource>(std::move(source));
  TRY(rows->open(options));
  return std::unique_ptr<RowSource>(std::move(rows));
}

}  // namespace throughline::records
