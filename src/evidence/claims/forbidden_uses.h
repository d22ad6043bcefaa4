// What a statement wants to do with a series beyond saying a figure of it: call it incidence, rank by it, take a fall
// for an improvement, add up substances, hold levels of countries against one another. Where a caveat of the series
// forbids that, the statement is not answered.
//
// - Undecidable: a use that the words do not show. The words are data (vocabulary.toml, [uses]).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evidence/caveats.h"
#include "evidence/claims/measure_words.h"
#include "evidence/claims/size_words.h"
#include "evidence/series/catalogue.h"

namespace throughline::evidence {

struct ForbiddenUse {
  std::string series;  // "Stops and searches: for drugs, section 1".
  Refusal refusal;
};

// What a statement says, and in which of its words.
struct StatedUse {
  std::string_view text;  // In small letters, without its years.
  const MeasureWords& words;
  Direction direction = Direction::none;
};

// The first series that the words mean and whose caveats forbid what they do with it. Nothing where none does.
[[nodiscard]] std::optional<ForbiddenUse> forbidden_use(const StatedUse& stated, const Catalogue& catalogue);

}  // namespace throughline::evidence
