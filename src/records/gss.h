// Codes of areas as the Office for National Statistics gives them, packed into 32 bits: E01029880.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace throughline::records {

// A letter and eight digits as (letter - 'A') << 27 | digits: sorts as the text sorts, joins at integer speed.
class GssCode {
 public:
  constexpr GssCode() = default;
  constexpr explicit GssCode(std::uint32_t packed) : packed_(packed) {}

  // Nothing unless the text is one capital letter and eight digits.
  [[nodiscard]] static constexpr std::optional<GssCode> parse(std::string_view text) {
    if (text.size() != 9 || text[0] < 'A' || text[0] > 'Z') return std::nullopt;
    std::uint32_t digits = 0;
    for (const char c : text.substr(1)) {
      if (c < '0' || c > '9') return std::nullopt;
      digits = digits * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return GssCode(static_cast<std::uint32_t>(text[0] - 'A') << 27U | digits);
  }

  [[nodiscard]] constexpr std::uint32_t packed() const { return packed_; }
  [[nodiscard]] std::string text() const {
    const std::string digits = std::to_string(packed_ & ((1U << 27U) - 1));
    return std::string(1, static_cast<char>('A' + (packed_ >> 27U))) + std::string(8 - digits.size(), '0') + digits;
  }
  friend constexpr auto operator<=>(GssCode, GssCode) = default;

 private:
  std::uint32_t packed_ = 0;
};

}  // namespace throughline::records
