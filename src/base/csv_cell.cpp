#include "base/csv_cell.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include <fmt/format.h>

#include "base/number.h"

namespace throughline::base {
namespace {

// Characters that begin a formula, and their full-width forms, which some programs read as the same.
constexpr std::array<std::string_view, 11> k_formula_starts = {"=",  "+",      "-",      "@",      "\t",    "\r",
                                                               "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

bool begins_formula(std::string_view text) {
  return std::ranges::any_of(k_formula_starts, [&](std::string_view start) { return text.starts_with(start); });
}

// "-12.5" is a number to every program.
bool is_plain_number(std::string_view text) {
  return text.find_first_not_of("+-.0123456789") == std::string_view::npos &&
         parse_double(text.starts_with('+') ? text.substr(1) : text).has_value();
}

constexpr std::size_t k_word = sizeof(std::uint64_t);

// Whether one of eight bytes is that one: it is nought after the mask, and only below a nought does a subtraction of
// one set a high bit that was not set (Mycroft, 1987).
bool has_byte(std::uint64_t bytes, unsigned char wanted) {
  constexpr std::uint64_t k_ones = 0x0101'0101'0101'0101U;
  const std::uint64_t masked = bytes ^ (k_ones * wanted);
  return ((masked - k_ones) & ~masked & (k_ones << 7U)) != 0;
}

bool needs_quotes(std::uint64_t bytes) {
  return has_byte(bytes, ',') || has_byte(bytes, '"') || has_byte(bytes, '\r') || has_byte(bytes, '\n');
}

template <class Word>
std::uint64_t word_at(const char* bytes) {
  Word word = 0;
  std::memcpy(&word, bytes, sizeof(Word));
  return word;
}

// Eight bytes at a time, for every cell of every table is asked; where they do not come out even, some twice.
bool needs_quotes(std::string_view cell) {
  const char* const begin = cell.data();
  const std::size_t size = cell.size();
  if (size >= k_word) {
    for (std::size_t at = 0; at + k_word < size; at += k_word) {
      if (needs_quotes(word_at<std::uint64_t>(begin + at))) return true;
    }
    return needs_quotes(word_at<std::uint64_t>(begin + size - k_word));
  }
  constexpr std::size_t k_half = k_word / 2;
  if (size >= k_half) {
    return needs_quotes(word_at<std::uint32_t>(begin) | word_at<std::uint32_t>(begin + size - k_half) << 32U);
  }
  if (size == 0) return false;
  // The first, the middle and the last of one to three.
  return needs_quotes(word_at<std::uint8_t>(begin) | word_at<std::uint8_t>(begin + size / 2) << 8U |
                      word_at<std::uint8_t>(begin + size - 1) << 16U);
}

}  // namespace

std::string defused(std::string_view text) {
  // Blanks before it are skipped by some programs.
  const std::size_t first = text.find_first_not_of(' ');
  const std::string_view rest = first == std::string_view::npos ? std::string_view() : text.substr(first);
  if (!begins_formula(rest) || is_plain_number(text)) return std::string(text);
  return fmt::format("'{}", text);
}

void append_csv_cell(std::string& line, std::string_view cell) {
  if (!needs_quotes(cell)) {
    line.append(cell.data(), cell.size());
    return;
  }
  line += '"';
  for (const char byte : cell) {
    if (byte == '"') line += '"';
    line += byte;
  }
  line += '"';
}

}  // namespace throughline::base
