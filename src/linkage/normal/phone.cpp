#include "linkage/normal/phone.h"

#include <algorithm>
#include <array>
#include <utility>

#include "linkage/ascii.h"

namespace throughline::linkage {

namespace {

struct Cut {
  std::string_view number;
  std::string_view extension;  // With whatever stands around its digits.
};

// At EXT, EXTN, X or #, where a number stands before it.
Cut cut_extension(std::string_view plain) {
  for (std::size_t at = 0; at < plain.size(); ++at) {
    const bool is_marked = plain[at] == '#' || plain[at] == 'X' || plain.substr(at).starts_with("EXT");
    if (!is_marked || std::ranges::count_if(plain.substr(0, at), is_digit) < 3) continue;
    return {.number = plain.substr(0, at), .extension = plain.substr(at)};
  }
  return {.number = plain, .extension = {}};
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), is_digit);
  return digits;
}

// "+44 (0)7700" says the 0 that is dialled at home; it is no part of the number.
std::string without_dialled_nought(std::string_view number) {
  std::string text(number);
  const std::size_t at = text.find("(0)");
  const bool is_international = text.find('+') != std::string::npos || text.starts_with("00");
  if (at != std::string::npos && is_international) text.erase(at, 3);
  return text;
}

bool is_one_again_and_again(std::string_view digits) {
  return std::ranges::all_of(digits, [&](char c) { return c == digits.front(); });
}

// 123456789 and its parts, upwards or downwards, over six digits or more.
bool is_a_staircase(std::string_view digits) {
  constexpr std::string_view k_up = "01234567890";
  constexpr std::string_view k_down = "09876543210";
  const auto has = [&](std::string_view stairs) { return stairs.find(digits) != std::string_view::npos; };
  return digits.size() >= 6 && (has(k_up) || has(k_down));
}

// A UK number without its 0, that people type to fill a field: 7000000000, 7777777777, 1234567890, 7123456789.
bool is_filler(std::string_view national) {
  const std::string_view subscriber = national.substr(1);
  return is_one_again_and_again(subscriber) || is_a_staircase(national) || is_a_staircase(subscriber);
}

PhoneKind uk_kind_of(std::string_view national) {
  switch (national.front()) {
    case '1':
    case '2': return PhoneKind::landline;
    case '7':
      if (national[1] == '0') return PhoneKind::personal;
      return national[1] == '6' && !national.starts_with("7624") ? PhoneKind::pager : PhoneKind::mobile;
    default: return PhoneKind::non_geographic;
  }
}

// By the numbering plan ten digits follow the 0; nine follow in some areas (01 with five digits of area code and four
// or five of number) and for some 0800 and 0500 numbers; seven follow 0800 1111.
bool is_uk_length(std::string_view national) {
  if (national.size() == 10) return national.front() != '4' && national.front() != '6';
  const bool may_be_nine = national.starts_with("1") || national.starts_with("800") || national.starts_with("500");
  return (national.size() == 9 && may_be_nine) || national == "8001111" || national == "8454647";
}

PhoneNumber uk_number(std::string_view national) {
  if (national.size() >= 7 && is_filler(national)) return {.presence = Presence::filler};
  if (!is_uk_length(national)) {
    return {.presence = Presence::present, .kind = PhoneKind::local, .text = "0" + std::string(national)};
  }
  return {.presence = Presence::present, .kind = uk_kind_of(national), .text = "+44" + std::string(national)};
}

PhoneNumber international(std::string_view digits) {
  if (digits.starts_with("44") && digits.size() > 4) {
    std::string_view national = digits.substr(2);
    if (national.front() == '0') national.remove_prefix(1);
    if (national.front() != '0' && is_uk_length(national)) return uk_number(national);
  }
  if (digits.size() >= 5 && is_one_again_and_again(digits.substr(2))) return {.presence = Presence::filler};
  const bool is_sound = digits.size() >= 8 && digits.size() <= 15 && digits.front() != '0';
  if (!is_sound) return {.presence = Presence::present, .kind = PhoneKind::local, .text = std::string(digits)};
  return {.presence = Presence::present, .kind = PhoneKind::international, .text = "+" + std::string(digits)};
}

// No country was said: a UK number, a short code, or what is left of a number.
PhoneNumber national_or_local(std::string_view digits) {
  if (digits.front() == '0' && digits.size() >= 5) return uk_number(digits.substr(1));
  if (digits.size() == 12 && digits.starts_with("447")) return international(digits);
  const bool lost_its_nought = digits.size() == 10 && digits.front() == '7' && digits[1] != '0';
  if (lost_its_nought) return uk_number(digits);
  if (is_a_staircase(digits)) return {.presence = Presence::filler};
  const PhoneKind kind = digits.size() <= 6 ? PhoneKind::short_code : PhoneKind::local;
  return {.presence = Presence::present, .kind = kind, .text = std::string(digits)};
}

// Whether letters stand in the number beyond TEL, MOB, HOME and the like before it.
bool is_worded(std::string_view number) {
  const std::size_t first = std::min(number.find_first_of("0123456789+"), number.size());
  return std::ranges::any_of(number.substr(first), is_capital);
}

}  // namespace

PhoneNumber read_phone(std::string_view text) {
  const std::string plain = plain_upper(text);
  const Presence presence = presence_of(plain);
  // 999 and 111 are numbers; they repeat a digit like a filled-in field does.
  const bool is_emergency = plain == "999" || plain == "111";
  if (presence != Presence::present && !is_emergency) return {.presence = presence};
  const Cut cut = cut_extension(plain);
  const std::string number = without_dialled_nought(cut.number);
  std::string digits = digits_of(number);
  constexpr std::size_t k_digits_min = 3;
  constexpr std::size_t k_digits_max = 18;
  if (digits.size() < k_digits_min || digits.size() > k_digits_max || is_worded(number)) {
    return {.presence = Presence::unreadable};
  }
  const bool has_plus = number.find('+') < number.find_first_of("0123456789");
  const bool has_noughts = digits.starts_with("00") && digits.size() > 8;
  if (has_noughts && !has_plus) digits.erase(0, 2);
  if (is_one_again_and_again(digits) && !is_emergency) return {.presence = Presence::filler};
  PhoneNumber read = has_plus || has_noughts ? international(digits) : national_or_local(digits);
  if (read.presence == Presence::present) read.extension = digits_of(cut.extension);
  return read;
}

}  // namespace throughline::linkage
