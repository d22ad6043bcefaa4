#include "linkage/judged_accuracy.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

#include "base/random.h"
#include "linkage/review_queue.h"

namespace throughline::linkage {
namespace {

// Pairs of a model that overstates: a pair of probability p is true with p × p. What is true is together more often
// than its weight says. Judged are those that the queue of review puts first.
struct MadeUpRun {
  std::vector<JudgeablePair> pairs;
  double precision = 0;
  double recall = 0;
};

MadeUpRun made_up_run(std::uint64_t seed) {
  base::Random chance({.seed = seed, .stream = base::stream_of("made-up run")});
  MadeUpRun run;
  std::vector<Reviewable> reviewable;
  std::vector<bool> is_same;
  double links = 0, right = 0, together = 0;
  for (int i = 0; i < 5000; ++i) {
    const double draw = chance.uniform01();
    const double p = chance.bernoulli(0.6) ? draw * draw * draw : 1 - draw * draw * draw * 0.3;
    is_same.push_back(chance.bernoulli(p * p));
    const bool is_linked = p >= 0.5;
    const bool is_together = chance.bernoulli(is_same.back() ? (1 + p) / 2 : p / 2);
    links += is_linked ? 1 : 0;
    right += is_linked && is_same.back() ? 1 : 0;
    together += is_same.back() ? 1 : 0;
    run.pairs.push_back({.probability = p, .is_linked = is_linked, .is_together = is_together});
    reviewable.push_back({.probability = p,
                          .is_together = is_together,
                          .pairs_changed = static_cast<std::int64_t>(1 + chance.below(4))});
  }
  for (const std::size_t place : review_order(reviewable, 0.5, 1000)) run.pairs[place].is_same = is_same[place];
  run.precision = right / links;
  run.recall = right / together;
  return run;
}

TEST(JudgedAccuracy, its_intervals_hold_the_truth_though_reviewers_saw_the_doubtful_first) {
  int held = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const MadeUpRun run = made_up_run(seed);
    const AccuracyEstimate found = estimate_accuracy(run.pairs);
    held += found.precision.low <= run.precision && run.precision <= found.precision.high ? 1 : 0;
    held += found.recall.low <= run.recall && run.recall <= found.recall.high ? 1 : 0;
  }
  EXPECT_GE(held, 80 * 85 / 100);
}

TEST(JudgedAccuracy, is_nearer_than_the_share_among_the_judged) {
  double by_share = 0;
  double by_stretches = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const MadeUpRun run = made_up_run(seed);
    AccuracyCounts counts;
    for (const JudgeablePair& pair : run.pairs) {
      if (!pair.is_same || !pair.is_linked) continue;
      ++(*pair.is_same ? counts.true_links : counts.false_links);
    }
    by_share += std::abs(accuracy_of(counts).precision.value - run.precision);
    by_stretches += std::abs(estimate_accuracy(run.pairs).precision.value - run.precision);
  }
  EXPECT_LT(by_stretches, by_share / 2);
}

TEST(JudgedAccuracy, is_the_counted_share_where_everything_was_judged) {
  std::vector<JudgeablePair> pairs(90, {.probability = 0.9, .is_linked = true, .is_same = true});
  pairs.insert(pairs.end(), 10, {.probability = 0.9, .is_linked = true, .is_same = false});
  pairs.insert(pairs.end(), 30, {.probability = 0.1, .is_linked = false, .is_same = true});
  const AccuracyEstimate found = estimate_accuracy(pairs, {.caught_by_blocking = {0.8, 0.8, 0.8, 0}});
  EXPECT_NEAR(found.precision.value, 0.9, 1e-9);
  EXPECT_NEAR(found.precision.low, 0.9, 1e-9);
  EXPECT_NEAR(found.recall_among_compared.value, 0.75, 1e-9);
  EXPECT_NEAR(found.recall.value, 0.6, 1e-9);
  EXPECT_EQ(found.precision.of, 100);
  EXPECT_EQ(found.recall.of, 130);
}

TEST(JudgedAccuracy, how_sure_it_is_what_blocking_caught_is_in_recall_and_in_nothing_else) {
  const std::vector<JudgeablePair> pairs(90, {.probability = 0.9, .is_linked = true, .is_same = true});
  const AccuracyEstimate found = estimate_accuracy(pairs, {.caught_by_blocking = {0.8, 0.7, 0.88, 100}});
  EXPECT_NEAR(found.recall.low, 0.7, 0.02);
  EXPECT_NEAR(found.recall.high, 0.88, 0.02);
  EXPECT_EQ(found.recall_among_compared.low, 1);
}

// Of one probability, those together are judged and right, those apart are not judged: they are no more right for it.
TEST(JudgedAccuracy, what_is_together_says_nothing_of_what_is_apart) {
  std::vector<JudgeablePair> pairs(100, {.probability = 0.6, .is_linked = true, .is_together = true, .is_same = true});
  pairs.insert(pairs.end(), 100, {.probability = 0.6, .is_linked = true});
  EXPECT_NEAR(estimate_accuracy(pairs).precision.value, (1 + 0.6) / 2, 0.03);
}

TEST(JudgedAccuracy, without_labels_it_is_as_good_as_the_model_says_with_a_wide_interval) {
  const std::vector<JudgeablePair> pairs(1000, {.probability = 0.9, .is_linked = true});
  const AccuracyEstimate found = estimate_accuracy(pairs);
  EXPECT_NEAR(found.precision.value, 0.9, 0.02);
  EXPECT_LT(found.precision.low, 0.6);
  EXPECT_EQ(found.precision.of, 0);
  EXPECT_EQ(estimate_accuracy({}).precision.high, 1);
  EXPECT_EQ(estimate_accuracy({}).recall.low, 0);
}

RC_GTEST_PROP(JudgedAccuracy, lies_within_its_interval_and_does_not_see_the_order, (std::uint64_t seed)) {
  base::Random chance({.seed = seed});
  std::vector<JudgeablePair> pairs;
  for (std::uint64_t i = chance.below(60) + 1; i > 0; --i) {
    // Sixteenths, whose sums are exact in any order.
    JudgeablePair pair{.probability = static_cast<double>(chance.below(17)) / 16, .is_linked = chance.bernoulli(0.5)};
    if (chance.bernoulli(0.3)) pair.is_same = chance.bernoulli(0.5);
    pairs.push_back(pair);
  }
  const AccuracyEstimate found = estimate_accuracy(pairs, {.caught_by_blocking = {0.9, 0.8, 0.95, 0}, .draws = 50});
  chance.shuffle(std::span(pairs));
  const AccuracyEstimate again = estimate_accuracy(pairs, {.caught_by_blocking = {0.9, 0.8, 0.95, 0}, .draws = 50});
  for (const auto& [one, other] :
       {std::pair(found.precision, again.precision), std::pair(found.recall, again.recall)}) {
    RC_ASSERT(one.value == other.value && one.low == other.low && one.high == other.high);
    RC_ASSERT(one.low >= 0 && one.high <= 1 && one.low <= one.high);
  }
  RC_ASSERT(found.recall.value <= found.recall_among_compared.value);
}

}  // namespace
}  // namespace throughline::linkage
