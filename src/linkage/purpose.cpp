#include "linkage/purpose.h"

#include <algorithm>
#include <array>

namespace throughline::linkage {

namespace {

constexpr std::array k_terms = {
    PurposeTerms{ledger::Purpose::protect, 0.2,
                 "To protect somebody: weaker links are shown too, for a missed one may be a child's; ring the desk "
                 "before you rely on one"},
    PurposeTerms{ledger::Purpose::investigate, 0.9, "A lead only: verify it at the source before anyone acts on it"},
    PurposeTerms{ledger::Purpose::count, 0.5, "To count people: no link is shown, only numbers with their error"},
    PurposeTerms{ledger::Purpose::govern, 0.2, "To look after the data: what the other purposes are shown"},
};

}  // namespace

base::Result<PurposeTerms> terms_of(ledger::Purpose purpose) {
  const auto* at = std::ranges::find(k_terms, purpose, &PurposeTerms::purpose);
  if (at != k_terms.end()) return *at;
  return base::Error{base::ErrorKind::bad_command, "purpose_needed",
                     "A question about links says what for, and each purpose has its own threshold", "--purpose",
                     "Say PROTECT, INVESTIGATE, COUNT or GOVERN"};
}

std::span<const PurposeTerms> all_terms() {
  return k_terms;
}

ExpectedErrors expected_errors(std::span<const WeighedPair> pairs, double probability_min) {
  ExpectedErrors errors;
  for (const WeighedPair& pair : pairs) {
    const double probability = pair.probability;
    if (probability >= probability_min) {
      ++errors.links;
      errors.false_links += 1 - probability;
    } else {
      errors.missed_links += probability;
    }
  }
  return errors;
}

}  // namespace throughline::linkage
