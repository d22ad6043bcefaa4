// The weight of one pair: what its agreement pattern says, and how rare the values are on which it agrees.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "linkage/mixture.h"
#include "linkage/rarity.h"
#include "linkage/record.h"

namespace throughline::linkage {

struct PairWeight {
  double weight_bits = 0;  // log2 of the odds that the pair is a match.
  double probability = 0;
};

// log2 of how much likelier something is in a class than among strangers.
struct ClassBits {
  double match = 0;
  double household = 0;

  friend ClassBits operator+(ClassBits one, ClassBits other) {
    return {.match = one.match + other.match, .household = one.household + other.household};
  }
  friend bool operator==(const ClassBits&, const ClassBits&) = default;
};

// Weighs pairs by a mixture. The rarity must outlive it.
class Scale {
 public:
  Scale(const Mixture& mixture, const Rarity& rarity);

  [[nodiscard]] PairWeight weigh(const Pattern& pattern, const PersonRecord& one, const PersonRecord& other) const;
  // The same in steps, for many pairs of one pattern.
  [[nodiscard]] ClassBits pattern_bits(const Pattern& pattern, PairKind kind) const;
  [[nodiscard]] ClassBits rarity_bits(const Pattern& pattern, const PersonRecord& one, const PersonRecord& other) const;
  [[nodiscard]] PairWeight weight_of(ClassBits bits) const;
  // No pair's rarity says more.
  [[nodiscard]] double rarity_bits_max() const;

  // What a comparison at a level says by itself, and what being a pair of the kind says before any.
  [[nodiscard]] ClassBits level_bits(Comparison comparison, int level) const;
  [[nodiscard]] ClassBits prior_bits(PairKind kind) const { return prior_[static_cast<std::size_t>(kind)]; }

 private:
  [[nodiscard]] ClassBits swapped_bits(const PersonRecord& one, const PersonRecord& other) const;

  std::array<std::vector<ClassBits>, k_comparisons> bits_;
  std::array<ClassBits, k_kinds> prior_{};
  double stranger_swapped_;
  bool has_households_;
  const Rarity& rarity_;
};

}  // namespace throughline::linkage
