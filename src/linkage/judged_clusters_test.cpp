#include "linkage/judged_clusters.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

namespace throughline::linkage {
namespace {

WeighedPair link_of(std::uint32_t one, std::uint32_t other, float weight) {
  return {.one = one, .other = other, .weight_bits = weight, .probability = weight > 0 ? 0.9F : 0.1F};
}
using First = std::vector<std::uint32_t>;

TEST(JudgedClusters, stay_as_they_are_without_judgements) {
  EXPECT_EQ(honour(First{0, 0, 2, 0}, {}, {}), (First{0, 0, 2, 0}));
}

TEST(JudgedClusters, hold_together_what_was_judged_the_same_whatever_the_weight) {
  const std::vector<WeighedPair> pairs = {link_of(0, 2, -20)};
  EXPECT_EQ(honour(First{0, 0, 2, 2}, pairs, {.same = {{0, 2}}, .different = {}}), (First{0, 0, 0, 0}));
}

TEST(JudgedClusters, hold_apart_what_was_judged_different_whatever_the_weight) {
  const std::vector<WeighedPair> pairs = {link_of(0, 1, 30)};
  EXPECT_EQ(honour(First{0, 0}, pairs, {.same = {}, .different = {{0, 1}}}), (First{0, 1}));
}

TEST(JudgedClusters, put_a_third_record_with_the_one_it_is_more_strongly_linked_to) {
  const std::vector<WeighedPair> pairs = {link_of(0, 1, 8), link_of(0, 2, 5), link_of(1, 2, 9)};
  EXPECT_EQ(honour(First{0, 0, 0}, pairs, {.same = {}, .different = {{0, 1}}}), (First{0, 1, 1}));
}

TEST(JudgedClusters, do_not_bring_together_by_a_third_record_what_was_judged_different) {
  const std::vector<WeighedPair> pairs = {link_of(0, 2, 12), link_of(1, 2, 11), link_of(1, 3, 10)};
  const First first = honour(First{0, 0, 0, 0}, pairs, {.same = {{2, 3}}, .different = {{0, 1}}});
  EXPECT_EQ(first, (First{0, 1, 0, 0}));
}

TEST(JudgedClusters, hold_apart_by_default_what_no_judgement_brings_together) {
  const std::vector<WeighedPair> pairs = {link_of(0, 1, 30), link_of(1, 2, 20)};
  EXPECT_EQ(honour(First{0, 0, 0}, pairs, {.same = {}, .different = {}, .unless_same = {{0, 1}}}), (First{0, 1, 1}));
  EXPECT_EQ(honour(First{0, 0, 0}, pairs, {.same = {{0, 2}, {1, 2}}, .different = {}, .unless_same = {{0, 1}}}),
            (First{0, 0, 0}));
}

TEST(JudgedClusters, name_three_records_of_a_contradiction) {
  const Rulings rulings{.same = {{0, 1}, {1, 2}}, .different = {{0, 2}}};
  EXPECT_EQ(contradiction_in(3, rulings), (Contradiction{.one = 0, .middle = 1, .other = 2}));
  EXPECT_EQ(contradiction_in(3, {.same = {{0, 1}}, .different = {{0, 2}}}), std::nullopt);
}

TEST(JudgedClusters, name_the_two_records_of_a_pair_judged_both_ways) {
  const Rulings rulings{.same = {{0, 1}}, .different = {{0, 1}}};
  EXPECT_EQ(contradiction_in(2, rulings), (Contradiction{.one = 0, .middle = 1, .other = 1}));
}

RC_GTEST_PROP(JudgedClusters, honour_every_judgement_that_can_hold, ()) {
  constexpr std::uint32_t k_records = 12;
  const auto record = [] { return *rc::gen::inRange(0U, k_records); };
  First first(k_records);
  std::iota(first.begin(), first.end(), 0U);
  for (std::uint32_t i = 1; i < k_records; ++i) first[i] = *rc::gen::inRange(0, 3) == 0 ? i : first[i - 1];
  std::vector<WeighedPair> pairs;
  for (std::uint32_t i = 0; i < k_records; ++i) {
    for (std::uint32_t j = i + 1; j < k_records; ++j) {
      pairs.push_back(link_of(i, j, static_cast<float>(*rc::gen::inRange(-20, 20))));
    }
  }
  Rulings rulings;
  for (int i = 0; i < 6; ++i) {
    const std::uint32_t one = record();
    const std::uint32_t other = record();
    if (one == other) continue;
    (i % 2 == 0 ? rulings.same : rulings.different).emplace_back(one, other);
  }
  RC_PRE(!contradiction_in(k_records, rulings));
  const First now = honour(first, pairs, rulings);
  for (const auto& [one, other] : rulings.same) RC_ASSERT(now[one] == now[other]);
  for (const auto& [one, other] : rulings.different) RC_ASSERT(now[one] != now[other]);
  for (std::uint32_t i = 0; i < k_records; ++i) RC_ASSERT(now[i] <= i && now[now[i]] == now[i]);
}

}  // namespace
}  // namespace throughline::linkage
