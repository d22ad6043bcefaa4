// Text of one field → a typed value, or the rule it breaks. Pure; never guesses, never trims what it keeps but blanks
// at the ends.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/date.h"
#include "records/mapping.h"
#include "records/model.h"

namespace throughline::records {

// A value or the rule that was broken.
template <class T>
using Typed = std::variant<T, RejectionRule>;

// Without blanks at both ends: ASCII ones, the no-break space and the byte order mark.
[[nodiscard]] std::string_view trimmed(std::string_view text);

// Degrees to millionths, rounded half away from nought, from the decimal digits alone: no floating point.
// Rules: not_a_number, outside_country (beyond 11 degrees west, 3 east, 49 and 61.5 north).
[[nodiscard]] Typed<std::int32_t> type_longitude(std::string_view text);
[[nodiscard]] Typed<std::int32_t> type_latitude(std::string_view text);

// A decimal number of metres to millimetres. Rules: not_a_number, out_of_range.
[[nodiscard]] Typed<std::int64_t> type_metres(std::string_view text);
// Grams to milligrams, at most a thousand tonnes; percent, 0 to 100, to hundredths; pounds, not below nought, to pence.
// Rules: not_a_number, out_of_range.
[[nodiscard]] Typed<std::int64_t> type_grams(std::string_view text);
[[nodiscard]] Typed<std::int64_t> type_percent(std::string_view text);
[[nodiscard]] Typed<std::int64_t> type_pounds(std::string_view text);
[[nodiscard]] Typed<std::int64_t> type_whole(std::string_view text);
// 1000 to 9999.
[[nodiscard]] Typed<std::int16_t> type_year(std::string_view text);
[[nodiscard]] Typed<std::uint32_t> type_gss(std::string_view text);
[[nodiscard]] Typed<std::uint8_t> type_truth(std::string_view text);
[[nodiscard]] Typed<base::Month> type_month(std::string_view text);
// A date, a month, a year or a time, with as much precision as was written. A time with an offset becomes UTC; one
// without is kept as it stands on the clock.
[[nodiscard]] Typed<base::DatedInstant> type_instant(std::string_view text, DateOrder order);

// Whether it is a number of so many digits as an identifier has, blanks and hyphens between them left aside: an IMEI,
// an NHS number.
[[nodiscard]] bool has_digits(std::string_view text, DigitRange range);

// 64 lower-case hexadecimal digits as four words, so that they are exactly recovered; nothing for any other reference.
struct HexReference {
  std::uint64_t words[4] = {};
};
[[nodiscard]] std::optional<HexReference> type_hex_reference(std::string_view text);
[[nodiscard]] std::string text_of(const HexReference& reference);

// One item's grade, as far as the row has it. Blank parts are empty.
struct Grade {
  std::string_view source, assessment, handling, conditions;
};
// The rule that a 3x5x2 grade breaks: source 1 to 3, assessment A to E, handling P or C; C needs at least one of A1 A2
// A3 S1 S2, P takes none; conditions are parted by blanks and , ; /. Nothing when it is sound or wholly blank. Source:
// College of Policing, intelligence report (3x5x2).
[[nodiscard]] std::optional<RejectionRule> grade_fault(const Grade& grade);

}  // namespace throughline::records
