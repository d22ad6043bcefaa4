// What blocking will do, before it is done: what `link plan` shows.
//
// For each rule the pairs it makes and those that no earlier one made, its largest blocks, what is left out, and the
// share of true pairs that the model expects it to catch. For a refused rule how few values are to blame: they are
// counted, never shown. Where a rule makes very many pairs the new ones are estimated from a draw.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "linkage/blocking.h"
#include "linkage/expected_recall.h"

namespace throughline::linkage {

// The fewest values that make at least half of a rule's pairs.
struct CommonValues {
  std::int64_t values = 0;
  std::int64_t records = 0;
  std::int64_t pairs = 0;

  friend bool operator==(const CommonValues&, const CommonValues&) = default;
};

struct PlannedRule {
  RulePlan plan{};
  std::int64_t pairs_new = 0;         // That no earlier rule in force makes; 0 for a refused rule.
  bool is_estimated = false;          // Whether pairs_new is.
  std::int64_t members_left_out = 0;  // Of blocks too large.
  CommonValues common{};
  RuleRecall recall{};  // Among the rules in force; a refused rule has its own share only.
};

struct LinkPlan {
  std::vector<PlannedRule> rules{};
  std::int64_t pairs_possible = 0;
  std::int64_t pairs = 0;      // Of all rules, each once.
  bool is_every_pair = false;  // So few records that no rule is needed.
  SharePart recall{};          // Of true pairs, by all rules in force together.
};

struct PlanInputs {
  const People& people;
  PairScope scope = PairScope::all;
  BlockingLimits limits{};
};

struct PlanOptions {
  std::int64_t pairs_counted_max = 2'000'000;  // A rule of more pairs is estimated from so many drawn.
  RecallOptions recall{};
};

// REQUIRES: the blocking is that of the inputs, with its pairs.
[[nodiscard]] LinkPlan plan_links(const PlanInputs& inputs, const Blocking& blocking, const Mixture& mixture,
                                  const PlanOptions& options = {});

// Why a rule is not used, in words: "phone is refused: it would make 1,200 pairs. 3 values shared by 60 records make
// 1,100 of them; …". REQUIRES: the rule is refused.
[[nodiscard]] std::string refusal_words(const PlannedRule& rule);

}  // namespace throughline::linkage
