#include "base/toml_tree.h"

#include <algorithm>
#include <utility>

#include <toml++/toml.h>

namespace throughline::base {

namespace {

class TreeMaker {
 public:
  explicit TreeMaker(std::string_view text) : lines_(1 + std::ranges::count(text, '\n')) {}

  [[nodiscard]] std::int64_t line_of(const toml::source_region& source) const {
    return std::clamp<std::int64_t>(source.begin.line, 1, lines_);
  }

  [[nodiscard]] TomlNode node_of(const toml::node& from) const {
    TomlNode node;
    node.line = line_of(from.source());
    if (const auto* text = from.as_string()) {
      node.kind = TomlKind::text;
      node.text = text->get();
    } else if (const auto* whole = from.as_integer()) {
      node.kind = TomlKind::whole;
      node.whole = whole->get();
      node.number = static_cast<double>(whole->get());
    } else if (const auto* number = from.as_floating_point()) {
      node.kind = TomlKind::number;
      node.number = number->get();
    } else if (const auto* truth = from.as_boolean()) {
      node.kind = TomlKind::truth;
      node.is_true = truth->get();
    } else if (const auto* array = from.as_array()) {
      node.kind = TomlKind::array;
      for (const toml::node& element : *array) node.elements.push_back(node_of(element));
    } else if (const auto* table = from.as_table()) {
      node.kind = TomlKind::table;
      node.entries = entries_of(*table);
    }
    return node;
  }

 private:
  [[nodiscard]] std::vector<TomlEntry> entries_of(const toml::table& table) const {
    std::vector<std::pair<std::pair<std::int64_t, std::uint32_t>, TomlEntry>> placed;
    for (const auto& [key, value] : table) {
      const std::int64_t line = line_of(key.source());
      placed.push_back({{line, key.source().begin.column}, {std::string(key.str()), line, node_of(value)}});
    }
    std::ranges::stable_sort(placed, {}, [](const auto& entry) { return entry.first; });
    std::vector<TomlEntry> entries;
    for (auto& [place, entry] : placed) entries.push_back(std::move(entry));
    return entries;
  }

  std::int64_t lines_;
};

}  // namespace

std::string_view name_of(TomlKind kind) {
  switch (kind) {
    case TomlKind::text: return "a text";
    case TomlKind::whole: return "a whole number";
    case TomlKind::number: return "a number";
    case TomlKind::truth: return "true or false";
    case TomlKind::array: return "a list";
    case TomlKind::table: return "a table";
    case TomlKind::other: return "a value of another kind";
  }
  return "a value of another kind";
}

TomlParsed parse_toml(std::string_view text) {
  const TreeMaker maker(text);
  try {
    return {.root = maker.node_of(toml::parse(text)), .fault = "", .fault_line = 0};
  } catch (const toml::parse_error& error) {
    return {.root = {}, .fault = std::string(error.description()), .fault_line = maker.line_of(error.source())};
  }
}

}  // namespace throughline::base
