#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/portable_math.h"
#include "linkage/splink/functions.h"

namespace throughline::linkage::splink {

namespace {

using Arguments = std::span<const Value>;

double number_at(Arguments arguments, std::size_t place) {
  return *arguments[place].as<double>();
}

// The number, or where DuckDB would have stopped: failed.
Value number_if(bool is_defined, double number) {
  return is_defined ? Value{number} : Value{Failed{}};
}

Value add(Arguments arguments, CallContext&) {
  return {number_at(arguments, 0) + number_at(arguments, 1)};
}
Value subtract(Arguments arguments, CallContext&) {
  return {number_at(arguments, 0) - number_at(arguments, 1)};
}
Value multiply(Arguments arguments, CallContext&) {
  return {number_at(arguments, 0) * number_at(arguments, 1)};
}
Value divide(Arguments arguments, CallContext&) {
  return {number_at(arguments, 0) / number_at(arguments, 1)};
}
Value divide_whole(Arguments arguments, CallContext&) {
  if (number_at(arguments, 1) == 0) return {Missing{}};
  return {std::trunc(number_at(arguments, 0) / number_at(arguments, 1))};
}
Value remainder(Arguments arguments, CallContext&) {
  if (number_at(arguments, 1) == 0) return {Missing{}};
  return {std::fmod(number_at(arguments, 0), number_at(arguments, 1))};
}
Value negate(Arguments arguments, CallContext&) {
  return {-number_at(arguments, 0)};
}
Value absolute(Arguments arguments, CallContext&) {
  return {std::fabs(number_at(arguments, 0))};
}
Value round_up(Arguments arguments, CallContext&) {
  return {std::ceil(number_at(arguments, 0))};
}
Value round_down(Arguments arguments, CallContext&) {
  return {std::floor(number_at(arguments, 0))};
}
Value round_off(Arguments arguments, CallContext&) {
  if (arguments.size() == 1) return {std::round(number_at(arguments, 0))};
  double scale = 1;
  const double digits = std::clamp(number_at(arguments, 1), -300.0, 300.0);
  for (int i = 0; i < static_cast<int>(std::fabs(digits)); ++i) scale *= 10;
  const double number = number_at(arguments, 0);
  const double rounded = digits < 0 ? std::round(number / scale) * scale : std::round(number * scale) / scale;
  return {std::isfinite(rounded) ? rounded : number};
}
Value square_root(Arguments arguments, CallContext&) {
  const double number = number_at(arguments, 0);
  return number_if(!(number < 0), std::sqrt(number));
}
Value power(Arguments arguments, CallContext&) {
  return {std::pow(number_at(arguments, 0), number_at(arguments, 1))};
}
Value exponential(Arguments arguments, CallContext&) {
  return {base::portable_exp(number_at(arguments, 0))};
}
Value natural_logarithm(Arguments arguments, CallContext&) {
  const double number = number_at(arguments, 0);
  return number_if(number > 0, base::portable_log(number));
}
Value binary_logarithm(Arguments arguments, CallContext&) {
  const double number = number_at(arguments, 0);
  return number_if(number > 0, base::portable_log(number) * std::numbers::log2e);
}
Value decimal_logarithm(Arguments arguments, CallContext&) {
  const double number = number_at(arguments, 0);
  return number_if(number > 0, base::portable_log(number) * std::numbers::log10e);
}
Value sine(Arguments arguments, CallContext&) {
  return number_if(std::isfinite(number_at(arguments, 0)), std::sin(number_at(arguments, 0)));
}
Value cosine(Arguments arguments, CallContext&) {
  return number_if(std::isfinite(number_at(arguments, 0)), std::cos(number_at(arguments, 0)));
}
Value tangent(Arguments arguments, CallContext&) {
  return number_if(std::isfinite(number_at(arguments, 0)), std::tan(number_at(arguments, 0)));
}
Value arc_sine(Arguments arguments, CallContext&) {
  const double number = number_at(arguments, 0);
  return number_if(!(std::fabs(number) > 1), std::asin(number));
}
Value arc_cosine(Arguments arguments, CallContext&) {
  const double number = number_at(arguments, 0);
  return number_if(!(std::fabs(number) > 1), std::acos(number));
}
Value arc_tangent(Arguments arguments, CallContext&) {
  return {std::atan(number_at(arguments, 0))};
}
Value arc_tangent_of_two(Arguments arguments, CallContext&) {
  return {std::atan2(number_at(arguments, 0), number_at(arguments, 1))};
}
Value radians(Arguments arguments, CallContext&) {
  return {number_at(arguments, 0) * (std::numbers::pi / 180.0)};
}
Value degrees(Arguments arguments, CallContext&) {
  return {number_at(arguments, 0) * (180.0 / std::numbers::pi)};
}
Value circle(Arguments, CallContext&) {
  return {std::numbers::pi};
}

Value first_present(Arguments arguments, CallContext&) {
  for (const Value& argument : arguments) {
    if (!argument.is_missing()) return argument;
  }
  return {Missing{}};
}

Value missing_if_equal(Arguments arguments, CallContext&) {
  if (arguments[0].is_failed() || arguments[1].is_failed()) return {Failed{}};
  const auto standing = compare(arguments[0], arguments[1]);
  if (std::holds_alternative<Failed>(standing)) return {Failed{}};
  const auto* order = std::get_if<Order>(&standing);
  return order != nullptr && *order == Order::equal ? Value{Missing{}} : arguments[0];
}

// The one of those present to which all others stand in this order or equal.
Value extreme(Arguments arguments, Order wanted) {
  Value best;
  for (const Value& argument : arguments) {
    if (argument.is_failed()) return argument;
    if (argument.is_missing()) continue;
    if (best.is_missing()) {
      best = argument;
      continue;
    }
    const auto standing = compare(best, argument);
    const auto* order = std::get_if<Order>(&standing);
    if (order == nullptr) return {Failed{}};
    if (*order == wanted) best = argument;
  }
  return best;
}
Value greatest(Arguments arguments, CallContext&) {
  return extreme(arguments, Order::less);
}
Value least(Arguments arguments, CallContext&) {
  return extreme(arguments, Order::greater);
}
Value choose(Arguments arguments, CallContext&) {
  if (arguments[0].is_failed()) return {Failed{}};
  return arguments[0].is_true() ? arguments[1] : arguments[2];
}

constexpr auto k_functions = std::to_array<Function>({
    {"+", "nn", Kind::number, add},
    {"-", "nn", Kind::number, subtract},
    {"*", "nn", Kind::number, multiply},
    {"/", "nn", Kind::number, divide},
    {"//", "nn", Kind::number, divide_whole},
    {"%", "nn", Kind::number, remainder},
    {"negate", "n", Kind::number, negate},
    {"abs", "n", Kind::number, absolute},
    {"acos", "n", Kind::number, arc_cosine},
    {"asin", "n", Kind::number, arc_sine},
    {"atan", "n", Kind::number, arc_tangent},
    {"atan2", "nn", Kind::number, arc_tangent_of_two},
    {"ceil", "n", Kind::number, round_up},
    {"coalesce", "a*", Kind::any, first_present, Spreads::nothing},
    {"cos", "n", Kind::number, cosine},
    {"degrees", "n", Kind::number, degrees},
    {"exp", "n", Kind::number, exponential},
    {"floor", "n", Kind::number, round_down},
    {"greatest", "a*", Kind::any, greatest, Spreads::nothing},
    {"if", "baa", Kind::any, choose, Spreads::nothing},
    {"least", "a*", Kind::any, least, Spreads::nothing},
    {"ln", "n", Kind::number, natural_logarithm},
    {"log10", "n", Kind::number, decimal_logarithm},
    {"log2", "n", Kind::number, binary_logarithm},
    {"nullif", "aa", Kind::any, missing_if_equal, Spreads::nothing},
    {"pi", "", Kind::number, circle},
    {"power", "nn", Kind::number, power},
    {"radians", "n", Kind::number, radians},
    {"round", "n?n", Kind::number, round_off},
    {"sin", "n", Kind::number, sine},
    {"sqrt", "n", Kind::number, square_root},
    {"tan", "n", Kind::number, tangent},
});

}  // namespace

std::span<const Function> number_functions() {
  return k_functions;
}

}  // namespace throughline::linkage::splink
