// Finding the bytes that matter in delimited text, many at a time.
//
// A quote opens a field only where the field begins; inside, two quotes are one. Line ends are LF, CR LF and CR alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace throughline::records {

// How many line ends there are; CR LF is one. REQUIRES: no CR LF is cut apart by the front or end of the text.
[[nodiscard]] std::int64_t count_line_ends(std::string_view text);
// The same, one byte at a time; what the fast way is held against.
[[nodiscard]] std::int64_t count_line_ends_plainly(std::string_view text);

// Bit i is set where byte i of the 64 is the delimiter, a quote, CR or LF.
[[nodiscard]] std::uint64_t special_bytes(const char* bytes, char delimiter);
[[nodiscard]] std::uint64_t special_bytes_plainly(const char* bytes, char delimiter);

// Walks over the special bytes of a text, forwards only.
class Specials {
 public:
  Specials(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) { load(0); }

  // The first special byte at or after `at`; the text's size where there is none. REQUIRES: `at` never goes back.
  [[nodiscard]] std::size_t next(std::size_t at) {
    if (at >= text_.size()) return text_.size();
    if (at >= block_ + 64) load(at & ~std::size_t{63});
    std::uint64_t left = mask_ & (~std::uint64_t{0} << (at & 63U));
    while (left == 0) {
      if (block_ + 64 >= text_.size()) return text_.size();
      load(block_ + 64);
      left = mask_;
    }
    return block_ + static_cast<std::size_t>(__builtin_ctzll(left));
  }

 private:
  void load(std::size_t block);

  std::string_view text_;
  char delimiter_;
  std::size_t block_ = 0;
  std::uint64_t mask_ = 0;
};

// Where records end in a growing text that begins with a record.
class RecordCutter {
 public:
  explicit RecordCutter(char delimiter) : delimiter_(delimiter) {}

  // Looks at what is new. REQUIRES: the text begins with the text of the call before.
  void look(std::string_view text, bool is_all);
  // Just past the last line end that ends a record; 0 where none was found.
  [[nodiscard]] std::size_t last_end() const { return last_end_; }
  // The text was cut: what follows begins a record.
  void restart() { *this = RecordCutter(delimiter_); }

 private:
  // Leaves the quoted stretch at at_; false where its end is not in the text.
  bool leave_quotes(std::string_view text, bool is_all);
  // The next quote that opens a field at or after at_; the text's size where there is none.
  [[nodiscard]] std::size_t next_opening(std::string_view text) const;
  void note_last_end(std::string_view text, std::size_t end, bool is_all);

  char delimiter_;
  std::size_t at_ = 0;
  std::size_t last_end_ = 0;
  bool in_quotes_ = false;
};

}  // namespace throughline::records
