// A SHA-256 value: how content, settings and log entries are named.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace throughline::base {

struct Hash {
  std::array<std::byte, 32> bytes{};

  // 64 lower-case hexadecimal digits.
  [[nodiscard]] std::string hex() const;
  // Empty unless the text is exactly 64 hexadecimal digits of either case.
  [[nodiscard]] static std::optional<Hash> from_hex(std::string_view text);

  friend auto operator<=>(const Hash&, const Hash&) = default;
};

}  // namespace throughline::base
