#include "linkage/splink/binder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "linkage/splink/condition_reader.h"

namespace throughline::linkage::splink {

namespace {

constexpr std::size_t k_lambdas_max = 4;

base::Error column_fault(const std::string& what, const std::string& where, const std::string& remedy) {
  return {
      .kind = base::ErrorKind::bad_command, .code = "splink_column", .what = what, .where = where, .remedy = remedy};
}

bool may_become(Kind given, Kind wanted) {
  if (given == wanted || given == Kind::any || wanted == Kind::any) return true;
  return given == Kind::text && (wanted == Kind::number || wanted == Kind::moment);
}

bool is_among(const std::string& name, const std::vector<std::string>& names) {
  return std::ranges::find(names, name) != names.end();
}

// The names in an expression, from front to back, that are no arguments of lambdas within it.
std::vector<const Expression*> free_names(const Expression& expression) {
  struct Open {
    const Expression* expression;
    std::vector<std::string> arguments;
  };
  std::vector<const Expression*> names;
  std::vector<Open> open{{&expression, {}}};
  while (!open.empty()) {
    Open next = std::move(open.back());
    open.pop_back();
    const Expression& inner = *next.expression;
    if (inner.op == Op::lambda) next.arguments.push_back(inner.text);
    if (inner.op == Op::name && !is_among(in_small_letters(inner.text), next.arguments)) names.push_back(&inner);
    for (std::size_t i = inner.parts.size(); i > 0; --i) open.push_back({&inner.parts[i - 1], next.arguments});
  }
  return names;
}

// The same with the names of the columns alone, for the one record that all of them are of.
Expression without_sides(const Expression& expression, const std::vector<std::string>& own_arguments, Naming naming) {
  Expression made = expression;
  std::vector<std::string> arguments = own_arguments;
  if (made.op == Op::lambda) arguments.push_back(made.text);
  const bool is_argument = is_among(in_small_letters(made.text), arguments);
  if (made.op == Op::name && !(is_argument && made.qualifier.empty())) {
    if (naming == Naming::by_ending) made.text.resize(made.text.size() - 2);
    made.qualifier.clear();
  }
  for (Expression& part : made.parts) part = without_sides(part, arguments, naming);
  return made;
}

}  // namespace

bool is_same_name(std::string_view one, std::string_view other) {
  return in_small_letters(one) == in_small_letters(other);
}

Binder::Binder(std::span<const std::string> available, Dialect dialect)
    : available_(available.begin(), available.end()), dialect_(dialect) {}

base::Error Binder::unknown_column(const std::string& name, const std::string& where) const {
  const auto nearest = base::nearest_name(name, available_);
  return column_fault("the model uses the column '" + name + "', which the data do not have", where,
                      nearest.has_value() ? "Did you mean '" + *nearest + "'?"
                                          : "Prepare the data with the columns that the model was trained on.");
}

base::Result<Binder::Named> Binder::named(const Expression& name, const BindPlace& place) const {
  if (place.naming == Naming::by_qualifier) {
    const std::string qualifier = in_small_letters(name.qualifier);
    if (qualifier == "l" || qualifier == "r") {
      return Named{.name = name.text, .side = qualifier == "l" ? Side::left : Side::right};
    }
    return column_fault("the rule names '" + name.text + "' without saying of which record", place.where,
                        "Write l." + name.text + " or r." + name.text + ".");
  }
  const std::string small = in_small_letters(name.text);
  const bool is_left = small.ends_with("_l");
  if (!name.qualifier.empty() || small.size() < 3 || !(is_left || small.ends_with("_r"))) {
    return column_fault("the condition names '" + name.text + "' without saying of which record", place.where,
                        "Write the column's name with _l or _r after it.");
  }
  return Named{.name = name.text.substr(0, name.text.size() - 2), .side = is_left ? Side::left : Side::right};
}

base::Result<std::int32_t> Binder::note_column(const std::string& name, const std::string& where) {
  const auto known = std::ranges::find_if(
      plan_.columns, [&name](const UsedColumn& column) { return is_same_name(column.name, name); });
  if (known != plan_.columns.end()) return static_cast<std::int32_t>(known - plan_.columns.begin());
  const auto found =
      std::ranges::find_if(available_, [&name](const std::string& other) { return is_same_name(other, name); });
  if (found == available_.end()) return unknown_column(name, where);
  plan_.columns.push_back({.name = *found});
  return static_cast<std::int32_t>(plan_.columns.size()) - 1;
}

base::Result<void> Binder::note_columns(const Expression& expression, const BindPlace& place) {
  for (const Expression* name : free_names(expression)) {
    const Named column = TRY(named(*name, place));
    static_cast<void>(TRY(note_column(column.name, place.where)));
  }
  return {};
}

base::Result<Step> Binder::bind(const Expression& expression, const BindPlace& place) {
  return bind_in(expression, {.place = &place});
}

Kind Binder::kind_of(const Step& step) const {
  const bool is_column = step.does == Step::Does::field && static_cast<std::size_t>(step.slot) < plan_.columns.size();
  return is_column ? plan_.columns[static_cast<std::size_t>(step.slot)].kind : step.gives;
}

base::Result<void> Binder::ask_kind(const Step& step, Kind kind, const BindPlace& place) {
  if (kind == Kind::any) return {};
  if (step.does != Step::Does::field || static_cast<std::size_t>(step.slot) >= plan_.columns.size()) {
    if (may_become(step.gives, kind)) return {};
    return column_fault("the condition has " + std::string(kind_name(step.gives)) + " where " +
                            std::string(kind_name(kind)) + " is needed",
                        place.where, "Cast the value, for example with TRY_CAST(… AS DOUBLE).");
  }
  UsedColumn& column = plan_.columns[static_cast<std::size_t>(step.slot)];
  if (column.kind == Kind::any) {
    column.kind = kind;
    column.kind_asked_by = place.where;
  }
  if (column.kind == kind) return {};
  return column_fault("the column '" + column.name + "' is used as " + std::string(kind_name(kind)) + " here and as " +
                          std::string(kind_name(column.kind)) + " at " + column.kind_asked_by,
                      place.where, "Cast it in one of the two, for example with TRY_CAST(… AS DOUBLE).");
}

std::optional<Side> Binder::only_side(const Expression& expression, const Scope& scope) const {
  std::optional<Side> side;
  for (const Expression* name : free_names(expression)) {
    if (is_among(in_small_letters(name->text), scope.arguments)) return {};
    const auto column = named(*name, *scope.place);
    if (!column.ok() || (side.has_value() && *side != column.value().side)) return {};
    side = column.value().side;
  }
  return side;
}

base::Result<Step> Binder::derived(const Expression& expression, Side side, const Scope& scope) {
  const Expression alone = without_sides(expression, {}, scope.place->naming);
  const std::string spelling = spelling_of(alone);
  auto known = derived_slots_.find(spelling);
  if (known == derived_slots_.end()) {
    Step step = TRY(bind_in(alone, {.place = scope.place, .is_one_record = true}));
    const auto slot = static_cast<std::int32_t>(plan_.slots());
    plan_.derived.push_back(std::move(step));
    known = derived_slots_.emplace(spelling, slot).first;
  }
  const std::size_t place = static_cast<std::size_t>(known->second) - plan_.columns.size();
  return Step{.does = Step::Does::field, .side = side, .slot = known->second, .gives = plan_.derived[place].gives};
}

base::Result<Step> Binder::bind_name(const Expression& expression, const Scope& scope) {
  const std::string small = in_small_letters(expression.text);
  if (expression.qualifier.empty()) {
    // The innermost lambda with an argument of that name is meant.
    for (std::size_t i = scope.arguments.size(); i > 0; --i) {
      if (scope.arguments[i - 1] != small) continue;
      return Step{.does = Step::Does::argument, .slot = static_cast<std::int32_t>(i - 1)};
    }
  }
  Named column{.name = expression.text};
  if (!scope.is_one_record) column = TRY(named(expression, *scope.place));
  const std::int32_t slot = TRY(note_column(column.name, scope.place->where));
  return Step{.does = Step::Does::field, .side = column.side, .slot = slot};
}

base::Result<Step> Binder::bind_parts(const Expression& expression, const Scope& scope, Step step) {
  for (const Expression& part : expression.parts) {
    Step bound = TRY(bind_in(part, scope));
    step.parts.push_back(std::move(bound));
  }
  return step;
}

base::Result<Step> Binder::bind_compare(const Expression& expression, const Scope& scope) {
  using Test = Step::Test;
  constexpr std::array k_tests = std::to_array<std::pair<std::string_view, Test>>({
      {"=", Test::equal},
      {"<>", Test::not_equal},
      {"<", Test::less},
      {"<=", Test::less_or_equal},
      {">", Test::greater},
      {">=", Test::greater_or_equal},
      {"same", Test::same},
  });
  Step step = TRY(bind_parts(expression, scope, {.does = Step::Does::compare, .gives = Kind::truth}));
  const auto* found = std::ranges::find_if(k_tests, [&](const auto& known) { return known.first == expression.text; });
  CHECK(found != k_tests.end());
  step.test = found->second;
  for (const std::size_t place : {std::size_t{0}, std::size_t{1}}) {
    const Kind other = kind_of(step.parts[1 - place]);
    // Text says nothing: any column beside a text is read as text as long as nothing else is asked for.
    if (other != Kind::text && kind_of(step.parts[place]) != Kind::text) {
      TRY(ask_kind(step.parts[place], other, *scope.place));
    }
  }
  return step;
}

base::Result<Step> Binder::bind_in(const Expression& expression, const Scope& scope) {
  using Does = Step::Does;
  const bool may_be_derived = expression.op == Op::call || expression.op == Op::choice || expression.op == Op::list;
  if (may_be_derived && !scope.is_one_record) {
    if (const auto side = only_side(expression, scope)) return derived(expression, *side, scope);
  }
  switch (expression.op) {
    case Op::missing: return Step{};
    case Op::truth: return Step{.constant = {expression.number != 0}, .gives = Kind::truth};
    case Op::number: return Step{.constant = {expression.number}, .gives = Kind::number};
    case Op::text: return Step{.does = Does::text, .text = expression.text, .gives = Kind::text};
    case Op::name: return bind_name(expression, scope);
    case Op::compare: return bind_compare(expression, scope);
    case Op::all: return bind_parts(expression, scope, {.does = Does::all, .gives = Kind::truth});
    case Op::any: return bind_parts(expression, scope, {.does = Does::any, .gives = Kind::truth});
    case Op::negation: return bind_parts(expression, scope, {.does = Does::negation, .gives = Kind::truth});
    case Op::is_missing: return bind_parts(expression, scope, {.does = Does::is_missing, .gives = Kind::truth});
    case Op::is_truth:
      return bind_parts(expression, scope,
                        {.does = Does::is_truth, .wanted = expression.number != 0, .gives = Kind::truth});
    case Op::list: return bind_parts(expression, scope, {.does = Does::list, .gives = Kind::list});
    case Op::choice: {
      Step step = TRY(bind_parts(expression, scope, {.does = Does::choice}));
      step.gives = kind_of(step.parts[1]);
      return step;
    }
    case Op::call: return bind_call(expression, scope);
    case Op::lambda: break;
  }
  return column_fault("the condition has a lambda where no function asks for one", scope.place->where,
                      "Use lambdas only in list_transform and list_filter.");
}

base::Result<Step> Binder::bind_lambda_call(const Expression& expression, const Scope& scope,
                                            const Function& function) {
  const Expression& lambda = expression.parts[1];
  if (lambda.op != Op::lambda || scope.arguments.size() >= k_lambdas_max) {
    return column_fault("'" + expression.text + "' needs a lambda (x -> …) as its second argument, at most 4 deep",
                        scope.place->where, "Write it as " + std::string(function.name) + "(list, x -> …).");
  }
  Step step{.does = function.name == "list_filter" ? Step::Does::filter : Step::Does::transform,
            .slot = static_cast<std::int32_t>(scope.arguments.size()),
            .gives = Kind::list};
  Step list = TRY(bind_in(expression.parts[0], scope));
  TRY(ask_kind(list, Kind::list, *scope.place));
  Scope inner = scope;
  inner.arguments.push_back(lambda.text);
  Step body = TRY(bind_in(lambda.parts[0], inner));
  step.parts.push_back(std::move(list));
  step.parts.push_back(std::move(body));
  return step;
}

}  // namespace throughline::linkage::splink
