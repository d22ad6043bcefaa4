#include "app/table_file.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "base/check.h"
#include "base/csv_cell.h"
#include "base/number.h"
#include "linkage/ascii.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using store::AppendColumn;

constexpr std::size_t k_write_bytes = std::size_t{1} << 20;

std::string ending_of(const std::string& path) {
  std::string ending = std::filesystem::path(path).extension().string();
  std::ranges::transform(ending, ending.begin(), linkage::lower);
  return ending;
}

// A file that takes its name when all of it is there.
class CsvFile {
 public:
  static Result<CsvFile> create(const std::string& path) {
    CsvFile file;
    file.path_ = path;
    file.partial_ = path + ".partial";
    std::error_code ignored;
    std::filesystem::remove(file.partial_, ignored);
    file.handle_ = TRY(store::create_private_file(file.partial_));
    return file;
  }
  std::string& text() { return text_; }
  Result<void> write_when_full() {
    if (text_.size() < k_write_bytes) return {};
    TRY(store::write_all(handle_, text_, partial_));
    text_.clear();
    return {};
  }
  Result<void> finish() {
    TRY(store::write_all(handle_, text_, partial_));
    TRY(store::sync_file(handle_, partial_));
    return store::rename_durably(partial_, path_);
  }

 private:
  std::filesystem::path path_, partial_;
  store::FileHandle handle_;
  std::string text_;
};

std::string number_text(double value, int decimals) {
  return decimals < 0 ? base::format_double(value) : base::format_fixed(value, decimals);
}

void add_cell(std::string& line, const FileColumn& column, const AppendColumn& cells, std::size_t row) {
  switch (column.type) {
    case store::ParquetType::text:
      return base::append_csv_cell(line, std::get<std::span<const std::string_view>>(cells.values)[row]);
    case store::ParquetType::whole:
      line += std::to_string(std::get<std::span<const std::int64_t>>(cells.values)[row]);
      return;
    case store::ParquetType::number:
      line += number_text(std::get<std::span<const double>>(cells.values)[row], column.decimals);
      return;
  }
  CHECK(false);
}

Result<void> write_csv(const std::string& path, const std::vector<FileColumn>& columns, store::RowSupplier& rows) {
  CsvFile file = TRY(CsvFile::create(path));
  for (const FileColumn& column : columns) {
    if (&column != columns.data()) file.text() += ',';
    base::append_csv_cell(file.text(), column.name);
  }
  file.text() += '\n';
  const auto part = rows.part();
  std::vector<AppendColumn> cells(columns.size());
  for (std::int64_t count = TRY(part->next(cells)); count > 0; count = TRY(part->next(cells))) {
    for (std::size_t row = 0; row < static_cast<std::size_t>(count); ++row) {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0) file.text() += ',';
        add_cell(file.text(), columns[i], cells[i], row);
      }
      file.text() += '\n';
    }
    TRY(file.write_when_full());
  }
  return file.finish();
}

}  // namespace

Result<void> check_ending(const std::string& path, const std::string& option) {
  const std::string ending = ending_of(path);
  if (ending.empty() || ending == ".csv" || ending == ".parquet") return {};
  return Error{ErrorKind::bad_command, "output_ending",
               fmt::format("Tables are written as .csv or .parquet, not as {}", ending), option,
               "Give the file a name with one of these endings"};
}

Result<void> write_table_file(const std::string& path, const std::vector<FileColumn>& columns,
                              store::RowSupplier& rows) {
  if (ending_of(path) != ".parquet") return write_csv(path, columns, rows);
  std::vector<store::ParquetColumn> typed;
  for (const FileColumn& column : columns) typed.push_back({column.name, column.type});
  return store::write_parquet(path, typed, rows);
}

}  // namespace throughline::app
