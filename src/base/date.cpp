#include "base/date.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace throughline::base {

namespace {

constexpr std::int64_t k_microseconds_per_second = 1'000'000;
constexpr std::int64_t k_microseconds_per_minute = 60 * k_microseconds_per_second;
constexpr std::array<const char*, 12> k_month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Walks a text from left to right; the first thing that is not as wanted makes all that follows fail.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  // Exactly so many digits; 0 once failed.
  int digits(std::size_t count) {
    int value = 0;
    if (rest_.size() < count) return fail();
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return fail();
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char wanted) {
    if (!take(wanted)) fail();
  }
  int fail() {
    has_failed_ = true;
    rest_ = {};
    return 0;
  }
  [[nodiscard]] std::size_t digits_ahead() const {
    return std::min(rest_.find_first_not_of("0123456789"), rest_.size());
  }
  [[nodiscard]] bool is_whole() const { return rest_.empty() && !has_failed_; }

 private:
  std::string_view rest_;
  bool has_failed_ = false;
};

CivilDay scan_iso_day(Scanner& scanner) {
  CivilDay day;
  day.year = scanner.digits(4);
  scanner.expect('-');
  day.month = scanner.digits(2);
  scanner.expect('-');
  day.day = scanner.digits(2);
  return day;
}

// "22/11/2026", with one digit or two for day and month.
CivilDay scan_uk_day(Scanner& scanner) {
  CivilDay day;
  day.day = scanner.digits(scanner.digits_ahead() == 1 ? 1 : 2);
  scanner.expect('/');
  day.month = scanner.digits(scanner.digits_ahead() == 1 ? 1 : 2);
  scanner.expect('/');
  day.year = scanner.digits(4);
  return day;
}

// The decimals of a second, cut to microseconds.
std::int64_t scan_decimals(Scanner& scanner) {
  std::int64_t unit = k_microseconds_per_second;
  std::int64_t value = 0;
  do {
    unit /= 10;
    value += scanner.digits(1) * unit;
  } while (scanner.digits_ahead() > 0);
  return value;
}

// "2026-11-22T10:11[:12[.5]]" or "22/11/2026 10:11", read as if in UTC. Leaves the scanner behind it.
std::optional<DatedInstant> scan_wall_time(Scanner& scanner) {
  const CivilDay day = scanner.digits_ahead() <= 2 ? scan_uk_day(scanner) : scan_iso_day(scanner);
  const std::optional<Date> date = Date::from_civil(day);
  if (!scanner.take('T')) scanner.expect(' ');
  const int hour = scanner.digits(2);
  scanner.expect(':');
  const int minute = scanner.digits(2);
  DatedInstant dated{.instant = {}, .precision = DatePrecision::minute};
  std::int64_t microseconds = 0;
  if (scanner.take(':')) {
    dated.precision = DatePrecision::second;
    const int second = scanner.digits(2);
    if (second > 59) scanner.fail();
    microseconds = second * k_microseconds_per_second;
    if (scanner.take('.')) microseconds += scan_decimals(scanner);
  }
  if (!date.has_value() || hour > 23 || minute > 59) return std::nullopt;
  dated.instant = Instant::start_of(*date);
  dated.instant.microseconds += (hour * 60 + minute) * k_microseconds_per_minute + microseconds;
  return dated;
}

// "Z", "+01:00" or "-0530", in minutes east of Greenwich.
int scan_offset_minutes(Scanner& scanner) {
  if (scanner.take('Z')) return 0;
  const bool is_west = scanner.take('-');
  if (!is_west) scanner.expect('+');
  const int hours = scanner.digits(2);
  (void)scanner.take(':');
  const int minutes = scanner.digits(2);
  if (hours > 14 || minutes > 59) return scanner.fail();
  const int offset = hours * 60 + minutes;
  return is_west ? -offset : offset;
}

