#include "simulate/parameter_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "simulate/built_in.h"
#include "simulate/parameter_names.h"
#include "simulate/toml_internal.h"

namespace throughline::simulate {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr double k_any = 1e300;

std::vector<std::string> all_names() {
  std::vector<std::string> names;
  for (const ParameterName& name : parameter_names()) names.emplace_back(name.name);
  return names;
}

std::size_t index_named(std::string_view name) {
  const auto names = parameter_names();
  return static_cast<std::size_t>(std::ranges::find(names, name, &ParameterName::name) - names.begin());
}

Result<std::vector<RivalValue>> rivals_in(const TomlText& source, const toml::table& table) {
  std::vector<RivalValue> rivals;
  const toml::array* array = TRY(list_in(source, table, "rivals"));
  if (array == nullptr) return rivals;
  for (const toml::node& node : *array) {
    const toml::table* rival = node.as_table();
    if (rival == nullptr) {
      return Error{ErrorKind::bad_command, "value_missing", "A rival is not a table", source.place(node),
                   "Write it as { value = 1, source = \"…\" }"};
    }
    rivals.push_back({.value = TRY(number_in(source, *rival, {.key = "value", .low = -k_any, .high = k_any})),
                      .source = TRY(text_in(source, *rival, "source"))});
  }
  return rivals;
}

Result<ParameterCard> card_in(const TomlText& source, const std::string& name, const toml::table& table) {
  TRY(check_keys(source, table, {"value", "low", "high", "unit", "source", "note", "rivals"}));
  ParameterCard card;
  card.name = name;
  card.low = TRY(number_in(source, table, {.key = "low", .low = -k_any, .high = k_any}));
  card.high = TRY(number_in(source, table, {.key = "high", .low = card.low, .high = k_any}));
  card.value = TRY(number_in(source, table, {.key = "value", .low = card.low, .high = card.high}));
  card.unit = TRY(text_in(source, table, "unit"));
  card.source = TRY(text_in(source, table, "source"));
  card.note = TRY(text_in(source, table, "note"));
  card.rivals = TRY(rivals_in(source, table));
  if (card.unit.empty() || card.source.empty()) {
    return Error{ErrorKind::bad_command, "value_missing", fmt::format("{} has no unit or no source", name),
                 source.place(table), "Say both; a figure without a source is an assumption"};
  }
  return card;
}

// Calls each(name, node) for every group.key of the file, in its order.
template <class Each>
Result<void> for_each_name(const TomlText& source, const toml::table& root, const Each& each) {
  const std::vector<std::string> names = all_names();
  for (const auto& [group, node] : root) {
    const toml::table* table = node.as_table();
    const std::string place = fmt::format("{} line {}", source.name, group.source().begin.line);
    if (table == nullptr) return unknown_name("parameter", group.str(), names, place);
    for (const auto& [key, value] : *table) {
      const std::string name = fmt::format("{}.{}", group.str(), key.str());
      if (std::ranges::find(names, name) == names.end()) {
        return unknown_name("parameter", name, names, fmt::format("{} line {}", source.name, key.source().begin.line));
      }
      TRY(each(name, *table, value));
    }
  }
  return {};
}

}  // namespace

Result<std::vector<ParameterCard>> read_cards(std::string_view text, std::string_view file) {
  const TomlText source{text, file};
  const toml::table root = TRY(parsed_toml(source));
  std::vector<ParameterCard> cards(parameter_names().size());
  TRY(for_each_name(source, root, [&](const std::string& name, const toml::table&, const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      return Result<void>(Error{ErrorKind::bad_command, "value_missing", fmt::format("{} is not a table", name),
                                source.place(node), "Give it value, low, high, unit and source"});
    }
    Result<ParameterCard> card = card_in(source, name, *table);
    if (!card.ok()) return Result<void>(std::move(card).error());
    cards[index_named(name)] = std::move(card).value();
    return Result<void>();
  }));
  for (std::size_t i = 0; i < cards.size(); ++i) {
    if (cards[i].name.empty()) {
      return Error{ErrorKind::bad_command, "value_missing", fmt::format("{} is missing", parameter_names()[i].name),
                   std::string(file), "Give it value, low, high, unit and source"};
    }
  }
  return cards;
}

std::vector<ParameterCard> built_in_cards() {
  return read_cards(built_in_file("parameters.toml"), "parameters.toml").value();
}

std::string plain_number(double value) {
  constexpr double k_whole_most = 1e15;
  const bool is_whole = std::floor(value) == value && std::abs(value) < k_whole_most;
  return is_whole ? base::format_fixed(value, 0) : base::format_double(value);
}

Parameters values_of(const std::vector<ParameterCard>& cards) {
  CHECK(cards.size() == parameter_names().size());
  Parameters parameters;
  for (std::size_t i = 0; i < cards.size(); ++i) parameters.*parameter_names()[i].member = cards[i].value;
  return parameters;
}

Result<std::vector<ParameterCard>> with_values(std::vector<ParameterCard> cards, std::string_view text,
                                               std::string_view file) {
  const TomlText source{text, file};
  const toml::table root = TRY(parsed_toml(source));
  TRY(for_each_name(source, root, [&](const std::string& name, const toml::table& table, const toml::node&) {
    ParameterCard& card = cards[index_named(name)];
    const std::string key = name.substr(name.find('.') + 1);
    const Result<double> value = number_in(source, table, {.key = key, .low = card.low, .high = card.high});
    if (!value.ok()) return Result<void>(value.error());
    card.value = value.value();
    return Result<void>();
  }));
  return cards;
}

}  // namespace throughline::simulate
