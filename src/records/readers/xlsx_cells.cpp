#include "records/readers/xlsx_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/date.h"

namespace throughline::records {

std::optional<std::int32_t> column_of_reference(std::string_view reference) {
  constexpr std::int32_t k_columns = 16384;
  std::int32_t column = 0;
  std::size_t letters = 0;
  while (letters < reference.size() && letters < 4 && reference[letters] >= 'A' && reference[letters] <= 'Z') {
    column = column * 26 + (reference[letters] - 'A' + 1);
    ++letters;
  }
  if (letters == 0 || column > k_columns) return std::nullopt;
  return column - 1;
}

namespace {

// [h], [mm] and [ss] count hours, minutes and seconds; other brackets name colours and languages.
bool counts_time(std::string_view from_bracket) {
  if (from_bracket.size() < 3) return false;
  const char next = from_bracket[1];
  const char after = from_bracket[2];
  return std::string_view("hmsHMS").find(next) != std::string_view::npos && (after == ']' || after == next);
}

// Just past a mark that begins at `at`: an escape, a quoted or a bracketed stretch, or a single character.
std::size_t past_mark(std::string_view format_code, std::size_t at) {
  const char byte = format_code[at];
  if (byte == '\\' || byte == '_' || byte == '*') return at + 2;
  if (byte != '"' && byte != '[') return at + 1;
  const std::size_t end = format_code.find(byte == '"' ? '"' : ']', at + 1);
  return end == std::string_view::npos ? format_code.size() : end + 1;
}

}  // namespace

bool shows_date(std::string_view format_code) {
  for (std::size_t at = 0; at < format_code.size(); at = past_mark(format_code, at)) {
    const char byte = format_code[at];
    if (byte == ';') return false;  // What follows is for negative numbers.
    if (byte == '[' && counts_time(format_code.substr(at))) return true;
    if (std::string_view("dmyhsDMYHS").find(byte) != std::string_view::npos) return true;
  }
  return false;
}

bool built_in_date(std::int64_t format_id) {
  return (format_id >= 14 && format_id <= 22) || (format_id >= 45 && format_id <= 47);
}

std::optional<std::string> date_of_serial(double serial, bool from_1904) {
  constexpr std::int64_t k_seconds_a_day = 86400;
  constexpr std::int32_t k_day_zero_1900 = -25569;  // 30 December 1899, right from 1 March 1900 on.
  constexpr std::int32_t k_day_zero_1904 = -24107;  // 1 January 1904.
  constexpr double k_serial_end = 2958466.0;        // 1 January 10000.
  if (!(serial >= 0.0) || serial >= k_serial_end) return std::nullopt;
  const auto seconds = static_cast<std::int64_t>(std::llround(serial * static_cast<double>(k_seconds_a_day)));
  const std::int64_t day = seconds / k_seconds_a_day;
  const std::int64_t second = seconds % k_seconds_a_day;
  std::string time = fmt::format("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
  if (day == 0 && !from_1904) return time;
  if (day == 60 && !from_1904) return std::nullopt;
  // Before the day that never was, the 1900 system is one day behind.
  const std::int64_t shift = from_1904 ? k_day_zero_1904 : k_day_zero_1900 + (day < 60 ? 1 : 0);
  const std::string date = base::to_string(base::Date{static_cast<std::int32_t>(day + shift)});
  return second == 0 ? date : date + "T" + time;
}

}  // namespace throughline::records
