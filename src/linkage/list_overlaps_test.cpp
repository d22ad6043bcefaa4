#include "linkage/list_overlaps.h"

#include <gtest/gtest.h>

namespace throughline::linkage {
namespace {

using List = std::optional<std::uint32_t>;

TEST(ListOverlaps, count_people_and_not_records_by_the_lists_that_hold_them) {
  // Records 0 and 1 are one person on list 0; 2 and 3 one on lists 0 and 1; 4 is alone on list 2; 5 is on no list.
  const std::vector<List> list_of = {0U, 0U, 0U, 1U, 2U, std::nullopt};
  const std::vector<GraphLink> links = {{0, 1, 1.0}, {2, 3, 1.0}};
  const ListOverlaps overlaps = list_overlaps(list_of, 3, links, {.draws = 3, .seed = 1});
  const OverlapCounts expected = {0, 1, 0, 1, 1, 0, 0, 0};
  EXPECT_EQ(overlaps.likely, expected);
  EXPECT_EQ(overlaps.drawn, (std::vector<OverlapCounts>{expected, expected, expected}));
}

// A record that is on no list itself still shows that two others are of one person.
TEST(ListOverlaps, join_lists_through_a_record_that_is_on_none) {
  const std::vector<List> list_of = {0U, std::nullopt, 1U};
  const ListOverlaps overlaps =
      list_overlaps(list_of, 2, std::vector<GraphLink>{{0, 1, 1.0}, {1, 2, 1.0}}, {.draws = 2});
  EXPECT_EQ(overlaps.likely, (OverlapCounts{0, 0, 0, 1}));
}

// A link of probability 0.3 is not taken for likely, and is there in about three draws of ten.
TEST(ListOverlaps, draw_each_link_with_its_probability) {
  const std::vector<List> list_of = {0U, 1U};
  const ListOverlaps overlaps =
      list_overlaps(list_of, 2, std::vector<GraphLink>{{0, 1, 0.3}}, {.draws = 1000, .seed = 4});
  EXPECT_EQ(overlaps.likely, (OverlapCounts{0, 1, 1, 0}));
  std::int64_t together = 0;
  for (const OverlapCounts& counts : overlaps.drawn) together += counts[3];
  EXPECT_NEAR(static_cast<double>(together), 300, 75);
}

}  // namespace
}  // namespace throughline::linkage
