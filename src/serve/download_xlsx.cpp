// Workbooks, by libxlsxwriter. Texts are always written as texts: never as formulas, and never as links.

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include <xlsxwriter.h>

#include "base/csv_cell.h"
#include "base/text.h"
#include "serve/download.h"

namespace throughline::serve {

namespace {

using base::Result;

constexpr std::size_t k_cell_bytes_max = 32'000;  // A cell holds 32,767 characters.
constexpr std::int64_t k_exact_integers_max = std::int64_t{1} << 53;

// Where one cell goes.
struct Cell {
  lxw_worksheet* sheet = nullptr;
  lxw_row_t row = 0;
  lxw_col_t column = 0;
};

lxw_error write_text(const Cell& cell, std::string_view text, lxw_format* format = nullptr) {
  if (text.empty()) return LXW_NO_ERROR;
  // Control characters have no place in the XML of a workbook.
  std::string safe;
  for (const char c : base::defused(text.substr(0, k_cell_bytes_max))) {
    safe += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
  }
  if (!base::valid_utf8(safe)) safe = base::to_utf8(safe, base::Encoding::utf8).text;
  return worksheet_write_string(cell.sheet, cell.row, cell.column, safe.c_str(), format);
}

lxw_error write_value(const Cell& cell, const app::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return write_text(cell, *text);
  if (const auto* count = std::get_if<std::int64_t>(&value)) {
    // A spreadsheet's numbers are doubles.
    if (*count > k_exact_integers_max || *count < -k_exact_integers_max) {
      return write_text(cell, std::to_string(*count));
    }
    return worksheet_write_number(cell.sheet, cell.row, cell.column, static_cast<double>(*count), nullptr);
  }
  if (const auto* decimal = std::get_if<app::Decimal>(&value)) {
    return worksheet_write_number(cell.sheet, cell.row, cell.column, decimal->value, nullptr);
  }
  return LXW_NO_ERROR;
}

lxw_error write_about(lxw_worksheet* sheet, const Download& download, lxw_format* bold) {
  lxw_row_t row = 0;
  lxw_error worst = worksheet_set_column(sheet, 0, 0, 28, nullptr);
  for (const app::Fact& fact : download.about) {
    worst = std::max(worst, write_text({sheet, row, 0}, fact.label, bold));
    worst = std::max(worst, write_value({sheet, row, 1}, fact.value));
    ++row;
  }
  for (const std::string& note : download.notes) {
    worst = std::max(worst, write_text({sheet, row, 0}, "Note", bold));
    worst = std::max(worst, write_text({sheet, row, 1}, note));
    ++row;
  }
  return worst;
}

lxw_error write_table(lxw_worksheet* sheet, const app::Table& table, lxw_format* bold) {
  lxw_error worst = LXW_NO_ERROR;
  lxw_col_t column = 0;
  for (const app::Column& each : table.columns) {
    worst = std::max(worst, write_text({sheet, 0, column++}, each.heading, bold));
  }
  lxw_row_t row = 1;
  for (const auto& cells : table.rows) {
    column = 0;
    for (const app::Value& value : cells) worst = std::max(worst, write_value({sheet, row, column++}, value));
    ++row;
  }
  worksheet_freeze_panes(sheet, 1, 0);
  return worst;
}

// A file without a name that lies in memory: a workbook is never written to disk.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("workbook", MFD_CLOEXEC)) {}
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  // By which the library, which only takes names, opens it.
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
  // Nothing where it cannot be read back.
  [[nodiscard]] std::optional<std::string> bytes() const {
    const off_t size = lseek(descriptor_, 0, SEEK_END);
    if (size <= 0) return std::nullopt;
    std::string bytes(static_cast<std::size_t>(size), '\0');
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t got = pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
      if (got <= 0) return std::nullopt;
      done += static_cast<std::size_t>(got);
    }
    return bytes;
  }

 private:
  int descriptor_ = -1;
};

base::Error not_made() {
  return {base::ErrorKind::world, "workbook_not_made", "The workbook could not be made", "",
          "Ask for CSV, or for fewer rows"};
}

}  // namespace

Result<std::string> xlsx_of(const Download& download) {
  const MemoryFile file;
  if (!file.is_open()) return not_made();
  // The sheets while they are put together: files without a name, in memory too.
  std::string folder = "/dev/shm";
  lxw_workbook_options options{};
  options.tmpdir = folder.data();
  lxw_workbook* workbook = workbook_new_opt(file.path().c_str(), &options);
  if (workbook == nullptr) return not_made();
  lxw_format* bold = workbook_add_format(workbook);
  format_set_bold(bold);
  lxw_error worst = write_about(workbook_add_worksheet(workbook, "About"), download, bold);
  worst = std::max(worst, write_table(workbook_add_worksheet(workbook, "Table"), download.table, bold));
  worst = std::max(worst, workbook_close(workbook));
  std::optional<std::string> bytes = file.bytes();
  if (worst != LXW_NO_ERROR || !bytes) return not_made();
  return *std::move(bytes);
}

}  // namespace throughline::serve
