// The SQL of a level's condition or of a blocking rule, read into a tree.
//
// This is the SQL that Splink's libraries write for DuckDB and Spark, and what people write beside it: comparisons,
// AND, OR, NOT, IS NULL, IN, BETWEEN, LIKE, CASE, casts, arithmetic, ||, functions, lists and the lambdas over them. A
// statement, a subquery, an aggregate or a window is none of it. The tree says what was written; which functions there
// are is told by functions.h, which columns by program.h.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "linkage/splink/tokens.h"

namespace throughline::linkage::splink {

enum class Op {
  missing,     // NULL.
  truth,       // number: 1 or 0.
  number,      // number.
  text,        // text.
  name,        // text: a column of one record of the pair, or what a lambda calls its argument; qualifier.
  compare,     // text: one of = <> < <= > >=, or "same" where two missing values are the same; parts: two.
  all,         // AND; parts: two or more.
  any,         // OR; parts: two or more.
  negation,    // NOT; parts: one.
  is_missing,  // IS NULL; parts: one.
  is_truth,    // IS TRUE (number: 1) or IS FALSE (0); parts: one.
  choice,      // CASE; parts: condition, value, and so on, and the value otherwise.
  call,        // text: the function in small letters, or an operator's sign, or "cast to …"; parts: its arguments.
  list,        // parts: the members.
  lambda,      // text: the argument's name; parts: the body.
};

struct Expression {
  Op op = Op::missing;
  double number = 0;
  std::string text{};
  std::string qualifier{};  // Of a name: what stands before its point ("l"); may be empty.
  std::vector<Expression> parts{};
  std::size_t at = 0;  // The byte at which it begins, for messages.
};

inline constexpr int k_condition_depth_max = 60;
inline constexpr std::size_t k_condition_bytes_max = std::size_t{64} << 10;

// Reads the whole text. Errors: code "splink_condition", with the character at which it stops making sense; a text of
// more than 64 KiB or nested more than 60 deep.
[[nodiscard]] base::Result<Expression> parse_condition(std::string_view sql, Dialect dialect);

// The same text for equal trees, wherever their parts stood. Names in small letters, as SQL compares them.
[[nodiscard]] std::string spelling_of(const Expression& expression);

}  // namespace throughline::linkage::splink
