#include "linkage/link_graph.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace throughline::linkage {
namespace {

TEST(BestWays, are_as_sure_as_their_weakest_link) {
  const std::vector<GraphLink> links = {{0, 1, 0.9}, {1, 2, 0.6}, {0, 2, 0.3}};
  EXPECT_EQ(best_ways(4, links, 0), (std::vector<double>{1, 0.9, 0.6, 0}));
}

TEST(Bridges, hold_together_what_falls_apart_without_them) {
  const std::vector<GraphLink> links = {{0, 1, 1}, {1, 2, 1}, {0, 2, 1}, {2, 3, 1}, {3, 4, 1}, {4, 5, 1}, {3, 5, 1}};
  const auto found = bridges(6, links);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].link, 3U);
  EXPECT_EQ(found[0].split_off, 3);
}

TEST(Bridges, are_none_in_a_pair_alone) {
  const std::vector<GraphLink> links = {{0, 1, 1}};
  EXPECT_TRUE(bridges(2, links).empty());
}

// How many groups the links leave, one of them left out.
std::int64_t groups_without(std::uint32_t members, const std::vector<GraphLink>& links, std::size_t left_out) {
  std::vector<GraphLink> rest = links;
  if (left_out < rest.size()) rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(left_out));
  std::vector<bool> is_seen(members, false);
  std::int64_t groups = 0;
  for (std::uint32_t from = 0; from < members; ++from) {
    if (is_seen[from]) continue;
    ++groups;
    const auto best = best_ways(members, rest, from);
    for (std::uint32_t i = 0; i < members; ++i) is_seen[i] = is_seen[i] || best[i] > 0;
  }
  return groups;
}

RC_GTEST_PROP(Bridges, are_just_the_links_whose_loss_makes_one_group_more, ()) {
  constexpr std::uint32_t k_members = 8;
  std::vector<GraphLink> links;
  for (std::uint32_t i = 0; i < k_members; ++i) {
    for (std::uint32_t j = i + 1; j < k_members; ++j) {
      if (*rc::gen::inRange(0, 4) == 0) links.push_back({i, j, 0.5});
    }
  }
  std::vector<bool> is_bridge(links.size(), false);
  for (const Bridge& bridge : bridges(k_members, links)) is_bridge[bridge.link] = true;
  for (std::size_t i = 0; i < links.size(); ++i) {
    const bool splits = groups_without(k_members, links, i) > groups_without(k_members, links, links.size());
    const auto best = best_ways(k_members, links, links[i].one);
    const auto size = std::ranges::count_if(best, [](double way) { return way > 0; });
    RC_ASSERT(is_bridge[i] == (splits && size > 2));
  }
}

}  // namespace
}  // namespace throughline::linkage
