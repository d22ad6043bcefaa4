#include "serve/json_body.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "serve/api_problem.h"

namespace throughline::serve {

namespace {

using base::Error;
using base::Result;
using Fields = std::map<std::string, std::optional<std::string>, std::less<>>;

std::int64_t characters_of(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

// Tab and line ends are text; other control characters would move a cursor or end a string elsewhere.
bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
  });
}

std::string names_of(const std::vector<BodyField>& fields) {
  std::vector<std::string_view> names;
  for (const BodyField& field : fields) names.push_back(field.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

// Takes the parser's events; the first that does not fit ends the parsing.
class Reader final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Reader(const std::vector<BodyField>& fields) : fields_(fields) {}
  [[nodiscard]] Fields& read() { return read_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  bool null() override {
    if (!has_field()) return refuse_type();
    if (!field_->may_be_null) return refuse_type();
    return keep(std::nullopt);
  }
  bool boolean(bool /*value*/) override { return refuse_type(); }
  bool number_integer(number_integer_t /*value*/) override { return refuse_type(); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return refuse_type(); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return refuse_type(); }
  bool binary(binary_t& /*value*/) override { return refuse_type(); }
  bool string(string_t& value) override {
    if (!has_field()) return refuse_type();
    const std::string name(field_->name);
    if (characters_of(value) > field_->text_max) {
      return refuse("field_too_long", fmt::format("{} is longer than it may be", name),
                    fmt::format("At most {} characters", field_->text_max));
    }
    if (has_control(value)) {
      return refuse("field_type", fmt::format("{} holds control characters", name), "Send plain text");
    }
    if (!field_->choices.empty() && std::ranges::find(field_->choices, value) == field_->choices.end()) {
      return refuse("field_choice", fmt::format("{} is none of its values", name),
                    fmt::format("The values are {}", fmt::join(field_->choices, ", ")));
    }
    return keep(value);
  }
  bool start_object(std::size_t /*elements*/) override {
    if (is_open_) return refuse("body_too_deep", "The body has objects or lists within it", "Send texts alone");
    is_open_ = true;
    return true;
  }
  bool key(string_t& name) override {
    const auto at = std::ranges::find(fields_, std::string_view(name), &BodyField::name);
    if (at == fields_.end()) {
      return refuse("field_unknown", "The body has a field that is not known here",
                    fmt::format("The fields are {}", names_of(fields_)));
    }
    if (read_.contains(name)) return refuse("field_twice", fmt::format("{} is given twice", at->name), "Give it once");
    field_ = &*at;
    return true;
  }
  bool end_object() override { return true; }
  bool start_array(std::size_t /*elements*/) override {
    if (is_open_) return refuse("body_too_deep", "The body has objects or lists within it", "Send texts alone");
    return refuse_type();
  }
  bool end_array() override { return true; }
  bool parse_error(std::size_t /*place*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*what*/) override {
    return refuse("body_not_json", "The body is not one JSON object in UTF-8", "Send one object");
  }

 private:
  [[nodiscard]] bool has_field() const { return field_ != nullptr; }
  bool keep(std::optional<std::string> value) {
    read_.emplace(field_->name, std::move(value));
    field_ = nullptr;
    return true;
  }
  bool refuse(std::string code, std::string what, std::string remedy) {
    if (!error_) error_ = asked_wrongly(std::move(code), std::move(what), "the request's body", std::move(remedy));
    return false;
  }
  bool refuse_type() {
    if (!has_field()) return refuse("body_not_json", "The body is not one JSON object in UTF-8", "Send one object");
    return refuse("field_type", fmt::format("{} must be text", field_->name), "Send it as a JSON string");
  }

  const std::vector<BodyField>& fields_;
  const BodyField* field_ = nullptr;  // Whose value comes next.
  bool is_open_ = false;
  Fields read_;
  std::optional<Error> error_;
};

}  // namespace

Result<JsonBody> JsonBody::read(std::string_view text, const std::vector<BodyField>& fields) {
  Reader reader(fields);
  const bool is_json = nlohmann::json::sax_parse(text.begin(), text.end(), &reader);
  if (reader.error()) return *reader.error();
  if (!is_json) {
    return asked_wrongly("body_not_json", "The body is not one JSON object in UTF-8", "the request's body",
                         "Send one object");
  }
  for (const BodyField& field : fields) {
    if (!field.is_required || reader.read().contains(field.name)) continue;
    return asked_wrongly("field_missing", fmt::format("{} is not given", field.name), "the request's body",
                         fmt::format("The fields are {}", names_of(fields)));
  }
  JsonBody body;
  body.fields_ = std::move(reader.read());
  return body;
}

std::string JsonBody::text(std::string_view field) const {
  const auto found = fields_.find(field);
  return found == fields_.end() ? std::string() : found->second.value_or("");
}

}  // namespace throughline::serve
