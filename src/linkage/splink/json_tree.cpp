#include "linkage/splink/json_tree.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

namespace throughline::linkage::splink {

namespace {

using Json = nlohmann::json;

base::Error fault(const std::string& what, const std::string& where) {
  return {.kind = base::ErrorKind::bad_command,
          .code = "splink_model_json",
          .what = what,
          .where = where,
          .remedy = "Save the model again with linker.misc.save_model_to_json(), or correct the file."};
}

// Takes the parser's events and grows the tree. The parser itself does not recurse.
class Builder final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return put({.kind = JsonNode::Kind::null}); }
  bool boolean(bool value) override { return put({.kind = JsonNode::Kind::truth, .truth = value}); }
  bool number_integer(number_integer_t value) override { return number(static_cast<double>(value)); }
  bool number_unsigned(number_unsigned_t value) override { return number(static_cast<double>(value)); }
  bool number_float(number_float_t value, const string_t&) override { return number(value); }
  bool string(string_t& value) override { return put({.kind = JsonNode::Kind::text, .text = std::move(value)}); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(JsonNode::Kind::object); }
  bool start_array(std::size_t) override { return open(JsonNode::Kind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& value) override {
    const auto& members = open_.back().members;
    const bool is_twice = std::ranges::any_of(members, [&value](const auto& member) { return member.first == value; });
    if (is_twice) return refuse("the key is there twice", joined(open_.back().path, value));
    keys_.back() = std::move(value);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    if (!fault_.has_value()) broken_at_ = position;
    return false;
  }

  [[nodiscard]] const std::optional<base::Error>& own_fault() const { return fault_; }
  [[nodiscard]] std::size_t broken_at() const { return broken_at_; }
  [[nodiscard]] JsonNode take() { return std::move(root_); }

 private:
  static std::string joined(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + "." + key;
  }

  bool refuse(const std::string& what, const std::string& where) {
    fault_ = fault(what, where);
    return false;
  }

  bool number(double value) { return put({.kind = JsonNode::Kind::number, .number = value}); }

  // Where the next value will stand.
  [[nodiscard]] std::string next_path() const {
    if (open_.empty()) return "";
    const JsonNode& parent = open_.back();
    if (parent.kind == JsonNode::Kind::object) return joined(parent.path, keys_.back());
    return parent.path + "[" + std::to_string(parent.elements.size()) + "]";
  }

  bool put(JsonNode node) {
    if (node.path.empty()) node.path = next_path();
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (open_.back().kind == JsonNode::Kind::object) {
      open_.back().members.emplace_back(std::move(keys_.back()), std::move(node));
    } else {
      open_.back().elements.push_back(std::move(node));
    }
    return true;
  }

  bool open(JsonNode::Kind kind) {
    if (open_.size() >= static_cast<std::size_t>(k_json_depth_max)) {
      return refuse("the file is nested more than 40 deep", next_path());
    }
    open_.push_back({.kind = kind, .path = next_path()});
    keys_.emplace_back();
    return true;
  }

  bool close() {
    JsonNode node = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    return put(std::move(node));
  }

  JsonNode root_;
  std::vector<JsonNode> open_;     // From the outermost in.
  std::vector<std::string> keys_;  // The key last read in each that is open.
  std::optional<base::Error> fault_;
  std::size_t broken_at_ = 0;
};

// "line 12, column 5" of a byte, from 1.
std::string place_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte > 0 ? byte - 1 : 0, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t line_end = before.rfind('\n');
  const std::size_t column = line_end == std::string_view::npos ? before.size() + 1 : before.size() - line_end;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace

const JsonNode* JsonNode::find(std::string_view name) const {
  const auto found = std::ranges::find_if(members, [name](const auto& member) { return member.first == name; });
  return found == members.end() ? nullptr : &found->second;
}

std::string_view kind_name(JsonNode::Kind kind) {
  switch (kind) {
    case JsonNode::Kind::null: return "null";
    case JsonNode::Kind::truth: return "true or false";
    case JsonNode::Kind::number: return "a number";
    case JsonNode::Kind::text: return "text";
    case JsonNode::Kind::array: return "a list";
    case JsonNode::Kind::object: return "an object";
  }
  return "";
}

base::Result<JsonNode> parse_json(std::string_view text, const std::string& file) {
  if (text.size() > k_json_bytes_max) return fault("the model file is larger than 16 MiB", file);
  Builder builder;
  const bool is_well = Json::sax_parse(text.begin(), text.end(), &builder);
  if (is_well) return builder.take();
  if (builder.own_fault().has_value()) {
    base::Error error = *builder.own_fault();
    error.where = file + ": " + error.where;
    return error;
  }
  return fault("the model file is no JSON", file + ", " + place_of(text, builder.broken_at()));
}

}  // namespace throughline::linkage::splink
