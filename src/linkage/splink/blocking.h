// Which pairs of records a model's blocking rules ask to be scored.
//
// Each rule's equalities are looked up in a sorted index of hashes; what more the rule asks is tested on each pair
// found. A pair is counted with the first rule that holds, as in Splink: a later rule gives only pairs that none before
// it gave. Cost: sorting the records once a rule, and one test of the rule for each pair that its equalities give.
#pragma once

#include <cstdint>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "linkage/splink/plan.h"
#include "linkage/splink/records.h"

namespace throughline::linkage::splink {

struct CandidatePair {
  std::int64_t left = 0;  // Records.
  std::int64_t right = 0;
  std::int32_t match_key = 0;  // The number of the rule, from 0.
};

struct BlockingOptions {
  // Before any pair is made, the pairs that each rule's equalities give are counted; more in all are refused.
  std::int64_t pairs_max = 100'000'000;
  const base::Interrupt* interrupt = nullptr;
};

// By left record, then right record, each pair once. Without rules: every pair. Errors: "splink_blocking" where there
// would be too many pairs, with the rule, how many it would give and the size of its largest group of equal records,
// or where a rule fails on a pair as a level may.
[[nodiscard]] base::Result<std::vector<CandidatePair>> candidate_pairs(const Model& model, const Plan& plan,
                                                                       const Records& records,
                                                                       const BlockingOptions& options);

}  // namespace throughline::linkage::splink
