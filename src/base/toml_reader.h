// One table of a TOML file read key by key, with the file and the line in every error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/toml_tree.h"

namespace throughline::base {

// The tree of a whole file. Error "toml_malformed" with its line.
[[nodiscard]] Result<TomlNode> read_toml(std::string_view text, const std::string& file);

// Every key that is asked for is known; finish() refuses the others. What is not there is empty or nothing. REQUIRES
// that the table outlives it.
class TomlReader {
 public:
  TomlReader(const TomlNode& table, std::string file) : table_(table), file_(std::move(file)) {}

  // "plan.toml line 7".
  [[nodiscard]] std::string place(std::int64_t line) const;
  [[nodiscard]] std::int64_t line_of(std::string_view key) const;
  [[nodiscard]] Error bad(std::string_view key, std::string code, std::string what, std::string remedy) const;

  // Errors: "value_malformed" for a value of another kind, and for an empty text.
  [[nodiscard]] Result<std::string> text(std::string_view key);
  // Error "value_missing" besides.
  [[nodiscard]] Result<std::string> needed_text(std::string_view key);
  // A list of texts; one text stands for a list of one.
  [[nodiscard]] Result<std::vector<std::string>> texts(std::string_view key);
  // Error "out_of_range" besides.
  [[nodiscard]] Result<std::optional<double>> number(std::string_view key, double low, double high);
  [[nodiscard]] Result<std::optional<std::int64_t>> whole(std::string_view key, std::int64_t low, std::int64_t high);
  // The tables of [[key]].
  [[nodiscard]] Result<std::vector<const TomlNode*>> tables(std::string_view key);
  // Error "key_unknown" with the nearest, for the first key nobody asked for.
  [[nodiscard]] Result<void> finish() const;

 private:
  [[nodiscard]] const TomlEntry* entry_of(std::string_view key);
  [[nodiscard]] Error malformed(const TomlEntry& entry, std::string_view wanted) const;

  const TomlNode& table_;
  std::string file_;
  std::vector<std::string> known_;
};

}  // namespace throughline::base
