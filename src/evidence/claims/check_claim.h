// Does a claim hold?
//
// - Assumptions: a figure is printed rounded; it holds on a basis when the value worked out rounds to it. Series are
// taken
//   as their release has them: an older release may have given the claim's figure.
// - Undecidable: a claim of which no stored series holds what it needs; then what is missing is named.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/claims/reading.h"

namespace throughline::evidence {

enum class Verdict {
  holds,                   // As it is printed.
  holds_on_another_basis,  // Only with other years, another line or another publisher, which are named.
  consistent,              // As far as the series runs; the claim's own last period is not stored.
  does_not_hold,           // On no basis that the stored series allow.
  conflicts,               // Two printed figures for the same words.
  no_data,                 // Nothing stored decides it; what is missing is named.
};

// "holds", "holds on another basis", "consistent as far as stored", "does not hold", "conflicts", "no data stored
// here".
[[nodiscard]] std::string_view words_of(Verdict verdict);
// "holds_on_another_basis".
[[nodiscard]] std::string_view code_of(Verdict verdict);

struct CheckedClaim {
  Verdict verdict = Verdict::no_data;
  std::string basis;  // On which it holds; empty where it does not.
  std::string why;    // A sentence or two.
  Readings readings;
  Matches matches;
  Caveats caveats;  // United, of all series read.
};

[[nodiscard]] CheckedClaim check_claim(const Claim& claim, const Catalogue& catalogue);

}  // namespace throughline::evidence
