#include "linkage/splink/plan.h"

#include <algorithm>
#include <utility>

#include "linkage/splink/binder.h"
#include "linkage/splink/condition_reader.h"

namespace throughline::linkage::splink {

namespace {

BindPlace place_of(const Comparison& comparison, const Level& level) {
  return {.where = level.place + ".sql_condition, comparison '" + comparison.name + "', level '" + level.label + "'",
          .naming = Naming::by_ending};
}

BindPlace place_of(const BlockingRule& rule) {
  return {.where = rule.place + ", rule '" + rule.sql + "'", .naming = Naming::by_qualifier};
}

base::Result<void> note_all_columns(const Model& model, Binder& binder) {
  for (const Comparison& comparison : model.comparisons) {
    for (const Level& level : comparison.levels) {
      if (!level.is_else) TRY(binder.note_columns(level.condition, place_of(comparison, level)));
      if (level.tf_column.empty()) continue;
      static_cast<void>(TRY(binder.note_column(level.tf_column, level.place + ".tf_adjustment_column")));
    }
  }
  for (const BlockingRule& rule : model.blocking_rules) {
    TRY(binder.note_columns(rule.condition, place_of(rule)));
  }
  return {};
}

// The one column that the level asks to be equal and asks nothing else; nothing for any other level. Any order of the
// two sides will do.
std::optional<std::string> exact_match_column(const Level& level) {
  const Expression& condition = level.condition;
  if (level.is_else || condition.op != Op::compare || condition.text != "=") return std::nullopt;
  const Expression& left = condition.parts[0];
  const Expression& right = condition.parts[1];
  if (left.op != Op::name || right.op != Op::name || left.text.size() < 3 || right.text.size() < 3) return std::nullopt;
  std::string name = in_small_letters(left.text).substr(0, left.text.size() - 2);
  const std::string other = in_small_letters(right.text).substr(0, right.text.size() - 2);
  if (name != other) return std::nullopt;
  return name;
}

base::Result<PlannedTf> plan_tf(const Comparison& comparison, const Level& level, Binder& binder) {
  if (level.tf_column.empty() || level.tf_weight == 0 || level.is_null || level.is_else) return PlannedTf();
  PlannedTf tf;
  tf.slot = TRY(binder.note_column(level.tf_column, level.place + ".tf_adjustment_column"));
  if (level.is_tf_from_own_u) {
    tf.u = level.u;
    return tf;
  }
  const std::string wanted = in_small_letters(level.tf_column);
  const auto exact = std::ranges::find_if(
      comparison.levels, [&wanted](const Level& other) { return exact_match_column(other) == wanted; });
  if (exact == comparison.levels.end()) {
    return base::Error{.kind = base::ErrorKind::bad_command,
                       .code = "splink_model",
                       .what = "the level is adjusted for how frequent values of '" + level.tf_column +
                               "' are, but no level of its comparison asks that column alone to be equal",
                       .where = level.place + ".tf_adjustment_column",
                       .remedy = "Add such a level, or set disable_tf_exact_match_detection to true."};
  }
  tf.u = exact->u;
  return tf;
}

base::Result<std::vector<PlannedLevel>> plan_comparison(const Comparison& comparison, Binder& binder) {
  std::vector<PlannedLevel> levels;
  for (const Level& level : comparison.levels) {
    PlannedLevel planned;
    if (!level.is_else) planned.condition = TRY(binder.bind(level.condition, place_of(comparison, level)));
    planned.tf = TRY(plan_tf(comparison, level, binder));
    levels.push_back(std::move(planned));
  }
  return levels;
}

bool is_exploded(const Expression& name, const BlockingRule& rule) {
  return name.op == Op::name &&
         std::ranges::any_of(rule.exploded, [&name](const auto& column) { return is_same_name(column, name.text); });
}

// Rewrites "l.names = r.names" of exploded columns as "the lists have a member in common". Each such column may stand
// in one such part alone: in two, the same member would have to serve both, which this does not say.
base::Result<void> explode(Expression& part, const BlockingRule& rule, std::vector<std::string>& seen) {
  if (part.op == Op::compare && part.text == "=" && is_exploded(part.parts[0], rule) &&
      is_exploded(part.parts[1], rule)) {
    for (const Expression& name : part.parts) seen.push_back(name.qualifier + "." + in_small_letters(name.text));
    part.op = Op::call;
    part.text = "list_has_any";
  }
  std::ranges::sort(seen);
  if (std::ranges::adjacent_find(seen) == seen.end()) return {};
  return base::Error{.kind = base::ErrorKind::bad_command,
                     .code = "splink_model",
                     .what = "a column of arrays_to_explode stands in two parts of the rule, which is not read",
                     .where = rule.place,
                     .remedy = "Compare each such column once in the rule, as l.names = r.names."};
}

std::vector<Expression> conjuncts_of(const Expression& condition) {
  if (condition.op != Op::all) return {condition};
  std::vector<Expression> made;
  for (const Expression& part : condition.parts) {
    std::vector<Expression> inner = conjuncts_of(part);
    made.insert(made.end(), std::make_move_iterator(inner.begin()), std::make_move_iterator(inner.end()));
  }
  return made;
}

// Values of two kinds may be equal without looking alike, so they are no key.
std::optional<BlockingKey> key_of(const Step& part, const Binder& binder) {
  const bool is_overlap = part.does == Step::Does::call && part.function->name == "list_has_any";
  const bool is_equality = part.does == Step::Does::compare && part.test == Step::Test::equal;
  if (!is_overlap && !is_equality) return std::nullopt;
  const Step* left = part.parts.data();
  const Step* right = &part.parts[1];
  if (left->does != Step::Does::field || right->does != Step::Does::field || left->side == right->side) {
    return std::nullopt;
  }
  if (left->side == Side::right) std::swap(left, right);
  const auto kind = [&binder](const Step& step) {
    const Kind own = binder.kind_of(step);
    return own == Kind::any && step.gives == Kind::any ? Kind::text : own;
  };
  if (left->slot != right->slot && kind(*left) != kind(*right)) return std::nullopt;
  return BlockingKey{.left_slot = left->slot, .right_slot = right->slot, .is_exploded = is_overlap};
}

base::Result<PlannedRule> plan_rule(const BlockingRule& rule, Binder& binder) {
  PlannedRule planned{.condition = {.does = Step::Does::all, .gives = Kind::truth}};
  std::vector<Expression> parts = conjuncts_of(rule.condition);
  std::vector<std::string> seen;
  for (Expression& part : parts) {
    if (!rule.exploded.empty()) TRY(explode(part, rule, seen));
    Step step = TRY(binder.bind(part, place_of(rule)));
    planned.condition.parts.push_back(std::move(step));
  }
  // Kinds of columns may have been asked for by a later part.
  for (const Step& part : planned.condition.parts) {
    if (const auto key = key_of(part, binder)) planned.keys.push_back(*key);
  }
  return planned;
}

}  // namespace

base::Result<Plan> plan_model(const Model& model, std::span<const std::string> available) {
  Binder binder(available, model.dialect);
  TRY(note_all_columns(model, binder));
  std::vector<std::vector<PlannedLevel>> comparisons;
  for (const Comparison& comparison : model.comparisons) {
    std::vector<PlannedLevel> levels = TRY(plan_comparison(comparison, binder));
    comparisons.push_back(std::move(levels));
  }
  std::vector<PlannedRule> rules;
  for (const BlockingRule& rule : model.blocking_rules) {
    PlannedRule planned = TRY(plan_rule(rule, binder));
    rules.push_back(std::move(planned));
  }
  Plan plan = std::move(binder).take();
  plan.comparisons = std::move(comparisons);
  plan.rules = std::move(rules);
  return plan;
}

base::Result<PlannedCondition> plan_condition(const Expression& condition, Dialect dialect,
                                              std::span<const std::string> available) {
  Binder binder(available, dialect);
  const BindPlace place{.where = "the condition", .naming = Naming::by_ending};
  TRY(binder.note_columns(condition, place));
  PlannedCondition planned;
  planned.condition = TRY(binder.bind(condition, place));
  planned.plan = std::move(binder).take();
  return planned;
}

}  // namespace throughline::linkage::splink
