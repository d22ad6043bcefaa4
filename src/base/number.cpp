#include "base/number.h"

#include <array>
#include <charconv>
#include <cmath>

namespace throughline::base {

namespace {

// Digits before the point of the largest double, the sign, the point and 30 decimals.
constexpr std::size_t k_text_max = 384;

template <class... Format>
std::string print(double value, Format... format) {
  std::array<char, k_text_max> buffer{};
  const auto printed = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format...);
  CHECK(printed.ec == std::errc());
  return {buffer.data(), printed.ptr};
}

template <class T>
std::optional<T> parse_whole(std::string_view text) {
  T value{};
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

}  // namespace

std::string format_double(double value) {
  if (std::isnan(value)) return "nan";
  return print(value);
}

std::string format_fixed(double value, int decimals) {
  CHECK(decimals >= 0 && decimals <= 30);
  if (std::isnan(value)) return "nan";
  return print(value, std::chars_format::fixed, decimals);
}

std::string format_integer(std::int64_t value, Thousands separator) {
  std::array<char, 24> buffer{};
  const auto printed = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  const std::string_view plain(buffer.data(), static_cast<std::size_t>(printed.ptr - buffer.data()));
  if (separator == Thousands::none) return std::string(plain);
  const std::string_view mark = separator == Thousands::comma ? "," : "\u2009";
  const std::size_t sign = value < 0 ? 1 : 0;
  std::string text;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const bool is_group_begin = i > sign && (plain.size() - i) % 3 == 0;
    if (is_group_begin) text += mark;
    text += plain[i];
  }
  return text;
}

std::string format_bytes(std::int64_t bytes) {
  constexpr std::array<const char*, 6> k_units{"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  if (std::abs(bytes) < 1024) return format_integer(bytes) + (bytes == 1 ? " byte" : " bytes");
  double amount = static_cast<double>(bytes) / 1024.0;
  std::size_t unit = 0;
  // 1023.95 would be printed as 1024.0 of the smaller unit.
  while (std::fabs(amount) >= 1023.95 && unit + 1 < k_units.size()) {
    amount /= 1024.0;
    ++unit;
  }
  return format_fixed(amount, 1) + " " + k_units[unit];
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  return parse_whole<std::int64_t>(text);
}

std::optional<double> parse_double(std::string_view text) {
  // from_chars also takes "inf" and "nan", which no source means as a number.
  const auto value = parse_whole<double>(text);
  if (!value.has_value() || !std::isfinite(*value)) return std::nullopt;
  return value;
}

}  // namespace throughline::base
