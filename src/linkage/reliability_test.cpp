#include "linkage/reliability.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace throughline::linkage {
namespace {

// Pairs whose chance of being a match is truth(p) where the model says p.
template <class Truth>
std::vector<LabelledPair> drawn(std::int64_t pairs, std::uint64_t seed, const Truth& truth) {
  base::Random chance({.seed = seed, .stream = base::stream_of("judged pairs")});
  std::vector<LabelledPair> all;
  for (std::int64_t i = 0; i < pairs; ++i) {
    const double p = std::round(chance.uniform01() * 200) / 200;
    all.push_back({.probability = p, .is_match = chance.bernoulli(truth(p))});
  }
  return all;
}

double itself(double p) {
  return p;
}
double overstated(double p) {
  return p * p;
}

TEST(ShareOf, is_wilsons_interval) {
  const SharePart share = share_of(8, 10);
  EXPECT_DOUBLE_EQ(share.value, 0.8);
  EXPECT_NEAR(share.low, 0.4901625, 1e-6);
  EXPECT_NEAR(share.high, 0.9433178, 1e-6);
  EXPECT_EQ(share_of(0, 10).low, 0);
  EXPECT_EQ(share_of(10, 10).high, 1);
  EXPECT_EQ(share_of(0, 0).high, 1);
}

TEST(Reliability, honest_probabilities_have_nearly_no_error) {
  const Reliability curve = reliability(drawn(20'000, 1, itself), 10);
  EXPECT_EQ(curve.bins.size(), 10U);
  EXPECT_LT(curve.calibration_error, 0.01);
  for (const CalibrationBin& bin : curve.bins) {
    EXPECT_EQ(bin.matched.of, 2000);
    EXPECT_NEAR(bin.matched.value, bin.probability_mean, 0.04);
  }
}

// The mean of p - p^2 over 0 to 1 is a sixth.
TEST(Reliability, overstated_probabilities_have_the_error_they_were_given) {
  EXPECT_NEAR(reliability(drawn(20'000, 2, overstated), 10).calibration_error, 1.0 / 6, 0.01);
}

TEST(Reliability, few_pairs_have_a_bin_each_and_none_have_none) {
  const std::vector<LabelledPair> pairs = {{.probability = 0.2}, {.probability = 0.9, .is_match = true}};
  EXPECT_EQ(reliability(pairs, 10).bins.size(), 2U);
  EXPECT_NEAR(reliability(pairs, 10).calibration_error, 0.15, 1e-12);
  EXPECT_TRUE(reliability({}, 10).bins.empty());
}

TEST(Accuracy, tells_what_blocking_missed_from_what_the_weight_missed) {
  const Accuracy accuracy = accuracy_of({.true_links = 90, .false_links = 10, .missed = 5, .missed_by_blocking = 25});
  EXPECT_DOUBLE_EQ(accuracy.precision.value, 0.9);
  EXPECT_DOUBLE_EQ(accuracy.recall.value, 0.75);
  EXPECT_DOUBLE_EQ(accuracy.recall_among_compared.value, 90.0 / 95);
  EXPECT_DOUBLE_EQ(accuracy.f1, 180.0 / 220);
  EXPECT_EQ(accuracy_of({}).f1, 0);
}

// Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, table 18.1: kappa .68, standard error
// .087.
TEST(RaterAgreement, is_that_of_the_worked_example_in_the_literature) {
  const RaterAgreement agreement = agreement_of({{75, 1, 4}, {5, 4, 1}, {0, 0, 10}});
  EXPECT_NEAR(agreement.kappa, 0.68, 0.005);
  EXPECT_NEAR((agreement.high - agreement.kappa) / 1.959963984540054, 0.087, 0.001);
  EXPECT_DOUBLE_EQ(agreement.observed.value, 0.89);
  EXPECT_TRUE(agreement.is_known);
}

TEST(RaterAgreement, is_unknown_where_nothing_was_judged_twice_or_there_was_one_answer_only) {
  EXPECT_FALSE(agreement_of({{0, 0}, {0, 0}}).is_known);
  EXPECT_FALSE(agreement_of({{12, 0}, {0, 0}}).is_known);
}

TEST(RaterAgreement, of_reviewers_who_toss_coins_covers_zero) {
  base::Random chance({.seed = 4});
  int covered = 0;
  for (int round = 0; round < 200; ++round) {
    AgreementTable table(2, std::vector<std::int64_t>(2));
    for (int i = 0; i < 100; ++i) ++table[chance.below(2)][chance.below(2)];
    const RaterAgreement agreement = agreement_of(table);
    covered += agreement.low <= 0 && agreement.high >= 0 ? 1 : 0;
  }
  EXPECT_GE(covered, 180);
}

}  // namespace
}  // namespace throughline::linkage
