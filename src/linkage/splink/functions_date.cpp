#include <array>

#include "linkage/splink/functions.h"

namespace throughline::linkage::splink {

namespace {

using Arguments = std::span<const Value>;

constexpr double k_microseconds = 1e6;

Moment moment_at(Arguments arguments, std::size_t place) {
  return *arguments[place].as<Moment>();
}

Value epoch(Arguments arguments, CallContext&) {
  return {static_cast<double>(moment_at(arguments, 0).microseconds) / k_microseconds};
}

Value date_difference(Arguments arguments, CallContext&) {
  const auto part = date_part_named(*arguments[0].as<std::string_view>());
  if (!part.has_value()) return {Failed{}};
  return {static_cast<double>(borders_between(*part, moment_at(arguments, 1), moment_at(arguments, 2)))};
}

// Spark's datediff: the end comes first.
Value days_between(Arguments arguments, CallContext&) {
  return {static_cast<double>(borders_between(DatePart::day, moment_at(arguments, 1), moment_at(arguments, 0)))};
}

Value date_part(Arguments arguments, CallContext& context) {
  const std::string_view name = *arguments[0].as<std::string_view>();
  if (name == "epoch") return epoch(arguments.subspan(1), context);
  const auto part = date_part_named(name);
  if (!part.has_value()) return {Failed{}};
  return {static_cast<double>(part_of(*part, moment_at(arguments, 1)))};
}

template <DatePart part>
Value named_part(Arguments arguments, CallContext&) {
  return {static_cast<double>(part_of(part, moment_at(arguments, 0)))};
}

Value read_or(Arguments arguments, const CallContext& context, Value otherwise) {
  const std::string_view text = *arguments[0].as<std::string_view>();
  const auto moment = context.form == nullptr ? read_moment(text) : context.form->read(text);
  return moment.has_value() ? Value{*moment} : otherwise;
}
Value read_by_form(Arguments arguments, CallContext& context) {
  return read_or(arguments, context, {Failed{}});
}
Value try_by_form(Arguments arguments, CallContext& context) {
  return read_or(arguments, context, {Missing{}});
}
// Spark gives nothing for what it cannot read.
Value try_date(Arguments arguments, CallContext& context) {
  const Value read = read_or(arguments, context, {Missing{}});
  const auto* moment = read.as<Moment>();
  return moment == nullptr ? read : Value{day_of(*moment)};
}
Value try_seconds(Arguments arguments, CallContext& context) {
  if (arguments[0].as<Moment>() != nullptr) return epoch(arguments, context);
  if (arguments[0].as<std::string_view>() == nullptr) return {Failed{}};
  const Value read = read_or(arguments, context, {Missing{}});
  const auto* moment = read.as<Moment>();
  return moment == nullptr ? read : Value{static_cast<double>(moment->microseconds) / k_microseconds};
}

Value months(Arguments arguments, CallContext&) {
  return {months_between(moment_at(arguments, 0), moment_at(arguments, 1))};
}

constexpr auto k_functions = std::to_array<Function>({
    {"date_diff", "Dmm", Kind::number, date_difference},
    {"date_part", "Dm", Kind::number, date_part},
    {"day", "m", Kind::number, named_part<DatePart::day>},
    {"days_between", "mm", Kind::number, days_between},
    {"epoch", "m", Kind::number, epoch},
    {"hour", "m", Kind::number, named_part<DatePart::hour>},
    {"minute", "m", Kind::number, named_part<DatePart::minute>},
    {"month", "m", Kind::number, named_part<DatePart::month>},
    {"months_between", "mm", Kind::number, months},
    {"second", "m", Kind::number, named_part<DatePart::second>},
    {"strptime", "tF", Kind::moment, read_by_form},
    {"to_date", "t?F", Kind::moment, try_date},
    {"to_timestamp", "t?F", Kind::moment, try_by_form},
    {"try_strptime", "tF", Kind::moment, try_by_form},
    {"try_to_timestamp", "t?F", Kind::moment, try_by_form},
    {"unix_timestamp", "a?F", Kind::number, try_seconds},
    {"year", "m", Kind::number, named_part<DatePart::year>},
});

}  // namespace

std::span<const Function> date_functions() {
  return k_functions;
}

}  // namespace throughline::linkage::splink
