// How many true pairs a rule of blocking would catch if the model is right, before any pair is compared.
//
// Draws true pairs as the model makes them: which fields both records have is taken from two records drawn at random,
// the levels of agreement from the class of matches; then asks each rule whether all of its parts agree. Whether the
// first letters or the sounds of two unequal names agree does not follow from a level: rough chances stand for it, from
// slips of the kinds that the levels name. Blocks left out for their size count as caught: the plan says how many they
// are.
//
// Assumptions: the model's, and that what is missing in one record of a person is missing independently in the other.
// Bias: fields that agencies copy from each other are missing together; then every share is lower than it should be.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/blocking.h"
#include "linkage/mixture.h"
#include "linkage/reliability.h"

namespace throughline::linkage {

struct RuleRecall {
  SharePart caught{};        // Of all true pairs.
  SharePart caught_first{};  // Those that no earlier rule catches.
};

struct ExpectedRecall {
  std::vector<RuleRecall> rules{};  // As the rules were given.
  SharePart together{};             // By any of them.
};

struct RecallOptions {
  std::int64_t draws = 20'000;
  std::uint64_t seed = 1;
};

// Intervals are those of the draws alone. Without two records nothing is known.
[[nodiscard]] ExpectedRecall expected_recall(std::span<const BlockingRule> rules, std::span<const PersonRecord> records,
                                             const Mixture& mixture, const RecallOptions& options = {});

}  // namespace throughline::linkage
