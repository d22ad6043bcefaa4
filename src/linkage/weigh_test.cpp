#include "linkage/weigh.h"

#include <cmath>

#include <gtest/gtest.h>

#include "linkage/made_up_people.h"

namespace throughline::linkage {
namespace {

// A hundred people: ninety called Smith, ten called Thistlewood.
People smiths_and_thistlewoods() {
  std::vector<MadeUpPerson> people(100, {.given = "Ann", .family = "Smith"});
  for (std::size_t i = 90; i < 100; ++i) people[i].family = "Thistlewood";
  return people_of(people);
}

TEST(Rarity, gives_more_for_a_rare_name_than_for_a_common_one) {
  const People people = smiths_and_thistlewoods();
  const Rarity rarity(people.records);
  const TextId smith = people.records[0].family_id;
  const TextId thistlewood = people.records[99].family_id;
  EXPECT_NEAR(rarity.share(RareField::family, smith), 0.9, 1e-12);
  EXPECT_NEAR(rarity.share(RareField::family, thistlewood), 0.1, 1e-12);
  EXPECT_LT(rarity.bits(RareField::family, smith), 0);
  EXPECT_NEAR(rarity.bits(RareField::family, thistlewood) - rarity.bits(RareField::family, smith), std::log2(9), 1e-5);
}

// Over all pairs of equal names that strangers make, what rarity gives back is nothing: the mean of 2^-bits is 1.
TEST(Rarity, gives_nothing_in_the_mean_over_pairs_of_strangers_who_agree) {
  const People people = smiths_and_thistlewoods();
  const Rarity rarity(people.records);
  const double smiths = 90 * 89;
  const double thistlewoods = 10 * 9;
  const double mean = (smiths * std::exp2(rarity.bits(RareField::family, people.records[0].family_id)) +
                       thistlewoods * std::exp2(rarity.bits(RareField::family, people.records[99].family_id))) /
                      (smiths + thistlewoods);
  EXPECT_NEAR(mean, 1, 0.1);
}

TEST(Rarity, counts_a_name_never_seen_as_seen_once_and_a_missing_one_for_nothing) {
  const People people = smiths_and_thistlewoods();
  const Rarity rarity(people.records);
  EXPECT_NEAR(rarity.share(RareField::family, 12'345), 0.01, 1e-12);
  EXPECT_EQ(rarity.bits(RareField::family, 0), 0);
  EXPECT_EQ(Rarity({}).share(RareField::given, 1), 0);
}

// What matches, households and strangers do is usual; nothing was compared.
Mixture usual() {
  return estimate(
      {.compared = {}, .random = {}, .pairs_possible = {1'000, 0}, .matches_max = {1'000, 0}, .records = 100});
}

TEST(Scale, adds_up_a_weight_from_its_parts) {
  const std::vector<MadeUpPerson> two = {{.given = "Ann", .family = "Green", .birth = "1990-04-03"},
                                         {.given = "Ann", .family = "Greene", .birth = "1990-04-03"}};
  const People people = people_of(two);
  const Mixture mixture = usual();
  const Rarity rarity(people.records);
  const Scale scale(mixture, rarity);
  const Pattern pattern = compare(people.records[0], people.records[1], people.texts);
  ClassBits bits = scale.prior_bits(PairKind::within_source);
  for (std::size_t c = 0; c < k_comparisons; ++c) {
    bits = bits + scale.level_bits(static_cast<Comparison>(c), pattern.levels[c]);
  }
  bits = bits + scale.rarity_bits(pattern, people.records[0], people.records[1]);
  const PairWeight weight = scale.weigh(pattern, people.records[0], people.records[1]);
  EXPECT_DOUBLE_EQ(weight.weight_bits, scale.weight_of(bits).weight_bits);
  EXPECT_NEAR(weight.probability, 1 / (1 + std::exp2(-weight.weight_bits)), 1e-12);
}

TEST(Scale, says_nothing_of_what_is_missing) {
  const Mixture mixture = usual();
  const Rarity rarity({});
  const Scale scale(mixture, rarity);
  for (std::size_t c = 0; c < k_comparisons; ++c) {
    EXPECT_NEAR(scale.level_bits(static_cast<Comparison>(c), 0).match, 0, 1e-9) << c;
  }
}

}  // namespace
}  // namespace throughline::linkage
