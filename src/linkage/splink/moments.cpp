#include "linkage/splink/moments.h"

#include <array>
#include <cctype>
#include <cmath>
#include <utility>

#include "base/date.h"

namespace throughline::linkage::splink {

namespace {

constexpr std::int64_t k_second = 1'000'000;
constexpr std::int64_t k_minute = 60 * k_second;
constexpr std::int64_t k_hour = 60 * k_minute;
constexpr std::int64_t k_day = 24 * k_hour;

std::int64_t floor_divided(std::int64_t value, std::int64_t by) {
  const std::int64_t whole = value / by;
  return value % by < 0 ? whole - 1 : whole;
}

base::CivilDay civil_of(Moment moment) {
  return base::Instant{moment.microseconds}.date().civil();
}

}  // namespace

std::optional<DatePart> date_part_named(std::string_view name) {
  constexpr std::array k_names = std::to_array<std::pair<std::string_view, DatePart>>({
      {"second", DatePart::second},
      {"minute", DatePart::minute},
      {"hour", DatePart::hour},
      {"day", DatePart::day},
      {"week", DatePart::week},
      {"month", DatePart::month},
      {"quarter", DatePart::quarter},
      {"year", DatePart::year},
  });
  std::string lower(name);
  for (char& letter : lower) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  if (lower.ends_with('s')) lower.pop_back();
  for (const auto& [known, part] : k_names) {
    if (lower == known) return part;
  }
  return std::nullopt;
}

std::int64_t borders_between(DatePart part, Moment start, Moment end) {
  const auto by = [&](std::int64_t length) {
    return floor_divided(end.microseconds, length) - floor_divided(start.microseconds, length);
  };
  const base::CivilDay first = civil_of(start);
  const base::CivilDay last = civil_of(end);
  const std::int64_t months = (last.year * 12 + last.month) - (first.year * 12 + first.month);
  switch (part) {
    case DatePart::second: return by(k_second);
    case DatePart::minute: return by(k_minute);
    case DatePart::hour: return by(k_hour);
    case DatePart::day: return by(k_day);
    case DatePart::week: return by(k_day) / 7;  // As DuckDB has it: whole weeks of days, not Mondays passed.
    case DatePart::month: return months;
    case DatePart::quarter: return (last.year * 4 + (last.month - 1) / 3) - (first.year * 4 + (first.month - 1) / 3);
    case DatePart::year: return last.year - first.year;
  }
  return 0;
}

std::int64_t part_of(DatePart part, Moment moment) {
  const base::CivilDay day = civil_of(moment);
  const std::int64_t in_day = moment.microseconds - floor_divided(moment.microseconds, k_day) * k_day;
  switch (part) {
    case DatePart::second: return in_day % k_minute / k_second;
    case DatePart::minute: return in_day % k_hour / k_minute;
    case DatePart::hour: return in_day / k_hour;
    case DatePart::day: return day.day;
    case DatePart::week: {
      // ISO: the week is that of its Thursday.
      const base::Date date = base::Instant{moment.microseconds}.date();
      const base::Date thursday = date + (4 - static_cast<std::int32_t>(date.weekday()));
      const auto new_year = base::Date::from_civil({.year = thursday.year(), .month = 1, .day = 1});
      return new_year.has_value() ? (thursday - *new_year) / 7 + 1 : 0;
    }
    case DatePart::month: return day.month;
    case DatePart::quarter: return (day.month - 1) / 3 + 1;
    case DatePart::year: return day.year;
  }
  return 0;
}

double months_between(Moment later, Moment earlier) {
  const base::CivilDay to = civil_of(later);
  const base::CivilDay from = civil_of(earlier);
  const double months = (to.year * 12 + to.month) - (from.year * 12 + from.month);
  const bool are_last =
      to.day == base::days_in_month(to.year, to.month) && from.day == base::days_in_month(from.year, from.month);
  if (to.day == from.day || are_last) return months;
  const auto rest = [](Moment moment) {
    return static_cast<double>(moment.microseconds - day_of(moment).microseconds) / static_cast<double>(k_day);
  };
  const double days = to.day - from.day + rest(later) - rest(earlier);
  // Spark rounds to eight decimals.
  return std::round((months + days / 31.0) * 1e8) / 1e8;
}

Moment day_of(Moment moment) {
  return {floor_divided(moment.microseconds, k_day) * k_day};
}

std::string moment_text(Moment moment) {
  std::string text = base::to_string(base::Instant{moment.microseconds});
  if (const std::size_t letter = text.find('T'); letter != std::string::npos) text[letter] = ' ';
  if (text.ends_with('Z')) text.pop_back();
  return text;
}

}  // namespace throughline::linkage::splink
