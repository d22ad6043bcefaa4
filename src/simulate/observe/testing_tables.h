// A reader of what agencies would hold, for tests and benchmarks: CSV whose quotes hold neither quotes nor lines.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace throughline::simulate {

inline std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells(1);
  bool is_quoted = false;
  for (const char letter : line) {
    if (letter == '"') {
      is_quoted = !is_quoted;
    } else if (letter == ',' && !is_quoted) {
      cells.emplace_back();
    } else {
      cells.back() += letter;
    }
  }
  return cells;
}

inline std::vector<std::vector<std::string>> table_of(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    rows.push_back(cells_of(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return rows;
}

// Of what is written one after the other.
inline std::vector<std::vector<std::string>> table_of(const std::vector<std::string>& pieces) {
  std::string whole;
  for (const std::string& piece : pieces) whole += piece;
  return table_of(whole);
}

}  // namespace throughline::simulate
