#include "linkage/review_queue.h"

#include <gtest/gtest.h>

namespace throughline::linkage {
namespace {

TEST(ReviewQueue, puts_the_doubtful_before_the_sure_and_the_large_before_the_small) {
  const std::vector<Reviewable> pairs = {
      {.probability = 0.99, .is_together = true, .size_one = 2},
      {.probability = 0.5, .is_together = true, .size_one = 2},
      {.probability = 0.5, .is_together = true, .size_one = 9},
      {.probability = 0.45, .is_together = false, .size_one = 4, .size_other = 5},
  };
  EXPECT_EQ(review_order(pairs, 0.5, 10), (std::vector<std::size_t>{3, 2, 1, 0}));
  EXPECT_EQ(review_order(pairs, 0.5, 2), (std::vector<std::size_t>{3, 2}));
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

}  // namespace
}  // namespace throughline::linkage
