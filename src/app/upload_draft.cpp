// A mapping to begin from.

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/upload_look.h"
#include "base/text.h"

namespace throughline::app {

namespace {

// Words in a column's name, and the field that they mean. The first that fits counts.
struct Guess {
  std::string_view word;
  std::string_view field;
};
constexpr std::array k_guesses = {Guess{"reference", "event.reference"}, Guess{"crime id", "event.reference"},
                                  Guess{"ref", "event.reference"},       Guess{"category", "event.category"},
                                  Guess{"type", "event.category"},       Guess{"date", "event.start"},
                                  Guess{"month", "event.start"},         Guess{"force", "event.force"},
                                  Guess{"outcome", "event.outcome"},     Guess{"notes", "event.text"}};

std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + '"';
}

bool is_field(std::string_view aim) {
  return records::field_named(records::Table::event, aim.substr(aim.find('.') + 1)).has_value();
}

std::string column_text(const std::string& name, std::string_view aim) {
  std::string text = fmt::format("\n[[column]]\nname = {}\nto = {}\n", toml_text(name), toml_text(aim));
  if (aim == "event.start") text += "dates = \"british\"  # Or \"iso\", for 2025-03-04.\n";
  return text;
}

}  // namespace

std::string draft_mapping(const std::vector<std::string>& header, const std::string& file_name) {
  std::set<std::string_view> used;
  std::string columns;
  std::vector<std::string> untyped;
  for (const std::string& name : header) {
    if (name.empty()) continue;
    const std::string folded = base::fold(name);
    const auto guess = std::ranges::find_if(k_guesses, [&](const Guess& each) {
      return folded.find(each.word) != std::string::npos && !used.contains(each.field) && is_field(each.field);
    });
    if (guess == k_guesses.end()) {
      untyped.push_back(toml_text(name));
      continue;
    }
    used.insert(guess->field);
    columns += column_text(name, guess->field);
  }
  // A mapping has at least one column that goes somewhere.
  if (columns.empty() && !untyped.empty()) {
    const auto first = std::ranges::find_if(header, [](const std::string& name) { return !name.empty(); });
    columns = column_text(*first, "event.reference");
    untyped.erase(untyped.begin());
  }
  return fmt::format(
      "# A draft from the header of {}. Say what each column means: docs/reference/mappings.md.\n"
      "name = \"own\"\nversion = 1\ntitle = {}\n"
      "data_class = \"sensitive\"  # Or \"personal\", or \"published\".\nretention = \"own\"\n"
      "untyped = [{}]  # Kept as they came.\n\n[[item]]\ntable = \"event\"\nkind = \"own\"\n{}",
      toml_text(file_name), toml_text(file_name), fmt::join(untyped, ", "), columns);
}

}  // namespace throughline::app
