#include "linkage/strangers.h"

#include <cmath>

namespace throughline::linkage {
namespace {

constexpr double k_sure = 0.9;          // A pair drawn that is a match or a household as likely as this is left out.
constexpr double k_context_pairs = 10;  // What a column compared once more in a context is drawn to it all by.
constexpr double k_standard_errors = 4;

bool clear_name(int level) {
  return level >= 1 && level <= static_cast<int>(NameLevel::one_edit);
}

// Which comparisons agree in any part by more than a common value would, a bit each.
unsigned agreements_of(const Pattern& pattern) {
  unsigned agreed = 0;
  const auto note = [&](Comparison comparison, bool agrees) {
    if (agrees) agreed |= 1U << static_cast<unsigned>(comparison);
  };
  const int names = pattern.level(Comparison::names);
  note(Comparison::names, names >= 64 || clear_name(names / 8) || clear_name(names % 8));
  const int birth = pattern.level(Comparison::birth);
  note(Comparison::birth, birth >= 64 || (birth / 16 == 1 && birth / 4 % 4 == 1) || birth % 4 == 1);
  const int place = pattern.level(Comparison::place);
  note(Comparison::place, place / 6 == 1 || place % 6 == 1 || place % 6 == 2);
  for (const Comparison rare : {Comparison::email, Comparison::phone, Comparison::identifier}) {
    const int level = pattern.level(rare) % shape_of(rare).part_levels[0];
    note(rare, level == 1 || level == 2);
  }
  return agreed;
}

// The comparison itself, and the one it depends on.
unsigned context_bits(std::size_t comparison) {
  const auto bit = [](Comparison of) { return 1U << static_cast<unsigned>(of); };
  const unsigned self = 1U << comparison;
  switch (static_cast<Comparison>(comparison)) {
    case Comparison::sex:
    case Comparison::middle:
    case Comparison::email: return self | bit(Comparison::names);
    case Comparison::locality:
    case Comparison::region: return self | bit(Comparison::place);
    case Comparison::names:
    case Comparison::birth:
    case Comparison::place:
    case Comparison::phone:
    case Comparison::identifier: return self;
  }
  return self;
}

bool surely_known(const Mixture& mixture, const Pattern& pattern, PairKind kind) {
  const Posterior chances = posterior(mixture, pattern, kind);
  return chances.probability[0] + chances.probability[1] > k_sure;
}

PartProbabilities random_start(const ComparisonShape& shape) {
  PartProbabilities parts;
  for (int part = 0; part < shape.parts; ++part) {
    const auto p = static_cast<std::size_t>(part);
    parts[p].assign(static_cast<std::size_t>(shape.part_levels[p]), 1.0 / (shape.part_levels[p] - 1));
    parts[p][0] = 0;
  }
  return parts;
}

// The cells of a grid are seldom drawn. What the product of its parts says stands unless the draw contradicts it by
// more than four standard errors.
LevelProbabilities drawn_towards(const ComparisonShape& shape, const LevelProbabilities& counts,
                                 const LevelProbabilities& product) {
  std::array<double, k_groups> total{};
  for (int level = 0; level < static_cast<int>(counts.size()); ++level) {
    total[group_of(shape, level)] += counts[static_cast<std::size_t>(level)];
  }
  LevelProbabilities levels = counts;
  for (int level = 0; level < static_cast<int>(counts.size()); ++level) {
    const auto at = static_cast<std::size_t>(level);
    const double drawn = total[group_of(shape, level)];
    if (shape.parts == 1) {
      levels[at] += k_context_pairs * product[at];
      continue;
    }
    const double expected = product[at] * (drawn + 1);
    const bool contradicts = std::abs(counts[at] - expected) > k_standard_errors * std::sqrt(expected + 1);
    levels[at] = contradicts ? counts[at] : expected;
  }
  normalise(shape, levels);
  return levels;
}

LevelProbabilities levels_of_strangers(std::size_t c, const LevelProbabilities& counts) {
  const ComparisonShape& shape = shape_at(c);
  const PartProbabilities parts = part_probabilities(shape, counts, random_start(shape), 1);
  double whole = 1;
  for (int level = 0; level < levels_of(c); ++level) {
    if (is_whole(shape, level)) whole += counts[static_cast<std::size_t>(level)];
  }
  std::vector<double> special;
  for (int i = 0; i < shape.special_levels; ++i) {
    const int level = grid_levels(shape) + i;
    special.push_back((counts[static_cast<std::size_t>(level)] + 0.001) / whole);
  }
  return drawn_towards(shape, counts, product_of(shape, parts, special));
}

}  // namespace

ClassProbabilities stranger_levels(const RandomPairs& random, const Mixture* mixture) {
  ClassProbabilities counts = no_counts();
  for (const PatternCount& drawn : random.drawn) {
    const Pattern pattern = pattern_of(drawn.key);
    if (mixture != nullptr && surely_known(*mixture, pattern, drawn.kind)) continue;
    const unsigned agreed = agreements_of(pattern);
    for (std::size_t c = 0; c < k_comparisons; ++c) {
      if ((agreed & ~context_bits(c)) == 0) counts[c][pattern.levels[c]] += static_cast<double>(drawn.pairs);
    }
  }
  ClassProbabilities levels;
  for (std::size_t c = 0; c < k_comparisons; ++c) levels[c] = levels_of_strangers(c, counts[c]);
  return levels;
}

}  // namespace throughline::linkage
