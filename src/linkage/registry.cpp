#include "linkage/registry.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/check.h"

namespace throughline::linkage {

namespace {

using Clusters = std::vector<std::vector<MentionId>>;

// How many members of an entity are in a cluster now. Clusters are known by their place.
struct Share {
  EntityId entity;
  std::size_t cluster = 0;
  std::int64_t members = 0;
};

std::map<MentionId, EntityId> by_mention(const std::vector<Membership>& previous) {
  std::map<MentionId, EntityId> entities;
  for (const Membership& member : previous) CHECK(entities.emplace(member.mention, member.entity).second);
  return entities;
}

std::vector<Share> shares_of(const std::map<MentionId, EntityId>& before, const Clusters& clusters) {
  std::map<std::pair<EntityId, std::size_t>, std::int64_t> counts;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    for (const MentionId& mention : clusters[i]) {
      if (const auto found = before.find(mention); found != before.end()) ++counts[{found->second, i}];
    }
  }
  std::vector<Share> shares;
  for (const auto& [key, members] : counts) shares.push_back({key.first, key.second, members});
  return shares;
}

// Where each entity's id goes, and which entity each cluster is.
struct Heirs {
  std::map<EntityId, std::size_t> cluster_of;                          // Of every entity with a member left.
  std::map<std::size_t, std::pair<EntityId, std::int64_t>> entity_of;  // With the members it brought.
};

Heirs heirs_of(const std::vector<Share>& shares) {
  Heirs heirs;
  std::map<EntityId, std::int64_t> largest;
  // Shares come by entity and cluster, so of equal ones the first stays: the lowest mention's.
  for (const Share& share : shares) {
    if (share.members <= largest[share.entity]) continue;
    largest[share.entity] = share.members;
    heirs.cluster_of[share.entity] = share.cluster;
  }
  for (const auto& [entity, cluster] : heirs.cluster_of) {
    const std::int64_t members = largest[entity];
    const auto [at, is_first] = heirs.entity_of.emplace(cluster, std::pair(entity, members));
    // Entities come oldest first, so of equal ones the oldest stays.
    if (!is_first && members > at->second.second) at->second = {entity, members};
  }
  return heirs;
}

class Reconciliation {
 public:
  Reconciliation(const std::map<MentionId, EntityId>& before, const Clusters& clusters, EntityId next)
      : before_(before), clusters_(clusters), shares_(shares_of(before, clusters)), heirs_(heirs_of(shares_)) {
    answer_.next = next;
  }

  Reconciled run() && {
    for (std::size_t i = 0; i < clusters_.size(); ++i) place(i);
    for (const auto& [entity, cluster] : heirs_.cluster_of) {
      const EntityId kept = entities_[cluster];
      if (kept != entity) note(EntityEventKind::merged_into, entity, kept);
    }
    for (const auto& [mention, entity] : before_) {
      if (!placed_.contains(mention)) note(EntityEventKind::withdrawn, entity, {}, mention);
    }
    std::ranges::sort(answer_.members);
    std::ranges::sort(answer_.events);
    return std::move(answer_);
  }

 private:
  void note(EntityEventKind kind, EntityId entity, EntityId other = {}, const MentionId& mention = {}) {
    answer_.events.push_back({kind, entity, other, mention});
  }
  void place(std::size_t cluster) {
    const auto heir = heirs_.entity_of.find(cluster);
    const bool is_new = heir == heirs_.entity_of.end();
    const EntityId entity = is_new ? answer_.next : heir->second.first;
    entities_.push_back(entity);
    if (is_new) begin(entity, cluster);
    for (const MentionId& mention : clusters_[cluster]) {
      CHECK(placed_.insert(mention).second);
      answer_.members.push_back({mention, entity});
      const auto earlier = before_.find(mention);
      if (earlier == before_.end()) {
        note(EntityEventKind::joined, entity, {}, mention);
      } else if (earlier->second != entity) {
        note(EntityEventKind::moved, entity, earlier->second, mention);
      }
    }
  }
  // A new entity, and what it was split from.
  void begin(EntityId entity, std::size_t cluster) {
    answer_.next = EntityId(entity.number() + 1);
    note(EntityEventKind::created, entity);
    std::set<EntityId> parents;
    for (const MentionId& mention : clusters_[cluster]) {
      if (const auto found = before_.find(mention); found != before_.end()) parents.insert(found->second);
    }
    for (const EntityId parent : parents) note(EntityEventKind::split_from, entity, parent);
  }

  const std::map<MentionId, EntityId>& before_;
  const Clusters& clusters_;
  std::vector<Share> shares_;
  Heirs heirs_;
  std::vector<EntityId> entities_;
  std::set<MentionId> placed_;
  Reconciled answer_;
};

}  // namespace

std::string_view words_of(EntityEventKind kind) {
  switch (kind) {
    case EntityEventKind::created: return "began";
    case EntityEventKind::merged_into: return "merged into";
    case EntityEventKind::split_from: return "split from";
    case EntityEventKind::joined: return "record joined";
    case EntityEventKind::moved: return "record moved from";
    case EntityEventKind::withdrawn: return "record withdrawn";
  }
  return "unknown";
}

Reconciled reconcile(const std::vector<Membership>& previous, std::vector<std::vector<MentionId>> clusters,
                     EntityId next) {
  for (std::vector<MentionId>& cluster : clusters) {
    CHECK(!cluster.empty());
    std::ranges::sort(cluster);
  }
  std::ranges::sort(clusters);
  const std::map<MentionId, EntityId> before = by_mention(previous);
  return Reconciliation(before, clusters, next).run();
}

}  // namespace throughline::linkage
