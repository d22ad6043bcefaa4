#include "base/date.h"

namespace throughline::base {

namespace {

// Reads a text from the left, a piece at a time. Once a piece does not fit, everything after fails too.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  // A number of between digits_min and digits_max digits.
  int number(int digits_min, int digits_max) {
    int value = 0;
    int digits = 0;
    while (digits < digits_max && !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
      ++digits;
    }
    if (digits < digits_min) is_bad_ = true;
    return value;
  }
  void expect(char c) {
    if (!accept(c)) is_bad_ = true;
  }
  bool accept(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  [[nodiscard]] bool is_at_end() const { return rest_.empty(); }
  [[nodiscard]] bool is_good() const { return !is_bad_; }
  [[nodiscard]] bool is_finished() const { return is_good() && is_at_end(); }

 private:
  std::string_view rest_;
  bool is_bad_ = false;
};

constexpr std::int64_t k_second = 1'000'000;

struct TimeOfDay {
  std::int64_t microseconds = 0;
  DatePrecision precision = DatePrecision::minute;
};

std::int64_t scan_fraction(Scanner& scanner) {
  std::int64_t microseconds = 0;
  std::int64_t scale = k_second / 10;
  int digits = 0;
  while (true) {
    Scanner ahead = scanner;
    const int digit = ahead.number(1, 1);
    if (!ahead.is_good()) break;
    scanner = ahead;
    microseconds += digit * scale;
    scale /= 10;
    ++digits;
  }
  if (digits == 0) scanner.expect('0');  // A point with nothing after it.
  return microseconds;
}

// "09:30", "09:30:15", "09:30:15.25".
TimeOfDay scan_time(Scanner& scanner) {
  TimeOfDay time;
  const int hour = scanner.number(2, 2);
  scanner.expect(':');
  const int minute = scanner.number(2, 2);
  if (hour > 23 || minute > 59) scanner.expect('\0');
  time.microseconds = (hour * 60 + minute) * 60 * k_second;
  if (!scanner.accept(':')) return time;
  const int second = scanner.number(2, 2);
  if (second > 59) scanner.expect('\0');
  time.precision = DatePrecision::second;
  time.microseconds += second * k_second;
  if (scanner.accept('.')) time.microseconds += scan_fraction(scanner);
  return time;
}

// "Z", "+01:00", "+0100", "-05". How far the local time is ahead of UTC.
std::int64_t scan_offset(Scanner& scanner) {
  if (scanner.accept('Z')) return 0;
  const bool is_behind = scanner.accept('-');
  if (!is_behind && !scanner.accept('+')) return 0;
  const int hours = scanner.number(2, 2);
  scanner.accept(':');
  const int minutes = scanner.is_at_end() ? 0 : scanner.number(2, 2);
  if (hours > 14 || minutes > 59) scanner.expect('\0');
  const std::int64_t offset = (hours * 60 + minutes) * 60 * k_second;
  return is_behind ? -offset : offset;
}

DatedInstant at(Date date, DatePrecision precision) { return {start_of(date), precision}; }

}  // namespace

std::optional<Date> parse_iso_date(std::string_view text) {
  Scanner scanner(text);
  const int year = scanner.number(4, 4);
  scanner.expect('-');
  const int month = scanner.number(2, 2);
  scanner.expect('-');
  const int day = scanner.number(2, 2);
  return scanner.is_finished() ? make_date(year, month, day) : std::nullopt;
}

std::optional<Date> parse_british_date(std::string_view text) {
  Scanner scanner(text);
  const int day = scanner.number(1, 2);
  scanner.expect('/');
  const int month = scanner.number(1, 2);
  scanner.expect('/');
  const int year = scanner.number(4, 4);
  return scanner.is_finished() ? make_date(year, month, day) : std::nullopt;
}

std::optional<Month> parse_iso_month(std::string_view text) {
  Scanner scanner(text);
  const int year = scanner.number(4, 4);
  scanner.expect('-');
  const int month = scanner.number(2, 2);
  if (!scanner.is_finished()) return std::nullopt;
  const auto first = make_date(year, month, 1);
  return first ? std::optional(month_of(*first)) : std::nullopt;
}

std::optional<DatedInstant> parse_iso_instant(std::string_view text) {
  const auto date = parse_iso_date(text.substr(0, 10));
  if (!date) return std::nullopt;
  if (text.size() == 10) return at(*date, DatePrecision::day);
  Scanner scanner(text.substr(10));
  if (!scanner.accept('T')) scanner.expect(' ');
  const TimeOfDay time = scan_time(scanner);
  const std::int64_t offset = scan_offset(scanner);
  if (!scanner.is_finished()) return std::nullopt;
  return DatedInstant{{start_of(*date).microseconds + time.microseconds - offset}, time.precision};
}

std::optional<DatedInstant> parse_british_instant(std::string_view text) {
  const std::size_t slashes = static_cast<std::size_t>(text.find('/') != std::string_view::npos) +
                              static_cast<std::size_t>(text.find('/') != text.rfind('/'));
  if (slashes == 0) {
    Scanner scanner(text);
    const int year = scanner.number(4, 4);
    const auto first = make_date(year, 1, 1);
    return scanner.is_finished() && first ? std::optional(at(*first, DatePrecision::year)) : std::nullopt;
  }
  if (slashes == 1) {
    Scanner scanner(text);
    const int month = scanner.number(1, 2);
    scanner.expect('/');
    const auto first = make_date(scanner.number(4, 4), month, 1);
    return scanner.is_finished() && first ? std::optional(at(*first, DatePrecision::month)) : std::nullopt;
  }
  const std::size_t blank = text.find(' ');
  const auto date = parse_british_date(text.substr(0, blank));
  if (!date) return std::nullopt;
  if (blank == std::string_view::npos) return at(*date, DatePrecision::day);
  Scanner scanner(text.substr(blank + 1));
  const TimeOfDay time = scan_time(scanner);
  if (!scanner.is_finished()) return std::nullopt;
  return DatedInstant{{start_of(*date).microseconds + time.microseconds}, time.precision};
}

}  // namespace throughline::base
