#include "linkage/pair_truth.h"

#include <gtest/gtest.h>

namespace throughline::linkage {
namespace {

std::vector<PersonRecord> of_sources(const std::vector<std::uint16_t>& sources) {
  std::vector<PersonRecord> records(sources.size());
  for (std::size_t i = 0; i < sources.size(); ++i) records[i].source = sources[i];
  return records;
}

// Records 0 to 2 are of one person, 3 and 4 of another; 2 and 3 were put together wrongly, 5 is of nobody else.
const std::vector<std::uint32_t> k_truth = {1, 1, 1, 2, 2, 0};
const std::vector<std::uint32_t> k_clusters = {0, 0, 2, 2, 4, 5};

TEST(PairTruth, counts_pairs_that_belong_together_and_pairs_put_together) {
  const PairTruth truth = count_truth(of_sources({0, 0, 0, 0, 0, 0}), k_clusters, k_truth, CountedPairs::all);
  EXPECT_EQ(truth.true_pairs, 4);
  EXPECT_EQ(truth.linked_pairs, 2);
  EXPECT_EQ(truth.right_pairs, 1);
  EXPECT_EQ(truth.precision(), 0.5);
  EXPECT_EQ(truth.recall(), 0.25);
  EXPECT_NEAR(truth.f1(), 2.0 / 6, 1e-12);
}

TEST(PairTruth, across_sources_counts_no_pair_of_one_source) {
  const PairTruth truth =
      count_truth(of_sources({0, 1, 1, 0, 1, 0}), k_clusters, k_truth, CountedPairs::across_sources);
  EXPECT_EQ(truth.true_pairs, 3);
  EXPECT_EQ(truth.linked_pairs, 2);
  EXPECT_EQ(truth.right_pairs, 1);
}

TEST(PairTruth, takes_records_without_a_truth_for_different_people) {
  const std::vector<std::uint32_t> together = {0, 0};
  const std::vector<std::uint32_t> unknown = {0, 0};
  const PairTruth truth = count_truth(of_sources({0, 0}), together, unknown, CountedPairs::all);
  EXPECT_EQ(truth.true_pairs, 0);
  EXPECT_EQ(truth.linked_pairs, 1);
  EXPECT_EQ(truth.right_pairs, 0);
}

TEST(PairTruth, is_1_where_there_is_nothing_to_be_wrong_about) {
  const PairTruth truth = count_truth({}, {}, {}, CountedPairs::all);
  EXPECT_EQ(truth.f1(), 1);
  EXPECT_EQ(truth.precision(), 1);
}

TEST(Reliability, sets_what_was_said_beside_what_was_so) {
  // A hundred pairs at 0.8, of which seventy are of one person; one below the least.
  std::vector<WeighedPair> pairs;
  std::vector<std::uint32_t> truth;
  for (std::uint32_t i = 0; i < 100; ++i) {
    pairs.push_back({.one = 2 * i, .other = 2 * i + 1, .probability = 0.8F});
    truth.insert(truth.end(), {i + 1, i < 70 ? i + 1 : 1'000 + i});
  }
  pairs.push_back({.one = 0, .other = 2, .probability = 0.01F});
  const std::vector<ReliabilityBin> bins = reliability_of(pairs, truth, 0.02);
  ASSERT_EQ(bins.size(), 10U);
  double said = 0;
  double was = 0;
  for (const ReliabilityBin& bin : bins) {
    EXPECT_EQ(bin.pairs, 10);
    said += bin.said / 10;
    was += bin.was / 10;
  }
  EXPECT_NEAR(said, 0.8, 1e-6);
  EXPECT_NEAR(was, 0.7, 1e-12);
}

TEST(CalibrationError, is_the_mean_distance_by_pairs) {
  const std::vector<ReliabilityBin> bins = {{.pairs = 30, .said = 0.9, .was = 0.8},
                                            {.pairs = 10, .said = 0.2, .was = 0.4}};
  EXPECT_NEAR(calibration_error(bins), (30 * 0.1 + 10 * 0.2) / 40, 1e-12);
  EXPECT_EQ(calibration_error({}), 0);
}

}  // namespace
}  // namespace throughline::linkage
