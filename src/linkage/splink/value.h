// What an expression of a Splink model can give for a record or a pair of records.
//
// SQL has three truths. A missing value is neither true nor false and spreads through functions; a failed one stands
// where the database would have stopped with an error ("a cast of text that is no date"), and spreads further still, so
// that the level that needed it can be named.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace throughline::linkage::splink {

struct Missing {
  friend bool operator==(Missing, Missing) = default;
};
struct Failed {
  friend bool operator==(Failed, Failed) = default;
};

// Microseconds since 1970-01-01 00:00:00 on a clock without time zones; a date is its midnight.
struct Moment {
  std::int64_t microseconds = 0;
  friend auto operator<=>(Moment, Moment) = default;
};

struct Value;
using List = std::vector<Value>;

// Texts and lists are only pointed at: they live in a cell of the data, in the program or in an Arena.
struct Value {
  std::variant<Missing, Failed, bool, double, Moment, std::string_view, const List*> held = Missing{};

  [[nodiscard]] bool is_missing() const { return std::holds_alternative<Missing>(held); }
  [[nodiscard]] bool is_failed() const { return std::holds_alternative<Failed>(held); }
  [[nodiscard]] bool is_true() const {
    const auto* truth = std::get_if<bool>(&held);
    return truth != nullptr && *truth;
  }
  template <class T>
  [[nodiscard]] const T* as() const {
    return std::get_if<T>(&held);
  }
};

// The two records of a pair.
enum class Side { left, right };

// The kinds of value a column or a function's argument may be of.
enum class Kind { any, truth, number, moment, text, list };

[[nodiscard]] std::string_view kind_name(Kind kind);

enum class Order { less, equal, greater };

// How two values stand to each other. Texts are ordered byte by byte; a text beside a number or a moment is read as
// one. Missing where either is missing or a list holds one; failed where they cannot be compared.
[[nodiscard]] std::variant<Order, Missing, Failed> compare(const Value& left, const Value& right);

// A decimal number as DuckDB's cast reads it: blanks around it, a plus sign, "inf" and "nan" are allowed.
[[nodiscard]] std::optional<double> read_number(std::string_view text);

}  // namespace throughline::linkage::splink
