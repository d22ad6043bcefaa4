#include "simulate/ensemble/displacement.h"

#include <cmath>

namespace throughline::simulate {

std::optional<double> displacement_quotient(const DisplacementCounts& counts) {
  const auto& [before, after] = counts.control;
  if (before == 0 || after == 0) return std::nullopt;
  const double success = counts.treated.after / after - counts.treated.before / before;
  if (success >= 0) return std::nullopt;
  return (counts.beside.after / after - counts.beside.before / before) / success;
}

DisplacementDifference displacement_difference(const DisplacementCounts& counts, const BeforeAfter& control_beside) {
  const auto change = [](const BeforeAfter& place) { return place.after - place.before; };
  const auto sum = [](const BeforeAfter& place) { return place.after + place.before; };
  return {
      .difference = change(counts.treated) - change(counts.control) + change(counts.beside) - change(control_beside),
      .standard_error =
          std::sqrt(sum(counts.treated) + sum(counts.control) + sum(counts.beside) + sum(control_beside))};
}

}  // namespace throughline::simulate
