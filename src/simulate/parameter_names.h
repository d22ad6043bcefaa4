// The names of the parameters and where each is kept.
#pragma once

#include <span>
#include <string_view>

#include "simulate/parameters.h"

namespace throughline::simulate {

struct ParameterName {
  std::string_view name;
  double Parameters::* member = nullptr;
};

// In the order of the file.
[[nodiscard]] std::span<const ParameterName> parameter_names();

}  // namespace throughline::simulate
