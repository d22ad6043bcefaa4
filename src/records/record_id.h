// The name of one row outside the workspace: the first 16 digits of its extract's content hash, and its place there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/number.h"

namespace throughline::records {

inline constexpr std::size_t k_extract_name_digits = 16;

// "3f9a0c12ab345678": enough of a hash to be unique among the extracts of a workspace, which is checked when it is
// looked up.
[[nodiscard]] inline std::string extract_name(const base::Hash& content_hash) {
  return content_hash.hex().substr(0, k_extract_name_digits);
}

// Whether the text has the shape of an extract's name: 4 to 64 hexadecimal digits, so that a shortened one can be
// looked up.
[[nodiscard]] inline bool looks_like_extract(std::string_view text) {
  return text.size() >= 4 && text.size() <= 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

struct RecordId {
  std::string extract;     // The name of an extract.
  std::int64_t place = 0;  // Byte offset, or row number in spreadsheets and Parquet.

  [[nodiscard]] std::string text() const { return extract + ":" + std::to_string(place); }
  // Nothing unless the text is an extract's name, a colon and a number.
  [[nodiscard]] static std::optional<RecordId> parse(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || !looks_like_extract(text.substr(0, colon))) return std::nullopt;
    const auto place = base::parse_integer(text.substr(colon + 1));
    if (!place || *place < 0) return std::nullopt;
    return RecordId{std::string(text.substr(0, colon)), *place};
  }
  friend bool operator==(const RecordId&, const RecordId&) = default;
};

}  // namespace throughline::records
