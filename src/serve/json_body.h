// The JSON body of a request, read against the fields that its operation names: one object of texts, and nothing else.
//
// Everything that is not named is refused, so that no field a page never sends can change anything. What was sent is
// never repeated in an error.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "serve/api_operations.h"

namespace throughline::serve {

class JsonBody {
 public:
  // Errors (bad command): "body_not_json", "body_too_deep" from the second level on, "field_unknown", "field_twice",
  // "field_type", "field_too_long", "field_choice", "field_missing". A text is valid UTF-8 without control characters
  // other than tab and line ends.
  [[nodiscard]] static base::Result<JsonBody> read(std::string_view text, const std::vector<BodyField>& fields);

  // Empty where the field is null or was not sent.
  [[nodiscard]] std::string text(std::string_view field) const;

 private:
  std::map<std::string, std::optional<std::string>, std::less<>> fields_;
};

}  // namespace throughline::serve
