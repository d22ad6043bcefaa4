// Calendar dates, months and instants with the precision a source gave: a month is not a day.
//
// Proleptic Gregorian calendar, no time zones but UTC, no clock. Parsers are strict and return nothing rather than guess.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace throughline::base {

struct CivilDate {
  int year = 1970;
  int month = 1;  // 1 to 12.
  int day = 1;    // 1 to the month's last.
  friend constexpr auto operator<=>(const CivilDate&, const CivilDate&) = default;
};

// Days since 1970-01-01.
struct Date {
  std::int32_t days = 0;
  friend constexpr auto operator<=>(Date, Date) = default;
};

// Months since January of year 0: year * 12 + (month - 1). 2025-03 is 24302.
struct Month {
  std::int32_t index = 0;
  friend constexpr auto operator<=>(Month, Month) = default;
};

// Half-open: begin is in it, end is not.
struct Period {
  Date begin;
  Date end;
  [[nodiscard]] constexpr bool contains(Date date) const { return begin <= date && date < end; }
  friend constexpr auto operator<=>(const Period&, const Period&) = default;
};

// How finely a source dated something. Stored beside every date; the numbers are part of the record store's format.
enum class DatePrecision : std::uint8_t { year = 1, month = 2, day = 3, minute = 4, second = 5 };

// The first instant that the text can mean, with how much of it was said.
struct DatedInstant {
  Instant instant;
  DatePrecision precision = DatePrecision::day;
  friend auto operator<=>(const DatedInstant&, const DatedInstant&) = default;
};

[[nodiscard]] constexpr bool is_leap_year(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

// REQUIRES 1 <= month <= 12.
[[nodiscard]] constexpr int days_in_month(int year, int month) {
  constexpr int k_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : k_days[month - 1];
}

// Nothing unless the three make a day that exists, in years 1 to 9999.
[[nodiscard]] constexpr std::optional<Date> make_date(int year, int month, int day);

[[nodiscard]] constexpr CivilDate civil(Date date);
[[nodiscard]] constexpr Month month_of(Date date);
[[nodiscard]] constexpr Date first_day(Month month);
[[nodiscard]] constexpr Period period_of(Month month);
[[nodiscard]] constexpr Month add_months(Month month, std::int32_t count) { return {month.index + count}; }
// Whole days, rounded towards the past.
[[nodiscard]] constexpr Date date_of(Instant instant);
[[nodiscard]] constexpr Instant start_of(Date date);

// "2025-03-14".
[[nodiscard]] std::optional<Date> parse_iso_date(std::string_view text);
// "14/03/2025", day first, two digits or one for day and month.
[[nodiscard]] std::optional<Date> parse_british_date(std::string_view text);
// "2025-03".
[[nodiscard]] std::optional<Month> parse_iso_month(std::string_view text);
// "2025-03-14", with " 09:30", "T09:30:15", fractions of a second, and "Z" or "+01:00". Without an offset the time is taken
// as UTC. Fractions below a microsecond are cut.
[[nodiscard]] std::optional<DatedInstant> parse_iso_instant(std::string_view text);
// "14/03/2025", "14/03/2025 09:30", "14/03/2025 09:30:15", "03/2025", "2025".
[[nodiscard]] std::optional<DatedInstant> parse_british_instant(std::string_view text);

[[nodiscard]] std::string to_iso(Date date);               // 2025-03-14
[[nodiscard]] std::string to_iso(Month month);             // 2025-03
[[nodiscard]] std::string to_iso(Instant instant);         // 2025-03-14T09:30:15.000000Z, always 27 characters.
[[nodiscard]] std::string to_iso(const DatedInstant& at);  // As much as was said: 2025, 2025-03, 2025-03-14, 2025-03-14T09:30Z
[[nodiscard]] std::string to_words(Date date);             // 14 Mar 2025

// Days from civil and back by the era arithmetic of Hinnant (2013), exact for all years.
constexpr std::int32_t days_from_civil(int year, int month, int day) {
  const int y = month <= 2 ? year - 1 : year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

constexpr std::optional<Date> make_date(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return std::nullopt;
  return Date{days_from_civil(year, month, day)};
}

constexpr CivilDate civil(Date date) {
  const int z = date.days + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const int day_of_era = z - era * 146097;
  const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  const int month = shifted_month + (shifted_month < 10 ? 3 : -9);
  const int year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {year, month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

constexpr Month month_of(Date date) {
  const CivilDate day = civil(date);
  return {day.year * 12 + day.month - 1};
}

constexpr Date first_day(Month month) {
  const int year = (month.index >= 0 ? month.index : month.index - 11) / 12;
  return {days_from_civil(year, month.index - year * 12 + 1, 1)};
}

constexpr Period period_of(Month month) { return {first_day(month), first_day(add_months(month, 1))}; }

inline constexpr std::int64_t k_microseconds_per_day = 86'400'000'000;

constexpr Date date_of(Instant instant) {
  const std::int64_t days = instant.microseconds / k_microseconds_per_day;
  const bool is_before = instant.microseconds % k_microseconds_per_day < 0;
  return {static_cast<std::int32_t>(is_before ? days - 1 : days)};
}

constexpr Instant start_of(Date date) { return {date.days * k_microseconds_per_day}; }

}  // namespace throughline::base
