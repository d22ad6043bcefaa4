// Who else knows this person: everybody in the records weighed against what was asked.
#pragma once

#include <vector>

#include "linkage/stage.h"

namespace throughline::linkage {

struct AskedMatch {
  MentionId mention;
  double probability = 0;
};

// Those at least so likely, by mention. What is asked may be partial and misspelt; a record known by another name is
// asked by that too, and the better of the two stands. Errors: "too_little_asked" where what is given could be anybody:
// no name, no number of a person, and no date of birth with a postcode.
// Cost: one comparison for each mention.
[[nodiscard]] base::Result<std::vector<AskedMatch>> find_matches(const Links& links, const PersonTexts& asked,
                                                                 double probability_min);

}  // namespace throughline::linkage
