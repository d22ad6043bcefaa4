// The table of docs/reference/permissions.md, read as a specification that knows nothing of the rules' code. Only
// *_test.cpp includes this.
#pragma once

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace throughline::app {

// One wish in the words of the page.
struct WordedWish {
  std::string role;
  std::string operation;
  std::string data;
  std::string purpose;
  std::string whose;
  std::string agency;  // "founding" or "another".
};

class AuthorisationTable {
 public:
  using Words = std::set<std::string>;
  using Row = std::vector<Words>;

  explicit AuthorisationTable(const std::string& path) {
    std::ifstream file(path);
    bool is_inside = false;
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with("## ")) is_inside = line == "## The table";
      if (!is_inside || !line.starts_with("| ") || line.starts_with("| role ")) continue;
      rows_.push_back(cells_of(line));
    }
  }

  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  [[nodiscard]] bool allows(const WordedWish& wish) const {
    return std::ranges::any_of(rows_, [&](const Row& row) { return fits(row, wish); });
  }
  // Every word that some row of that column uses, but "any".
  [[nodiscard]] Words words_of(std::size_t column) const {
    Words words;
    for (const Row& row : rows_) words.insert(row.at(column).begin(), row.at(column).end());
    words.erase("any");
    return words;
  }

 private:
  static std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
  }
  static Row cells_of(const std::string& line) {
    Row row;
    std::istringstream cells(line.substr(1));
    for (std::string cell; std::getline(cells, cell, '|');) {
      std::istringstream parts(cell);
      Words& words = row.emplace_back();
      for (std::string part; std::getline(parts, part, ',');) words.insert(trimmed(part));
    }
    return row;
  }
  static bool has(const Words& words, const std::string& word) { return words.contains("any") || words.contains(word); }
  static bool fits(const Row& row, const WordedWish& wish) {
    return has(row.at(0), wish.role) && has(row.at(1), wish.operation) && has(row.at(2), wish.data) &&
           has(row.at(3), wish.purpose) && has(row.at(4), wish.whose) && has(row.at(5), wish.agency);
  }
  std::vector<Row> rows_;
};

}  // namespace throughline::app
