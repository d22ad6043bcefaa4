// One object of a model file while it is read: knows which keys were asked for. Only model_*.cpp include this.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "linkage/splink/json_tree.h"
#include "linkage/splink/model.h"

namespace throughline::linkage::splink {

[[nodiscard]] base::Error model_fault(const std::string& what, const std::string& where, const std::string& remedy);

class Section {
 public:
  // Error where the node is no object.
  static base::Result<Section> of(const JsonNode& node);

  // The member, or null where it is absent or null.
  [[nodiscard]] const JsonNode* find(std::string_view key);
  // Nothing where it is absent or null. Errors: it is of another kind.
  [[nodiscard]] base::Result<std::optional<std::string>> text(std::string_view key);
  [[nodiscard]] base::Result<std::optional<double>> number(std::string_view key);
  [[nodiscard]] base::Result<std::optional<bool>> truth(std::string_view key);
  [[nodiscard]] base::Result<std::optional<std::vector<std::string>>> texts(std::string_view key);
  // The same for what must be there.
  [[nodiscard]] base::Result<std::string> needed_text(std::string_view key);
  [[nodiscard]] base::Result<const JsonNode*> needed_array(std::string_view key);

  // These are known and change nothing about a score.
  void allow(std::span<const std::string_view> keys);
  // A note for each key that was neither asked for nor allowed.
  [[nodiscard]] std::vector<ModelNote> unknown() const;
  [[nodiscard]] std::string path_of(std::string_view key) const;

 private:
  explicit Section(const JsonNode& node) : node_(&node) {}
  [[nodiscard]] base::Result<const JsonNode*> of_kind(std::string_view key, JsonNode::Kind kind);

  const JsonNode* node_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace throughline::linkage::splink
