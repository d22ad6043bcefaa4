#include "base/toml_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace throughline::base {

Result<TomlNode> read_toml(std::string_view text, const std::string& file) {
  TomlParsed parsed = parse_toml(text);
  if (parsed.fault.empty()) return std::move(parsed.root);
  return Error{ErrorKind::bad_command, "toml_malformed", "The file is no TOML: " + parsed.fault,
               fmt::format("{} line {}", file, parsed.fault_line), "Mend that line"};
}

std::string TomlReader::place(std::int64_t line) const {
  return fmt::format("{} line {}", file_, line);
}

std::int64_t TomlReader::line_of(std::string_view key) const {
  const auto at = std::ranges::find(table_.entries, key, &TomlEntry::key);
  return at == table_.entries.end() ? table_.line : at->line;
}

Error TomlReader::bad(std::string_view key, std::string code, std::string what, std::string remedy) const {
  return {ErrorKind::bad_command, std::move(code), std::move(what), place(line_of(key)), std::move(remedy)};
}

const TomlEntry* TomlReader::entry_of(std::string_view key) {
  known_.emplace_back(key);
  const auto at = std::ranges::find(table_.entries, key, &TomlEntry::key);
  return at == table_.entries.end() ? nullptr : &*at;
}

Error TomlReader::malformed(const TomlEntry& entry, std::string_view wanted) const {
  return bad(entry.key, "value_malformed",
             fmt::format("“{}” is {}; it must be {}", entry.key, name_of(entry.value.kind), wanted),
             "Write it as the reference page shows");
}

Result<std::string> TomlReader::text(std::string_view key) {
  const TomlEntry* entry = entry_of(key);
  if (entry == nullptr) return std::string();
  if (entry->value.kind != TomlKind::text) return malformed(*entry, name_of(TomlKind::text));
  if (!entry->value.text.empty()) return entry->value.text;
  return bad(key, "value_malformed", fmt::format("“{}” is empty", key), "Leave the key out, or say something");
}

Result<std::string> TomlReader::needed_text(std::string_view key) {
  std::string found = TRY(text(key));
  if (!found.empty()) return found;
  return bad(key, "value_missing", fmt::format("There is no “{}”", key), "Add it");
}

Result<std::vector<std::string>> TomlReader::texts(std::string_view key) {
  const TomlEntry* entry = entry_of(key);
  if (entry == nullptr) return std::vector<std::string>();
  const std::vector<TomlNode> one{entry->value};
  const bool is_list = entry->value.kind == TomlKind::array;
  std::vector<std::string> found;
  for (const TomlNode& node : is_list ? entry->value.elements : one) {
    if (node.kind != TomlKind::text || node.text.empty()) return malformed(*entry, "a text or a list of texts");
    found.push_back(node.text);
  }
  return found;
}

Result<std::optional<double>> TomlReader::number(std::string_view key, double low, double high) {
  const TomlEntry* entry = entry_of(key);
  if (entry == nullptr) return std::optional<double>();
  if (entry->value.kind != TomlKind::number && entry->value.kind != TomlKind::whole) {
    return malformed(*entry, name_of(TomlKind::number));
  }
  const double value = entry->value.number;
  if (value >= low && value <= high) return std::optional(value);
  return bad(key, "out_of_range", fmt::format("“{}” is {}; it must be {} to {}", key, value, low, high), "Mend it");
}

Result<std::optional<std::int64_t>> TomlReader::whole(std::string_view key, std::int64_t low, std::int64_t high) {
  const TomlEntry* entry = entry_of(key);
  if (entry == nullptr) return std::optional<std::int64_t>();
  if (entry->value.kind != TomlKind::whole) return malformed(*entry, name_of(TomlKind::whole));
  const std::int64_t value = entry->value.whole;
  if (value >= low && value <= high) return std::optional(value);
  return bad(key, "out_of_range", fmt::format("“{}” is {}; it must be {} to {}", key, value, low, high), "Mend it");
}

Result<std::vector<const TomlNode*>> TomlReader::tables(std::string_view key) {
  const TomlEntry* entry = entry_of(key);
  std::vector<const TomlNode*> found;
  if (entry == nullptr) return found;
  if (entry->value.kind != TomlKind::array) return malformed(*entry, fmt::format("written as [[{}]]", key));
  for (const TomlNode& node : entry->value.elements) {
    if (node.kind != TomlKind::table) return malformed(*entry, fmt::format("written as [[{}]]", key));
    found.push_back(&node);
  }
  return found;
}

Result<void> TomlReader::finish() const {
  for (const TomlEntry& entry : table_.entries) {
    if (std::ranges::find(known_, entry.key) != known_.end()) continue;
    const auto nearest = nearest_name(entry.key, known_);
    return Error{ErrorKind::bad_command, "key_unknown", fmt::format("“{}” is no key here", entry.key),
                 place(entry.line), nearest ? fmt::format("Did you mean “{}”?", *nearest) : std::string("Take it out")};
  }
  return {};
}

}  // namespace throughline::base
