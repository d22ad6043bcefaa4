#include "linkage/components.h"

#include <gtest/gtest.h>

namespace throughline::linkage {
namespace {

using Members = std::vector<std::uint32_t>;

Members members_of(const Components& components, std::int64_t component) {
  const auto members = components.members(component);
  return {members.begin(), members.end()};
}

TEST(Components, are_what_pairs_over_the_edge_and_judgements_hold_together) {
  const std::vector<WeighedPair> pairs = {{.one = 0, .other = 4, .weight_bits = 1},
                                          {.one = 1, .other = 2, .weight_bits = -9},
                                          {.one = 4, .other = 6, .weight_bits = 1}};
  const std::vector<RecordPair> same = {{2, 3}};
  const Components components(7, pairs, {.same = same, .different = {}}, -4);
  ASSERT_EQ(components.count(), 2);
  EXPECT_EQ(members_of(components, 0), (Members{0, 4, 6}));
  EXPECT_EQ(members_of(components, 1), (Members{2, 3}));
}

TEST(Components, give_what_lies_within_by_places_among_their_members) {
  const std::vector<WeighedPair> pairs = {{.one = 1, .other = 5, .weight_bits = 2},
                                          {.one = 1, .other = 8, .weight_bits = 3},
                                          {.one = 5, .other = 8, .weight_bits = -9}};
  const std::vector<RecordPair> different = {{5, 8}, {0, 1}};
  const Components components(9, pairs, {.same = {}, .different = different}, -4);
  ASSERT_EQ(components.count(), 1);
  const Neighbourhood within = components.within(0);
  ASSERT_EQ(within.pairs.size(), 3U) << "weak pairs too, once other pairs connect them";
  EXPECT_EQ(within.pairs[2].one, 1U);
  EXPECT_EQ(within.pairs[2].other, 2U);
  ASSERT_EQ(within.different.size(), 1U) << "record 0 is in no component";
  EXPECT_EQ(within.different[0].one, 1U);
  EXPECT_EQ(within.different[0].other, 2U);
}

TEST(DisjointSets, are_named_by_their_least_member) {
  DisjointSets sets(5);
  sets.join({4, 2});
  sets.join({3, 4});
  EXPECT_EQ(sets.find(3), 2U);
  EXPECT_EQ(sets.find(4), 2U);
  EXPECT_EQ(sets.find(0), 0U);
}

}  // namespace
}  // namespace throughline::linkage