// "11/2026".
std::optional<Month> parse_uk_month(std::string_view text) {
  Scanner scanner(text);
  CivilDay day;
  day.month = scanner.digits(scanner.digits_ahead() == 1 ? 1 : 2);
  scanner.expect('/');
  day.year = scanner.digits(4);
  return scanner.is_whole() ? Month::from_civil(day) : std::nullopt;
}

std::optional<int> parse_year(std::string_view text) {
  Scanner scanner(text);
  const int year = scanner.digits(4);
  if (!scanner.is_whole() || year < 1) return std::nullopt;
  return year;
}

Period months_from(Month first, std::int32_t count) {
  return {.begin = first.first_day(), .end = (first + count).first_day()};
}

std::optional<Period> parse_quarter(std::string_view text) {
  Scanner scanner(text);
  const int year = scanner.digits(4);
  scanner.expect('-');
  scanner.expect('Q');
  const int quarter = scanner.digits(1);
  if (!scanner.is_whole() || year < 1 || quarter < 1 || quarter > 4) return std::nullopt;
  return months_from(Month(year * 12 + (quarter - 1) * 3), 3);
}

std::optional<Period> parse_simple_period(std::string_view text) {
  if (const auto year = parse_year(text)) return months_from(Month(*year * 12), 12);
  if (const auto quarter = parse_quarter(text)) return quarter;
  if (const auto month = parse_month(text)) return month->period();
  if (const auto date = parse_iso_date(text)) return Period{.begin = *date, .end = *date + 1};
  return std::nullopt;
}

std::string digits(int value, int width) {
  std::array<char, 16> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), "%0*d", width, value);
  return {buffer.data(), static_cast<std::size_t>(length)};
}

struct TimeOfDay {
  int hour;
  int minute;
  int second;
  int microsecond;
};

TimeOfDay time_of_day(Instant instant) {
  const std::int64_t left = instant.microseconds - Instant::start_of(instant.date()).microseconds;
  const std::int64_t seconds = left / k_microseconds_per_second;
  return {.hour = static_cast<int>(seconds / 3600),
          .minute = static_cast<int>(seconds / 60 % 60),
          .second = static_cast<int>(seconds % 60),
          .microsecond = static_cast<int>(left % k_microseconds_per_second)};
}

std::string hour_and_minute(TimeOfDay time) {
  return digits(time.hour, 2) + ":" + digits(time.minute, 2);
}

std::string month_period_to_string(Month first, std::int32_t months) {
  const int before = first.month_of_year() - 1;
  if (months == 1) return to_string(first);
  if (months == 12 && before == 0) return digits(first.year(), 4);
  if (months == 3 && before % 3 == 0) return digits(first.year(), 4) + "-Q" + digits(before / 3 + 1, 1);
  return to_string(first) + ".." + to_string(first + (months - 1));
}

}  // namespace

std::optional<Date> parse_iso_date(std::string_view text) {
  Scanner scanner(text);
  const CivilDay day = scan_iso_day(scanner);
  return scanner.is_whole() ? Date::from_civil(day) : std::nullopt;
}

std::optional<Date> parse_uk_date(std::string_view text) {
  Scanner scanner(text);
  const CivilDay day = scan_uk_day(scanner);
  return scanner.is_whole() ? Date::from_civil(day) : std::nullopt;
}

std::optional<Month> parse_month(std::string_view text) {
  Scanner scanner(text);
  CivilDay day;
  day.year = scanner.digits(4);
  scanner.expect('-');
  day.month = scanner.digits(2);
  return scanner.is_whole() ? Month::from_civil(day) : std::nullopt;
}

std::optional<DatedInstant> parse_wall_time(std::string_view text) {
  Scanner scanner(text);
  const std::optional<DatedInstant> dated = scan_wall_time(scanner);
  return scanner.is_whole() ? dated : std::nullopt;
}

