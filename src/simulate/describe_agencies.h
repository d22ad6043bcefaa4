// How agencies record, as the model's description says it.
#pragma once

#include <string>

#include "simulate/practice.h"

namespace throughline::simulate {

// Markdown: every figure of the practices with its range, unit and source, and every level of noise.
[[nodiscard]] std::string observation_description(const Practices& practices);

}  // namespace throughline::simulate
