// Days, months, periods and moments, by the proleptic Gregorian calendar, from our own civil arithmetic.
//
// Parsing is strict: a text either is a real date in the form named or gives nothing; 30 February never parses, blanks
// are not trimmed. No clock here: see base/clock.h. Years run from 1 to 9999.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/check.h"

namespace throughline::base {

// A day as people write it. Not checked: Date::from_civil does that.
struct CivilDay {
  int year = 1970;
  int month = 1;  // 1 to 12.
  int day = 1;    // 1 to 31.
  friend constexpr auto operator<=>(const CivilDay&, const CivilDay&) = default;
};

enum class Weekday { monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday };

[[nodiscard]] constexpr bool is_leap_year(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

// REQUIRES: month is 1 to 12.
[[nodiscard]] constexpr int days_in_month(int year, int month) {
  CHECK(month >= 1 && month <= 12);
  if (month == 2) return is_leap_year(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

class Month;

// One day, held as the number of days since 1970-01-01, as DuckDB's DATE is.
class Date {
 public:
  constexpr Date() = default;
  constexpr explicit Date(std::int32_t days) : days_(days) {}
  // Nothing unless year is 1 to 9999 and the day exists.
  [[nodiscard]] static constexpr std::optional<Date> from_civil(CivilDay civil);

  [[nodiscard]] constexpr std::int32_t days() const { return days_; }
  [[nodiscard]] constexpr CivilDay civil() const;
  [[nodiscard]] constexpr int year() const { return civil().year; }
  [[nodiscard]] constexpr Month month() const;
  [[nodiscard]] constexpr Weekday weekday() const;

  friend constexpr Date operator+(Date date, std::int32_t days) { return Date(date.days_ + days); }
  friend constexpr Date operator-(Date date, std::int32_t days) { return Date(date.days_ - days); }
  friend constexpr std::int32_t operator-(Date later, Date earlier) { return later.days_ - earlier.days_; }
  friend constexpr auto operator<=>(Date, Date) = default;

 private:
  std::int32_t days_ = 0;
};

struct Period;

// One month, held as year * 12 + (month - 1).
class Month {
 public:
  constexpr Month() = default;
  constexpr explicit Month(std::int32_t index) : index_(index) {}
  // Nothing unless year is 1 to 9999 and month 1 to 12.
  [[nodiscard]] static constexpr std::optional<Month> from_civil(CivilDay civil) {
    if (civil.year < 1 || civil.year > 9999 || civil.month < 1 || civil.month > 12) return std::nullopt;
    return Month(civil.year * 12 + civil.month - 1);
  }

  [[nodiscard]] constexpr std::int32_t index() const { return index_; }
  [[nodiscard]] constexpr int year() const { return (index_ >= 0 ? index_ : index_ - 11) / 12; }
  [[nodiscard]] constexpr int month_of_year() const { return index_ - year() * 12 + 1; }
  [[nodiscard]] constexpr Date first_day() const;
  [[nodiscard]] constexpr Date last_day() const;
  [[nodiscard]] constexpr Period period() const;

  friend constexpr Month operator+(Month month, std::int32_t months) { return Month(month.index_ + months); }
  friend constexpr Month operator-(Month month, std::int32_t months) { return Month(month.index_ - months); }
  friend constexpr std::int32_t operator-(Month later, Month earlier) { return later.index_ - earlier.index_; }
  friend constexpr auto operator<=>(Month, Month) = default;

 private:
  std::int32_t index_ = 1970 * 12;
};

// The days from begin up to, but not including, end. Empty where end is not after begin.
struct Period {
  Date begin;
  Date end;

  [[nodiscard]] constexpr bool is_empty() const { return end <= begin; }
  [[nodiscard]] constexpr std::int32_t days() const { return is_empty() ? 0 : end - begin; }
  [[nodiscard]] constexpr bool contains(Date day) const { return begin <= day && day < end; }
  [[nodiscard]] constexpr bool contains(Period other) const { return begin <= other.begin && other.end <= end; }
  [[nodiscard]] constexpr bool overlaps(Period other) const {
    return !is_empty() && !other.is_empty() && begin < other.end && other.begin < end;
  }
  friend constexpr bool operator==(const Period&, const Period&) = default;
};

// Microseconds since 1970-01-01T00:00:00Z, without leap seconds.
struct Instant {
  std::int64_t microseconds = 0;

  // The day in UTC.
  [[nodiscard]] constexpr Date date() const;
  // Midnight UTC at which the day begins.
  [[nodiscard]] static constexpr Instant start_of(Date day);
  friend constexpr auto operator<=>(const Instant&, const Instant&) = default;
};

// How much of a moment the source really said. It travels with the value: a month is not the first of that month. The
// numbers are part of the record store's format.
enum class DatePrecision : std::uint8_t { year = 1, month = 2, day = 3, minute = 4, second = 5 };

struct DatedInstant {
  Instant instant;  // The start of what was said.
  DatePrecision precision = DatePrecision::second;
  friend constexpr bool operator==(const DatedInstant&, const DatedInstant&) = default;
};

// "2026-11-22".
[[nodiscard]] std::optional<Date> parse_iso_date(std::string_view text);
// "22/11/2026", day first; "3/4/2026" is 3 April.
[[nodiscard]] std::optional<Date> parse_uk_date(std::string_view text);
// "2026-11".
[[nodiscard]] std::optional<Month> parse_month(std::string_view text);
// "2026-11-22T10:11Z", "2026-11-22 10:11:12.5+01:00": a date, T or a blank, a time, and an offset ("Z", "+hh:mm" or
// "+hhmm"). Seconds and their decimals may be left out; the precision says so. Decimals beyond microseconds are cut.
// 24:00 and leap seconds do not parse. A day may also be written as in "22/11/2026 10:11Z".
[[nodiscard]] std::optional<DatedInstant> parse_instant(std::string_view text);
// The same without an offset, as a clock on a wall shows it; the instant is that reading taken as if it were UTC.
[[nodiscard]] std::optional<DatedInstant> parse_wall_time(std::string_view text);
// Any of the above, "2026" and "11/2026": year, month, day, wall time or instant, with its precision.
[[nodiscard]] std::optional<DatedInstant> parse_dated(std::string_view text);
// "2025", "2025-Q1", "2025-03", "2025-03-14", and two of these joined by "..", both included: "2025-01..2025-03".
[[nodiscard]] std::optional<Period> parse_period(std::string_view text);

// ISO: "2026-11-22", "2026-11", "2026-11-22T10:11:12Z" (microseconds only where there are any).
[[nodiscard]] std::string to_string(Date date);
[[nodiscard]] std::string to_string(Month month);
[[nodiscard]] std::string to_string(Instant instant);
// As much as was said: "2026", "2026-11", "2026-11-22", "2026-11-22T10:11Z", "2026-11-22T10:11:12Z".
[[nodiscard]] std::string to_string(const DatedInstant& dated);
// The shortest text that parse_period reads back; "none" for an empty period.
[[nodiscard]] std::string to_string(const Period& period);
// Months in order, runs drawn together: "2026-04, 2026-06..2026-08".
[[nodiscard]] std::string to_string(std::span<const Month> months);
// For people: "22 Nov 2026", "Nov 2026", "22 Nov 2026 10:11".
[[nodiscard]] std::string to_words(Date date);
[[nodiscard]] std::string to_words(Month month);
[[nodiscard]] std::string to_words(Instant instant);

namespace date_detail {

inline constexpr std::int64_t k_microseconds_per_day = 86'400'000'000;

// Years are counted from 1 March, so that the leap day is the last of its year, in eras of 400 years.
constexpr std::int32_t days_from_civil(CivilDay civil) {
  const int year = civil.month <= 2 ? civil.year - 1 : civil.year;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int month_from_march = (civil.month + 9) % 12;
  const int day_of_year = (153 * month_from_march + 2) / 5 + civil.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

constexpr CivilDay civil_from_days(std::int32_t days) {
  const std::int64_t shifted = std::int64_t{days} + 719468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const auto day_of_era = static_cast<int>(shifted - era * 146097);
  const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_from_march = (5 * day_of_year + 2) / 153;
  const int day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const auto year = static_cast<int>(era * 400) + year_of_era + (month <= 2 ? 1 : 0);
  return {.year = year, .month = month, .day = day};
}

}  // namespace date_detail

constexpr std::optional<Date> Date::from_civil(CivilDay civil) {
  if (!Month::from_civil(civil).has_value()) return std::nullopt;
  if (civil.day < 1 || civil.day > days_in_month(civil.year, civil.month)) return std::nullopt;
  return Date(date_detail::days_from_civil(civil));
}

constexpr CivilDay Date::civil() const {
  return date_detail::civil_from_days(days_);
}

constexpr Month Date::month() const {
  const CivilDay day = civil();
  return Month(day.year * 12 + day.month - 1);
}

constexpr Weekday Date::weekday() const {
  // 1970-01-01 was a Thursday, three days after a Monday.
  const std::int64_t since_monday = (std::int64_t{days_} + 3) % 7;
  return static_cast<Weekday>((since_monday + 7) % 7 + 1);
}

constexpr Date Month::first_day() const {
  return Date(date_detail::days_from_civil({.year = year(), .month = month_of_year(), .day = 1}));
}

constexpr Date Month::last_day() const {
  return (*this + 1).first_day() - 1;
}

constexpr Period Month::period() const {
  return {.begin = first_day(), .end = (*this + 1).first_day()};
}

constexpr Date Instant::date() const {
  const std::int64_t whole = microseconds / date_detail::k_microseconds_per_day;
  const bool is_before = microseconds % date_detail::k_microseconds_per_day < 0;
  return Date(static_cast<std::int32_t>(is_before ? whole - 1 : whole));
}

constexpr Instant Instant::start_of(Date day) {
  return {day.days() * date_detail::k_microseconds_per_day};
}

}  // namespace throughline::base
