// Of the people in one capacity in a period, what share had a history of another: with the error of linkage in it.
//
// The links are drawn again and again, each there with its probability; every draw groups records into people and
// counts. The draws' shares are put together as multiple imputations are: within each the error of a share, between
// them that of the links.
//
// - Source: Rubin 1987, on the log-odds of the share; the interval of the share alone: Wilson 1927.
// - Assumptions: probabilities are calibrated, links are right or wrong independently of each other.
// - Bias: a group drawn from many weak links is larger than any of them says, so that people are joined too readily
//   where many records are alike; pairs below the least probability kept are never drawn, which misses some.
// - Undecidable: without a person in the cohort there is no share.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/date.h"
#include "linkage/accuracy.h"
#include "linkage/link_graph.h"

namespace throughline::linkage {

// One record, as far as the question goes.
struct CohortRecord {
  std::optional<base::Date> in_cohort{};    // When, where it puts its person into the cohort.
  std::optional<base::Date> has_history{};  // When, where it is of the history asked for.
};

struct CohortDraws {
  std::int64_t draws = 200;
  std::uint64_t seed = 1;
};

struct CohortAnswer {
  std::int64_t people = 0;        // By the links more likely than not.
  std::int64_t with_history = 0;  // Whose history begins no later than their place in the cohort.
  double share = 0;               // Over the draws.
  ShareInterval interval{};       // With the links' error.
  ShareInterval sampling{};       // Without it.
};
// Nothing without a person in the cohort. A link of probability 1 is always there. REQUIRES: draws > 1.
[[nodiscard]] std::optional<CohortAnswer> cohort_share(std::span<const CohortRecord> records,
                                                       std::span<const GraphLink> links, const CohortDraws& draws);

}  // namespace throughline::linkage
