// Numbers as text, put where they go without a string in between.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/number.h"

namespace throughline::simulate {

// A whole number in at least so many digits: 7 in three is "007".
class Digits {
 public:
  // REQUIRES: value is 0 or more; digits from 1 to 20.
  explicit Digits(std::int64_t value, int digits = 1) {
    for (int i = 0; i < digits || value > 0; ++i, value /= 10) {
      text_[--begin_] = static_cast<char>('0' + value % 10);
    }
  }
  // As long as this lives.
  [[nodiscard]] std::string_view text() const { return {text_.data() + begin_, text_.size() - begin_}; }

 private:
  std::array<char, 20> text_{};
  std::size_t begin_ = 20;
};

// Of a value below a hundred.
inline void append_two_digits(std::string& text, std::int32_t value) {
  const std::array<char, 2> digits{static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
  text.append(digits.data(), digits.size());
}

inline void append_digits(std::string& text, std::int64_t value, int digits) {
  text += Digits(value, digits).text();
}

// As base::format_fixed writes it. REQUIRES: decimals from 1 to 6.
inline void append_fixed(std::string& text, double value, int decimals) {
  constexpr std::array<std::int64_t, 7> k_parts{1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};
  // Below it the product is off by less than the hair that is kept from a half, so that the nearest is known.
  constexpr double k_most = 1e9;
  constexpr double k_hair = 1e-6;
  const std::int64_t parts = k_parts[static_cast<std::size_t>(decimals)];
  const double scaled = std::fabs(value) * static_cast<double>(parts);
  const double below = std::floor(scaled);
  if (!(scaled < k_most) || std::fabs(scaled - below - 0.5) < k_hair) {
    text += base::format_fixed(value, decimals);
    return;
  }
  const std::int64_t units = static_cast<std::int64_t>(below) + (scaled - below > 0.5 ? 1 : 0);
  if (std::signbit(value)) text += '-';
  append_digits(text, units / parts, 1);
  text += '.';
  append_digits(text, units % parts, decimals);
}

}  // namespace throughline::simulate
