// Everything a report says, as one text: for tests that ask whether something is said at all. Only *_test.cpp includes
// this.
#pragma once

#include <string>
#include <variant>

#include "app/report.h"
#include "app/verbs.h"
#include "base/number.h"

namespace throughline::app {

inline std::string flat(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* decimal = std::get_if<Decimal>(&value)) return base::format_fixed(decimal->value, decimal->decimals);
  return "-";
}

inline std::string flat(const Table& table) {
  std::string text = table.title + "\n";
  for (const auto& row : table.rows) {
    for (const Value& cell : row) text += flat(cell) + " | ";
    text += "\n";
  }
  return text;
}

inline std::string flat(const Section& section) {
  std::string text = section.title + "\n";
  for (const Fact& fact : section.facts) text += fact.name + ": " + flat(fact.value) + "\n";
  for (const Table& table : section.tables) text += flat(table);
  for (const std::string& note : section.notes) text += note + "\n";
  return text;
}

// The error's code and message where there is no report.
inline std::string flat(const Answer& answer) {
  if (!answer.ok()) return answer.error().code + ": " + answer.error().message();
  std::string text;
  for (const Section& section : answer.value().sections) text += flat(section);
  return text;
}

}  // namespace throughline::app
