// What a verb answers: facts, tables and notes, with machine names beside the words people read.
//
// The command line and the web server both print a Report and add nothing to it, so that both give the same answer.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace throughline::app {

// A number shown with a fixed number of decimals.
struct Decimal {
  double value = 0;
  int decimals = 1;
  friend bool operator==(const Decimal&, const Decimal&) = default;
};

// Nothing known, words, a count or a measured number. Nothing known is never shown as zero.
using Value = std::variant<std::monostate, std::string, std::int64_t, Decimal>;

// An empty text says nothing.
[[nodiscard]] inline Value text_or_nothing(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

// Words, which wrap to fit a page; a number, and a name that somebody will type again, which are never broken.
enum class ColumnKind { text, number, id };

struct Column {
  std::string name;     // snake_case, the key in JSON.
  std::string heading;  // What people read.
  ColumnKind kind = ColumnKind::text;
};

struct Table {
  std::string name;
  std::string title;
  std::vector<Column> columns;
  std::vector<std::vector<Value>> rows;  // Each as long as columns.
  std::string empty_text;                // Said in place of a table without rows.
};

struct Fact {
  std::string name;
  std::string label;
  Value value;
};

// What somebody may type next. Shown on a line of its own and never broken, however long.
struct Command {
  std::string line;
  std::string what;  // In a few words.
};

struct Section {
  std::string name;
  std::string title;
  std::vector<Fact> facts;
  std::vector<Table> tables;
  std::vector<std::string> notes;  // Caveats and what to do next, a sentence each.
  std::vector<Command> commands = {};
  std::string verbatim = {};  // Lines to be copied as they are, such as a signed text.
};

// The exit code follows from it: 0 done, 1 done with findings.
enum class Outcome { done, done_with_findings };

struct Report {
  std::string verb;
  std::vector<Section> sections;
  Outcome outcome = Outcome::done;
};

}  // namespace throughline::app
