#include "linkage/judgement.h"

#include <gtest/gtest.h>

namespace throughline::linkage {
namespace {

MentionPair pair_of(std::int64_t one, std::int64_t other) {
  const auto mention = [](std::int64_t place) {
    return MentionId{.extract = ledger::ExtractNo(1), .place = place, .item = 0};
  };
  return MentionPair::of(mention(one), mention(other));
}

// Judgements in the order in which they are added.
struct Given {
  std::vector<Judgement> all;
  Given& by(std::int64_t account, const MentionPair& pair, Verdict verdict, bool wants_second = false) {
    all.push_back({.number = static_cast<std::int64_t>(all.size()) + 1,
                   .pair = pair,
                   .verdict = verdict,
                   .account = ledger::AccountId(account),
                   .wants_second = wants_second});
    return *this;
  }
};

TEST(Judgement, of_one_person_settles_a_pair) {
  const auto pairs = reviewed(Given().by(1, pair_of(2, 1), Verdict::same).all);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].pair, pair_of(1, 2));
  EXPECT_EQ(pairs[0].verdict, Verdict::same);
}

TEST(Judgement, binds_nothing_until_a_second_person_agrees_where_policy_asks_for_two) {
  Given given;
  given.by(1, pair_of(1, 2), Verdict::same, true);
  EXPECT_EQ(reviewed(given.all)[0].state, ReviewState::second_wanted);
  EXPECT_EQ(reviewed(given.all)[0].verdict, std::nullopt);
  given.by(1, pair_of(1, 2), Verdict::same, true);
  EXPECT_EQ(reviewed(given.all)[0].state, ReviewState::second_wanted) << "the same person twice";
  given.by(2, pair_of(1, 2), Verdict::same, true);
  EXPECT_EQ(reviewed(given.all)[0].verdict, Verdict::same);
}

TEST(Judgement, of_two_people_who_disagree_binds_nothing) {
  const auto pairs = reviewed(Given().by(1, pair_of(1, 2), Verdict::same).by(2, pair_of(1, 2), Verdict::different).all);
  EXPECT_EQ(pairs[0].state, ReviewState::disputed);
  EXPECT_EQ(pairs[0].verdict, std::nullopt);
  EXPECT_EQ(pairs[0].judgements, (std::vector<std::int64_t>{1, 2}));
}

TEST(Judgement, that_was_superseded_is_passed_over) {
  Given given;
  given.by(1, pair_of(1, 2), Verdict::same).by(1, pair_of(1, 2), Verdict::different);
  given.all[0].superseded_by = 2;
  EXPECT_EQ(reviewed(given.all)[0].verdict, Verdict::different);
}

TEST(Judgement, wants_a_second_person_under_seal_and_against_what_is_nearly_sure) {
  EXPECT_TRUE(wants_second_person(Verdict::different, {.probability = 0.5, .is_sealed = true}));
  EXPECT_TRUE(wants_second_person(Verdict::different, {.probability = 0.99}));
  EXPECT_TRUE(wants_second_person(Verdict::same, {.probability = 0.01}));
  EXPECT_FALSE(wants_second_person(Verdict::same, {.probability = 0.99}));
  EXPECT_FALSE(wants_second_person(Verdict::cannot_tell, {.probability = 0.99, .is_sealed = true}));
}

// The example of Fleiss, Cohen and Everitt has other counts; this one is Cohen's (1960) kind: 20 and 15 agreed of 50.
TEST(Agreement, is_cohens_kappa_with_an_interval) {
  Given given;
  std::int64_t place = 1;
  const auto add = [&](int times, Verdict first, Verdict second) {
    for (int i = 0; i < times; ++i, ++place) {
      given.by(1, pair_of(0, place), first).by(2, pair_of(0, place), second);
    }
  };
  add(20, Verdict::same, Verdict::same);
  add(5, Verdict::same, Verdict::different);
  add(10, Verdict::different, Verdict::same);
  add(15, Verdict::different, Verdict::different);
  const Agreement found = agreement(given.all);
  EXPECT_EQ(found.pairs, 50);
  EXPECT_EQ(found.agreed, 35);
  ASSERT_TRUE(found.kappa.has_value());
  EXPECT_NEAR(*found.kappa, 0.4, 1e-12);
  EXPECT_NEAR(found.low, 0.4 - 1.96 * 0.1275, 0.002);
  EXPECT_NEAR(found.high, 0.4 + 1.96 * 0.1275, 0.002);
}

TEST(Agreement, of_verdicts_all_of_one_kind_is_not_told) {
  Given given;
  given.by(1, pair_of(1, 2), Verdict::same).by(2, pair_of(1, 2), Verdict::same).by(1, pair_of(1, 3), Verdict::same);
  const Agreement found = agreement(given.all);
  EXPECT_EQ(found.pairs, 1);
  EXPECT_EQ(found.kappa, std::nullopt);
}

}  // namespace
}  // namespace throughline::linkage
