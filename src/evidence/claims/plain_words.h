// Words of a statement, made comparable: small letters, no punctuation, no plural endings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace throughline::evidence {

// "Stops and searches, 16–24" → "stop", "and", "search", "16-24". Dashes between digits stay, whatever their length.
[[nodiscard]] std::vector<std::string> plain_words(std::string_view text);

// With a space between.
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

// Small letters and plain dashes, punctuation kept: what statements are cut from.
[[nodiscard]] std::string plain_letters(std::string_view text);

}  // namespace throughline::evidence
