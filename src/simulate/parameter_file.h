// The file of parameters: each with its unit, its range, its source, and rivals where sources do not agree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simulate/parameters.h"

namespace throughline::simulate {

struct RivalValue {
  double value = 0;
  std::string source;
};

// What is said of one parameter. Without a source of its own `source` is "assumption".
struct ParameterCard {
  std::string name;
  double value = 0;
  double low = 0;
  double high = 0;
  std::string unit;
  std::string source;
  std::string note;
  std::vector<RivalValue> rivals;  // None, or two and more.

  [[nodiscard]] bool is_assumption() const { return source == "assumption"; }
};

// In the order of parameter_names(). Errors, with the line: those of TOML; "name_unknown"; "value_missing" for a
// parameter or a part of its card that is not there; "out_of_range"; "not_a_number"; "not_text".
[[nodiscard]] base::Result<std::vector<ParameterCard>> read_cards(std::string_view text, std::string_view file);
// Those carried in the program.
[[nodiscard]] std::vector<ParameterCard> built_in_cards();

// As people write it: 800000, not 8e+05.
[[nodiscard]] std::string plain_number(double value);

[[nodiscard]] Parameters values_of(const std::vector<ParameterCard>& cards);

// The cards with the values of a user's file in place of their own: `line.closing_probability = 0.9`, or a table of the
// group. Errors, with the line: "name_unknown" with the nearest; "out_of_range"; "not_a_number".
[[nodiscard]] base::Result<std::vector<ParameterCard>> with_values(std::vector<ParameterCard> cards,
                                                                   std::string_view text, std::string_view file);

}  // namespace throughline::simulate
