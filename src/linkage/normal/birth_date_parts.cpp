#include "linkage/normal/birth_date_parts.h"

#include <algorithm>
#include <string>

#include "linkage/ascii.h"

namespace throughline::linkage {

namespace {

constexpr std::array<std::string_view, 12> k_months = {"JANUARY",   "FEBRUARY", "MARCH",    "APRIL",
                                                       "MAY",       "JUNE",     "JULY",     "AUGUST",
                                                       "SEPTEMBER", "OCTOBER",  "NOVEMBER", "DECEMBER"};
constexpr std::array<std::string_view, 7> k_weekdays = {"MONDAY", "TUESDAY",  "WEDNESDAY", "THURSDAY",
                                                        "FRIDAY", "SATURDAY", "SUNDAY"};
constexpr std::size_t k_run_digits_max = 14;

// Stands in the place of a digit that nobody knows.
bool is_unknown_mark(char c) {
  return c == '?' || c == '_' || c == '*' || c == 'X';
}

bool is_separator(char c) {
  return c == ' ' || c == '/' || c == '-' || c == '.' || c == ',' || c == '\'';
}

// 1 to 12 for a month's name or its first three letters or more; else nought.
int month_named(std::string_view word) {
  if (word.size() < 3) return 0;
  const auto* found = std::ranges::find_if(k_months, [&](std::string_view month) { return month.starts_with(word); });
  return found == k_months.end() ? 0 : static_cast<int>(found - k_months.begin()) + 1;
}

bool is_beside_the_date(std::string_view word) {
  static constexpr std::array<std::string_view, 6> k_small_words = {"ST", "ND", "RD", "TH", "OF", "THE"};
  if (std::ranges::find(k_small_words, word) != k_small_words.end()) return true;
  return word.size() >= 3 &&
         std::ranges::any_of(k_weekdays, [&](std::string_view day) { return day.starts_with(word); });
}

bool is_clock_letter(char c) {
  return is_digit(c) || c == ':' || c == '.' || c == ' ' || c == '+' || c == '-' || c == 'Z' || c == 'A' || c == 'P' ||
         c == 'M';
}

// The text before a time of day; all of it where there is none; nothing where a colon stands in anything else.
std::optional<std::string_view> before_time(std::string_view plain) {
  const std::size_t colon = plain.find(':');
  if (colon == std::string_view::npos) return plain;
  std::size_t begin = colon;
  while (begin > 0 && is_digit(plain[begin - 1])) --begin;
  const bool is_hour = colon - begin >= 1 && colon - begin <= 2 && begin >= 2;
  if (!is_hour || !std::ranges::all_of(plain.substr(begin), is_clock_letter)) return std::nullopt;
  const char joint = plain[begin - 1];
  if (joint != ' ' && joint != 'T') return std::nullopt;
  return plain.substr(0, begin - 1);
}

BirthDatePart number_of(std::string_view digits) {
  BirthDatePart part{.digits = static_cast<int>(digits.size()), .is_number = true};
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  if (digits.size() <= 4) {
    part.value = static_cast<int>(value);
  } else {
    part.run_value = value;
  }
  return part;
}

// Reads one text from left to right.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  // Nothing where the text is no date.
  std::optional<BirthDateParts> read() {
    while (at_ < text_.size()) {
      if (!read_next()) return std::nullopt;
    }
    // "03/05/" and "/05/1960": nothing where a part should be.
    if (slash_is_open_ && slashes_ == 2 && !add(BirthDatePart::missing(2))) return std::nullopt;
    return parts_;
  }

 private:
  bool read_next() {
    const char c = text_[at_];
    if (is_digit(c)) return read_number();
    if (is_unknown_mark(c)) return read_unknown();
    if (is_capital(c)) return read_word();
    if (!is_separator(c)) return false;
    ++at_;
    if (c != '/') return true;
    ++slashes_;
    const bool is_empty = slash_is_open_ || (slashes_ == 1 && parts_.size == 0);
    slash_is_open_ = true;
    return !is_empty || add(BirthDatePart::missing(2));
  }

  bool read_number() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    // 19?? has a century and nothing else that could be compared.
    const bool is_blurred = at_ < text_.size() && is_unknown_mark(text_[at_]);
    while (at_ < text_.size() && is_unknown_mark(text_[at_])) ++at_;
    const std::string_view run = text_.substr(begin, at_ - begin);
    if (is_blurred) return run.size() <= 4 && add(BirthDatePart::missing(static_cast<int>(run.size())));
    return run.size() <= k_run_digits_max && add(number_of(run));
  }

  bool read_unknown() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_unknown_mark(text_[at_])) ++at_;
    return at_ - begin <= 4 && add(BirthDatePart::missing(static_cast<int>(at_ - begin)));
  }

  bool read_word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_capital(text_[at_])) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    const int month = month_named(word);
    if (month == 0) return is_beside_the_date(word);
    return add({.value = month, .digits = 0, .is_month_name = true});
  }

  bool add(const BirthDatePart& part) {
    if (parts_.size == BirthDateParts::k_parts_max) return false;
    parts_.held.at(parts_.size++) = part;
    slash_is_open_ = false;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int slashes_ = 0;
  bool slash_is_open_ = false;  // The last thing but blanks was a slash.
  BirthDateParts parts_;
};

}  // namespace

BirthDateText birth_date_parts_of(std::string_view text) {
  const std::string plain = plain_upper(text);
  if (std::ranges::none_of(plain, is_digit)) {
    const Presence presence = presence_of(plain);
    return {.presence = presence == Presence::present ? Presence::unreadable : presence};
  }
  const std::optional<std::string_view> day = before_time(plain);
  const std::optional<BirthDateParts> parts = day.has_value() ? Reader(*day).read() : std::nullopt;
  if (!parts.has_value() || parts->size == 0) return {.presence = Presence::unreadable};
  return {.presence = Presence::present, .parts = *parts};
}

std::optional<BirthDatePart> birth_date_part_of(std::string_view text) {
  const std::string plain = plain_upper(text);
  if (std::ranges::none_of(plain, is_digit) && presence_of(plain) != Presence::present)
    return BirthDatePart::missing(2);
  const std::optional<BirthDateParts> parts = Reader(plain).read();
  if (!parts.has_value() || parts->size != 1 || parts->at(0).digits > 4) return std::nullopt;
  return parts->at(0);
}

}  // namespace throughline::linkage
