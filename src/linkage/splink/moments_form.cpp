#include "linkage/splink/moments.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/date.h"
#include "linkage/ascii.h"

namespace throughline::linkage::splink {

namespace {

constexpr std::int64_t k_second = 1'000'000;
constexpr std::int64_t k_minute = 60 * k_second;
constexpr std::int64_t k_hour = 60 * k_minute;
constexpr std::int64_t k_day = 24 * k_hour;

bool is_blank(char letter) {
  return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

// Reads a text from front to back.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  [[nodiscard]] bool is_done() const { return at_ == text_.size(); }
  [[nodiscard]] bool is_at_digit() const { return !is_done() && is_digit(text_[at_]); }
  void skip_blanks() {
    while (!is_done() && is_blank(text_[at_])) ++at_;
  }
  bool take(char letter) {
    if (is_done() || text_[at_] != letter) return false;
    ++at_;
    return true;
  }
  // Up to so many digits, at least one.
  std::optional<int> number(int digits_max) {
    int value = 0;
    int digits = 0;
    while (is_at_digit() && digits < digits_max) {
      value = value * 10 + (text_[at_++] - '0');
      ++digits;
    }
    return digits == 0 ? std::nullopt : std::optional(value);
  }
  // Decimals of a second as microseconds; more than six digits are cut.
  std::optional<std::int64_t> decimals() {
    std::int64_t value = 0;
    int digits = 0;
    for (; is_at_digit(); ++at_, ++digits) {
      if (digits < 6) value = value * 10 + (text_[at_] - '0');
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 6; ++digits) value *= 10;
    return value;
  }
  // The word that stands here, in any case: its number from 0. Longer words are looked for first.
  template <std::size_t N>
  std::optional<int> word(const std::array<std::string_view, N>& words, std::size_t letters) {
    for (std::size_t i = 0; i < N; ++i) {
      const std::string_view word = words[i].substr(0, letters);
      if (text_.size() - at_ < word.size() || !same_letters(text_.substr(at_, word.size()), word)) continue;
      at_ += word.size();
      return static_cast<int>(i);
    }
    return std::nullopt;
  }
  // "Z", "+01", "+0100", "+01:00": read over.
  bool offset() {
    if (take('Z')) return true;
    if (!take('+') && !take('-')) return false;
    if (!number(2).has_value()) return false;
    static_cast<void>(take(':'));
    static_cast<void>(number(2));
    return true;
  }

 private:
  static bool same_letters(std::string_view text, std::string_view lower) {
    for (std::size_t i = 0; i < lower.size(); ++i) {
      if ((text[i] | 0x20) != (lower[i] | 0x20)) return false;
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

constexpr std::array<std::string_view, 12> k_months{"january",   "february", "march",    "april",
                                                    "may",       "june",     "july",     "august",
                                                    "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> k_weekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                     "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 2> k_halves{"am", "pm"};

struct Parts {
  int year = 1900;
  int month = 1;
  int day = 1;
  int day_of_year = 0;  // 0: not spelt.
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::optional<int> half;  // 0 before noon, 1 after.
  std::int64_t microseconds = 0;
};

std::optional<Moment> moment_of(const Parts& parts) {
  int hour = parts.hour;
  if (parts.half.has_value()) {
    if (hour < 1 || hour > 12) return std::nullopt;
    hour = hour % 12 + 12 * *parts.half;
  }
  if (hour > 23 || parts.minute > 59 || parts.second > 59) return std::nullopt;
  const bool has_year_day = parts.day_of_year != 0;
  const auto civil = base::Date::from_civil(
      {.year = parts.year, .month = has_year_day ? 1 : parts.month, .day = has_year_day ? 1 : parts.day});
  if (!civil.has_value()) return std::nullopt;
  std::int64_t days = civil->days();
  if (has_year_day) {
    if (parts.day_of_year > (base::is_leap_year(parts.year) ? 366 : 365)) return std::nullopt;
    days += parts.day_of_year - 1;
  }
  return Moment{days * k_day + hour * k_hour + parts.minute * k_minute + parts.second * k_second + parts.microseconds};
}

bool put(std::optional<int> read, int& part) {
  if (read.has_value()) part = *read;
  return read.has_value();
}

bool read_date_code(char code, Cursor& cursor, Parts& parts) {
  switch (code) {
    case 'Y': return put(cursor.number(4), parts.year);
    case 'y':
      if (!put(cursor.number(2), parts.year)) return false;
      parts.year += parts.year < 69 ? 2000 : 1900;
      return true;
    case 'm': return put(cursor.number(2), parts.month);
    case 'd': return put(cursor.number(2), parts.day);
    case 'j': return put(cursor.number(3), parts.day_of_year) && parts.day_of_year > 0;
    case 'b':
    case 'B': {
      const auto month = cursor.word(k_months, code == 'b' ? 3 : std::string_view::npos);
      if (month.has_value()) parts.month = *month + 1;
      return month.has_value();
    }
    case 'a': return cursor.word(k_weekdays, 3).has_value();
    case 'A': return cursor.word(k_weekdays, std::string_view::npos).has_value();
    default: return false;
  }
}

bool read_code(char code, Cursor& cursor, Parts& parts) {
  switch (code) {
    case 'H':
    case 'I': return put(cursor.number(2), parts.hour);
    case 'M': return put(cursor.number(2), parts.minute);
    case 'S': return put(cursor.number(2), parts.second);
    case 'p': parts.half = cursor.word(k_halves, 2); return parts.half.has_value();
    case 'f': {
      const auto decimals = cursor.decimals();
      parts.microseconds = decimals.value_or(0);
      return decimals.has_value();
    }
    case 'z': return cursor.offset();
    default: return read_date_code(code, cursor, parts);
  }
}

bool read_literal(std::string_view literal, Cursor& cursor) {
  for (const char letter : literal) {
    if (is_blank(letter)) {
      cursor.skip_blanks();
    } else if (!cursor.take(letter)) {
      return false;
    }
  }
  return true;
}

base::Error unknown_code(std::string_view form, std::string_view code) {
  return {.kind = base::ErrorKind::bad_command,
          .code = "splink_date_form",
          .what = "the form of dates '" + std::string(form) + "' has '" + std::string(code) + "', which is not read",
          .remedy = "Write the form with year, month, day, hour, minute and second, such as %Y-%m-%d."};
}

// Spark's letters with their strptime codes; the longest of those that begin alike come first.
constexpr std::array k_spark_letters = std::to_array<std::pair<std::string_view, char>>({
    {"yyyy", 'Y'},
    {"uuuu", 'Y'},
    {"yy", 'y'},
    {"y", 'Y'},
    {"MMMM", 'B'},
    {"MMM", 'b'},
    {"MM", 'm'},
    {"M", 'm'},
    {"dd", 'd'},
    {"d", 'd'},
    {"HH", 'H'},
    {"H", 'H'},
    {"hh", 'I'},
    {"h", 'I'},
    {"a", 'p'},
    {"mm", 'M'},
    {"m", 'M'},
    {"ss", 'S'},
    {"s", 'S'},
    {"SSSSSS", 'f'},
    {"SSS", 'f'},
    {"XX"
     "X",
     'z'},
    {"X", 'z'},
    {"DDD", 'j'},
});

// "2000-01-05" with any of the signs that DuckDB takes between the parts, twice the same.
bool read_day(Cursor& cursor, Parts& parts) {
  cursor.skip_blanks();
  if (!put(cursor.number(4), parts.year)) return false;
  for (const char between : {'-', '/', '\\', ' '}) {
    if (!cursor.take(between)) continue;
    return put(cursor.number(2), parts.month) && cursor.take(between) && put(cursor.number(2), parts.day);
  }
  return false;
}

bool read_time(Cursor& cursor, Parts& parts) {
  if (!put(cursor.number(2), parts.hour) || !cursor.take(':') || !put(cursor.number(2), parts.minute)) return false;
  if (cursor.is_done()) return true;
  if (!cursor.take(':') || !put(cursor.number(2), parts.second)) return false;
  if (cursor.take('.')) {
    const auto decimals = cursor.decimals();
    if (!decimals.has_value()) return false;
    parts.microseconds = *decimals;
  }
  return cursor.is_done() || (cursor.offset() && cursor.is_done());
}

// Codes that are read alike share the first of them.
char same_reading(char code) {
  if (code == 'e') return 'd';
  return code == 'Z' ? 'z' : code;
}

}  // namespace

std::optional<Moment> read_date(std::string_view text) {
  Cursor cursor(text);
  Parts parts;
  if (!read_day(cursor, parts) || cursor.is_at_digit()) return std::nullopt;
  return moment_of(parts);
}

std::optional<Moment> read_moment(std::string_view text) {
  Cursor cursor(text);
  Parts parts;
  if (!read_day(cursor, parts)) return std::nullopt;
  if (cursor.is_done()) return moment_of(parts);
  if (!cursor.take('T')) {
    if (!cursor.take(' ')) return std::nullopt;
    cursor.skip_blanks();
  }
  return read_time(cursor, parts) ? moment_of(parts) : std::nullopt;
}

void MomentForm::add_literal(char letter) {
  if (pieces_.empty() || pieces_.back().code != 0) pieces_.emplace_back();
  pieces_.back().literal += letter;
}

base::Result<MomentForm> MomentForm::from_strptime(std::string_view form) {
  MomentForm made;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] != '%') {
      made.add_literal(form[i]);
      continue;
    }
    // "%-d" is %d without its leading zero; reading takes both.
    if (i + 1 < form.size() && form[i + 1] == '-') ++i;
    const char code = ++i < form.size() ? form[i] : '%';
    if (code == '%') {
      made.pieces_.push_back({.code = 0, .literal = "%"});
      continue;
    }
    if (std::string_view("YymdeHIpMSfjbBaAzZ").find(code) == std::string_view::npos) {
      return unknown_code(form, std::string{'%', code});
    }
    made.pieces_.push_back({.code = same_reading(code), .literal = {}});
  }
  return made;
}

base::Result<MomentForm> MomentForm::from_spark(std::string_view form) {
  MomentForm made;
  made.year_left_out_ = 1970;
  for (std::size_t i = 0; i < form.size();) {
    if (form[i] == '\'') {
      const std::size_t end = form.find('\'', i + 1);
      if (end == std::string_view::npos) return unknown_code(form, "'");
      made.pieces_.push_back({.code = 0, .literal = std::string(form.substr(i + 1, end - i - 1))});
      i = end + 1;
      continue;
    }
    const std::string_view rest = form.substr(i);
    const auto* found =
        std::ranges::find_if(k_spark_letters, [rest](const auto& letters) { return rest.starts_with(letters.first); });
    const bool is_letter = std::isalpha(static_cast<unsigned char>(form[i])) != 0;
    if (found == k_spark_letters.end()) {
      if (is_letter) return unknown_code(form, form.substr(i, 1));
      made.pieces_.push_back({.code = 0, .literal = std::string(1, form[i])});
      ++i;
      continue;
    }
    made.pieces_.push_back({.code = found->second, .literal = {}});
    i += found->first.size();
  }
  return made;
}

std::optional<Moment> MomentForm::read(std::string_view text) const {
  Cursor cursor(text);
  Parts parts;
  parts.year = year_left_out_;
  cursor.skip_blanks();
  for (const Piece& piece : pieces_) {
    const bool is_well = piece.code == 0 ? read_literal(piece.literal, cursor) : read_code(piece.code, cursor, parts);
    if (!is_well) return std::nullopt;
  }
  cursor.skip_blanks();
  return cursor.is_done() ? moment_of(parts) : std::nullopt;
}

}  // namespace throughline::linkage::splink
