#include <array>
#include <cmath>

#include "linkage/splink/functions.h"

namespace throughline::linkage::splink {

namespace {

using Arguments = std::span<const Value>;

Value to_text(Arguments arguments, CallContext& context) {
  if (arguments[0].as<std::string_view>() != nullptr) return arguments[0];
  return {context.arena.keep(text_of(arguments[0]))};
}

Value to_number(Arguments arguments, CallContext&) {
  if (const auto* truth = arguments[0].as<bool>()) return {*truth ? 1.0 : 0.0};
  if (arguments[0].as<double>() != nullptr) return arguments[0];
  const auto* text = arguments[0].as<std::string_view>();
  const auto number = text == nullptr ? std::nullopt : read_number(*text);
  return number.has_value() ? Value{*number} : Value{Failed{}};
}

Value to_whole_number(Arguments arguments, CallContext& context) {
  const Value number = to_number(arguments, context);
  const auto* value = number.as<double>();
  if (value == nullptr) return number;
  return std::isfinite(*value) ? Value{std::round(*value)} : Value{Failed{}};
}

Value to_moment(Arguments arguments, CallContext&) {
  if (arguments[0].as<Moment>() != nullptr) return arguments[0];
  const auto* text = arguments[0].as<std::string_view>();
  const auto moment = text == nullptr ? std::nullopt : read_moment(*text);
  return moment.has_value() ? Value{*moment} : Value{Failed{}};
}

Value to_date(Arguments arguments, CallContext&) {
  if (const auto* moment = arguments[0].as<Moment>()) return {day_of(*moment)};
  const auto* text = arguments[0].as<std::string_view>();
  const auto date = text == nullptr ? std::nullopt : read_date(*text);
  return date.has_value() ? Value{*date} : Value{Failed{}};
}

Value to_truth(Arguments arguments, CallContext&) {
  if (arguments[0].as<bool>() != nullptr) return arguments[0];
  if (const auto* number = arguments[0].as<double>()) return {*number != 0};
  const auto* text = arguments[0].as<std::string_view>();
  if (text == nullptr) return {Failed{}};
  for (const std::string_view yes : {"true", "True", "TRUE", "t", "T", "1", "yes", "y"}) {
    if (*text == yes) return {true};
  }
  for (const std::string_view no : {"false", "False", "FALSE", "f", "F", "0", "no", "n"}) {
    if (*text == no) return {false};
  }
  return {Failed{}};
}

// The same cast with a missing value where it fails.
template <Apply cast>
Value tried(Arguments arguments, CallContext& context) {
  const Value made = cast(arguments, context);
  return made.is_failed() ? Value{Missing{}} : made;
}

constexpr auto k_functions = std::to_array<Function>({
    {"cast to date", "a", Kind::moment, to_date},
    {"cast to moment", "a", Kind::moment, to_moment},
    {"cast to number", "a", Kind::number, to_number},
    {"cast to text", "a", Kind::text, to_text},
    {"cast to truth", "a", Kind::truth, to_truth},
    {"cast to whole number", "a", Kind::number, to_whole_number},
    {"try cast to date", "a", Kind::moment, tried<to_date>},
    {"try cast to moment", "a", Kind::moment, tried<to_moment>},
    {"try cast to number", "a", Kind::number, tried<to_number>},
    {"try cast to text", "a", Kind::text, tried<to_text>},
    {"try cast to truth", "a", Kind::truth, tried<to_truth>},
    {"try cast to whole number", "a", Kind::number, tried<to_whole_number>},
});

}  // namespace

std::span<const Function> cast_functions() {
  return k_functions;
}

}  // namespace throughline::linkage::splink
