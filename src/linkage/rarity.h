// How much more it says to agree on a rare value than on a common one.
//
// The model knows how often strangers agree on a family name; that they agree on this one is likelier or less likely by
// how often it occurs (Newcombe and Kennedy, 1962). Of two names a slip apart, one that is hardly ever written is the
// other misspelt, and says as much as the other; one that many bear is another name.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "linkage/pattern_counts.h"
#include "linkage/record.h"

namespace throughline::linkage {

enum class RareField : std::uint8_t { given, family, locality, email };
inline constexpr std::size_t k_rare_fields = 4;

class Rarity {
 public:
  explicit Rarity(std::span<const PersonRecord> records);
  // Learns from pairs drawn at random how rare the rarer of two names is that are near each other.
  void learn_near(std::span<const PersonRecord> records, std::span<const PairKey> drawn, const ComparedPairs& compared);

  // The share of records with a value that have this one; a value never seen counts as seen once.
  [[nodiscard]] double share(RareField field, TextId id) const;
  // log2 of how much less likely strangers agree on this value than on any. Missing: 0.
  [[nodiscard]] double bits(RareField field, TextId id) const;
  // The same where two records agree on a value, perhaps under another name than their first: what the commoner says.
  [[nodiscard]] double agreed_bits(RareField field, TextId one, TextId other) const {
    return one == other ? bits(field, one) : std::min(bits(field, one), bits(field, other));
  }
  // The most that all fields together can give.
  [[nodiscard]] double bits_max() const;
  // The same for two unequal names at the level; 0 where too few such pairs were drawn.
  [[nodiscard]] double near_bits(RareField field, NameLevel level, TextId one, TextId other) const;

 private:
  struct Counts {
    std::vector<std::int32_t> of;
    std::vector<float> bits;
    double uses = 0;
  };
  void count(RareField field, TextId id);
  // How common, in effect, two unequal names near each other are: a name written once is most likely a slip for the
  // other, and says what the other would; one that others bear too is a name of its own.
  [[nodiscard]] double near_share(RareField field, TextId one, TextId other) const;
  static void close(Counts& counts);

  std::array<Counts, k_rare_fields> counts_;
  // By name field and level: the near share that says nothing either way; 0 where not known.
  std::array<std::array<double, 8>, 2> usual_near_{};
};

}  // namespace throughline::linkage
