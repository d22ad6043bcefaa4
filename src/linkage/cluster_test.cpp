#include "linkage/cluster.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/parallel.h"

namespace throughline::linkage {
namespace {

using Firsts = std::vector<std::uint32_t>;

// Records known by a number, and a weight for each two of them; those not said weigh `others`.
class Weights {
 public:
  Weights(std::uint32_t records, double others) : others_(others) {
    for (std::uint32_t i = 0; i < records; ++i) {
      PersonRecord record;
      record.identifier = i + 1;
      records_.push_back(record);
    }
  }
  void set_source(std::uint32_t record, std::uint16_t source) { records_[record].source = source; }
  void set(std::uint32_t one, std::uint32_t other, double bits) { bits_[std::minmax(one, other)] = bits; }
  void set_all(const std::vector<std::uint32_t>& members, double bits) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) set(members[i], members[j], bits);
    }
  }

  // The pairs said, as blocking found them; the rest is asked for.
  [[nodiscard]] Firsts clustered(const Judged& judged = {}, ClusterOptions options = {}) const {
    options.judged = judged;
    std::vector<WeighedPair> pairs;
    for (const auto& [pair, bits] : bits_) {
      pairs.push_back({.one = pair.first, .other = pair.second, .weight_bits = static_cast<float>(bits)});
    }
    const WeighRecords weigh = [this](const PersonRecord& one, const PersonRecord& other, PairKind /*kind*/) {
      return bits_of(static_cast<std::uint32_t>(one.identifier - 1), static_cast<std::uint32_t>(other.identifier - 1));
    };
    return cluster(records_, pairs, weigh, options);
  }

 private:
  [[nodiscard]] double bits_of(std::uint32_t one, std::uint32_t other) const {
    const auto found = bits_.find(std::minmax(one, other));
    return found == bits_.end() ? others_ : found->second;
  }

  double others_;
  std::vector<PersonRecord> records_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> bits_;
};

TEST(Cluster, leaves_records_alone_that_nothing_puts_together) {
  EXPECT_EQ(Weights(3, -10).clustered(), (Firsts{0, 1, 2}));
  EXPECT_TRUE(Weights(0, -10).clustered().empty());
}

TEST(Cluster, puts_a_pair_together_just_where_its_weight_is_over_the_least) {
  Weights weights(4, -10);
  weights.set(0, 1, 0.5);
  weights.set(2, 3, -0.5);
  EXPECT_EQ(weights.clustered(), (Firsts{0, 0, 2, 3}));
}

TEST(Cluster, does_not_join_two_families_over_a_bridge) {
  Weights weights(6, -8);
  weights.set_all({0, 1, 2}, 9);
  weights.set_all({3, 4, 5}, 9);
  weights.set(2, 3, 7);
  EXPECT_EQ(weights.clustered(), (Firsts{0, 0, 0, 3, 3, 3}));
}

TEST(Cluster, weighs_pairs_that_blocking_never_made) {
  Weights held(3, 9);
  held.set(0, 1, 9);
  held.set(1, 2, 9);
  EXPECT_EQ(held.clustered(), (Firsts{0, 0, 0}));
  Weights torn(3, -12);
  torn.set(0, 1, 9);
  torn.set(1, 2, 8);
  EXPECT_EQ(torn.clustered(), (Firsts{0, 0, 2}));
}

TEST(Cluster, puts_together_what_was_judged_the_same_whatever_its_weight) {
  Weights weights(4, -30);
  weights.set(0, 1, -20);
  const std::vector<RecordPair> same = {{0, 1}, {2, 3}};
  EXPECT_EQ(weights.clustered({.same = same, .different = {}}), (Firsts{0, 0, 2, 2}));
}

TEST(Cluster, keeps_apart_what_was_judged_different_whatever_its_weight) {
  Weights weights(3, 30);
  weights.set_all({0, 1, 2}, 30);
  const std::vector<RecordPair> different = {{0, 2}};
  const Firsts firsts = weights.clustered({.same = {}, .different = different});
  EXPECT_NE(firsts[0], firsts[2]);
  EXPECT_TRUE(firsts[1] == firsts[0] || firsts[1] == firsts[2]);
  const std::vector<RecordPair> pair = {{0, 1}};
  Weights two(2, 30);
  two.set(0, 1, 30);
  EXPECT_EQ(two.clustered({.same = {}, .different = pair}), (Firsts{0, 1}));
}

TEST(Cluster, carries_a_judgement_over_to_those_judged_the_same) {
  Weights weights(3, 30);
  weights.set_all({0, 1, 2}, 30);
  const std::vector<RecordPair> same = {{1, 2}};
  const std::vector<RecordPair> different = {{0, 1}};
  EXPECT_EQ(weights.clustered({.same = same, .different = different}), (Firsts{0, 1, 1}));
}

TEST(Cluster, one_to_one_puts_no_two_records_of_one_source_together) {
  Weights weights(4, 20);
  weights.set_all({0, 1, 2, 3}, 20);
  weights.set_source(2, 1);
  weights.set_source(3, 1);
  const Firsts firsts = weights.clustered({}, {.is_one_to_one = true});
  EXPECT_NE(firsts[0], firsts[1]);
  EXPECT_NE(firsts[2], firsts[3]);
  EXPECT_EQ(std::ranges::count(firsts, firsts[0]), 2) << "one of each source";
  Weights two(2, 20);
  two.set(0, 1, 20);
  EXPECT_EQ(two.clustered({}, {.is_one_to_one = true}), (Firsts{0, 1}));
}

