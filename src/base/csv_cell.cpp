#include "base/csv_cell.h"

#include <algorithm>
#include <array>

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

// Bytes for which a cell is quoted.
constexpr std::array<bool, 256> k_needs_quotes = [] {
  std::array<bool, 256> needs{};
  for (const char byte : std::string_view(",\"\r\n")) needs[static_cast<unsigned char>(byte)] = true;
  return needs;
}();

}  // namespace

std::string defused(std::string_view text) {
  // Blanks before it are skipped by some programs.
  const std::size_t first = text.find_first_not_of(' ');
  const std::string_view rest = first == std::string_view::npos ? std::string_view() : text.substr(first);
  if (!begins_formula(rest) || is_plain_number(text)) return std::string(text);
  return fmt::format("'{}", text);
}

void append_csv_cell(std::string& line, std::string_view cell) {
  if (std::ranges::none_of(cell, [](char byte) { return k_needs_quotes[static_cast<unsigned char>(byte)]; })) {
    line += cell;
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
