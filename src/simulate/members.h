// The accepted sets of parameters, as a file holds them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simulate/priors.h"

namespace throughline::simulate {

struct Member {
  std::int64_t draw = 0;  // Its number among those drawn, from 0.
  Parameters parameters;
};

// A row each: draw, model_version, then the parameters that were drawn, by name.
[[nodiscard]] std::string members_csv(const std::vector<Member>& members, const std::vector<Prior>& priors);

// Parameters without a column are as given; one with a column that the cards set to something else than the built-in
// value is refused, for the members would take its place: "option_unused". Other errors, with the line:
// "ensemble_malformed", "name_unknown", "out_of_range" for a value outside its card, "ensemble_version" for members of
// another version of the model, "ensemble_empty".
[[nodiscard]] base::Result<std::vector<Member>> read_members(std::string_view text, std::string_view file,
                                                             const std::vector<ParameterCard>& cards);

// Which parameters a file has a column for, in its order. Errors: "ensemble_malformed", "name_unknown".
[[nodiscard]] base::Result<std::vector<std::size_t>> member_parameters(std::string_view text, std::string_view file);

// Those of data/simulate/ensemble.csv. The same errors.
[[nodiscard]] base::Result<std::vector<Member>> built_in_members(const std::vector<ParameterCard>& cards);

}  // namespace throughline::simulate
