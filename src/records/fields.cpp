#include "records/fields.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/number.h"
#include "records/gss.h"

namespace throughline::records {

namespace {

constexpr std::string_view k_no_break_space = "\u00A0";
constexpr std::string_view k_byte_order_mark = "\uFEFF";

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The number once these digits follow it. Nothing when one is no digit or the number grows too large.
std::optional<std::int64_t> followed_by(std::int64_t value, std::string_view digits) {
  constexpr std::int64_t k_most = std::numeric_limits<std::int64_t>::max() / 100;
  for (const char c : digits) {
    if (!is_digit(c) || value > k_most) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// A plain decimal number scaled by a power of ten, six at most, and rounded half away from nought. Nothing when it is
// no such number or too large.
std::optional<std::int64_t> scaled_decimal(std::string_view text, std::size_t decimals) {
  constexpr std::string_view k_noughts = "000000";
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
  if (point == 0 && fraction.empty()) return std::nullopt;
  if (!std::ranges::all_of(fraction, is_digit)) return std::nullopt;
  const std::string_view kept = fraction.substr(0, decimals);
  auto value = followed_by(0, text.substr(0, point));
  if (value) value = followed_by(*value, kept);
  if (value) value = followed_by(*value, k_noughts.substr(0, decimals - kept.size()));
  if (!value) return std::nullopt;
  // The first digit cut decides.
  if (fraction.size() > decimals && fraction[decimals] >= '5') ++*value;
  return is_negative ? -*value : *value;
}

struct Bounds {
  std::int32_t low;
  std::int32_t high;
};

Typed<std::int32_t> type_degrees(std::string_view text, Bounds bounds) {
  const auto value = scaled_decimal(text, 6);
  if (!value) return RejectionRule::not_a_number;
  if (*value < bounds.low || *value > bounds.high) return RejectionRule::outside_country;
  return static_cast<std::int32_t>(*value);
}

// From nought to a greatest value.
Typed<std::int64_t> within(std::optional<std::int64_t> value, std::int64_t most) {
  if (!value) return RejectionRule::not_a_number;
  if (*value < 0 || *value > most) return RejectionRule::out_of_range;
  return *value;
}

bool is_known_condition(std::string_view condition) {
  constexpr std::array<std::string_view, 5> k_conditions = {"A1", "A2", "A3", "S1", "S2"};
  return std::ranges::find(k_conditions, condition) != k_conditions.end();
}

// "A2; S1", "A2,S1" or "A2 S1", in its parts.
struct Conditions {
  std::int64_t named = 0;
  bool all_known = true;
};

Conditions read_conditions(std::string_view text) {
  constexpr std::string_view k_marks = " ,;/";
  Conditions conditions;
  for (std::size_t begin = text.find_first_not_of(k_marks); begin != std::string_view::npos;
       begin = text.find_first_not_of(k_marks)) {
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(k_marks), text.size());
    ++conditions.named;
    conditions.all_known = conditions.all_known && is_known_condition(text.substr(0, end));
    text.remove_prefix(end);
  }
  return conditions;
}

// 0 to 15 for lower-case hexadecimal digits, 255 for any other byte.
constexpr std::array<std::uint8_t, 256> k_hex_values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(255);
  for (std::uint8_t i = 0; i < 16; ++i) values[static_cast<std::uint8_t>("0123456789abcdef"[i])] = i;
  return values;
}();

bool same_word(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower, {},
                            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    if (is_blank(text.front())) {
      text.remove_prefix(1);
    } else if (text.starts_with(k_no_break_space)) {
      text.remove_prefix(k_no_break_space.size());
    } else if (text.starts_with(k_byte_order_mark)) {
      text.remove_prefix(k_byte_order_mark.size());
    } else {
      break;
    }
  }
  while (!text.empty()) {
    if (is_blank(text.back())) {
      text.remove_suffix(1);
    } else if (text.ends_with(k_no_break_space)) {
      text.remove_suffix(k_no_break_space.size());
    } else {
      break;
    }
  }
  return text;
}

Typed<std::int32_t> type_longitude(std::string_view text) {
  return type_degrees(text, {-11'000'000, 3'000'000});
}
Typed<std::int32_t> type_latitude(std::string_view text) {
  return type_degrees(text, {49'000'000, 61'500'000});
}

Typed<std::int64_t> type_metres(std::string_view text) {
  // The British National Grid is 700 by 1300 kilometres.
  return within(scaled_decimal(text, 3), 1'300'000'000);
}
Typed<std::int64_t> type_grams(std::string_view text) {
  return within(scaled_decimal(text, 3), 1'000'000'000'000);
}
Typed<std::int64_t> type_percent(std::string_view text) {
  return within(scaled_decimal(text, 2), 10'000);
}
Typed<std::int64_t> type_pounds(std::string_view text) {
  return within(scaled_decimal(text, 2), std::numeric_limits<std::int64_t>::max());
}

Typed<std::int64_t> type_whole(std::string_view text) {
  const auto value = base::parse_integer(text);
  if (!value) return RejectionRule::not_a_number;
  return *value;
}

Typed<std::int16_t> type_year(std::string_view text) {
  const auto value = base::parse_integer(text);
  if (!value) return RejectionRule::not_a_number;
  if (*value < 1000 || *value > 9999) return RejectionRule::out_of_range;
  return static_cast<std::int16_t>(*value);
}

Typed<std::uint32_t> type_gss(std::string_view text) {
  const auto code = GssCode::parse(text);
  if (!code) return RejectionRule::not_a_code;
  return code->packed();
}

Typed<std::uint8_t> type_truth(std::string_view text) {
  if (same_word(text, "true") || same_word(text, "yes") || same_word(text, "y") || text == "1") return std::uint8_t{1};
  if (same_word(text, "false") || same_word(text, "no") || same_word(text, "n") || text == "0") return std::uint8_t{0};
  return RejectionRule::not_a_truth;
}

Typed<base::Month> type_month(std::string_view text) {
  const auto month = base::parse_month(text);
  if (!month) return RejectionRule::not_a_month;
  return *month;
}

Typed<base::DatedInstant> type_instant(std::string_view text, DateOrder order) {
  const bool is_british = text.find('/') != std::string_view::npos;
  if (is_british != (order == DateOrder::british) && text.size() > 4) return RejectionRule::not_a_date;
  if (const auto dated = base::parse_dated(text)) return *dated;
  if (const auto wall = base::parse_wall_time(text)) return *wall;
  if (const auto instant = base::parse_instant(text)) return *instant;
  return RejectionRule::not_a_date;
}

bool has_digits(std::string_view text, DigitRange range) {
  const auto digits = std::ranges::count_if(text, is_digit);
  const bool is_number = std::ranges::all_of(text, [](char c) { return is_digit(c) || c == ' ' || c == '-'; });
  return is_number && digits >= range.least && digits <= range.most;
}

std::optional<HexReference> type_hex_reference(std::string_view text) {
  constexpr std::size_t k_word_digits = 16;
  if (text.size() != 4 * k_word_digits) return std::nullopt;
  HexReference reference;
  std::uint8_t seen = 0;  // Has a high bit once any byte was no digit.
  for (std::size_t word = 0; word < 4; ++word) {
    std::uint64_t value = 0;
    for (std::size_t digit = 0; digit < k_word_digits; ++digit) {
      const std::uint8_t next = k_hex_values[static_cast<std::uint8_t>(text[word * k_word_digits + digit])];
      seen |= next;
      value = value << 4U | (next & 15U);
    }
    reference.words[word] = value;
  }
  if (seen > 15) return std::nullopt;
  return reference;
}

std::string text_of(const HexReference& reference) {
  std::string text;
  for (const std::uint64_t word : reference.words) {
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[word >> static_cast<unsigned>(shift) & 15U];
  }
  return text;
}

std::optional<RejectionRule> grade_fault(const Grade& grade) {
  const Conditions conditions = read_conditions(grade.conditions);
  const bool is_blank_grade = grade.source.empty() && grade.assessment.empty() && grade.handling.empty();
  if (is_blank_grade && conditions.named == 0) return std::nullopt;
  const auto is_one_of = [](std::string_view text, std::string_view letters) {
    return text.size() == 1 && letters.find(text) != std::string_view::npos;
  };
  if (!is_one_of(grade.source, "123") || !is_one_of(grade.assessment, "ABCDE") || !is_one_of(grade.handling, "PC")) {
    return RejectionRule::bad_grade;
  }
  if (grade.handling == "C" && conditions.named == 0) return RejectionRule::conditions_missing;
  if (grade.handling == "P" && conditions.named != 0) return RejectionRule::conditions_forbidden;
  return conditions.all_known ? std::nullopt : std::optional(RejectionRule::unknown_condition);
}

}  // namespace throughline::records
