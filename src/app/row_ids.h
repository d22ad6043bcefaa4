// The ids that tell the rows of inputs apart, one beside another as they were read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace throughline::app {

class RowIds {
 public:
  void reserve(std::size_t rows) { ends_.reserve(rows); }
  void add(std::string_view id);
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  // REQUIRES: row < size().
  [[nodiscard]] std::string_view text(std::size_t row) const;

  // Rows of [begin, end) whose id an earlier of them has.
  struct Repeats {
    std::int64_t rows = 0;
    std::size_t first = 0;  // The first such row; unspecified where there is none.
  };
  // REQUIRES: begin <= end <= size(), fewer than 2^32 rows. Memory: 16 bytes a row, while it runs.
  [[nodiscard]] Repeats repeats(std::size_t begin, std::size_t end) const;

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

}  // namespace throughline::app
