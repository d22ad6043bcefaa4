// When lists cannot carry an estimate at all, and what of them deserves a warning.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/hidden/lists.h"

namespace throughline::evidence {

// With fewer cases than this on two lists or more, the estimate is biased by more than its own error tells (Robson and
// Regier 1964, for two lists: seven recaptures).
inline constexpr std::int64_t k_shared_cases_min = 7;

// Why there is no estimate: a whole sentence, and what to do instead.
struct NoEstimate {
  std::string code;  // "overlap_too_small", "no_estimate_exists".
  std::string reason;
  std::string remedy;
};

// Nothing where the lists can carry one. REQUIRES cases on every list.
[[nodiscard]] std::optional<NoEstimate> refuse_estimate(const ListTable& table);

// Sentences about lists that share no case with any other, and pairs of lists that share none.
[[nodiscard]] std::vector<std::string> overlap_warnings(const ListTable& table);

}  // namespace throughline::evidence
