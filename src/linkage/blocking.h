// Which pairs are worth comparing: those that agree on one of many keys.
//
// A rule is a few atoms that must all be equal and present. Each rule's keys are sorted; what stands together is a
// block. Pairs of several rules come once. A rule whose blocks would make more pairs than it may is refused and says
// so; within a rule that stands, a block too large is left out and counted: its pairs may still come from other rules.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "linkage/blocking_keys.h"
#include "linkage/encode.h"
#include "linkage/sorted_pairs.h"

namespace throughline::linkage {

struct RulePlan {
  std::string rule{};
  std::int64_t records = 0;         // With all atoms present.
  std::int64_t blocks = 0;          // Of two or more.
  std::int64_t pairs = 0;           // All the rule would make, blocks left out included; other rules may make them too.
  std::int64_t pairs_left_out = 0;  // In blocks too large.
  std::int64_t blocks_left_out = 0;
  std::vector<std::int64_t> largest_blocks{};  // Members of the five largest.
  bool is_used = false;
  bool is_estimate = false;  // Counted on a sixteenth of the records only, for it is far too many.
};

struct BlockingLimits {
  std::int64_t all_pairs_max = 4'000'000;     // So few pairs in all are simply all compared.
  std::int64_t pairs_max = 6'000'000;         // Over all rules, before pairs of several rules are made one.
  std::int64_t pairs_a_record_max = 2;        // Added to it for each record,
  std::int64_t pairs_a_later_record_max = 8;  // and for each beyond the first million: blocks grow with the records.
  std::int64_t block_members_max = 3'000;
};

// Which pairs may be: all, or only those of different sources.
enum class PairScope : std::uint8_t { all, across_sources };

struct Blocking {
  std::vector<RulePlan> rules{};
  std::int64_t pairs_possible = 0;
  std::int64_t rule_pairs_max = 0;  // What one rule may make.
  bool is_every_pair = false;
  PairKeys pairs{};  // Ascending, each once.
};

// Which rules may run, and their pairs. On every core; the same at any number of them. Errors: "interrupted".
// REQUIRES: fewer than 2^32 records. Memory: 16 bytes for each pair over all rules.
[[nodiscard]] base::Result<Blocking> block(const People& people, PairScope scope, const BlockingLimits& limits,
                                           const base::Interrupt& interrupt);

}  // namespace throughline::linkage
