// The functions that a model's SQL may call, with the meaning DuckDB gives them.
//
// One table says of each function its names, what it takes and what it gives; a caller that has checked its arguments
// by the table may apply it. A function that is not in the table is refused by name, with the nearest that is.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linkage/splink/arena.h"
#include "linkage/splink/moments.h"
#include "linkage/splink/pattern.h"
#include "linkage/splink/value.h"

namespace throughline::linkage::splink {

// What a call has beside its arguments.
struct CallContext {
  Arena& arena;
  const Pattern* pattern = nullptr;  // Compiled from the argument of kind pattern.
  const MomentForm* form = nullptr;  // Compiled from the argument of kind form.
};

using Apply = Value (*)(std::span<const Value> arguments, CallContext& context);

enum class Spreads { missing, nothing };

struct Function {
  std::string_view name;
  // One letter an argument: t text, n number, m moment, b truth, l list, a any; P a pattern, F a form of dates and
  // D a part of a date, all three constant text; L a lambda. Those after a "?" may be left out; a "*" at the end
  // repeats the last without end.
  std::string_view takes;
  Kind gives = Kind::any;
  Apply apply = nullptr;  // Null for what the evaluator does itself: the lambdas' functions.
  // missing: an argument that is missing makes the answer missing, without a call. A failed one always spreads.
  Spreads spreads = Spreads::missing;
};

// The function called so, in small letters, under any of its names in DuckDB or Spark. Null where there is none.
[[nodiscard]] const Function* find_function(std::string_view name);
// Every name, sorted.
[[nodiscard]] const std::vector<std::string>& function_names();

// The kind a letter of `takes` stands for.
[[nodiscard]] Kind kind_taken(char letter);
struct Arity {
  std::size_t least = 0;
  std::size_t most = 0;
};
[[nodiscard]] Arity arity_of(const Function& function);
// The letter for an argument. REQUIRES: the function takes so many.
[[nodiscard]] char letter_taken(const Function& function, std::size_t argument);

// The text a value is cast to.
[[nodiscard]] std::string text_of(const Value& value);

// The parts of the table, by what they are about.
[[nodiscard]] std::span<const Function> text_functions();
[[nodiscard]] std::span<const Function> number_functions();
[[nodiscard]] std::span<const Function> date_functions();
[[nodiscard]] std::span<const Function> list_functions();
[[nodiscard]] std::span<const Function> cast_functions();

}  // namespace throughline::linkage::splink
