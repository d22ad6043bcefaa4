// The target of a request: what stands between the method and the version, decoded once and judged after decoding, so
// that no second reading of it can mean anything else.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "serve/http.h"

namespace throughline::serve {

inline constexpr std::size_t k_target_bytes_max = 2048;

struct Target {
  std::string path;
  std::vector<NamedText> query;
};

// The target in its origin form, "/a/b?c=d"; every other form is refused. What path and query hold then is said in
// http.h.
[[nodiscard]] std::variant<Target, Refusal> parse_target(std::string_view text);

// The text with each %XX replaced once; nothing where an escape is broken.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace throughline::serve
