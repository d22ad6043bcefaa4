// UTF-8, one character at a time. For whole texts see base/text.h, which is faster.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace throughline::base::utf8 {

struct Sequence {
  enum class Kind {
    whole,   // One code point.
    broken,  // Bytes that cannot be part of any; length is the longest part that looked right, at least 1.
    cut,     // The text ends within what may be a code point.
  };
  Kind kind = Kind::broken;
  std::size_t length = 1;
  char32_t point = 0xFFFD;  // The code point where whole.
};

// The sequence that begins at `at`. REQUIRES: at < text.size().
[[nodiscard]] Sequence read(std::string_view text, std::size_t at);

// The code points of a text; U+FFFD for each broken or cut sequence.
[[nodiscard]] std::u32string points(std::string_view text);

// Adds the code point to the text. REQUIRES: a Unicode scalar value.
void append(std::string& text, char32_t point);

}  // namespace throughline::base::utf8
