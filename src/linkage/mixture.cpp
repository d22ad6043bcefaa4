#include "linkage/mixture.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/check.h"
#include "linkage/starting_levels.h"
#include "linkage/strangers.h"

namespace throughline::linkage {
namespace {

constexpr int k_rounds_max = 200;  // Of one learning; strangers are looked at again after each.
constexpr int k_learnings = 4;
constexpr double k_converged = 1e-5;
constexpr double k_joint_pairs = 30;  // How many pairs' worth the product of the parts weighs against the joint counts.
constexpr double k_starting_pairs = 10;  // How many pairs' worth the starting probabilities weigh.
constexpr double k_household_pairs = 200;
constexpr double k_supported = 0.9;

std::size_t index_of(PairClass of) {
  return static_cast<std::size_t>(of);
}

std::vector<double> special_of(const ComparisonShape& shape, const LevelProbabilities& counts,
                               const StartingLevels& starting, double starting_pairs) {
  std::vector<double> special;
  double whole = starting_pairs;
  for (int level = 0; level < static_cast<int>(counts.size()); ++level) {
    if (is_whole(shape, level)) whole += counts[static_cast<std::size_t>(level)];
  }
  for (int i = 0; i < shape.special_levels; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const int level = grid_levels(shape) + i;
    const double count = counts[static_cast<std::size_t>(level)];
    special.push_back((count + starting_pairs * starting.special[at]) / whole);
  }
  return special;
}

// The level at which neither name, or no part of the date of birth, agrees. Strangers fill it: what matches do there is
// learnt only from pairs that the other comparisons alone make matches.
std::optional<std::size_t> nothing_agrees(std::size_t comparison) {
  const auto of = static_cast<Comparison>(comparison);
  if (of != Comparison::names && of != Comparison::birth) return std::nullopt;
  return static_cast<std::size_t>(grid_levels(shape_at(comparison)) - 1);
}

// The level at which every part is exact.
std::size_t all_exact_level(const ComparisonShape& shape) {
  std::size_t level = 0;
  for (int part = 0; part < shape.parts; ++part) {
    level = level * static_cast<std::size_t>(shape.part_levels[static_cast<std::size_t>(part)]) + 1;
  }
  return level;
}

// New probabilities of a class from expected counts.
LevelProbabilities learnt(std::size_t comparison, const LevelProbabilities& counts, const StartingLevels& starting,
                          double starting_pairs) {
  const ComparisonShape& shape = shape_at(comparison);
  const PartProbabilities parts = part_probabilities(shape, counts, starting.parts, starting_pairs);
  const std::vector<double> special = special_of(shape, counts, starting, starting_pairs);
  LevelProbabilities product = product_of(shape, parts, special);
  if (starting.all_exact == 0) return smoothed(shape, counts, product, k_joint_pairs);
  const std::size_t whole = all_exact_level(shape);
  for (int level = 0; level < grid_levels(shape); ++level) {
    if (is_whole(shape, level)) product[static_cast<std::size_t>(level)] *= 1 - starting.all_exact;
  }
  product[whole] += starting.all_exact;
  LevelProbabilities levels = smoothed(shape, counts, product, k_joint_pairs);
  // Twins are few in any data; where more of a class agree wholly, it is matches that it has taken in.
  levels[whole] = std::min(levels[whole], starting.all_exact);
  return levels;
}

using ClassCounts = std::array<ClassProbabilities, k_classes>;

void add(ClassProbabilities& counts, const Pattern& pattern, double pairs) {
  for (std::size_t c = 0; c < k_comparisons; ++c) counts[c][pattern.levels[c]] += pairs;
}

// A household's given names, sexes and births are those of strangers, but for twins, and fathers who name a son after
// themselves; its home and family name are its own.
StartingLevels household_start(std::size_t comparison, const ClassProbabilities& strangers) {
  StartingLevels starting = starting_levels(PairClass::household, static_cast<Comparison>(comparison));
  const ComparisonShape& shape = shape_at(comparison);
  for (int part = 0; part < shape.parts; ++part) {
    const auto p = static_cast<std::size_t>(part);
    if (starting.parts_of_strangers[p] == 0) continue;
    const PartProbabilities of_strangers = part_probabilities(shape, strangers[comparison], starting.parts, 0);
    const double mixed = starting.parts_of_strangers[p];
    for (std::size_t level = 0; level < starting.parts[p].size(); ++level) {
      starting.parts[p][level] = mixed * of_strangers[p][level] + (1 - mixed) * starting.parts[p][level];
    }
  }
  return starting;
}

void start(Mixture& mixture, const EstimateInputs& inputs) {
  const ClassProbabilities none = no_counts();
  for (std::size_t c = 0; c < k_comparisons; ++c) {
    mixture.levels[index_of(PairClass::match)][c] =
        learnt(c, none[c], starting_levels(PairClass::match, static_cast<Comparison>(c)), k_starting_pairs);
    mixture.levels[index_of(PairClass::household)][c] = none[c];
  }
  mixture.levels[index_of(PairClass::stranger)] = stranger_levels(inputs.random, nullptr);
  for (std::size_t c = 0; c < k_comparisons; ++c) {
    mixture.levels[index_of(PairClass::household)][c] =
        learnt(c, none[c], household_start(c, mixture.levels[index_of(PairClass::stranger)]), k_starting_pairs);
  }
  for (std::size_t kind = 0; kind < k_kinds; ++kind) {
    const auto possible = static_cast<double>(std::max<std::int64_t>(inputs.pairs_possible[kind], 1));
    const double matches = std::min({0.25 * static_cast<double>(inputs.records), 0.2 * possible,
                                     static_cast<double>(inputs.matches_max[kind])}) /
                           possible;
    const double households = mixture.has_households ? matches : 0;
    mixture.share[kind] = {matches, households, 1 - matches - households};
  }
}

struct Expected {
  ClassCounts counts{no_counts(), no_counts(), no_counts()};
  std::array<std::array<double, k_classes>, k_kinds> pairs{};
};

// How likely the pair is a match by all comparisons but one.
double chance_without(const Mixture& mixture, const Pattern& pattern, PairKind kind, std::size_t comparison) {
  Pattern without = pattern;
  without.levels[comparison] = 0;
  return posterior(mixture, without, kind).probability[index_of(PairClass::match)];
}

void add_matches(const Mixture& mixture, const PatternCount& seen, double pairs, ClassProbabilities& counts) {
  const Pattern pattern = pattern_of(seen.key);
  for (std::size_t c = 0; c < k_comparisons; ++c) {
    const std::uint8_t level = pattern.levels[c];
    const bool is_unsupported =
        nothing_agrees(c) == level && pairs > 0 && chance_without(mixture, pattern, seen.kind, c) < k_supported;
    if (!is_unsupported) counts[c][level] += pairs;
  }
}

Expected expect(const Mixture& mixture, std::span<const PatternCount> compared) {
  Expected expected;
  for (const PatternCount& seen : compared) {
    const Pattern pattern = pattern_of(seen.key);
    const Posterior chances = posterior(mixture, pattern, seen.kind);
    const auto pairs_of = [&](PairClass of) {
      const double pairs = chances.probability[index_of(of)] * static_cast<double>(seen.pairs);
      expected.pairs[static_cast<std::size_t>(seen.kind)][index_of(of)] += pairs;
      return pairs;
    };
    add_matches(mixture, seen, pairs_of(PairClass::match), expected.counts[index_of(PairClass::match)]);
    if (mixture.has_households) {
      add(expected.counts[index_of(PairClass::household)], pattern, pairs_of(PairClass::household));
    }
  }
  return expected;
}

void learn(Mixture& mixture, const EstimateInputs& inputs, const Expected& expected) {
  for (std::size_t c = 0; c < k_comparisons; ++c) {
    mixture.levels[index_of(PairClass::match)][c] =
        learnt(c, expected.counts[index_of(PairClass::match)][c],
               starting_levels(PairClass::match, static_cast<Comparison>(c)), k_starting_pairs);
    if (!mixture.has_households) continue;
    mixture.levels[index_of(PairClass::household)][c] =
        learnt(c, expected.counts[index_of(PairClass::household)][c],
               household_start(c, mixture.levels[index_of(PairClass::stranger)]), k_household_pairs);
  }
  for (std::size_t kind = 0; kind < k_kinds; ++kind) {
    if (inputs.pairs_possible[kind] == 0) continue;
    const auto possible = static_cast<double>(inputs.pairs_possible[kind]);
    const auto most = static_cast<double>(inputs.matches_max[kind]);
    const double matches = std::min(expected.pairs[kind][index_of(PairClass::match)], most) / possible;
    const double households = std::max(expected.pairs[kind][index_of(PairClass::household)] - 1, 0.0) / possible;
    const double least = 0.01 / possible;
    mixture.share[kind] = {std::max(matches, least), mixture.has_households ? std::max(households, least) : 0, 0};
    mixture.share[kind][2] = 1 - mixture.share[kind][0] - mixture.share[kind][1];
  }
}

double largest_change(const ClassProbabilities& before, const ClassProbabilities& after) {
  double largest = 0;
  for (std::size_t c = 0; c < k_comparisons; ++c) {
    for (std::size_t level = 0; level < after[c].size(); ++level) {
      largest = std::max(largest, std::abs(after[c][level] - before[c][level]));
    }
  }
  return largest;
}

// Homes are compared, and pairs that share one are more than a handful.
bool sees_households(const EstimateInputs& inputs) {
  for (const PatternCount& seen : inputs.compared) {
    if (pattern_of(seen.key).level(Comparison::place) != 0) return true;
  }
  return false;
}

}  // namespace

Posterior posterior(const Mixture& mixture, const Pattern& pattern, PairKind kind) {
  Posterior chances;
  double total = 0;
  for (std::size_t k = 0; k < k_classes; ++k) {
    double chance = mixture.share[static_cast<std::size_t>(kind)][k];
    for (std::size_t c = 0; c < k_comparisons; ++c) chance *= mixture.levels[k][c][pattern.levels[c]];
    chances.probability[k] = chance;
    total += chance;
  }
  CHECK(total >= 0);
  for (double& chance : chances.probability) chance = total > 0 ? chance / total : 0;
  return chances;
}

ClassProbabilities no_counts() {
  ClassProbabilities counts;
  for (std::size_t c = 0; c < k_comparisons; ++c) counts[c].assign(static_cast<std::size_t>(levels_of(c)), 0);
  return counts;
}

Mixture estimate(const EstimateInputs& inputs) {
  Mixture mixture;
  mixture.has_households = sees_households(inputs);
  start(mixture, inputs);
  for (int learning = 0; learning < k_learnings; ++learning) {
    if (learning > 0) mixture.levels[index_of(PairClass::stranger)] = stranger_levels(inputs.random, &mixture);
    mixture.converged = false;
    for (int round = 0; round < k_rounds_max && !mixture.converged; ++round) {
      const ClassProbabilities before = mixture.levels[index_of(PairClass::match)];
      learn(mixture, inputs, expect(mixture, inputs.compared));
      ++mixture.rounds;
      mixture.converged = largest_change(before, mixture.levels[index_of(PairClass::match)]) < k_converged;
    }
  }
  return mixture;
}

}  // namespace throughline::linkage
