// Slips of writing, one at a time. Each gives the text back unchanged where it has no place for the slip.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"

namespace throughline::simulate {

// A key beside the right one, two neighbours swapped, a letter lost or doubled; never the first letter, and nothing
// that is no letter of ASCII. Texts below three letters stay.
[[nodiscard]] std::string with_slip(std::string_view text, base::Random& random);
// Written as heard, by one rule of those that fit: ph for f, ie for y, one letter for two.
[[nodiscard]] std::string by_sound(std::string_view text, base::Random& random);
// Another digit for one of those in the text.
[[nodiscard]] std::string with_wrong_digit(std::string_view text, base::Random& random);
// One half of a text of two words, or of two with a hyphen between them.
[[nodiscard]] std::string one_part(std::string_view text, base::Random& random);
// Letters of ASCII in capitals, and the accented ones of Latin-1 and Latin Extended-A.
[[nodiscard]] std::string in_capitals(std::string_view text);
// The first letter, however many bytes it takes.
[[nodiscard]] std::string initial_of(std::string_view text);

}  // namespace throughline::simulate
