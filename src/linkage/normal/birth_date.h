// A date of birth as written → year, month and day, each kept as far as it was said, and what kind of date it is.
//
// Read: 1960-05-03, 1960/5/3, 19600503, 3/5/1960, 03.05.60, 3-May-1960, 3rd May 1960, May 3, 1960, May 1960, 05/1960,
// 1960, and any whole date with a time of day after it (spreadsheets and databases add 00:00:00). Eight digits run
// together may also be 03051960: no year from 1850 to 2100 reads both ways. 00, XX, ?? and nothing between slashes say
// that a part is missing.
//
// Dates of birth are typed by people from speech and from other people's forms. So 31/02/1990 and 13/13/1990 are kept,
// marked as impossible, for their other parts still identify; 1990-17-04 is marked as perhaps swapped; a year before
// 1850 is impossible for anyone alive. First of January is the default of many systems where only the year is known:
// flagged, never dropped. 1800-01-01, 1900-01-01, 1901-01-01, 1899-12-30 and 1899-12-31 (a spreadsheet's nought),
// 1753-01-01, 0001-01-01 and 9999-12-31 are defaults of databases and mean nothing: filler.
//
// Cannot tell: the century of a two-digit year; day from month where both are at most 12 and the order is not known
// (ISO and named months are certain); a true 1 January from a default one; a day in the future (there is no clock
// here); five or six digits run together, which are a spreadsheet's number of days or any of three orders: unreadable.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/date.h"
#include "linkage/normal/presence.h"

namespace throughline::linkage {

// Which comes first in 03/04/1990. The column decides: see order_of().
enum class DayMonthOrder : std::uint8_t { day_first, month_first, cannot_tell };

enum class BirthDateKind : std::uint8_t {
  none,        // See presence.
  real,        // Year (four digits), month and day, and the day exists.
  partial,     // At least one part is missing, or the year has two digits; what is there may be true.
  impossible,  // No calendar has it, or nobody alive: parts stand as written.
};

struct BirthDate {
  Presence presence = Presence::blank;
  BirthDateKind kind = BirthDateKind::none;
  std::optional<int> year{};             // Only when the century was written.
  std::optional<int> year_of_century{};  // 0 to 99; there whenever a year was.
  std::optional<int> month{};            // 1 to 12 unless impossible (then up to 99).
  std::optional<int> day{};              // 1 to 31 unless impossible (then up to 99).
  bool is_first_of_january = false;      // A known default.
  bool order_is_certain = true;          // False where day and month could as well be the other way round.
  bool is_perhaps_swapped = false;       // Impossible as it stands, real with day and month exchanged.
  friend bool operator==(const BirthDate&, const BirthDate&) = default;

  // The day, where the kind is real.
  [[nodiscard]] std::optional<base::Date> date() const;
  // Day and month exchanged, where the other reading is a real and different day: for the comparison of swaps.
  [[nodiscard]] std::optional<base::Date> swapped() const;
};

// With cannot_tell, slashed dates are read day first, and order_is_certain says whether that mattered.
[[nodiscard]] BirthDate read_birth_date(std::string_view text, DayMonthOrder order = DayMonthOrder::cannot_tell);

struct BirthDateColumns {
  std::string_view day, month, year;
};
// From three columns; the month may be a name.
[[nodiscard]] BirthDate read_birth_date(const BirthDateColumns& columns);

// What a sample of a column says about its order.
struct OrderFinding {
  DayMonthOrder order = DayMonthOrder::cannot_tell;
  std::int64_t day_first_only = 0;    // Real only with the day first: 25/12/1990.
  std::int64_t month_first_only = 0;  // Real only with the month first: 12/25/1990.
  std::int64_t either = 0;            // Real both ways and not the same day.
  std::int64_t other = 0;             // ISO, named months, partial or no date: no vote.
  friend bool operator==(const OrderFinding&, const OrderFinding&) = default;
};
// One order wins where it alone has votes, or at least 19 in 20 of them (the rest are typing errors); else cannot_tell:
// with no vote at all (say so and ask), or with both orders in one column (the column mixes two systems).
[[nodiscard]] OrderFinding order_of(std::span<const std::string_view> sample);

}  // namespace throughline::linkage
