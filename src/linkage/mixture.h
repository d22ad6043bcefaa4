// The model: three classes of pairs, and how likely each class makes each level of each comparison.
//
//   match       both records are of one person
//   household   two people who share a home: address and family name agree as they do for one person, given name, sex
//               and date of birth as they do for strangers
//   stranger    any two people
//
// Without the class in the middle a brother or sister looks like one person who misspelt a name.
//
// Fellegi and Sunter (1969); the probabilities of matches and households by expectation maximisation over agreement
// patterns (Winkler, 1988); those of strangers from pairs drawn at random and from how often values occur. Levels of
// one comparison are learnt jointly, drawn towards the product of their parts where pairs are few. Comparisons are
// taken to be independent of each other within a class. What is missing says nothing.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "linkage/level_probabilities.h"
#include "linkage/pattern.h"
#include "linkage/record.h"

namespace throughline::linkage {

enum class PairClass : std::uint8_t { match, household, stranger };
inline constexpr std::size_t k_classes = 3;

using ClassProbabilities = std::array<LevelProbabilities, k_comparisons>;

// Pairs within one source and pairs across sources have chances of their own to be of one person: a register without
// duplicates next to another of the same people.
enum class PairKind : std::uint8_t { within_source, across_sources };
inline constexpr std::size_t k_kinds = 2;
[[nodiscard]] inline PairKind kind_of(const PersonRecord& one, const PersonRecord& other) {
  return one.source == other.source ? PairKind::within_source : PairKind::across_sources;
}

struct Mixture {
  std::array<ClassProbabilities, k_classes> levels;
  std::array<std::array<double, k_classes>, k_kinds> share{};  // Of all possible pairs of the kind; each adds to 1.
  int rounds = 0;                                              // Of expectation maximisation.
  bool converged = false;
  bool has_households = false;
};

struct PatternCount {
  PatternKey key = 0;
  PairKind kind = PairKind::within_source;
  std::int64_t pairs = 0;
};

// What is known of pairs of strangers before any is compared.
struct RandomPairs {
  std::vector<PatternCount> drawn;  // Patterns of pairs drawn at random, of every kind together.
  std::int64_t pairs = 0;
};

struct EstimateInputs {
  std::span<const PatternCount> compared;  // All pairs that blocking made.
  RandomPairs random;
  std::array<std::int64_t, k_kinds> pairs_possible{};
  std::array<std::int64_t, k_kinds> matches_max{};  // As many as there can be at most.
  std::int64_t records = 0;
};

[[nodiscard]] Mixture estimate(const EstimateInputs& inputs);

// A nought for each level of each comparison.
[[nodiscard]] ClassProbabilities no_counts();

struct Posterior {
  std::array<double, k_classes> probability{};
};
[[nodiscard]] Posterior posterior(const Mixture& mixture, const Pattern& pattern, PairKind kind);

}  // namespace throughline::linkage
