// Numbers between types, and between numbers and text. No locale: the decimal sign is a point.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/check.h"

namespace throughline::base {

// The same integer in another type. CHECKs that nothing is lost, so not for values from a file before they are judged.
template <std::integral To, std::integral From>
[[nodiscard]] constexpr To narrow(From value) {
  CHECK(std::in_range<To>(value));
  return static_cast<To>(value);
}

// The shortest text that reads back as the same double: "0.1", "1e+21", "-0"; "nan", "inf" and "-inf".
[[nodiscard]] std::string format_double(double value);
// So many digits after the point, rounded to nearest from the exact value: "12.50". REQUIRES: 0 <= decimals <= 30.
[[nodiscard]] std::string format_fixed(double value, int decimals);

enum class Thousands { comma, thin_space, none };

// "1,234,567"; the thin space is U+2009.
[[nodiscard]] std::string format_integer(std::int64_t value, Thousands separator = Thousands::comma);
// "1.5 MiB", for people: one decimal from KiB on.
[[nodiscard]] std::string format_bytes(std::int64_t bytes);

// Digits with at most a leading minus, nothing else, within 64 bits.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);
// A plain or scientific decimal number, finite; no leading plus, no blanks, no hexadecimal.
[[nodiscard]] std::optional<double> parse_double(std::string_view text);

}  // namespace throughline::base
