#include "linkage/splink/evaluate.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace throughline::linkage::splink {

namespace {

constexpr std::size_t k_arguments_few = 4;

template <class T>
Value only(const Value& value) {
  return value.as<T>() != nullptr ? value : Value{Failed{}};
}

template <class T>
Value read_as(const Value& value, std::optional<T> (*read)(std::string_view)) {
  const auto* text = value.as<std::string_view>();
  if (text == nullptr) return only<T>(value);
  const auto made = read(*text);
  return made.has_value() ? Value{*made} : Value{Failed{}};
}

// The argument as the function takes it: a text where a number or a date is wanted is read as one.
Value fitted(const Value& value, Kind wanted) {
  if (value.is_missing() || value.is_failed()) return value;
  switch (wanted) {
    case Kind::any: return value;
    case Kind::text: return only<std::string_view>(value);
    case Kind::list: return only<const List*>(value);
    case Kind::truth: return only<bool>(value);
    case Kind::number: return read_as<double>(value, read_number);
    case Kind::moment: return read_as<Moment>(value, read_moment);
  }
  return {Failed{}};
}

bool is_held(Step::Test test, Order order) {
  switch (test) {
    case Step::Test::equal:
    case Step::Test::same: return order == Order::equal;
    case Step::Test::not_equal: return order != Order::equal;
    case Step::Test::less: return order == Order::less;
    case Step::Test::less_or_equal: return order != Order::greater;
    case Step::Test::greater: return order == Order::greater;
    case Step::Test::greater_or_equal: return order != Order::less;
  }
  return false;
}

}  // namespace

Value Evaluator::compared(const Step& step, const RecordPair& pair) {
  const Value left = evaluate(step.parts[0], pair);
  const Value right = evaluate(step.parts[1], pair);
  const auto standing = compare(left, right);
  if (const auto* order = std::get_if<Order>(&standing)) return {is_held(step.test, *order)};
  if (std::holds_alternative<Failed>(standing)) return {Failed{}};
  if (step.test != Step::Test::same) return {Missing{}};
  return {left.is_missing() && right.is_missing()};
}

// AND is decided by a false part, OR by a true one.
Value Evaluator::joined(const Step& step, const RecordPair& pair, bool deciding) {
  bool has_failed = false;
  bool has_missing = false;
  for (const Step& part : step.parts) {
    const Value value = evaluate(part, pair);
    const auto* truth = value.as<bool>();
    if (truth != nullptr && *truth == deciding) return {deciding};
    has_missing = has_missing || value.is_missing();
    has_failed = has_failed || (truth == nullptr && !value.is_missing());
  }
  if (has_failed) return {Failed{}};
  return has_missing ? Value{Missing{}} : Value{!deciding};
}

Value Evaluator::chosen(const Step& step, const RecordPair& pair) {
  std::size_t at = 0;
  for (; at + 1 < step.parts.size(); at += 2) {
    const Value condition = evaluate(step.parts[at], pair);
    if (condition.is_failed()) return condition;
    if (condition.is_true()) return evaluate(step.parts[at + 1], pair);
  }
  return evaluate(step.parts[at], pair);
}

Value Evaluator::called(const Step& step, const RecordPair& pair) {
  const Function& function = *step.function;
  std::array<Value, k_arguments_few> few;
  std::vector<Value> many(step.parts.size() > few.size() ? step.parts.size() : 0);
  const std::span<Value> arguments =
      many.empty() ? std::span<Value>(few).first(step.parts.size()) : std::span<Value>(many);
  bool has_missing = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    arguments[i] = fitted(evaluate(step.parts[i], pair), kind_taken(letter_taken(function, i)));
    if (function.spreads == Spreads::nothing) continue;
    if (arguments[i].is_failed()) return {Failed{}};
    has_missing = has_missing || arguments[i].is_missing();
  }
  if (has_missing) return {Missing{}};
  CallContext context{.arena = *arena_, .pattern = step.pattern.get(), .form = step.form.get()};
  return function.apply(arguments, context);
}

Value Evaluator::listed(const Step& step, const RecordPair& pair) {
  List made;
  made.reserve(step.parts.size());
  for (const Step& part : step.parts) made.push_back(evaluate(part, pair));
  return {arena_->keep(std::move(made))};
}

Value Evaluator::over_members(const Step& step, const RecordPair& pair) {
  const Value given = evaluate(step.parts[0], pair);
  if (given.is_missing() || given.is_failed()) return given;
  const auto* list = given.as<const List*>();
  if (list == nullptr) return {Failed{}};
  List made;
  const auto slot = static_cast<std::size_t>(step.slot);
  for (const Value& member : **list) {
    arguments_[slot] = member;
    const Value answer = evaluate(step.parts[1], pair);
    if (answer.is_failed()) return answer;
    if (step.does == Step::Does::transform) {
      made.push_back(answer);
    } else if (answer.is_true()) {
      made.push_back(member);
    }
  }
  return {arena_->keep(std::move(made))};
}

Value Evaluator::evaluate(const Step& step, const RecordPair& pair) {
  using Does = Step::Does;
  switch (step.does) {
    case Does::constant: return step.constant;
    case Does::text: return {std::string_view(step.text)};
    case Does::field: {
      const std::span<const Value> record = step.side == Side::left ? pair.left : pair.right;
      return record[static_cast<std::size_t>(step.slot)];
    }
    case Does::argument: return arguments_[static_cast<std::size_t>(step.slot)];
    case Does::compare: return compared(step, pair);
    case Does::all: return joined(step, pair, false);
    case Does::any: return joined(step, pair, true);
    case Does::negation: {
      const Value value = evaluate(step.parts[0], pair);
      if (const auto* truth = value.as<bool>()) return {!*truth};
      return value.is_missing() ? value : Value{Failed{}};
    }
    case Does::is_missing: {
      const Value value = evaluate(step.parts[0], pair);
      return value.is_failed() ? value : Value{value.is_missing()};
    }
    case Does::is_truth: {
      const Value value = evaluate(step.parts[0], pair);
      if (value.is_failed()) return value;
      const auto* truth = value.as<bool>();
      return {truth != nullptr && *truth == step.wanted};
    }
    case Does::choice: return chosen(step, pair);
    case Does::call: return called(step, pair);
    case Does::list: return listed(step, pair);
    case Does::transform:
    case Does::filter: return over_members(step, pair);
  }
  return {Failed{}};
}

}  // namespace throughline::linkage::splink
