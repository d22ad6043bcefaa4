#include "linkage/review_order.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <utility>

#include "base/random.h"

namespace throughline::linkage {
namespace {

using Judged = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// Records 0 1 2 are one cluster, 3 4 another, 5 and 6 alone.
const std::vector<std::uint32_t> k_first = {0, 0, 0, 3, 3, 5, 6};

WeighedPair pair_of(std::uint32_t one, std::uint32_t other, float weight_bits, float probability) {
  return {.one = one, .other = other, .weight_bits = weight_bits, .probability = probability};
}

std::vector<ReviewPair> ordered(const std::vector<WeighedPair>& pairs, const Judged& judged = {}) {
  return review_order({.pairs = pairs, .first_of_cluster = k_first, .judged = judged}, 100);
}

TEST(ReviewOrder, joining_larger_clusters_is_worth_more) {
  const auto order = ordered({pair_of(5, 6, -1, 0.25F), pair_of(2, 3, -1, 0.25F)});
  ASSERT_EQ(order.size(), 2U);
  EXPECT_EQ(order[0], (ReviewPair{.one = 2, .other = 3, .probability = 0.25, .pairs_changed = 1.5}));
  EXPECT_EQ(order[1], (ReviewPair{.one = 5, .other = 6, .probability = 0.25, .pairs_changed = 0.25}));
}

TEST(ReviewOrder, a_doubtful_link_inside_a_cluster_is_worth_the_pairs_it_would_part) {
  // 2 hangs on 1, not on 0: without the link 0 to 1, 0 stands alone.
  const auto order = ordered({pair_of(0, 1, 1, 0.75F), pair_of(1, 2, 9, 1)});
  ASSERT_EQ(order.size(), 1U);
  EXPECT_EQ(order[0], (ReviewPair{.one = 0, .other = 1, .probability = 0.75, .pairs_changed = 0.5}));
}

TEST(ReviewOrder, what_is_sure_or_judged_already_is_not_asked) {
  EXPECT_TRUE(ordered({pair_of(0, 1, 20, 1), pair_of(5, 6, -20, 0)}).empty());
  EXPECT_TRUE(ordered({pair_of(5, 6, -1, 0.25F)}, {{5, 6}}).empty());
}

TEST(ReviewOrder, gives_no_more_than_wanted) {
  const std::vector<WeighedPair> pairs = {pair_of(5, 6, -1, 0.25F), pair_of(2, 3, -1, 0.25F)};
  EXPECT_EQ(review_order({.pairs = pairs, .first_of_cluster = k_first, .judged = {}}, 1).size(), 1U);
}

RC_GTEST_PROP(ReviewOrder, does_not_depend_on_the_order_of_the_pairs, (std::uint64_t seed)) {
  base::Random chance({.seed = seed});
  std::vector<WeighedPair> pairs;
  for (std::uint32_t i = 0; i < k_first.size(); ++i) {
    for (std::uint32_t j = i + 1; j < k_first.size(); ++j) {
      const auto probability = static_cast<float>(chance.below(5)) / 4;
      pairs.push_back(pair_of(i, j, probability * 10 - 5, probability));
    }
  }
  const auto before = ordered(pairs);
  chance.shuffle(std::span(pairs));
  RC_ASSERT(ordered(pairs) == before);
}

}  // namespace
}  // namespace throughline::linkage
