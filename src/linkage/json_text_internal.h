// Reading JSON that somebody may have changed: every field is asked for by name and kind, and a fault says which.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/result.h"

namespace throughline::linkage {

using Json = nlohmann::json;

// The text as JSON. Errors: "json_unreadable" where it is none, or is nested deeper than anything we write.
[[nodiscard]] base::Result<Json> parse_json(std::string_view text, std::string_view what);
// One text for one content: keys in order, no blanks, numbers as short as they read back. Broken UTF-8 becomes U+FFFD.
[[nodiscard]] std::string canonical_text(const Json& json);
[[nodiscard]] std::string readable_text(const Json& json);

// "json_field": the field `name` is missing or is not what it should be.
[[nodiscard]] base::Error field_error(std::string_view name, std::string_view should_be);
// The field where it is an object, an array and so on; null where it is not.
[[nodiscard]] const Json* object_at(const Json& in, const std::string& name);
[[nodiscard]] const Json* array_at(const Json& in, const std::string& name);
[[nodiscard]] base::Result<std::string> text_at(const Json& in, const std::string& name);
[[nodiscard]] base::Result<double> number_at(const Json& in, const std::string& name);
[[nodiscard]] base::Result<std::int64_t> integer_at(const Json& in, const std::string& name);
[[nodiscard]] base::Result<bool> flag_at(const Json& in, const std::string& name);

// The document says of itself what it is and of which version. Errors: "format_unknown", "version_unknown".
struct Format {
  std::string_view name;     // "throughline linkage model".
  std::int64_t version = 0;  // The one that this program reads.
  std::string_view remedy;   // What to do with another version.
};
[[nodiscard]] base::Result<void> check_format(const Json& document, const Format& format);

}  // namespace throughline::linkage
