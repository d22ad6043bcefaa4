#include "linkage/review_queue.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace throughline::linkage {
namespace {

TEST(ReviewQueue, puts_the_doubtful_before_the_sure_and_what_changes_much_before_what_changes_little) {
  const std::vector<Reviewable> pairs = {
      {.probability = 0.99, .is_together = true, .pairs_changed = 1},
      {.probability = 0.5, .is_together = true, .pairs_changed = 1},
      {.probability = 0.5, .is_together = true, .pairs_changed = 8},
      {.probability = 0.45, .is_together = false, .pairs_changed = 20},
  };
  EXPECT_EQ(review_order(pairs, 0.5, 10), (std::vector<std::size_t>{3, 2, 1, 0}));
  EXPECT_EQ(review_order(pairs, 0.5, 2), (std::vector<std::size_t>{3, 2}));
}

TEST(ReviewQueue, puts_a_pair_with_a_record_of_ones_own_before_all_others) {
  const std::vector<Reviewable> pairs = {
      {.probability = 0.5, .pairs_changed = 100},
      {.probability = 0.02, .has_own = true},
      {.probability = 0.5, .has_own = true},
  };
  EXPECT_EQ(review_order(pairs, 0.5, 10), (std::vector<std::size_t>{2, 1, 0}));
}

TEST(ReviewQueue, depends_on_the_purposes_threshold) {
  const std::vector<Reviewable> pairs = {{.probability = 0.3, .is_together = false},
                                         {.probability = 0.9, .is_together = false}};
  EXPECT_EQ(review_order(pairs, 0.2, 1).front(), 0U);
  EXPECT_EQ(review_order(pairs, 0.9, 1).front(), 1U);
}

TEST(ReviewQueue, keeps_the_order_of_equals) {
  const std::vector<Reviewable> pairs(3, {.probability = 0.4, .is_together = false});
  EXPECT_EQ(review_order(pairs, 0.5, 10), (std::vector<std::size_t>{0, 1, 2}));
}

// 2 hangs on 1 and not on 0: without the link of 0 to 1, 0 stands alone. 3 is as close to both and stays with the
// first.
TEST(ReviewQueue, a_judgement_of_different_parts_each_from_those_it_is_farther_from) {
  const auto weight = [](std::int64_t one, std::int64_t other) {
    const auto [low, high] = std::minmax(one, other);
    return low == 1 && high == 2 ? 9.0 : -1e6;
  };
  EXPECT_EQ(pairs_parted({.records = 3, .one = 0, .other = 1}, weight), 1 * 2);
  EXPECT_EQ(pairs_parted({.records = 4, .one = 0, .other = 1}, weight), 2 * 2);
  EXPECT_EQ(pairs_parted({.records = 2, .one = 1, .other = 0}, weight), 1);
}

RC_GTEST_PROP(ReviewQueue, a_pair_parts_at_least_one_from_the_rest_and_at_most_halves, (std::uint64_t seed)) {
  base::Random chance({.seed = seed});
  const auto records = static_cast<std::int64_t>(2 + chance.below(12));
  const auto one = static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(records)));
  const std::int64_t other = (one + 1) % records;
  const auto weight = [&](std::int64_t, std::int64_t) { return static_cast<double>(chance.below(9)); };
  const std::int64_t parted = pairs_parted({.records = records, .one = one, .other = other}, weight);
  RC_ASSERT(parted >= records - 1);
  RC_ASSERT(parted <= records * records / 4);
}

RC_GTEST_PROP(ReviewQueue, asks_only_those_that_may_lead_and_finds_the_first_of_all, (std::uint64_t seed)) {
  base::Random chance({.seed = seed});
  std::vector<Reviewable> most;
  std::vector<Reviewable> known;
  for (std::uint64_t i = 1 + chance.below(40); i > 0; --i) {
    const auto records = static_cast<std::int64_t>(2 + chance.below(9));
    Reviewable pair{.probability = static_cast<double>(chance.below(9)) / 8,
                    .is_together = chance.bernoulli(0.6),
                    .pairs_changed = pairs_parted_max(records),
                    .has_own = chance.bernoulli(0.3)};
    most.push_back(pair);
    if (pair.is_together) {
      const auto with_one = static_cast<std::int64_t>(1 + chance.below(static_cast<std::uint64_t>(records - 1)));
      pair.pairs_changed = with_one * (records - with_one);
    }
    known.push_back(pair);
  }
  const auto first = first_to_review(most, 0.5, [&](std::size_t place) { return known[place].pairs_changed; });
  RC_ASSERT(first == review_order(known, 0.5, 1).front());
}

// All pairs of one person of 1,000 records, of whom each pair would part one alone: no bound tells them apart.
TEST(ReviewQueue, of_a_person_of_a_thousand_records_asks_about_a_thousand_pairs_and_not_half_a_million) {
  std::vector<Reviewable> pairs(std::size_t{1000} * 999 / 2,
                                {.probability = 0.9, .is_together = true, .pairs_changed = pairs_parted_max(1000)});
  std::int64_t asked = 0;
  const auto first = first_to_review(pairs, 0.5, [&](std::size_t) {
    ++asked;
    return 999;
  });
  EXPECT_EQ(first, 0U);
  EXPECT_EQ(asked, k_parted_asked_max);
  EXPECT_FALSE(first_to_review({}, 0.5, [](std::size_t) { return 1; }).has_value());
}

}  // namespace
}  // namespace throughline::linkage
