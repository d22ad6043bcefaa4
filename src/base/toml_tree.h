// A TOML text as a plain tree in which every key and value knows its line, so that errors can name it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace throughline::base {

enum class TomlKind : std::uint8_t { text, whole, number, truth, array, table, other };
// "a text", "a whole number", "a number", "true or false", "a list", "a table", "a value of another kind".
[[nodiscard]] std::string_view name_of(TomlKind kind);

struct TomlEntry;

struct TomlNode {
  TomlKind kind = TomlKind::other;
  std::int64_t line = 0;  // From 1.
  std::string text;
  std::int64_t whole = 0;
  double number = 0;  // Of a whole number too.
  bool is_true = false;
  std::vector<TomlNode> elements;  // Of an array.
  std::vector<TomlEntry> entries;  // Of a table, in the order of the file.
};

struct TomlEntry {
  std::string key;
  std::int64_t line = 0;
  TomlNode value;
};

struct TomlParsed {
  TomlNode root;
  std::string fault;  // What the text breaks of TOML's grammar; empty when nothing.
  std::int64_t fault_line = 0;
};

// Never fails otherwise: any bytes are a tree or a fault, and every line is one that the text has.
[[nodiscard]] TomlParsed parse_toml(std::string_view text);

}  // namespace throughline::base
