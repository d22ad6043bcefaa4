#include <algorithm>
#include <array>
#include <utility>

#include "base/number.h"
#include "linkage/splink/condition.h"
#include "linkage/splink/condition_reader.h"

namespace throughline::linkage::splink {

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  for (char& letter : small) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return small;
}

std::optional<std::string_view> cast_target(std::string_view type) {
  constexpr std::array k_types = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"VARCHAR", "text"},          {"TEXT", "text"},
      {"STRING", "text"},           {"CHAR", "text"},
      {"DOUBLE", "number"},         {"FLOAT", "number"},
      {"FLOAT4", "number"},         {"FLOAT8", "number"},
      {"REAL", "number"},           {"DECIMAL", "number"},
      {"NUMERIC", "number"},        {"INTEGER", "whole number"},
      {"INT", "whole number"},      {"INT4", "whole number"},
      {"INT8", "whole number"},     {"BIGINT", "whole number"},
      {"SMALLINT", "whole number"}, {"TINYINT", "whole number"},
      {"LONG", "whole number"},     {"DATE", "date"},
      {"TIMESTAMP", "moment"},      {"DATETIME", "moment"},
      {"BOOLEAN", "truth"},         {"BOOL", "truth"},
  });
  const auto* found = std::ranges::find_if(k_types, [type](const auto& known) { return known.first == type; });
  return found == k_types.end() ? std::nullopt : std::optional(found->second);
}

std::string spelling_of(const Expression& expression) {
  std::string made = std::to_string(static_cast<int>(expression.op)) + ":";
  if (expression.op == Op::number || expression.op == Op::truth || expression.op == Op::is_truth) {
    made += base::format_double(expression.number);
  }
  const bool is_name = expression.op == Op::name || expression.op == Op::lambda;
  const std::string text = is_name ? in_small_letters(expression.text) : expression.text;
  made += std::to_string(text.size()) + "'" + text;
  if (!expression.qualifier.empty()) made += "." + in_small_letters(expression.qualifier);
  made += "(";
  for (const Expression& part : expression.parts) made += spelling_of(part) + ",";
  return made + ")";
}

}  // namespace throughline::linkage::splink
