#include <array>

#include "base/date.h"

namespace throughline::base {

namespace {

std::string padded(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string clock_text(std::int64_t microseconds_of_day) {
  const std::int64_t seconds = microseconds_of_day / 1'000'000;
  return padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2);
}

}  // namespace

std::string to_iso(Date date) {
  const CivilDate day = civil(date);
  return padded(day.year, 4) + "-" + padded(day.month, 2) + "-" + padded(day.day, 2);
}

std::string to_iso(Month month) { return to_iso(first_day(month)).substr(0, 7); }

std::string to_iso(Instant instant) {
  const Date date = date_of(instant);
  const std::int64_t rest = instant.microseconds - start_of(date).microseconds;
  return to_iso(date) + "T" + clock_text(rest) + ":" + padded(rest / 1'000'000 % 60, 2) + "." + padded(rest % 1'000'000, 6) + "Z";
}

std::string to_iso(const DatedInstant& at) {
  const Date date = date_of(at.instant);
  const std::string text = to_iso(at.instant);
  switch (at.precision) {
    case DatePrecision::year: return to_iso(date).substr(0, 4);
    case DatePrecision::month: return to_iso(date).substr(0, 7);
    case DatePrecision::day: return to_iso(date);
    case DatePrecision::minute: return text.substr(0, 16) + "Z";
    case DatePrecision::second: return text.substr(0, 19) + "Z";
  }
  return text;
}

std::string to_words(Date date) {
  static constexpr std::array<const char*, 12> k_months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const CivilDate day = civil(date);
  return std::to_string(day.day) + " " + k_months.at(static_cast<std::size_t>(day.month - 1)) + " " + std::to_string(day.year);
}

}  // namespace throughline::base
