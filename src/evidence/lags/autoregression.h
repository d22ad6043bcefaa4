// An autoregression of the order that Akaike's criterion takes, as a filter.
//
// - Source: Burg 1967 (reflection coefficients, stable at any length); Hurvich and Tsai 1989 (the criterion corrected
// for
//   short series).
#pragma once

#include <cstddef>
#include <vector>

namespace throughline::evidence {

struct Autoregression {
  std::vector<double> weights;  // Of the period before, the one before that, and so on. Empty: no memory.
};

// Of values about their mean. The order is at most a quarter of their number, and at most `order_max`.
[[nodiscard]] Autoregression fit_autoregression(const std::vector<double>& values, std::size_t order_max);

// What the autoregression does not foretell, from the period after its order on. Shorter than the values by the order.
[[nodiscard]] std::vector<double> filtered(const std::vector<double>& values, const Autoregression& by);

[[nodiscard]] std::vector<double> about_mean(std::vector<double> values);
[[nodiscard]] std::vector<double> differenced(const std::vector<double>& values);

}  // namespace throughline::evidence
