#include "linkage/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace throughline::linkage {
namespace {

MentionId m(std::int64_t place) {
  return {.extract = ledger::ExtractNo(1), .place = place, .item = 0};
}
Membership in(std::int64_t place, std::int64_t entity) {
  return {m(place), EntityId(entity)};
}
EntityEvent about(EntityEventKind kind, std::int64_t entity, std::int64_t other = 0, const MentionId& mention = {}) {
  return {kind, EntityId(entity), EntityId(other), mention};
}
using enum EntityEventKind;

TEST(Reconcile, gives_new_clusters_new_ids_in_the_order_of_their_lowest_mention) {
  const Reconciled now = reconcile({}, {{m(3)}, {m(2), m(1)}}, EntityId(7));
  EXPECT_EQ(now.members, (std::vector{in(1, 7), in(2, 7), in(3, 8)}));
  EXPECT_EQ(now.next, EntityId(9));
}

TEST(Reconcile, says_nothing_where_nothing_changed) {
  const Reconciled now = reconcile({in(1, 4), in(2, 4), in(3, 5)}, {{m(1), m(2)}, {m(3)}}, EntityId(6));
  EXPECT_TRUE(now.events.empty());
  EXPECT_EQ(now.next, EntityId(6));
}

TEST(Reconcile, merges_into_the_entity_that_brings_most_members) {
  const Reconciled now = reconcile({in(1, 4), in(2, 5), in(3, 5)}, {{m(1), m(2), m(3)}}, EntityId(6));
  EXPECT_EQ(now.members, (std::vector{in(1, 5), in(2, 5), in(3, 5)}));
  EXPECT_EQ(now.events, (std::vector{about(merged_into, 4, 5), about(moved, 5, 4, m(1))}));
}

TEST(Reconcile, merges_equals_into_the_oldest) {
  const Reconciled now = reconcile({in(1, 9), in(2, 4)}, {{m(1), m(2)}}, EntityId(10));
  EXPECT_EQ(now.members, (std::vector{in(1, 4), in(2, 4)}));
}

TEST(Reconcile, keeps_the_id_with_the_largest_share_of_a_split) {
  const Reconciled now = reconcile({in(1, 4), in(2, 4), in(3, 4)}, {{m(1)}, {m(2), m(3)}}, EntityId(5));
  EXPECT_EQ(now.members, (std::vector{in(1, 5), in(2, 4), in(3, 4)}));
  EXPECT_EQ(now.events, (std::vector{about(created, 5), about(split_from, 5, 4), about(moved, 5, 4, m(1))}));
}

TEST(Reconcile, ends_the_membership_of_a_mention_that_is_gone_and_deletes_nothing) {
  const Reconciled now = reconcile({in(1, 4), in(2, 4)}, {{m(2)}}, EntityId(5));
  EXPECT_EQ(now.members, (std::vector{in(2, 4)}));
  EXPECT_EQ(now.events, (std::vector{about(withdrawn, 4, 0, m(1))}));
}

TEST(Reconcile, never_gives_an_id_again_that_a_merge_ended) {
  const Reconciled merged = reconcile({in(1, 1), in(2, 2)}, {{m(1), m(2)}}, EntityId(3));
  const Reconciled apart = reconcile(merged.members, {{m(1)}, {m(2)}}, merged.next);
  EXPECT_EQ(apart.members, (std::vector{in(1, 1), in(2, 3)}));
}

// Mentions 0 to 29, parted at random.
std::vector<std::vector<MentionId>> any_clusters() {
  std::map<int, std::vector<MentionId>> clusters;
  for (std::int64_t place = 0; place < 30; ++place) {
    const int cluster = *rc::gen::inRange(0, 12);
    if (cluster > 0) clusters[cluster].push_back(m(place));  // In cluster 0 it is gone.
  }
  std::vector<std::vector<MentionId>> all;
  for (auto& [number, members] : clusters) all.push_back(std::move(members));
  return all;
}

std::vector<Membership> any_members() {
  std::vector<Membership> members;
  const auto clusters = any_clusters();
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    for (const MentionId& mention : clusters[i])
      members.push_back({mention, EntityId(static_cast<std::int64_t>(i) + 1)});
  }
  return members;
}

RC_GTEST_PROP(Reconcile, gives_the_same_ids_whatever_the_order, ()) {
  std::vector<Membership> previous = any_members();
  auto clusters = any_clusters();
  const Reconciled expected = reconcile(previous, clusters, EntityId(50));
  std::ranges::reverse(previous);
  std::ranges::reverse(clusters);
  for (auto& cluster : clusters) std::ranges::reverse(cluster);
  const Reconciled now = reconcile(previous, clusters, EntityId(50));
  RC_ASSERT(now.members == expected.members);
  RC_ASSERT(now.events == expected.events);
}

RC_GTEST_PROP(Reconcile, puts_two_mentions_in_one_entity_just_where_they_are_in_one_cluster, ()) {
  const auto clusters = any_clusters();
  const Reconciled now = reconcile(any_members(), clusters, EntityId(50));
  std::map<MentionId, EntityId> entity;
  for (const Membership& member : now.members) entity[member.mention] = member.entity;
  std::set<EntityId> seen;
  std::size_t placed = 0;
  for (const auto& cluster : clusters) {
    RC_ASSERT(seen.insert(entity.at(cluster.front())).second);
    for (const MentionId& mention : cluster) RC_ASSERT(entity.at(mention) == entity.at(cluster.front()));
    placed += cluster.size();
  }
  RC_ASSERT(placed == now.members.size());
}

RC_GTEST_PROP(Reconcile, tells_by_its_events_alone_who_is_where, ()) {
  const std::vector<Membership> previous = any_members();
  const Reconciled now = reconcile(previous, any_clusters(), EntityId(50));
  std::map<MentionId, EntityId> replayed;
  for (const Membership& member : previous) replayed[member.mention] = member.entity;
  for (const EntityEvent& event : now.events) {
    if (event.kind == joined || event.kind == moved) replayed[event.mention] = event.entity;
    if (event.kind == withdrawn) replayed.erase(event.mention);
  }
  std::vector<Membership> members;
  for (const auto& [mention, entity] : replayed) members.push_back({mention, entity});
  RC_ASSERT(members == now.members);
}

}  // namespace
}  // namespace throughline::linkage
