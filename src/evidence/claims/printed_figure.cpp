#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "evidence/claims/claim.h"

namespace throughline::evidence {

namespace {

constexpr double k_slack = 1e-9;  // Of representation, so that 2.65 rounds to 2.7 whichever way it is held.

double power_of_ten(int exponent) {
  double power = 1;
  for (int i = 0; i < std::abs(exponent); ++i) power *= 10;
  return exponent < 0 ? 1 / power : power;
}

// The unit of the last digit that was not rounded away: 34,000 is to the thousand. At least two digits are kept.
double rounding_unit(double value, const FigureShape& shape) {
  if (shape.decimals > 0) return power_of_ten(-shape.decimals);
  if (!shape.is_count || std::abs(value) < 1000) return 1;
  double unit = 1;
  while (std::abs(value) >= unit * 100 && std::fmod(value, unit * 10) == 0) unit *= 10;
  return unit;
}

PrintedFigure qualified(double value, double half, FigureQualifier qualifier) {
  constexpr double k_far = std::numeric_limits<double>::infinity();
  const double sign = value < 0 ? -1 : 1;
  const double size = std::abs(value);
  PrintedFigure figure;
  switch (qualifier) {
    case FigureQualifier::none: figure = {size - half, size + half, false, false, {}}; break;
    case FigureQualifier::more_than: figure = {size, k_far, true, false, {}}; break;
    case FigureQualifier::less_than: figure = {0, size, false, true, {}}; break;
    case FigureQualifier::at_least: figure = {size, k_far, false, false, {}}; break;
    case FigureQualifier::at_most: figure = {0, size, false, false, {}}; break;
    case FigureQualifier::about:
      figure = {size - std::max(half, size * 0.05), size + std::max(half, size * 0.05), false, false, {}};
      break;
    case FigureQualifier::almost: figure = {size * 0.85, size, false, true, {}}; break;
  }
  if (sign > 0) return figure;
  return {-figure.high, -figure.low, figure.is_high_open, figure.is_low_open, {}};
}

}  // namespace

bool PrintedFigure::allows(double value) const {
  const double slack = k_slack * std::max(1.0, std::abs(value));
  const bool is_above = is_low_open ? value > low + slack : value >= low - slack;
  const bool is_below = is_high_open ? value < high - slack : value <= high + slack;
  return is_above && is_below;
}

double PrintedFigure::middle() const {
  if (std::isinf(low)) return high;
  return std::isinf(high) ? low : (low + high) / 2;
}

PrintedFigure printed_figure(double value, FigureShape shape, std::string words) {
  PrintedFigure figure = qualified(value, rounding_unit(value, shape) / 2, shape.qualifier);
  figure.words = std::move(words);
  return figure;
}

PrintedFigure printed_ratio(double ratio, FigureQualifier qualifier, std::string words) {
  constexpr double k_width = 0.025;
  PrintedFigure figure = qualified(ratio, ratio * k_width, qualifier);
  if (ratio < 1 && qualifier == FigureQualifier::more_than) figure = {0, ratio, false, true, {}};  // More than halved.
  figure.low = (figure.low - 1) * 100;
  figure.high = (figure.high - 1) * 100;
  figure.words = std::move(words);
  return figure;
}

}  // namespace throughline::evidence
