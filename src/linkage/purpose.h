// What a link may be used for: each purpose has its own threshold, and its expected errors are said beside it.
//
// The errors expected follow from calibrated probabilities: of the links shown, each is false with 1 - p; of the pairs
// not shown, each is missed with p. They hold as far as the probabilities do (the run's report says how far).
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "linkage/cluster.h"
#include "linkage/model.h"

namespace throughline::linkage {

struct PurposeTerms {
  ledger::Purpose purpose = ledger::Purpose::count;
  double probability_min = 0.5;
  std::string_view terms;  // For whoever asked: "A lead only: verify it at the source before anyone acts".
};

// Protect, investigate, count, and govern, which sees what the other three were shown. Error "purpose_needed" for any
// other.
[[nodiscard]] base::Result<PurposeTerms> terms_of(ledger::Purpose purpose);
[[nodiscard]] std::span<const PurposeTerms> all_terms();

struct ExpectedErrors {
  std::int64_t links = 0;
  double false_links = 0;
  double missed_links = 0;  // Among the pairs compared and kept; those that blocking never made are not in it.
};
[[nodiscard]] ExpectedErrors expected_errors(std::span<const WeighedPair> pairs, double probability_min);

}  // namespace throughline::linkage
