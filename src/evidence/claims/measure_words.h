// What a statement counts, and where: its words by the vocabulary of the catalogue.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/series/catalogue.h"

namespace throughline::evidence {

struct MeasureWords {
  std::vector<std::string> concepts;  // Sorted, each once. "age 16-24" for ages.
  std::vector<std::string> unknown;   // Words that are neither concepts nor neutral, in order.
  std::string area;                   // The first that was named.
  std::vector<std::string> areas;     // All, each once, in order.
};

// The longest phrase is matched first: "cocaine powder crack" before "cocaine".
[[nodiscard]] MeasureWords measure_words(std::string_view text, const Vocabulary& vocabulary);

}  // namespace throughline::evidence
