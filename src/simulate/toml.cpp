#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"
#include "simulate/parameter_file.h"
#include "simulate/toml_internal.h"

namespace throughline::simulate {

using base::Error;
using base::ErrorKind;
using base::Result;

std::string TomlText::place(const toml::node& node) const {
  return fmt::format("{} line {}", name, node.source().begin.line);
}

Result<toml::table> parsed_toml(const TomlText& source) {
  try {
    return toml::parse(source.text);
  } catch (const toml::parse_error& error) {
    return Error{ErrorKind::bad_command, "toml_malformed", fmt::format("This is not TOML: {}", error.description()),
                 fmt::format("{} line {}", source.name, error.source().begin.line), "Mend the line"};
  }
}

Error unknown_name(std::string_view what, std::string_view name, std::vector<std::string> known, std::string where) {
  const auto nearest = base::nearest_name(name, known);
  constexpr std::size_t k_listed_most = 16;
  std::string remedy = "See throughline simulate describe for those there are";
  if (known.size() <= k_listed_most) remedy = fmt::format("Known are: {}", fmt::join(known, ", "));
  if (nearest) remedy = fmt::format("Did you mean {}?", *nearest);
  return {ErrorKind::bad_command, "name_unknown", fmt::format("There is no {} {}", what, name), std::move(where),
          remedy};
}

Result<void> check_keys(const TomlText& source, const toml::table& table, const std::vector<std::string>& known) {
  for (const auto& [key, node] : table) {
    if (std::ranges::find(known, key.str()) == known.end()) {
      return unknown_name("setting", key.str(), known, fmt::format("{} line {}", source.name, key.source().begin.line));
    }
  }
  return {};
}

Result<double> number_in(const TomlText& source, const toml::table& table, const NumberWanted& wanted) {
  const toml::node* node = table.get(wanted.key);
  if (node == nullptr) {
    if (wanted.missing.has_value()) return *wanted.missing;
    return Error{ErrorKind::bad_command, "value_missing", fmt::format("{} is missing", wanted.key), source.place(table),
                 "Give it a number"};
  }
  const std::optional<double> number = node->value<double>();
  if (!number.has_value() || !node->is_number()) {
    return Error{ErrorKind::bad_command, "not_a_number", fmt::format("{} is not a number", wanted.key),
                 source.place(*node), "Write it as 0.7"};
  }
  // Written so that nan is outside too.
  if (!(*number >= wanted.low && *number <= wanted.high)) {
    return Error{ErrorKind::bad_command, "out_of_range",
                 fmt::format("{} is {}, outside {} to {}", wanted.key, plain_number(*number), plain_number(wanted.low),
                             plain_number(wanted.high)),
                 source.place(*node), "Choose a value within these"};
  }
  return *number;
}

Result<std::int64_t> whole_in(const TomlText& source, const toml::table& table, const NumberWanted& wanted) {
  const double number = TRY(number_in(source, table, wanted));
  const auto whole = static_cast<std::int64_t>(number);
  if (static_cast<double>(whole) == number) return whole;
  const toml::node* node = table.get(wanted.key);
  return Error{
      ErrorKind::bad_command, "not_whole", fmt::format("{} is {}, no whole number", wanted.key, plain_number(number)),
      source.place(node == nullptr ? static_cast<const toml::node&>(table) : *node), "Write it without a fraction"};
}

Result<std::string> text_in(const TomlText& source, const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return std::string();
  if (const auto text = node->value<std::string>(); text.has_value() && node->is_string()) return *text;
  return Error{ErrorKind::bad_command, "not_text", fmt::format("{} is not text", key), source.place(*node),
               "Write it in quotes"};
}

Result<std::vector<const toml::table*>> tables_in(const TomlText& source, const toml::table& table,
                                                  std::string_view key) {
  std::vector<const toml::table*> tables;
  const toml::node* node = table.get(key);
  if (node == nullptr) return tables;
  const auto malformed = [&](const toml::node& at) {
    return Error{ErrorKind::bad_command, "tables_malformed", fmt::format("{} is not a list of tables", key),
                 source.place(at), fmt::format("Begin each with a line [[{}]], in two brackets", key)};
  };
  if (node->as_array() == nullptr) return malformed(*node);
  for (const toml::node& element : *node->as_array()) {
    if (element.as_table() == nullptr) return malformed(element);
    tables.push_back(element.as_table());
  }
  return tables;
}

Result<const toml::array*> list_in(const TomlText& source, const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr || node->as_array() != nullptr) {
    return node == nullptr ? nullptr : node->as_array();
  }
  return Error{ErrorKind::bad_command, "not_a_list", fmt::format("{} is not a list", key), source.place(*node),
               "Write it in brackets"};
}

Result<bool> truth_in(const TomlText& source, const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return false;
  if (const toml::value<bool>* truth = node->as_boolean()) return truth->get();
  return Error{ErrorKind::bad_command, "not_true_or_false", fmt::format("{} is neither true nor false", key),
               source.place(*node), "Write true or false, without quotes"};
}

}  // namespace throughline::simulate
