// A model made ready for data: every name is a column of one side, every function is known, every kind fits.
//
// What depends on one record alone (a date read from its text, the part of an email before the @) is taken out of the
// conditions and worked out once a record instead of once a pair. The columns a model uses and the kind of value each
// must hold come out of how they are used: text unless a number, a date, a truth or a list is asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "linkage/splink/functions.h"
#include "linkage/splink/model.h"

namespace throughline::linkage::splink {

// One step of a bound expression; see Op for what the others mean.
struct Step {
  enum class Does {
    constant,
    text,
    field,
    argument,
    compare,
    all,
    any,
    negation,
    is_missing,
    is_truth,
    choice,
    call,
    list,
    transform,
    filter
  };
  Does does = Does::constant;
  Value constant{};    // constant: no text and no list.
  std::string text{};  // text.
  Side side = Side::left;
  std::int32_t slot = 0;  // field: which of a record's values; argument: which lambda's.
  enum class Test { equal, not_equal, less, less_or_equal, greater, greater_or_equal, same };
  Test test = Test::equal;
  bool wanted = true;  // is_truth.
  const Function* function = nullptr;
  std::shared_ptr<const Pattern> pattern{};
  std::shared_ptr<const MomentForm> form{};
  Kind gives = Kind::any;
  std::vector<Step> parts{};
};

struct UsedColumn {
  std::string name{};
  Kind kind = Kind::any;        // any: text, for nothing else was asked for.
  std::string kind_asked_by{};  // Where in the model the kind was asked for.
};

// Two values that must be equal for a rule to hold, one of each side, by which pairs can be looked up.
struct BlockingKey {
  std::int32_t left_slot = 0;
  std::int32_t right_slot = 0;
  bool is_exploded = false;  // Lists: some member must be equal.
};

struct PlannedRule {
  Step condition{};
  std::vector<BlockingKey> keys{};
};

struct PlannedTf {
  std::int32_t slot = -1;  // The column's; -1: the level has no adjustment.
  double u = 1.0;          // What the frequency is set against.
};

struct PlannedLevel {
  std::optional<Step> condition{};  // Nothing for ELSE.
  PlannedTf tf{};
};

struct Plan {
  std::vector<UsedColumn> columns{};  // Slots from 0.
  std::vector<Step> derived{};        // Slots after those; each may use only columns.
  std::vector<std::vector<PlannedLevel>> comparisons{};
  std::vector<PlannedRule> rules{};

  [[nodiscard]] std::size_t slots() const { return columns.size() + derived.size(); }
};

// `available` are the columns of the data; names are compared without regard to case, as DuckDB does. Errors: code
// "splink_column" for a column that is not there (with the nearest), or that is asked to be of two kinds;
// "splink_function" for a function that is not known (with the nearest), or is given what it does not take; each with
// the level's or rule's place in the model.
[[nodiscard]] base::Result<Plan> plan_model(const Model& model, std::span<const std::string> available);

// One condition on its own, over the columns `name_l` and `name_r` of those available. For looking at a condition
// before a model holds it.
struct PlannedCondition {
  Plan plan{};
  Step condition{};
};
[[nodiscard]] base::Result<PlannedCondition> plan_condition(const Expression& condition, Dialect dialect,
                                                            std::span<const std::string> available);

}  // namespace throughline::linkage::splink
