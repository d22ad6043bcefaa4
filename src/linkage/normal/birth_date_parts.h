// The numbers and month names of a written date, in the order written, before anyone says which is which.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "linkage/normal/presence.h"

namespace throughline::linkage {

struct BirthDatePart {
  int value = 0;               // Nought where the part is missing, and for runs of more than four digits.
  int digits = 0;              // As written; of a missing part, the length of what stands in its place.
  std::int64_t run_value = 0;  // Of runs of more than four digits.
  bool is_month_name = false;
  bool is_number = false;

  [[nodiscard]] static constexpr BirthDatePart missing(int digits) { return {.value = 0, .digits = digits}; }
  [[nodiscard]] constexpr bool is_missing() const { return value == 0 && run_value == 0; }
};

struct BirthDateParts {
  static constexpr std::size_t k_parts_max = 3;
  std::array<BirthDatePart, k_parts_max> held{};
  std::size_t size = 0;

  [[nodiscard]] const BirthDatePart& at(std::size_t index) const { return held.at(index); }
};

struct BirthDateText {
  Presence presence = Presence::blank;
  BirthDateParts parts{};  // One to three where present.
};

// Weekdays, ordinal endings ("3rd"), "of", and a time of day at the end fall away. Unreadable where anything else is
// there, or more than three parts.
[[nodiscard]] BirthDateText birth_date_parts_of(std::string_view text);

// One column's part: a number of at most four digits, a month's name, or missing (blank, a placeholder, 0, XX, ??);
// nothing where it is none of these.
[[nodiscard]] std::optional<BirthDatePart> birth_date_part_of(std::string_view text);

}  // namespace throughline::linkage
