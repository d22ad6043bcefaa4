// What a failing world gives back: a value or an Error, never an exception.
//
// A file that is missing, a full disk, a refused permission, a setting that makes no sense: each is an Error that says
// what happened, where, and what to do next. Wrong data is not an Error but a Rejection (see records/model.h); a wrong
// program is a CHECK (see base/check.h).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/check.h"

namespace throughline::base {

// The kinds are the exit codes of the program: 2 bad command, 3 refused by policy, 4 damaged data, 5 the world failed.
enum class ErrorKind { bad_command = 2, refused = 3, damaged = 4, world = 5 };

// One failure, ready to be shown. No part of it may hold a personal value: name the row and field instead.
struct Error {
  ErrorKind kind = ErrorKind::world;
  std::string code{};    // Stable and machine-readable, for example "workspace_locked".
  std::string what{};    // What happened, with both values where two things disagree.
  std::string where{};   // The file, line, row or setting. May be empty.
  std::string remedy{};  // What to do next. May be empty.

  // Adds what was being done, outermost last: "…, while restoring the backup".
  [[nodiscard]] Error in(const std::string& activity) && {
    what += ", while " + activity;
    return std::move(*this);
  }

  // "what (where). remedy", the one way an error is written for people.
  [[nodiscard]] std::string message() const;
};

// A value of type T or an Error. REQUIRES ok() for value(), !ok() for error(); both are CHECKed.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool ok() const { return held_.index() == 0; }
  [[nodiscard]] T& value() & {
    CHECK(ok());
    return *std::get_if<0>(&held_);
  }
  [[nodiscard]] const T& value() const& {
    CHECK(ok());
    return *std::get_if<0>(&held_);
  }
  [[nodiscard]] T value() && {
    CHECK(ok());
    return std::move(*std::get_if<0>(&held_));
  }
  [[nodiscard]] const Error& error() const& {
    CHECK(!ok());
    return *std::get_if<1>(&held_);
  }
  [[nodiscard]] Error error() && {
    CHECK(!ok());
    return std::move(*std::get_if<1>(&held_));
  }

 private:
  std::variant<T, Error> held_;
};

// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  [[nodiscard]] bool ok() const { return !error_.has_value(); }
  void value() const { CHECK(ok()); }
  [[nodiscard]] const Error& error() const& {
    CHECK(error_.has_value());
    return *error_;
  }
  [[nodiscard]] Error error() && {
    CHECK(error_.has_value());
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

}  // namespace throughline::base

// `auto rows = TRY(read_rows(path));` gives the value, or returns the error from the enclosing function. An expression,
// so that it can stand where a value stands; it relies on the statement expressions that GCC and clang both have.
#define TRY(expression) TRY_HELD(expression, TRY_NAME(try_result_, __COUNTER__))

// Each TRY holds its result under a name of its own, so that one may stand inside another.
#define TRY_NAME(stem, number) TRY_JOINED(stem, number)
#define TRY_JOINED(stem, number) stem##number
#define TRY_HELD(expression, held)    \
  __extension__({                     \
    auto held = (expression);         \
    if (!held.ok()) {                 \
      return std::move(held).error(); \
    }                                 \
    std::move(held).value();          \
  })
