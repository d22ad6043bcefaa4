// The program's own log, one JSON object a line, for the person who runs it. Not the audit log: see ledger/audit_log.h.
//
// A field is a number, an id, a hash, or a code written in the source. Text that came from a file or a person has no
// type that fits, so personal values cannot be logged: such a call does not compile.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/number.h"
#include "base/result.h"

namespace throughline::base {

// A word written in the source: "batch_confirmed". Lower-case letters, digits and underscores; only a literal makes
// one.
class Code {
 public:
  template <std::size_t size>
  consteval Code(const char (&literal)[size]) : text_(literal, size - 1) {  // NOLINT: meant to convert.
    if (text_.empty()) throw "a code is not empty";
    for (const char c : text_) {
      const bool is_fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
      if (!is_fine) throw "a code has lower-case letters, digits and underscores only";
    }
  }
  [[nodiscard]] constexpr std::string_view text() const { return text_; }
  friend constexpr bool operator==(Code one, Code other) { return one.text_ == other.text_; }

 private:
  std::string_view text_;
};

template <class T>
concept LoggableInteger =
    std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, char8_t> &&
    !std::same_as<T, char16_t> && !std::same_as<T, char32_t> && !std::same_as<T, wchar_t> && sizeof(T) <= 8;

// A name and a value that cannot be personal text.
class Field {
 public:
  template <LoggableInteger T>
  Field(Code name, T number) : name_(name), value_(narrow<std::int64_t>(number)) {}
  template <class Kind>
  Field(Code name, Id<Kind> id) : name_(name), value_(id.number()) {}
  Field(Code name, const Hash& hash) : name_(name), value_(hash) {}
  Field(Code name, Code code) : name_(name), value_(code) {}

  [[nodiscard]] Code name() const { return name_; }
  [[nodiscard]] const std::variant<std::int64_t, Hash, Code>& value() const { return value_; }

 private:
  Code name_;
  std::variant<std::int64_t, Hash, Code> value_;
};

enum class LogLevel { debug, info, warning, error };

// Thread-safe; each line is whole. Made quiet by default.
class Log {
 public:
  // Writes nothing.
  Log();
  ~Log();
  Log(Log&&) noexcept;
  Log& operator=(Log&&) noexcept;
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // The clock must outlive the log. Lines below `least` are dropped.
  [[nodiscard]] static Log to_standard_error(Clock& clock, LogLevel least);
  // Appends to the file, making it where it is not there. Error "log_not_writable".
  [[nodiscard]] static Result<Log> to_file(const std::string& path, Clock& clock, LogLevel least);

  void write(LogLevel level, Code event, std::initializer_list<Field> fields = {});
  void debug(Code event, std::initializer_list<Field> fields = {}) { write(LogLevel::debug, event, fields); }
  void info(Code event, std::initializer_list<Field> fields = {}) { write(LogLevel::info, event, fields); }
  void warning(Code event, std::initializer_list<Field> fields = {}) { write(LogLevel::warning, event, fields); }
  void error(Code event, std::initializer_list<Field> fields = {}) { write(LogLevel::error, event, fields); }

 private:
  struct Sink;
  explicit Log(std::unique_ptr<Sink> sink);
  std::unique_ptr<Sink> sink_;
};

}  // namespace throughline::base
