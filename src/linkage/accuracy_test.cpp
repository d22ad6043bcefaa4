#include "linkage/accuracy.h"

#include <gtest/gtest.h>

namespace throughline::linkage {
namespace {

// Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20 and 1 of 29 by the score method.
TEST(Wilson, gives_the_published_intervals) {
  const auto expect = [](ShareInterval interval, double low, double high) {
    EXPECT_NEAR(interval.low, low, 5e-5);
    EXPECT_NEAR(interval.high, high, 5e-5);
  };
  expect(wilson(81, 263), 0.2553, 0.3662);
  expect(wilson(15, 148), 0.0624, 0.1605);
  expect(wilson(0, 20), 0.0000, 0.1611);
  expect(wilson(1, 29), 0.0061, 0.1718);
}

TEST(Wilson, says_nothing_of_nothing) {
  EXPECT_EQ(wilson(0, 0).low, 0);
  EXPECT_EQ(wilson(0, 0).high, 1);
}

TEST(Reliability, sets_what_was_judged_beside_what_was_promised) {
  const std::vector<SettledPair> pairs = {{.probability = 0.9, .is_same = true},
                                          {.probability = 0.85, .is_same = false},
                                          {.probability = 1.0, .is_same = true}};
  const auto bands = reliability(pairs);
  ASSERT_EQ(bands.size(), 2U);
  EXPECT_EQ(bands[0].from, 0.8);
  EXPECT_EQ(bands[0].judged, 2);
  EXPECT_EQ(bands[0].same, 1);
  EXPECT_NEAR(bands[0].expected, 1.75, 1e-12);
  EXPECT_EQ(bands[1].to, 1.0);
}

TEST(ErrorsByGroup, counts_missed_and_false_links_of_each_group) {
  const std::vector<SettledPair> pairs = {
      {.probability = 0.2, .is_same = true, .groups = {{"sex", "F"}}},
      {.probability = 0.9, .is_same = true, .groups = {{"sex", "F"}, {"source", "police"}}},
      {.probability = 0.9, .is_same = false, .groups = {{"sex", "M"}}}};
  const auto groups = errors_by_group(pairs, 0.5);
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_EQ(groups[0].group, "F");
  EXPECT_EQ(groups[0].same, 2);
  EXPECT_EQ(groups[0].missed, 1);
  EXPECT_EQ(groups[1].group, "M");
  EXPECT_EQ(groups[1].false_links, 1);
  EXPECT_EQ(groups[1].false_rate.high, 1);
  EXPECT_EQ(groups[2].grouping, "source");
  EXPECT_EQ(groups[2].missed, 0);
}

}  // namespace
}  // namespace throughline::linkage