std::optional<DatedInstant> parse_instant(std::string_view text) {
  Scanner scanner(text);
  std::optional<DatedInstant> dated = scan_wall_time(scanner);
  const int offset_minutes = scan_offset_minutes(scanner);
  if (!scanner.is_whole() || !dated.has_value()) return std::nullopt;
  dated->instant.microseconds -= offset_minutes * k_microseconds_per_minute;
  return dated;
}

std::optional<DatedInstant> parse_dated(std::string_view text) {
  const auto at = [](Date day, DatePrecision precision) {
    return DatedInstant{.instant = Instant::start_of(day), .precision = precision};
  };
  if (const auto year = parse_year(text)) return at(Month(*year * 12).first_day(), DatePrecision::year);
  if (const auto month = parse_month(text)) return at(month->first_day(), DatePrecision::month);
  if (const auto month = parse_uk_month(text)) return at(month->first_day(), DatePrecision::month);
  if (const auto date = parse_iso_date(text)) return at(*date, DatePrecision::day);
  if (const auto date = parse_uk_date(text)) return at(*date, DatePrecision::day);
  if (const auto wall_time = parse_wall_time(text)) return wall_time;
  return parse_instant(text);
}

std::optional<Period> parse_period(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return parse_simple_period(text);
  const auto first = parse_simple_period(text.substr(0, dots));
  const auto last = parse_simple_period(text.substr(dots + 2));
  if (!first.has_value() || !last.has_value()) return std::nullopt;
  const Period period{.begin = first->begin, .end = last->end};
  if (period.is_empty() || last->begin < first->begin) return std::nullopt;
  return period;
}

std::string to_string(Date date) {
  const CivilDay day = date.civil();
  return digits(day.year, 4) + "-" + digits(day.month, 2) + "-" + digits(day.day, 2);
}

std::string to_string(Month month) {
  return digits(month.year(), 4) + "-" + digits(month.month_of_year(), 2);
}

std::string to_string(Instant instant) {
  const TimeOfDay time = time_of_day(instant);
  std::string text = to_string(instant.date()) + "T" + hour_and_minute(time) + ":" + digits(time.second, 2);
  if (time.microsecond != 0) text += "." + digits(time.microsecond, 6);
  return text + "Z";
}

std::string to_string(const DatedInstant& dated) {
  const Date date = dated.instant.date();
  switch (dated.precision) {
    case DatePrecision::year: return digits(date.year(), 4);
    case DatePrecision::month: return to_string(date.month());
    case DatePrecision::day: return to_string(date);
    case DatePrecision::minute: return to_string(date) + "T" + hour_and_minute(time_of_day(dated.instant)) + "Z";
    case DatePrecision::second: return to_string(dated.instant);
  }
  check_failed("a known precision", __FILE__, __LINE__);
}

std::string to_string(const Period& period) {
  if (period.is_empty()) return "none";
  const Month first = period.begin.month();
  const Month after = period.end.month();
  const bool is_whole_months = first.first_day() == period.begin && after.first_day() == period.end;
  if (is_whole_months) return month_period_to_string(first, after - first);
  if (period.days() == 1) return to_string(period.begin);
  return to_string(period.begin) + ".." + to_string(period.end - 1);
}

std::string to_words(Month month) {
  return std::string(k_month_names.at(static_cast<std::size_t>(month.month_of_year() - 1))) + " " +
         digits(month.year(), 1);
}

std::string to_string(std::span<const Month> months) {
  std::string text;
  for (std::size_t i = 0; i < months.size();) {
    std::size_t end = i + 1;
    while (end < months.size() && months[end] - months[end - 1] == 1) ++end;
    text += text.empty() ? "" : ", ";
    text += to_string(months[i]);
    if (end - i > 1) text += ".." + to_string(months[end - 1]);
    i = end;
  }
  return text;
}

std::string to_words(Date date) {
  return digits(date.civil().day, 1) + " " + to_words(date.month());
}

std::string to_words(Instant instant) {
  return to_words(instant.date()) + " " + hour_and_minute(time_of_day(instant));
}

}  // namespace throughline::base
