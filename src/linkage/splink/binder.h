// Turns what was written into steps that can be carried out. Only plan*.cpp and binder*.cpp include this.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "linkage/splink/plan.h"

namespace throughline::linkage::splink {

// How an expression names the columns of the two records: first_name_l, or l.first_name.
enum class Naming { by_ending, by_qualifier };

// Where an expression stands, for messages, and how it names columns.
struct BindPlace {
  std::string where{};
  Naming naming = Naming::by_ending;
};

class Binder {
 public:
  Binder(std::span<const std::string> available, Dialect dialect);

  // Columns must be noted before anything is bound, for the slots of derived values come after theirs.
  [[nodiscard]] base::Result<void> note_columns(const Expression& expression, const BindPlace& place);
  [[nodiscard]] base::Result<std::int32_t> note_column(const std::string& name, const std::string& where);
  [[nodiscard]] base::Result<Step> bind(const Expression& expression, const BindPlace& place);
  // Says that a column must be of a kind; without effect on what is no column. Error: another was asked for before.
  [[nodiscard]] base::Result<void> ask_kind(const Step& step, Kind kind, const BindPlace& place);
  // The kind of the step, or that of the column it is.
  [[nodiscard]] Kind kind_of(const Step& step) const;

  // REQUIRES: nothing is bound after it.
  [[nodiscard]] Plan take() && { return std::move(plan_); }

 private:
  struct Named {
    std::string name{};
    Side side = Side::left;
  };
  // What binding goes by at one depth.
  struct Scope {
    const BindPlace* place = nullptr;
    std::vector<std::string> arguments{};  // Of the lambdas around, the outermost first.
    bool is_one_record = false;            // Names are columns as they are, of the one record there is.
  };
  using Bound = base::Result<Step>;

  [[nodiscard]] base::Result<Named> named(const Expression& name, const BindPlace& place) const;
  [[nodiscard]] Bound bind_in(const Expression& expression, const Scope& scope);
  [[nodiscard]] Bound bind_name(const Expression& expression, const Scope& scope);
  [[nodiscard]] Bound bind_parts(const Expression& expression, const Scope& scope, Step step);
  [[nodiscard]] Bound bind_compare(const Expression& expression, const Scope& scope);
  [[nodiscard]] Bound bind_call(const Expression& expression, const Scope& scope);
  [[nodiscard]] Bound bind_arguments(const Expression& expression, const Scope& scope, const Function& function);
  [[nodiscard]] Bound bind_lambda_call(const Expression& expression, const Scope& scope, const Function& function);
  [[nodiscard]] base::Result<void> bind_constant(const Expression& argument, char letter, const BindPlace& place,
                                                 Step& call) const;
  [[nodiscard]] Bound derived(const Expression& expression, Side side, const Scope& scope);
  // The one side that all names in it are of; nothing where there are two, none, or a lambda's argument from outside.
  [[nodiscard]] std::optional<Side> only_side(const Expression& expression, const Scope& scope) const;
  [[nodiscard]] base::Error unknown_function(const std::string& name, const BindPlace& place) const;
  [[nodiscard]] base::Error unknown_column(const std::string& name, const std::string& where) const;

  std::vector<std::string> available_;
  Dialect dialect_;
  Plan plan_;
  std::map<std::string, std::int32_t> derived_slots_;  // By spelling.
};

[[nodiscard]] bool is_same_name(std::string_view one, std::string_view other);

}  // namespace throughline::linkage::splink
