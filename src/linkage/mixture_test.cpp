#include "linkage/mixture.h"

#include <cmath>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"
#include "linkage/weigh.h"

namespace throughline::linkage {
namespace {

// A level of a part with the chance that it comes about; chances add to 1.
using Chances = std::vector<double>;

// How pairs of one class compare, part by part, parts independent of each other.
struct MadeUpClass {
  std::int64_t pairs = 0;
  Chances given, family, day, month, year, address, sex;
};

// Given names of 8 levels: exact, one edit and different; the others never.
Chances names(double exact, double one_edit) {
  return {0, exact, 0, one_edit, 0, 0, 0, 1 - exact - one_edit};
}

const MadeUpClass k_matches = {.pairs = 4'000,
                               .given = names(0.85, 0.10),
                               .family = names(0.90, 0.07),
                               .day = {0, 0.95, 0.02, 0.03},
                               .month = {0, 0.96, 0.02, 0.02},
                               .year = {0, 0.94, 0.04, 0.02},
                               .address = {0, 0.70, 0.05, 0, 0, 0.25},
                               .sex = {0, 0.99, 0.01}};
const MadeUpClass k_household = {.pairs = 6'000,
                                 .given = names(0.01, 0.02),
                                 .family = names(0.95, 0.03),
                                 .day = {0, 0.035, 0.25, 0.715},
                                 .month = {0, 0.085, 0.25, 0.665},
                                 .year = {0, 0.02, 0.10, 0.88},
                                 .address = {0, 0.95, 0.04, 0, 0, 0.01},
                                 .sex = {0, 0.5, 0.5}};
const MadeUpClass k_strangers = {.pairs = 400'000,
                                 .given = names(0.01, 0.02),
                                 .family = names(0.005, 0.01),
                                 .day = {0, 0.035, 0.25, 0.715},
                                 .month = {0, 0.085, 0.25, 0.665},
                                 .year = {0, 0.015, 0.10, 0.885},
                                 .address = {0, 0.0005, 0.0005, 0, 0, 0.999},
                                 .sex = {0, 0.5, 0.5}};

int drawn(base::Random& chance, const Chances& chances) {
  double left = chance.uniform01();
  for (std::size_t level = 0; level < chances.size(); ++level) {
    left -= chances[level];
    if (left < 0) return static_cast<int>(level);
  }
  return static_cast<int>(chances.size()) - 1;
}

using Counts = std::map<PatternKey, std::int64_t>;

void add_pairs(Counts& counts, const MadeUpClass& from, base::Random& chance) {
  for (std::int64_t i = 0; i < from.pairs; ++i) {
    Pattern pattern;
    const int given = drawn(chance, from.given);
    pattern.set(Comparison::names, given * 8 + drawn(chance, from.family));
    const int day = drawn(chance, from.day);
    const int month = drawn(chance, from.month);
    pattern.set(Comparison::birth, (day * 4 + month) * 4 + drawn(chance, from.year));
    pattern.set(Comparison::place, from.address.empty() ? 0 : drawn(chance, from.address) * 6);
    const bool given_agrees = given != static_cast<int>(NameLevel::different);
    pattern.set(Comparison::sex, drawn(chance, from.sex) + (given_agrees ? 3 : 0));
    ++counts[key_of(pattern)];
  }
}

std::vector<PatternCount> counted(const Counts& counts) {
  std::vector<PatternCount> patterns;
  for (const auto& [key, pairs] : counts) {
    patterns.push_back({.key = key, .kind = PairKind::within_source, .pairs = pairs});
  }
  return patterns;
}

Mixture learnt(const std::vector<MadeUpClass>& classes) {
  base::Random chance({.seed = 11, .stream = base::stream_of("mixture test")});
  Counts counts;
  std::int64_t pairs = 0;
  for (const MadeUpClass& each : classes) {
    add_pairs(counts, each, chance);
    pairs += each.pairs;
  }
  Counts random;
  add_pairs(random, k_strangers, chance);
  const std::vector<PatternCount> compared = counted(counts);
  return estimate({.compared = compared,
                   .random = {.drawn = counted(random), .pairs = k_strangers.pairs},
                   .pairs_possible = {pairs, 0},
                   .matches_max = {pairs, 0},
                   .records = 20'000});
}

// The chance that part `part` of a comparison is at a level, whatever the other parts are at.
double chance_of(const Mixture& mixture, PairClass of, Comparison comparison, std::pair<int, int> part_and_level) {
  const ComparisonShape& shape = shape_of(comparison);
  const LevelProbabilities& levels = mixture.levels[static_cast<std::size_t>(of)][static_cast<std::size_t>(comparison)];
  double chance = 0;
  for (int level = 0; level < grid_levels(shape); ++level) {
    const bool counts =
        is_whole(shape, level) && part_level(shape, level, part_and_level.first) == part_and_level.second;
    if (counts) chance += levels[static_cast<std::size_t>(level)];
  }
  return chance;
}

// Three classes; learnt once, for that takes half a second.
const Mixture& of_three_classes() {
  static const Mixture mixture = learnt({k_matches, k_household, k_strangers});
  return mixture;
}

constexpr int k_exact = 1;
constexpr int k_given = 0;
constexpr int k_family = 1;

TEST(Mixture, recovers_how_matches_and_strangers_compare) {
  const Mixture& mixture = of_three_classes();
  EXPECT_TRUE(mixture.converged);
  using enum Comparison;
  const auto match = [&](Comparison of, int part) { return chance_of(mixture, PairClass::match, of, {part, k_exact}); };
  // Two in a hundred: four standard errors of a share of 4,000 pairs.
  EXPECT_NEAR(match(names, k_given), 0.85, 0.02);
  EXPECT_NEAR(match(names, k_family), 0.90, 0.02);
  EXPECT_NEAR(match(birth, 0), 0.95, 0.02);
  EXPECT_NEAR(match(birth, 1), 0.96, 0.02);
  EXPECT_NEAR(match(birth, 2), 0.94, 0.02);
  const auto stranger = [&](Comparison of, int part) {
    return chance_of(mixture, PairClass::stranger, of, {part, k_exact});
  };
  EXPECT_NEAR(stranger(names, k_given), 0.01, 0.001);
  EXPECT_NEAR(stranger(names, k_family), 0.005, 0.0007);
  EXPECT_NEAR(stranger(birth, 0), 0.035, 0.002);
  EXPECT_NEAR(stranger(birth, 2), 0.015, 0.001);
}

TEST(Mixture, recovers_how_many_pairs_are_matches_and_how_many_share_a_household) {
  const Mixture& mixture = of_three_classes();
  ASSERT_TRUE(mixture.has_households);
  const double pairs = 410'000;
  EXPECT_NEAR(mixture.share[0][0] * pairs, 4'000, 200);
  EXPECT_NEAR(mixture.share[0][1] * pairs, 6'000, 600);
  EXPECT_NEAR(mixture.share[0][0] + mixture.share[0][1] + mixture.share[0][2], 1, 1e-12);
}

Pattern siblings() {
  Pattern pattern;
  pattern.set(Comparison::names, 7 * 8 + 1);            // Another given name, one family name.
  pattern.set(Comparison::birth, (3 * 4 + 3) * 4 + 3);  // Another day, month and year.
  pattern.set(Comparison::place, 1 * 6);                // One address.
  pattern.set(Comparison::sex, 1);
  return pattern;
}

// The household class takes them up; without it they would be the likeliest misspelt matches.
TEST(Mixture, holds_siblings_at_one_address_for_a_household_and_not_for_one_person) {
  const Mixture& mixture = of_three_classes();
  const Posterior chances = posterior(mixture, siblings(), PairKind::within_source);
  EXPECT_GT(chances.probability[1], 0.99);
  EXPECT_LT(chances.probability[0], 0.001);
}

MadeUpClass without_homes(MadeUpClass from) {
  from.address.clear();
  return from;
}

TEST(Mixture, has_no_class_of_households_where_no_home_is_compared) {
  const Mixture mixture = learnt({without_homes(k_matches), without_homes(k_strangers)});
  EXPECT_FALSE(mixture.has_households);
  EXPECT_EQ(mixture.share[0][1], 0);
  EXPECT_NEAR(mixture.share[0][0] * 404'000, 4'000, 200);
  Pattern pattern = siblings();
  pattern.set(Comparison::place, 0);
  EXPECT_EQ(posterior(mixture, pattern, PairKind::within_source).probability[1], 0);
}

TEST(Mixture, finds_next_to_no_household_where_nobody_shares_a_home) {
  const Mixture mixture = learnt({k_matches, k_strangers});
  EXPECT_LT(mixture.share[0][1] * 404'000, 200);
  EXPECT_NEAR(mixture.share[0][0] * 404'000, 4'000, 200);
}

TEST(Mixture, learns_nothing_from_a_column_that_is_all_missing) {
  const Mixture& mixture = of_three_classes();
  Pattern with = siblings();
  const Posterior before = posterior(mixture, with, PairKind::within_source);
  with.set(Comparison::phone, 0);
  EXPECT_EQ(posterior(mixture, with, PairKind::within_source).probability, before.probability);
  const auto phone = static_cast<std::size_t>(Comparison::phone);
  for (std::size_t of = 0; of < k_classes; ++of) EXPECT_EQ(mixture.levels[of][phone][0], 1) << "missing says nothing";
}

MadeUpClass of_one_sex(MadeUpClass from) {
  from.sex = {0, 1, 0};
  return from;
}

TEST(Mixture, holds_a_column_that_is_one_value_for_no_evidence) {
  base::Random chance({.seed = 11, .stream = base::stream_of("mixture test")});
  Counts counts;
  add_pairs(counts, of_one_sex(k_matches), chance);
  add_pairs(counts, of_one_sex(k_strangers), chance);
  Counts random;
  add_pairs(random, of_one_sex(k_strangers), chance);
  const std::vector<PatternCount> compared = counted(counts);
  const Mixture mixture = estimate({.compared = compared,
                                    .random = {.drawn = counted(random), .pairs = k_strangers.pairs},
                                    .pairs_possible = {404'000, 0},
                                    .matches_max = {404'000, 0},
                                    .records = 20'000});
  const Rarity rarity({});
  const Scale scale(mixture, rarity);
  EXPECT_NEAR(scale.level_bits(Comparison::sex, 1).match, 0, 0.05);
  EXPECT_NEAR(scale.level_bits(Comparison::sex, 4).match, 0, 0.05);
}

TEST(Mixture, counts_no_more_matches_than_there_can_be) {
  base::Random chance({.seed = 11, .stream = base::stream_of("mixture test")});
  Counts counts;
  add_pairs(counts, k_matches, chance);
  add_pairs(counts, k_strangers, chance);
  const std::vector<PatternCount> compared = counted(counts);
  Counts random;
  add_pairs(random, k_strangers, chance);
  const Mixture mixture = estimate({.compared = compared,
                                    .random = {.drawn = counted(random), .pairs = k_strangers.pairs},
                                    .pairs_possible = {404'000, 0},
                                    .matches_max = {1'000, 0},
                                    .records = 20'000});
  EXPECT_LE(mixture.share[0][0] * 404'000, 1'000 + 1e-6);
}

TEST(Mixture, of_no_pairs_rests_on_what_is_usual) {
  const Mixture mixture =
      estimate({.compared = {}, .random = {}, .pairs_possible = {}, .matches_max = {}, .records = 0});
  for (const auto& of : mixture.levels) {
    for (std::size_t c = 0; c < k_comparisons; ++c) {
      for (const double chance : of[c]) EXPECT_TRUE(std::isfinite(chance) && chance >= 0 && chance <= 1);
    }
  }
  EXPECT_GT(chance_of(mixture, PairClass::match, Comparison::names, {k_given, k_exact}), 0.7);
}

}  // namespace
}  // namespace throughline::linkage
