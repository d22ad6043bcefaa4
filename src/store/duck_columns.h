// Columns on their way into DuckDB and out of it: views over typed arrays, without copies where DuckDB allows it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include "base/check.h"

namespace throughline::store {

// How many rows DuckDB holds in one chunk.
inline constexpr std::int64_t k_chunk_rows = 2048;

// Which rows of a column have a value: one bit a row as DuckDB keeps it, one byte a row (0 is empty), or all.
class Validity {
 public:
  Validity() = default;  // Every row has a value.
  [[nodiscard]] static Validity bits(const std::uint64_t* words) { return Validity(words, nullptr); }
  [[nodiscard]] static Validity bytes(std::span<const std::uint8_t> mask) { return Validity(nullptr, mask.data()); }

  [[nodiscard]] bool all() const { return words_ == nullptr && mask_ == nullptr; }
  [[nodiscard]] bool has(std::int64_t row) const {
    const auto at = static_cast<std::size_t>(row);
    if (words_ != nullptr) return (words_[at / 64] >> (at % 64) & 1) != 0;
    return mask_ == nullptr || mask_[at] != 0;
  }
  [[nodiscard]] const std::uint64_t* words() const { return words_; }
  [[nodiscard]] const std::uint8_t* mask() const { return mask_; }

 private:
  Validity(const std::uint64_t* words, const std::uint8_t* mask) : words_(words), mask_(mask) {}
  const std::uint64_t* words_ = nullptr;
  const std::uint8_t* mask_ = nullptr;
};

// DuckDB's own 16 bytes of a text: the length, then either up to 12 characters or a prefix and a pointer.
struct DuckText {
  std::uint32_t length;
  char prefix[4];
  union {
    char rest[8];
    const char* pointer;
  };
  [[nodiscard]] std::string_view view() const {
    return length <= 12 ? std::string_view(prefix, length) : std::string_view(pointer, length);
  }
};
static_assert(sizeof(DuckText) == 16);

// A column of a chunk that was read. Lives as long as the chunk. An empty row's value is undefined: ask has() first.
template <class T>
struct Column {
  std::span<const T> values;
  Validity validity;
  [[nodiscard]] bool has(std::int64_t row) const { return validity.has(row); }
  [[nodiscard]] T operator[](std::int64_t row) const { return values[static_cast<std::size_t>(row)]; }
};

struct TextColumn {
  std::span<const DuckText> values;
  Validity validity;
  [[nodiscard]] bool has(std::int64_t row) const { return validity.has(row); }
  [[nodiscard]] std::string_view operator[](std::int64_t row) const {
    return values[static_cast<std::size_t>(row)].view();
  }
};

// Texts that repeat: a code for each row into a list of words. Far cheaper to append than one text a row.
struct CodedTexts {
  std::span<const std::uint32_t> codes;
  std::span<const std::string_view> words;  // REQUIRES: codes of rows with a value are less than words.size().
};

// The same value in every row, or no value in any.
struct Same {
  std::variant<std::monostate, std::int64_t, double, std::string_view> value;
};

// One column to append. The element type must be what the table's column is stored as: BOOLEAN uint8_t (0 or 1),
// TINYINT int8_t … UBIGINT uint64_t, DOUBLE double, DATE int32_t (days), TIMESTAMP int64_t (microseconds), VARCHAR
// text.
struct AppendColumn {
  using Values =
      std::variant<Same, std::span<const std::int8_t>, std::span<const std::uint8_t>, std::span<const std::int16_t>,
                   std::span<const std::uint16_t>, std::span<const std::int32_t>, std::span<const std::uint32_t>,
                   std::span<const std::int64_t>, std::span<const std::uint64_t>, std::span<const double>,
                   std::span<const std::string_view>, CodedTexts>;
  Values values;
  Validity validity = {};

  [[nodiscard]] static AppendColumn nulls() { return {Same{}, {}}; }
};

}  // namespace throughline::store
