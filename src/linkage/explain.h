// Why a pair weighs what it weighs, step by step and in words; and what holds a cluster together.
//
// The steps of a pair add to the weight that Scale gives, to the last bit where they are added as Scale does: what is
// known of any pair and the comparisons, in their order; the rarities, in theirs; both; the household. No step holds a
// value of a record: who may see the values sets them beside the steps.
//
// Source of the weights: Fellegi and Sunter (1969). What it cannot tell: whether the comparisons are independent within
// a class, as the model takes them to be; evidence that is counted twice shows as two steps.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linkage/cluster.h"
#include "linkage/compare.h"
#include "linkage/mixture.h"
#include "linkage/weigh.h"

namespace throughline::linkage {

// How much rarer, or commoner, the values are on which a pair agrees than those on which pairs usually do; 0 where they
// do not agree, or it is not known.
struct PairRarity {
  ClassBits names_swapped{};
  ClassBits given{};
  ClassBits family{};
  ClassBits locality{};
  ClassBits email{};

  friend bool operator==(const PairRarity&, const PairRarity&) = default;
};

// What a pair shows to the model, without the values themselves.
struct PairFacts {
  Pattern pattern{};
  PairKind kind = PairKind::within_source;
  PairRarity rarity{};

  friend bool operator==(const PairFacts&, const PairFacts&) = default;
};
// Two records and what they point into.
struct ComparedPair {
  const PersonRecord& one;
  const PersonRecord& other;
  const ComparedTexts& texts;
};
[[nodiscard]] PairFacts facts_of(const ComparedPair& pair, const Scale& scale);

enum class StepKind : std::uint8_t {
  prior,       // How likely any pair of the kind is to be of one person.
  comparison,  // What one comparison shows.
  rarity,      // How much rarer, or more common, a value is than one that agrees usually is.
  household,   // What two people of one household would explain as well.
};
[[nodiscard]] std::string_view step_code(StepKind kind);

struct EvidenceStep {
  StepKind kind = StepKind::prior;
  std::string subject;        // "names", "birth"; what the step is about.
  std::string words;          // "given names: one letter differs; family names: the same".
  double bits = 0;            // For being of one person where positive, against it where negative.
  double household_bits = 0;  // For being two of one household; adds to the exponent of the last step.

  friend bool operator==(const EvidenceStep&, const EvidenceStep&) = default;
};

struct Explanation {
  std::vector<EvidenceStep> steps{};  // Prior, comparisons, rarities, household; in the order of adding.
  double weight_bits = 0;
  double probability = 0;

  friend bool operator==(const Explanation&, const Explanation&) = default;
};
[[nodiscard]] Explanation explain(const Mixture& mixture, const PairFacts& facts);

// What one comparison shows, in words: "born: day and month the other way round, year the same".
// REQUIRES: the level is one of the comparison's.
[[nodiscard]] std::string level_words(Comparison comparison, int level);

// "almost certain", "very likely", "likely", "possible", "doubtful".
[[nodiscard]] std::string_view sureness_words(double probability);

}  // namespace throughline::linkage
