#include "linkage/truth_score.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace throughline::linkage {

namespace {

KnownMention mention(std::uint32_t truth, std::uint32_t cluster, std::uint16_t agency = 0) {
  return {.truth = truth, .cluster = cluster, .agency = agency};
}

// Pairs counted one by one: a second way.
PairTruth counted_one_by_one(const std::vector<KnownMention>& mentions, std::uint16_t one, std::uint16_t other) {
  PairTruth counted;
  const auto look_at = [&](const KnownMention& a, const KnownMention& b) {
    if (std::min(a.agency, b.agency) != one || std::max(a.agency, b.agency) != other) return;
    counted.true_pairs += static_cast<std::int64_t>(a.truth == b.truth);
    counted.linked_pairs += static_cast<std::int64_t>(a.cluster == b.cluster);
    counted.right_pairs += static_cast<std::int64_t>(a.truth == b.truth && a.cluster == b.cluster);
  };
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    for (std::size_t k = i + 1; k < mentions.size(); ++k) look_at(mentions[i], mentions[k]);
  }
  return counted;
}

std::vector<KnownMention> drawn(std::uint64_t seed, std::int64_t people) {
  base::Random random({.seed = seed, .stream = 1});
  std::vector<KnownMention> mentions;
  for (std::int64_t i = 0; i < people * 3; ++i) {
    const auto truth = static_cast<std::uint32_t>(random.below(static_cast<std::uint64_t>(people)));
    const bool is_wrong = random.uniform01() < 0.2;
    const auto cluster =
        is_wrong ? static_cast<std::uint32_t>(random.below(static_cast<std::uint64_t>(people))) : truth;
    mentions.push_back(mention(truth, cluster, static_cast<std::uint16_t>(random.below(4))));
  }
  return mentions;
}

}  // namespace

TEST(TruthScore, counts_as_looking_at_every_pair_does) {
  const std::vector<KnownMention> mentions = drawn(3, 60);
  PairTruth all;
  for (const PairScoreBetween& each : score_between(mentions, &KnownMention::agency)) {
    const PairTruth counted = counted_one_by_one(mentions, each.one, each.other);
    EXPECT_EQ(each.score.pairs.true_pairs, counted.true_pairs);
    EXPECT_EQ(each.score.pairs.linked_pairs, counted.linked_pairs);
    EXPECT_EQ(each.score.pairs.right_pairs, counted.right_pairs);
    all.true_pairs += counted.true_pairs;
    all.linked_pairs += counted.linked_pairs;
    all.right_pairs += counted.right_pairs;
  }
  const PairScore score = score_pairs(mentions);
  EXPECT_EQ(score.pairs.true_pairs, all.true_pairs);
  EXPECT_EQ(score.pairs.linked_pairs, all.linked_pairs);
  EXPECT_EQ(score.pairs.right_pairs, all.right_pairs);
  EXPECT_DOUBLE_EQ(score.f1.value, score.pairs.f1());
  EXPECT_DOUBLE_EQ(score.precision.value, score.pairs.precision());
  EXPECT_DOUBLE_EQ(score.recall.value, score.pairs.recall());
}

TEST(TruthScore, does_not_heed_the_order_of_records) {
  std::vector<KnownMention> mentions = drawn(4, 40);
  const PairScore before = score_pairs(mentions);
  std::ranges::reverse(mentions);
  const PairScore after = score_pairs(mentions);
  EXPECT_EQ(before.pairs.right_pairs, after.pairs.right_pairs);
  EXPECT_NEAR(before.f1.interval.low, after.f1.interval.low, 1e-12);
}

// Two hundred made-up counties of one recipe: the interval of one holds the mean of all about as often as it says.
TEST(TruthScore, has_intervals_that_hold_what_they_promise) {
  constexpr int k_worlds = 200;
  std::vector<PairScore> scores;
  double recall = 0;
  for (int i = 0; i < k_worlds; ++i) {
    base::Random random({.seed = static_cast<std::uint64_t>(i), .stream = 2});
    std::vector<KnownMention> mentions;
    for (std::uint32_t person = 1; person <= 150; ++person) {
      const auto records = static_cast<std::uint32_t>(2 + random.below(4));
      for (std::uint32_t k = 0; k < records; ++k) {
        const bool is_lost = random.uniform01() < 0.2;
        mentions.push_back(mention(person, is_lost ? 1000 * person + k : person));
      }
    }
    scores.push_back(score_pairs(mentions));
    recall += scores.back().recall.value / k_worlds;
  }
  const auto holds = std::ranges::count_if(scores, [&](const PairScore& score) {
    return score.recall.interval.low <= recall && recall <= score.recall.interval.high;
  });
  EXPECT_GE(holds, 178);
  EXPECT_LE(holds, 200);
  EXPECT_LT(scores.front().recall.interval.high - scores.front().recall.interval.low, 0.2);
}

TEST(TruthScore, of_all_right_is_one_and_says_how_little_that_may_mean) {
  const PairScore score = score_pairs(std::vector{mention(1, 1), mention(1, 1), mention(2, 2), mention(2, 2)});
  EXPECT_EQ(score.f1.value, 1);
  EXPECT_EQ(score.groups, 2);
  EXPECT_LT(score.f1.interval.low, 0.5);
  EXPECT_EQ(score.f1.interval.high, 1);
  const PairScore nothing = score_pairs(std::vector{mention(1, 1), mention(2, 2)});
  EXPECT_EQ(nothing.groups, 0);
  EXPECT_EQ(nothing.f1.interval.low, 0);
  EXPECT_TRUE(score_between({}, &KnownMention::kind).empty());
}

TEST(TruthScore, of_people_counts_the_whole_the_split_and_the_joined) {
  // One whole, one split in two, two joined, one alone.
  const std::vector<KnownMention> mentions{mention(1, 1), mention(1, 1), mention(2, 2), mention(2, 3), mention(2, 3),
                                           mention(3, 4), mention(3, 4), mention(4, 4), mention(5, 5)};
  const PeopleScore score = score_people(mentions);
  EXPECT_EQ(score.people, 5);
  EXPECT_EQ(score.people_in_several, 3);
  EXPECT_EQ(score.whole, 1);
  EXPECT_EQ(score.split, 1);
  EXPECT_EQ(score.joined, 2);
  EXPECT_EQ(score.clusters, 5);
  EXPECT_EQ(score.clusters_mixed, 1);
  EXPECT_NEAR(score.precision, (2 + 3 + 2 * 2.0 / 3 + 1.0 / 3 + 1) / 9, 1e-12);
  EXPECT_NEAR(score.recall, (2 + 1.0 / 3 + 2 * 2.0 / 3 + 2 + 1 + 1) / 9, 1e-12);
  EXPECT_EQ(score_people({}).people, 0);
}

}  // namespace throughline::linkage
