#include "linkage/normal/identifiers.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>

#include "linkage/ascii.h"

namespace throughline::linkage {

namespace {

constexpr std::string_view k_check_letters = "ZABCDEFGHJKLMNPQRTUVWXY";

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}

// Letters and digits, and slashes where they mean something.
std::string kept(std::string_view plain, bool with_slash) {
  std::string text;
  std::ranges::copy_if(plain, std::back_inserter(text),
                       [&](char c) { return is_digit(c) || is_capital(c) || (with_slash && c == '/'); });
  return text;
}

Identifier absent(Presence presence) {
  return {.presence = presence};
}

Identifier said(IdentifierState state, std::string text) {
  return {.presence = Presence::present, .state = state, .text = std::move(text)};
}

IdentifierState valid_if(bool is_valid) {
  return is_valid ? IdentifierState::valid : IdentifierState::fallible;
}

// Of digits only, at most 18.
std::int64_t number_of(std::string_view digits) {
  std::int64_t number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

std::string padded(std::string_view digits, std::size_t length) {
  return std::string(length - std::min(length, digits.size()), '0') + std::string(digits);
}

bool passes_modulus_11(std::string_view ten_digits) {
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += (ten_digits[i] - '0') * (10 - static_cast<int>(i));
  const int check = (11 - sum % 11) % 11;  // 10 is never issued, and no digit equals it.
  return check == ten_digits[9] - '0';
}

bool passes_modulus_23(std::string_view digits, char letter) {
  const auto remainder =
      static_cast<std::size_t>(number_of(digits) % static_cast<std::int64_t>(k_check_letters.size()));
  return k_check_letters[remainder] == letter;
}

// Letters a National Insurance number may begin with, and pairs of them that are not issued.
bool has_issued_prefix(std::string_view text) {
  static constexpr std::array<std::string_view, 7> k_never = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
  constexpr std::string_view k_unused = "DFIQUV";
  const bool is_used = k_unused.find(text[0]) == std::string_view::npos &&
                       k_unused.find(text[1]) == std::string_view::npos && text[1] != 'O';
  return is_used && std::ranges::find(k_never, text.substr(0, 2)) == k_never.end();
}

// A PNC id or CRO number cut where its slash stands.
struct Parts {
  std::string_view before;  // Digits.
  std::string_view after;   // Digits.
  char letter = 0;          // Nought where there is none.
};

std::optional<Parts> parts_of(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  Parts parts{.before = text.substr(0, slash), .after = text.substr(slash + 1)};
  if (!parts.after.empty() && is_capital(parts.after.back())) {
    parts.letter = parts.after.back();
    parts.after.remove_suffix(1);
  }
  const bool is_sound =
      !parts.before.empty() && !parts.after.empty() && all_digits(parts.before) && all_digits(parts.after);
  return is_sound ? std::optional(parts) : std::nullopt;
}

std::string letter_of(const Parts& parts) {
  return parts.letter == 0 ? std::string() : std::string(1, parts.letter);
}

// Run together a PNC id has twelve signs with four digits of the year and ten with two.
std::string with_slash(std::string_view text) {
  const bool is_run_together = text.find('/') == std::string_view::npos && (text.size() == 12 || text.size() == 10) &&
                               is_capital(text.back()) && all_digits(text.substr(0, text.size() - 1));
  if (!is_run_together) return std::string(text);
  const std::size_t year = text.size() - 8;
  return std::string(text.substr(0, year)) + "/" + std::string(text.substr(year));
}

// Capitals with a slash for a dash, if the field says anything.
struct Text {
  Presence presence = Presence::blank;
  std::string text{};
};

Text slashed_text_of(std::string_view text) {
  std::string plain = plain_upper(text);
  const Presence presence = presence_of(plain);
  if (presence != Presence::present) return {.presence = presence};
  std::ranges::replace(plain, '-', '/');
  return {.presence = presence, .text = kept(plain, true)};
}

// A CRO number of a small file: SF39/12B.
Identifier small_file(std::string_view text) {
  const std::optional<Parts> parts = parts_of(text.substr(2));
  const bool has_shape = parts.has_value() && parts->before.size() == 2 && parts->after.size() <= 6;
  if (!has_shape) return said(IdentifierState::malformed, std::string(text));
  const std::string digits = std::string(parts->before) + std::string(parts->after);
  return said(valid_if(passes_modulus_23(digits, parts->letter)), std::string(text));
}

}  // namespace

Identifier read_nhs_number(std::string_view text) {
  const std::string plain = plain_upper(text);
  const Presence presence = presence_of(plain);
  if (presence != Presence::present) return absent(presence);
  const std::string number = kept(plain, false);
  if (number == "1234567890" || number == "0123456789") return absent(Presence::filler);
  if (!all_digits(number)) return said(IdentifierState::malformed, number);
  if (number.size() == 10) return said(valid_if(passes_modulus_11(number)), number);
  const std::string with_nought = "0" + number;
  if (number.size() == 9 && passes_modulus_11(with_nought)) return said(IdentifierState::fallible, with_nought);
  return said(IdentifierState::malformed, number);
}

Identifier read_national_insurance(std::string_view text) {
  const std::string plain = plain_upper(text);
  const Presence presence = presence_of(plain);
  if (presence != Presence::present) return absent(presence);
  const std::string number = kept(plain, false);
  const bool has_shape = (number.size() == 8 || number.size() == 9) && is_capital(number[0]) && is_capital(number[1]) &&
                         all_digits(std::string_view(number).substr(2, 6));
  if (!has_shape) return said(IdentifierState::malformed, number);
  const std::string_view digits = std::string_view(number).substr(2, 6);
  const bool is_one_digit = std::ranges::all_of(digits, [&](char c) { return c == digits.front(); });
  if (is_one_digit || digits == "123456") return absent(Presence::filler);
  const bool is_whole = number.size() == 9 && number[8] >= 'A' && number[8] <= 'D';
  if (number.size() == 9 && is_digit(number[8])) return said(IdentifierState::malformed, number);
  return said(valid_if(is_whole && has_issued_prefix(number)), number);
}

Identifier read_pnc_id(std::string_view text) {
  const Text read = slashed_text_of(text);
  if (read.presence != Presence::present) return absent(read.presence);
  const std::string id = with_slash(read.text);
  const std::optional<Parts> parts = parts_of(id);
  const bool has_shape =
      parts.has_value() && (parts->before.size() == 4 || parts->before.size() == 2) && parts->after.size() <= 7;
  if (!has_shape) return said(IdentifierState::malformed, read.text);
  if (number_of(parts->after) == 0) return absent(Presence::filler);
  const std::string year(parts->before.substr(parts->before.size() - 2));
  const std::string serial = padded(parts->after, 7);
  return said(valid_if(passes_modulus_23(year + serial, parts->letter)), year + "/" + serial + letter_of(*parts));
}

Identifier read_cro_number(std::string_view text) {
  const Text read = slashed_text_of(text);
  if (read.presence != Presence::present) return absent(read.presence);
  if (read.text.starts_with("SF")) return small_file(read.text);
  const std::optional<Parts> parts = parts_of(read.text);
  const bool has_shape = parts.has_value() && parts->before.size() <= 6 && parts->after.size() == 2;
  if (!has_shape) return said(IdentifierState::malformed, read.text);
  if (number_of(parts->before) == 0) return absent(Presence::filler);
  const std::string serial = padded(parts->before, 6);
  const std::string year(parts->after);
  return said(valid_if(passes_modulus_23(year + serial, parts->letter)), serial + "/" + year + letter_of(*parts));
}

Identifier read_reference(std::string_view text) {
  const std::string plain = plain_upper(text);
  const Presence presence = presence_of(plain);
  if (presence != Presence::present) return absent(presence);
  std::string reference;
  const auto is_mark = [](char c) { return c == '-' || c == '/'; };
  for (const char c : plain) {
    const bool counts =
        is_digit(c) || is_capital(c) || (is_mark(c) && !reference.empty() && !is_mark(reference.back()));
    if (counts) reference += c;
  }
  while (!reference.empty() && is_mark(reference.back())) reference.pop_back();
  return said(IdentifierState::valid, reference);
}

}  // namespace throughline::linkage
