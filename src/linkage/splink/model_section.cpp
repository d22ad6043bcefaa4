#include "linkage/splink/model_section.h"

#include "base/text.h"

namespace throughline::linkage::splink {

base::Error model_fault(const std::string& what, const std::string& where, const std::string& remedy) {
  return {.kind = base::ErrorKind::bad_command, .code = "splink_model", .what = what, .where = where, .remedy = remedy};
}

base::Result<Section> Section::of(const JsonNode& node) {
  if (node.kind != JsonNode::Kind::object) {
    return model_fault("this must be an object and is " + std::string(kind_name(node.kind)), node.path,
                       "Save the model again with linker.misc.save_model_to_json().");
  }
  return Section(node);
}

std::string Section::path_of(std::string_view key) const {
  return node_->path.empty() ? std::string(key) : node_->path + "." + std::string(key);
}

const JsonNode* Section::find(std::string_view key) {
  known_.emplace(key);
  const JsonNode* node = node_->find(key);
  return node != nullptr && node->kind == JsonNode::Kind::null ? nullptr : node;
}

base::Result<const JsonNode*> Section::of_kind(std::string_view key, JsonNode::Kind kind) {
  const JsonNode* node = find(key);
  if (node != nullptr && node->kind != kind) {
    return model_fault("this must be " + std::string(kind_name(kind)) + " and is " + std::string(kind_name(node->kind)),
                       node->path, "Correct the value in the model file.");
  }
  return node;
}

base::Result<std::optional<std::string>> Section::text(std::string_view key) {
  const JsonNode* node = TRY(of_kind(key, JsonNode::Kind::text));
  return node == nullptr ? std::nullopt : std::optional(node->text);
}

base::Result<std::optional<double>> Section::number(std::string_view key) {
  const JsonNode* node = TRY(of_kind(key, JsonNode::Kind::number));
  return node == nullptr ? std::nullopt : std::optional(node->number);
}

base::Result<std::optional<bool>> Section::truth(std::string_view key) {
  const JsonNode* node = TRY(of_kind(key, JsonNode::Kind::truth));
  return node == nullptr ? std::nullopt : std::optional(node->truth);
}

base::Result<std::optional<std::vector<std::string>>> Section::texts(std::string_view key) {
  const JsonNode* node = TRY(of_kind(key, JsonNode::Kind::array));
  if (node == nullptr) return std::optional<std::vector<std::string>>();
  std::vector<std::string> made;
  for (const JsonNode& element : node->elements) {
    if (element.kind != JsonNode::Kind::text) {
      return model_fault("this must be text and is " + std::string(kind_name(element.kind)), element.path,
                         "Correct the value in the model file.");
    }
    made.push_back(element.text);
  }
  return std::optional(std::move(made));
}

base::Result<std::string> Section::needed_text(std::string_view key) {
  auto read = TRY(text(key));
  if (!read.has_value()) return model_fault("this is missing", path_of(key), "Add it to the model file.");
  return *std::move(read);
}

base::Result<const JsonNode*> Section::needed_array(std::string_view key) {
  const JsonNode* node = TRY(of_kind(key, JsonNode::Kind::array));
  if (node == nullptr) return model_fault("this list is missing", path_of(key), "Add it to the model file.");
  return node;
}

void Section::allow(std::span<const std::string_view> keys) {
  known_.insert(keys.begin(), keys.end());
}

std::vector<ModelNote> Section::unknown() const {
  std::vector<ModelNote> notes;
  const std::vector<std::string> known(known_.begin(), known_.end());
  for (const auto& [key, member] : node_->members) {
    if (known_.contains(key)) continue;
    const auto nearest = base::nearest_name(key, known);
    notes.push_back({member.path, "this key is not known, and was not used" +
                                      (nearest.has_value() ? "; did you mean '" + *nearest + "'?" : std::string())});
  }
  return notes;
}

}  // namespace throughline::linkage::splink
