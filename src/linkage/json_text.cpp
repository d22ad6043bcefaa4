#include <algorithm>

#include "linkage/json_text_internal.h"

namespace throughline::linkage {
namespace {

constexpr int k_depth_max = 16;

int depth_change(char byte) {
  constexpr std::string_view k_open = "{[";
  constexpr std::string_view k_close = "}]";
  if (k_open.find(byte) != std::string_view::npos) return 1;
  return k_close.find(byte) != std::string_view::npos ? -1 : 0;
}

// Brackets open at once, those in strings left out.
bool is_too_deep(std::string_view text) {
  int depth = 0;
  bool is_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    if (is_string) {
      i += byte == '\\' ? 1 : 0;
      is_string = byte != '"';
      continue;
    }
    is_string = byte == '"';
    depth += depth_change(byte);
    if (depth > k_depth_max) return true;
  }
  return false;
}

const Json* at(const Json& in, const std::string& name) {
  if (!in.is_object()) return nullptr;
  const auto found = in.find(name);
  return found == in.end() ? nullptr : &*found;
}

}  // namespace

base::Result<Json> parse_json(std::string_view text, std::string_view what) {
  const base::Error unreadable{.kind = base::ErrorKind::damaged,
                               .code = "json_unreadable",
                               .what = "the " + std::string(what) + " is not JSON, or was cut off",
                               .remedy = "Take it again from where it was written."};
  if (is_too_deep(text)) return unreadable;
  Json parsed = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_discarded() || !parsed.is_object()) return unreadable;
  return parsed;
}

std::string canonical_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string readable_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

base::Error field_error(std::string_view name, std::string_view should_be) {
  return {.kind = base::ErrorKind::damaged,
          .code = "json_field",
          .what = "the field " + std::string(name) + " should be " + std::string(should_be),
          .remedy = "Take the file again from where it was written."};
}

const Json* object_at(const Json& in, const std::string& name) {
  const Json* found = at(in, name);
  return found != nullptr && found->is_object() ? found : nullptr;
}

const Json* array_at(const Json& in, const std::string& name) {
  const Json* found = at(in, name);
  return found != nullptr && found->is_array() ? found : nullptr;
}

base::Result<std::string> text_at(const Json& in, const std::string& name) {
  const Json* found = at(in, name);
  if (found == nullptr || !found->is_string()) return field_error(name, "a text");
  return found->get<std::string>();
}

base::Result<double> number_at(const Json& in, const std::string& name) {
  const Json* found = at(in, name);
  if (found == nullptr || !found->is_number()) return field_error(name, "a number");
  return found->get<double>();
}

base::Result<std::int64_t> integer_at(const Json& in, const std::string& name) {
  const Json* found = at(in, name);
  if (found == nullptr || !found->is_number_integer()) return field_error(name, "a whole number");
  return found->get<std::int64_t>();
}

base::Result<bool> flag_at(const Json& in, const std::string& name) {
  const Json* found = at(in, name);
  if (found == nullptr || !found->is_boolean()) return field_error(name, "true or false");
  return found->get<bool>();
}

base::Result<void> check_format(const Json& document, const Format& format) {
  const auto name = text_at(document, "format");
  if (!name.ok() || name.value() != format.name) {
    return base::Error{.kind = base::ErrorKind::damaged,
                       .code = "format_unknown",
                       .what = "this is not a " + std::string(format.name),
                       .where = "format",
                       .remedy = "Name the file that was written as one."};
  }
  const std::int64_t version = TRY(integer_at(document, "version"));
  if (version == format.version) return {};
  return base::Error{.kind = base::ErrorKind::damaged,
                     .code = "version_unknown",
                     .what = "this " + std::string(format.name) + " is of version " + std::to_string(version) +
                             ", and this program reads version " + std::to_string(format.version),
                     .where = "version",
                     .remedy = std::string(format.remedy)};
}

}  // namespace throughline::linkage
