// What is believed of the parameters before the model is held against anything, and draws from it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simulate/parameter_file.h"
#include "simulate/sensitivity/latin.h"

namespace throughline::simulate {

// A range of values, evenly likely; in the logarithm where all are above nought.
struct PriorPart {
  double low = 0;
  double high = 0;
  double weight = 1;
};

// Of a parameter that is drawn. Several parts where sources are rivals: one of these holds, never a value between them.
struct Prior {
  std::size_t parameter = 0;  // In the order of parameter_names().
  std::vector<PriorPart> parts;
};

// Of every parameter but those that the file keeps as they are and those whose value differs from the built-in one, for
// somebody has set it. Errors, with the line: those of TOML; "name_unknown"; "value_missing"; "out_of_range" for what
// leaves the range of the parameter's card; "weights_malformed".
[[nodiscard]] base::Result<std::vector<Prior>> read_priors(std::string_view text, std::string_view file,
                                                           const std::vector<ParameterCard>& cards);
// Those of data/simulate/priors.toml.
[[nodiscard]] std::vector<Prior> built_in_priors(const std::vector<ParameterCard>& cards);

// The value at a place from 0 to 1 of the prior.
[[nodiscard]] double value_at(const Prior& prior, double place);
// Which part a value is of, counted from 0; the nearest where it is of none.
[[nodiscard]] std::size_t part_of(const Prior& prior, double value);

// The parameters at a point of the unit cube, a coordinate for each prior; the rest as given.
[[nodiscard]] Parameters parameters_at(const Parameters& given, const std::vector<Prior>& priors, const Point& point);

}  // namespace throughline::simulate