TEST(Cluster, one_to_one_takes_no_two_sources_for_one_however_many_there_are) {
  Weights weights(3, 20);
  weights.set_all({0, 1, 2}, 20);
  weights.set_source(1, 64);
  weights.set_source(2, 128);
  EXPECT_EQ(weights.clustered({}, {.is_one_to_one = true}), (Firsts{0, 0, 0}));
}

TEST(Cluster, one_to_one_gives_way_to_what_was_judged_the_same) {
  Weights weights(2, 20);
  weights.set(0, 1, 20);
  const std::vector<RecordPair> same = {{0, 1}};
  EXPECT_EQ(weights.clustered({.same = same, .different = {}}, {.is_one_to_one = true}), (Firsts{0, 0}));
}

TEST(ClusterDeathTest, stops_at_judgements_that_contradict_each_other) {
  const std::vector<RecordPair> same = {{0, 1}, {1, 2}};
  const std::vector<RecordPair> different = {{0, 2}};
  base::set_thread_limit(1);
  EXPECT_DEATH((void)Weights(3, 0).clustered({.same = same, .different = different}), "internal check failed");
  base::set_thread_limit(0);
}

// The same people, their records numbered the other way round.
TEST(Cluster, gives_the_same_people_whatever_the_order_of_records_and_pairs) {
  constexpr std::uint32_t k_records = 12;
  Weights forward(k_records, -9);
  Weights backward(k_records, -9);
  for (const std::vector<std::uint32_t>& person : {std::vector<std::uint32_t>{0, 4, 8}, {1, 5}, {2, 6, 10, 11}}) {
    for (std::size_t i = 0; i < person.size(); ++i) {
      for (std::size_t j = i + 1; j < person.size(); ++j) {
        const double bits = 5 + static_cast<double>((person[i] + person[j]) % 7);
        forward.set(person[i], person[j], bits);
        backward.set(k_records - 1 - person[i], k_records - 1 - person[j], bits);
      }
    }
  }
  forward.set(4, 5, 3);
  backward.set(k_records - 5, k_records - 6, 3);
  const Firsts one = forward.clustered();
  const Firsts other = backward.clustered();
  for (std::uint32_t i = 0; i < k_records; ++i) {
    for (std::uint32_t j = 0; j < k_records; ++j) {
      EXPECT_EQ(one[i] == one[j], other[k_records - 1 - i] == other[k_records - 1 - j]) << i << " and " << j;
    }
  }
  EXPECT_EQ(one, (Firsts{0, 1, 2, 3, 0, 1, 2, 7, 0, 9, 2, 2}));
}

TEST(Cluster, cuts_a_component_above_400_records_at_weaker_pairs_first) {
  constexpr std::uint32_t k_pairs = 300;
  Weights weights(2 * k_pairs, -9);
  for (std::uint32_t i = 0; i < k_pairs; ++i) {
    weights.set(2 * i, 2 * i + 1, 20);
    if (i > 0) weights.set(2 * i - 1, 2 * i, -1);
  }
  const Firsts firsts = weights.clustered();
  for (std::uint32_t i = 0; i < 2 * k_pairs; ++i) ASSERT_EQ(firsts[i], i / 2 * 2);
}

TEST(Cluster, honours_judgements_within_a_component_above_400_records) {
  constexpr std::uint32_t k_pairs = 300;
  Weights weights(2 * k_pairs, -9);
  for (std::uint32_t i = 0; i < k_pairs; ++i) {
    weights.set(2 * i, 2 * i + 1, 20);
    if (i > 0) weights.set(2 * i - 1, 2 * i, -1);
  }
  const std::vector<RecordPair> same = {{1, 2}, {10, 590}};
  const std::vector<RecordPair> different = {{100, 101}};
  const Firsts firsts = weights.clustered({.same = same, .different = different});
  EXPECT_EQ(firsts[1], firsts[2]);
  EXPECT_EQ(firsts[10], firsts[590]);
  EXPECT_NE(firsts[100], firsts[101]);
}

TEST(ThirdRecord, weighs_nothing_where_people_have_third_records_as_often_as_second_ones) {
  // Sixteen people: eight with a second record, four of them with a third.
  Firsts firsts;
  const auto add = [&firsts](std::uint32_t size) {
    const auto first = static_cast<std::uint32_t>(firsts.size());
    for (std::uint32_t i = 0; i < size; ++i) firsts.push_back(first);
  };
  for (int i = 0; i < 8; ++i) add(1);
  for (int i = 0; i < 4; ++i) add(2);
  for (int i = 0; i < 4; ++i) add(3);
  EXPECT_EQ(third_record_bits(firsts), 0);
}

TEST(ThirdRecord, weighs_against_joining_where_nobody_has_one) {
  Firsts firsts;
  for (std::uint32_t i = 0; i < 200; i += 2) firsts.insert(firsts.end(), {i, i});
  EXPECT_NEAR(third_record_bits(firsts), -6.66, 0.01);
  EXPECT_EQ(third_record_bits(Firsts{0, 1, 2}), 0) << "nothing was put together";
}

}  // namespace
}  // namespace throughline::linkage
