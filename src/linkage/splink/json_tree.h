// A JSON document as a tree whose every node knows its path, for messages that say where.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace throughline::linkage::splink {

struct JsonNode {
  enum class Kind { null, truth, number, text, array, object };
  Kind kind = Kind::null;
  std::string path{};  // "comparisons[0].comparison_levels[2].m_probability"; empty for the whole document.
  bool truth = false;
  double number = 0;
  std::string text{};
  std::vector<JsonNode> elements{};
  std::vector<std::pair<std::string, JsonNode>> members{};  // In the order of the document.

  // The member with that name; null where there is none.
  [[nodiscard]] const JsonNode* find(std::string_view name) const;
};

// "an object", "text": what the node is, for people.
[[nodiscard]] std::string_view kind_name(JsonNode::Kind kind);

inline constexpr std::size_t k_json_bytes_max = std::size_t{16} << 20;
inline constexpr int k_json_depth_max = 40;

// Errors: no JSON, with line and column; a key twice in one object; nested more than 40 deep; more than 16 MiB. `file`
// is what messages call it.
[[nodiscard]] base::Result<JsonNode> parse_json(std::string_view text, const std::string& file);

}  // namespace throughline::linkage::splink
