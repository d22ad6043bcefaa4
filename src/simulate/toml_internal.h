// TOML read with the line in every error, for this module's sources only.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simulate/world_file.h"

namespace throughline::simulate {

// A TOML text and what it is called in errors.
struct TomlText {
  std::string_view text;
  std::string_view name;

  // "scenario.toml line 7".
  [[nodiscard]] std::string place(const toml::node& node) const;
};

[[nodiscard]] base::Result<toml::table> parsed_toml(const TomlText& source);

// The error "name_unknown" for a name that is none of those known, with the nearest.
[[nodiscard]] base::Error unknown_name(std::string_view what, std::string_view name, std::vector<std::string> known,
                                       std::string where);

// The key itself knows its line even where its value does not say what it should.
[[nodiscard]] base::Result<void> check_keys(const TomlText& source, const toml::table& table,
                                            const std::vector<std::string>& known);

// A number within limits, or `missing` where there is none. Errors: "not_a_number", "out_of_range", "value_missing".
struct NumberWanted {
  std::string_view key;
  double low = 0;
  double high = 0;
  std::optional<double> missing{};
};
[[nodiscard]] base::Result<double> number_in(const TomlText& source, const toml::table& table,
                                             const NumberWanted& wanted);

// The same of a whole number. Error "not_whole" too.
[[nodiscard]] base::Result<std::int64_t> whole_in(const TomlText& source, const toml::table& table,
                                                  const NumberWanted& wanted);

// Text, or empty where there is none. Error "not_text".
[[nodiscard]] base::Result<std::string> text_in(const TomlText& source, const toml::table& table, std::string_view key);

// The tables of [[key]], none where the key is not there. Error "tables_malformed" where it holds anything else.
[[nodiscard]] base::Result<std::vector<const toml::table*>> tables_in(const TomlText& source, const toml::table& table,
                                                                      std::string_view key);

// The list under the key; null where the key is not there. Error "not_a_list" where it holds anything else.
[[nodiscard]] base::Result<const toml::array*> list_in(const TomlText& source, const toml::table& table,
                                                       std::string_view key);

// True or false, the latter where the key is not there. Error "not_true_or_false".
[[nodiscard]] base::Result<bool> truth_in(const TomlText& source, const toml::table& table, std::string_view key);

// A scenario's text, and the run it is for.
struct ScenarioText {
  const TomlText& source;
  const World& world;
  std::int32_t days = 0;
};

// As read_scenario, from a table of a larger file; without a name it is called `otherwise`.
[[nodiscard]] base::Result<Scenario> scenario_in(const ScenarioText& text, const toml::table& table,
                                                 std::string_view otherwise);

}  // namespace throughline::simulate
