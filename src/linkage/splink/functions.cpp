#include "linkage/splink/functions.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <utility>

#include "base/check.h"
#include "base/number.h"

namespace throughline::linkage::splink {

namespace {

// Other names of functions in the table, in DuckDB, Spark or both.
constexpr auto k_aliases = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"array_contains", "list_contains"},
    {"array_cosine_similarity", "list_cosine_similarity"},
    {"array_distinct", "list_distinct"},
    {"array_intersect", "list_intersect"},
    {"array_length", "length"},
    {"array_max", "list_max"},
    {"array_min", "list_min"},
    {"array_size", "length"},
    {"array_transform", "list_transform"},
    {"array_unique", "list_unique"},
    {"arrays_overlap", "list_has_any"},
    {"array_has_any", "list_has_any"},
    {"cardinality", "length"},
    {"ceiling", "ceil"},
    {"char_length", "length"},
    {"character_length", "length"},
    {"concat_lists", "list_concat"},
    {"date", "cast to date"},
    {"dayofmonth", "day"},
    {"datepart", "date_part"},
    {"editdist3", "levenshtein"},
    {"element_at", "element"},
    {"endswith", "ends_with"},
    {"filter", "list_filter"},
    {"ifnull", "coalesce"},
    {"jaro", "jaro_similarity"},
    {"jaro_sim", "jaro_similarity"},
    {"jaro_winkler", "jaro_winkler_similarity"},
    {"jaro_winkler_sim", "jaro_winkler_similarity"},
    {"lcase", "lower"},
    {"len", "length"},
    {"list_element", "element"},
    {"list_extract", "element"},
    {"list_len", "length"},
    {"list_pack", "list_value"},
    {"mismatches", "hamming"},
    {"nvl", "coalesce"},
    {"pow", "power"},
    {"regexp_like", "regexp_matches"},
    {"size", "length"},
    {"startswith", "starts_with"},
    {"substr", "substring"},
    {"suffix", "ends_with"},
    {"transform", "list_transform"},
    {"ucase", "upper"},
});

using Table = std::map<std::string_view, const Function*>;

Table made_table() {
  Table table;
  for (const std::span<const Function> part :
       {text_functions(), number_functions(), date_functions(), list_functions(), cast_functions()}) {
    for (const Function& function : part) {
      const bool is_new = table.emplace(function.name, &function).second;
      CHECK(is_new);
    }
  }
  for (const auto& [alias, name] : k_aliases) {
    CHECK(table.contains(name));
    const bool is_new = table.emplace(alias, table.at(name)).second;
    CHECK(is_new);
  }
  return table;
}

const Table& table() {
  static const Table made = made_table();
  return made;
}

}  // namespace

const Function* find_function(std::string_view name) {
  const auto found = table().find(name);
  return found == table().end() ? nullptr : found->second;
}

const std::vector<std::string>& function_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> made;
    for (const auto& [name, function] : table()) {
      const bool is_word = std::ranges::all_of(name, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || letter == '_' || (letter >= '0' && letter <= '9');
      });
      if (is_word) made.emplace_back(name);
    }
    return made;
  }();
  return names;
}

Kind kind_taken(char letter) {
  switch (letter) {
    case 't':
    case 'P':
    case 'F':
    case 'D': return Kind::text;
    case 'n': return Kind::number;
    case 'm': return Kind::moment;
    case 'b': return Kind::truth;
    case 'l': return Kind::list;
    default: return Kind::any;
  }
}

Arity arity_of(const Function& function) {
  const auto letters =
      static_cast<std::size_t>(std::ranges::count_if(function.takes, [](char c) { return c != '?' && c != '*'; }));
  if (function.takes.ends_with('*')) return {.least = letters, .most = std::numeric_limits<std::size_t>::max()};
  const std::size_t optional = function.takes.find('?');
  return {.least = optional == std::string_view::npos ? letters : optional, .most = letters};
}

char letter_taken(const Function& function, std::size_t argument) {
  CHECK(argument < arity_of(function).most);
  std::size_t place = 0;
  char last = 'a';
  for (const char letter : function.takes) {
    if (letter == '?' || letter == '*') continue;
    last = letter;
    if (place++ == argument) return letter;
  }
  return last;
}

std::string text_of(const Value& value) {
  if (const auto* text = value.as<std::string_view>()) return std::string(*text);
  if (const auto* truth = value.as<bool>()) return *truth ? "true" : "false";
  if (const auto* number = value.as<double>()) return base::format_double(*number);
  if (const auto* moment = value.as<Moment>()) return moment_text(*moment);
  if (const auto* list = value.as<const List*>()) {
    std::string made = "[";
    for (const Value& member : **list) {
      if (made.size() > 1) made += ", ";
      made += member.is_missing() ? "NULL" : text_of(member);
    }
    return made + "]";
  }
  return "";
}

}  // namespace throughline::linkage::splink
