#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "linkage/splink/binder.h"

namespace throughline::linkage::splink {

namespace {

base::Error function_fault(const std::string& what, const std::string& where, const std::string& remedy) {
  return {
      .kind = base::ErrorKind::bad_command, .code = "splink_function", .what = what, .where = where, .remedy = remedy};
}

// Functions whose answer is one of their arguments: what one of them is, all are.
bool gives_an_argument(const Function& function) {
  constexpr std::array<std::string_view, 5> k_names{"coalesce", "greatest", "least", "nullif", "if"};
  return std::ranges::find(k_names, function.name) != k_names.end();
}

// DuckDB and Spark call two functions by one name, which take their arguments in opposite orders.
std::string own_name(const Expression& call) {
  if (call.text == "datediff") return call.parts.size() == 2 ? "days_between" : "date_diff";
  if (call.text == "date" && call.parts.size() == 1) return "cast to date";
  return call.text;
}

std::string counted(const Arity& arity) {
  if (arity.most > 100) return "at least " + std::to_string(arity.least);
  if (arity.least == arity.most) return std::to_string(arity.least);
  return std::to_string(arity.least) + " to " + std::to_string(arity.most);
}

}  // namespace

base::Error Binder::unknown_function(const std::string& name, const BindPlace& place) const {
  const auto nearest = base::nearest_name(name, function_names());
  return function_fault("the function '" + name + "' is not known", place.where,
                        nearest.has_value() ? "Did you mean '" + *nearest + "'?"
                                            : "Prepare its answer as a column of the data, and compare that.");
}

base::Result<void> Binder::bind_constant(const Expression& argument, char letter, const BindPlace& place,
                                         Step& call) const {
  if (argument.op != Op::text) {
    return function_fault("'" + std::string(call.function->name) + "' needs text in quotes where it is given a value",
                          place.where, "Write the pattern or form in the condition itself.");
  }
  const auto placed = [&place](base::Error error) {
    error.where = place.where;
    return error;
  };
  if (letter == 'D') {
    if (argument.text == "epoch" || date_part_named(argument.text).has_value()) return {};
    return function_fault("'" + argument.text + "' is no part of a date", place.where,
                          "Write day, week, month, quarter, year, hour, minute or second.");
  }
  if (letter == 'P') {
    auto pattern = Pattern::compile(argument.text);
    if (!pattern.ok()) return placed(std::move(pattern).error());
    call.pattern = std::make_shared<const Pattern>(std::move(pattern).value());
    return {};
  }
  auto form =
      dialect_ == Dialect::spark ? MomentForm::from_spark(argument.text) : MomentForm::from_strptime(argument.text);
  if (!form.ok()) return placed(std::move(form).error());
  call.form = std::make_shared<const MomentForm>(std::move(form).value());
  return {};
}

base::Result<Step> Binder::bind_arguments(const Expression& expression, const Scope& scope, const Function& function) {
  Step step{.does = Step::Does::call, .function = &function, .gives = function.gives};
  for (std::size_t i = 0; i < expression.parts.size(); ++i) {
    const char letter = letter_taken(function, i);
    if (letter == 'P' || letter == 'F' || letter == 'D') {
      TRY(bind_constant(expression.parts[i], letter, *scope.place, step));
    }
    Step argument = TRY(bind_in(expression.parts[i], scope));
    TRY(ask_kind(argument, kind_taken(letter), *scope.place));
    step.parts.push_back(std::move(argument));
  }
  if (!gives_an_argument(function)) return step;
  const std::size_t first = function.name == "if" ? 1 : 0;
  for (std::size_t i = first; i < step.parts.size(); ++i) {
    if (const Kind kind = kind_of(step.parts[i]); step.gives == Kind::any) step.gives = kind;
  }
  for (std::size_t i = first; i < step.parts.size(); ++i) {
    if (step.gives != Kind::text) TRY(ask_kind(step.parts[i], step.gives, *scope.place));
  }
  return step;
}

base::Result<Step> Binder::bind_call(const Expression& expression, const Scope& scope) {
  const Function* function = find_function(own_name(expression));
  if (function == nullptr) return unknown_function(expression.text, *scope.place);
  const Arity arity = arity_of(*function);
  const std::size_t given = expression.parts.size();
  if (given < arity.least || given > arity.most) {
    return function_fault(
        "'" + expression.text + "' takes " + counted(arity) + " arguments and is given " + std::to_string(given),
        scope.place->where, "Correct the SQL of this level or rule in the model file.");
  }
  if (function->apply == nullptr) return bind_lambda_call(expression, scope, *function);
  Step step = TRY(bind_arguments(expression, scope, *function));
  // Spark counts from 0 in brackets, though not in element_at.
  if (dialect_ == Dialect::spark && expression.text == "element") {
    Step one{.constant = {1.0}, .gives = Kind::number};
    Step shifted{.does = Step::Does::call, .function = find_function("+"), .gives = Kind::number};
    shifted.parts.push_back(std::move(step.parts[1]));
    shifted.parts.push_back(std::move(one));
    step.parts[1] = std::move(shifted);
  }
  return step;
}

}  // namespace throughline::linkage::splink
