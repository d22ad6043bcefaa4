// A list of texts as one text, whatever they hold: each preceded by its length in bytes, as in "5:Month0:4:Type".
// Source: Bernstein (1997), netstrings; the closing comma is left out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace throughline::records {

[[nodiscard]] std::string to_netstrings(const std::vector<std::string>& texts);
// Nothing unless the text is exactly what to_netstrings writes.
[[nodiscard]] std::optional<std::vector<std::string>> from_netstrings(std::string_view text);

}  // namespace throughline::records
