// The words of a SQL expression.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace throughline::linkage::splink {

// Spark lets a backslash escape inside quotes, and quotes names with `; DuckDB does neither, but may use both kinds.
enum class Dialect { duckdb, spark };

struct Token {
  enum class Kind { word, quoted_name, number, text, sign, end };
  Kind kind = Kind::end;
  std::string text{};   // A sign or word as written, a quoted name or text without its quotes.
  std::string upper{};  // Of a word: in capitals, for key words.
  std::size_t at = 0;   // The byte at which it begins.
};

// The words in order, the last of kind end. Errors: quotes or a comment that do not end, a character that begins no
// word.
[[nodiscard]] base::Result<std::vector<Token>> tokens_of(std::string_view sql, Dialect dialect);

}  // namespace throughline::linkage::splink
