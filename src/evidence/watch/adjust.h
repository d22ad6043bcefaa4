// Many tests at once.
#pragma once

#include <span>
#include <vector>

namespace throughline::evidence {

// The smallest rate of false discoveries at which each would be one (Benjamini and Hochberg 1995), in the order given.
// Holds for independent and for positively dependent tests.
[[nodiscard]] std::vector<double> false_discovery_rates(std::span<const double> probabilities);

}  // namespace throughline::evidence
