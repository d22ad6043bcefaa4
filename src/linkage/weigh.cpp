#include "linkage/weigh.h"

#include <algorithm>
#include <cmath>

namespace throughline::linkage {
namespace {

constexpr double k_swapped_bits_max = 30;
constexpr double k_nothing_bits = -40;  // Less than this adds nothing to 1 that a double could hold.

}  // namespace

Scale::Scale(const Mixture& mixture, const Rarity& rarity)
    : stranger_swapped_(mixture.levels[2][0][k_names_swapped]),
      has_households_(mixture.has_households),
      rarity_(rarity) {
  for (std::size_t c = 0; c < k_comparisons; ++c) {
    bits_[c].resize(static_cast<std::size_t>(k_levels[c]));
    for (std::size_t level = 0; level < bits_[c].size(); ++level) {
      const double stranger = mixture.levels[2][c][level];
      bits_[c][level].match = std::log2(mixture.levels[0][c][level] / stranger);
      bits_[c][level].household = has_households_ ? std::log2(mixture.levels[1][c][level] / stranger) : 0;
    }
  }
  for (std::size_t kind = 0; kind < k_kinds; ++kind) {
    const auto& share = mixture.share[kind];
    prior_[kind].match = std::log2(share[0] / share[2]);
    prior_[kind].household = has_households_ ? std::log2(share[1] / share[2]) : 0;
  }
}

ClassBits Scale::level_bits(Comparison comparison, int level) const {
  return bits_[static_cast<std::size_t>(comparison)][static_cast<std::size_t>(level)];
}

ClassBits Scale::pattern_bits(const Pattern& pattern, PairKind kind) const {
  ClassBits bits = prior_bits(kind);
  for (std::size_t c = 0; c < k_comparisons; ++c) bits = bits + bits_[c][pattern.levels[c]];
  return bits;
}

// The chance that a stranger bears just these two names the other way round is known from the names themselves; it
// stands in place of the chance that strangers' names are swapped at all.
ClassBits Scale::swapped_bits(const PersonRecord& one, const PersonRecord& other) const {
  const auto chance = [&](const PersonRecord& record) {
    return rarity_.share(RareField::given, record.given_id) * rarity_.share(RareField::family, record.family_id);
  };
  const double bits = std::log2(stranger_swapped_ / std::max(chance(one), chance(other)));
  return {.match = std::clamp(bits, -k_swapped_bits_max, k_swapped_bits_max)};
}

ClassBits Scale::rarity_bits(const Pattern& pattern, const PersonRecord& one, const PersonRecord& other) const {
  ClassBits bits;
  const int names = pattern.level(Comparison::names);
  if (names == k_names_swapped) {
    bits = bits + swapped_bits(one, other);
  } else if (names < k_names_swapped) {
    const auto given = static_cast<NameLevel>(names / 8);
    const auto family = static_cast<NameLevel>(names % 8);
    bits.match += given == NameLevel::exact ? rarity_.agreed_bits(RareField::given, one.given_id, other.given_id)
                                            : rarity_.near_bits(RareField::given, given, one.given_id, other.given_id);
    const double of_family = family == NameLevel::exact
                                 ? rarity_.agreed_bits(RareField::family, one.family_id, other.family_id)
                                 : rarity_.near_bits(RareField::family, family, one.family_id, other.family_id);
    bits = bits + ClassBits{.match = of_family, .household = of_family};
  }
  if (pattern.level(Comparison::locality) % 4 == 1) {
    const double of_locality = rarity_.bits(RareField::locality, one.locality_id);
    bits = bits + ClassBits{.match = of_locality, .household = of_locality};
  }
  if (pattern.level(Comparison::email) % 5 == 1) bits.match += rarity_.bits(RareField::email, one.email_id);
  return bits;
}

double Scale::rarity_bits_max() const {
  return std::max(rarity_.bits_max(), k_swapped_bits_max);
}

PairWeight Scale::weight_of(ClassBits bits) const {
  double weight = bits.match;
  if (has_households_ && bits.household > k_nothing_bits) weight -= std::log2(1 + std::exp2(bits.household));
  return {.weight_bits = weight, .probability = 1 / (1 + std::exp2(-weight))};
}

PairWeight Scale::weigh(const Pattern& pattern, const PersonRecord& one, const PersonRecord& other) const {
  return weight_of(pattern_bits(pattern, kind_of(one, other)) + rarity_bits(pattern, one, other));
}

}  // namespace throughline::linkage
