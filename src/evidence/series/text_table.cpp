#include "evidence/series/text_table.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace throughline::evidence {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

// Takes one row after another off a text.
class RowCutter {
 public:
  explicit RowCutter(std::string_view text) : text_(text) {}

  [[nodiscard]] bool is_at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] bool is_quote_open() const { return is_quote_open_; }

  TextRow next() {
    TextRow row{line_, {}};
    bool is_last = false;
    while (!is_last) {
      row.cells.push_back(cell());
      is_last = is_at_end() || text_[at_] != ',';
      if (!is_last) ++at_;
    }
    end_line();
    return row;
  }

 private:
  std::string cell() {
    if (!is_at_end() && text_[at_] == '"') return quoted();
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    std::string found(text_.substr(at_, end - at_));
    at_ = end;
    return found;
  }

  std::string quoted() {
    std::string found;
    for (++at_; !is_at_end(); ++at_) {
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] != '"') {
        found += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        found += text_[++at_];
      } else {
        ++at_;
        return found + rest_of_cell();
      }
    }
    is_quote_open_ = true;
    return found;
  }

  // What stands behind a closing quote belongs to the cell as it is.
  std::string rest_of_cell() {
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    std::string found(text_.substr(at_, end - at_));
    at_ = end;
    return found;
  }

  void end_line() {
    if (!is_at_end() && text_[at_] == '\r') ++at_;
    if (!is_at_end() && text_[at_] == '\n') ++at_;
    ++line_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  bool is_quote_open_ = false;
};

bool is_blank(const TextRow& row) {
  return row.cells.size() == 1 && row.cells.front().empty();
}

}  // namespace

std::optional<std::size_t> TextTable::column(std::string_view wanted) const {
  const auto found = std::ranges::find(columns, wanted);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

Result<TextTable> read_text_table(std::string_view text, std::string name) {
  constexpr std::string_view k_mark = "\xEF\xBB\xBF";
  if (text.starts_with(k_mark)) text.remove_prefix(k_mark.size());
  TextTable table{std::move(name), {}, {}};
  RowCutter cutter(text);
  while (!cutter.is_at_end()) {
    TextRow row = cutter.next();
    if (is_blank(row)) continue;
    if (table.columns.empty()) {
      table.columns = std::move(row.cells);
      continue;
    }
    if (row.cells.size() != table.columns.size()) {
      return Error{ErrorKind::bad_command, "table_ragged",
                   fmt::format("The row has {} cells and the header {}", row.cells.size(), table.columns.size()),
                   fmt::format("{}:{}", table.name, row.line), "Cells with a comma in them need quotes"};
    }
    table.rows.push_back(std::move(row));
  }
  if (cutter.is_quote_open()) {
    return Error{ErrorKind::bad_command, "quote_open", "A quote is opened and never closed", table.name,
                 "Look at the last rows that were meant"};
  }
  if (table.columns.empty()) {
    return Error{ErrorKind::bad_command, "table_empty", "The table has no header", table.name,
                 "Its first row names the columns"};
  }
  return table;
}

}  // namespace throughline::evidence
