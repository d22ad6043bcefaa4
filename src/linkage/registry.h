// Stable ids: how the entities of before take over the clusters of now.
//
// An entity's id stays with the largest share of its earlier members (of equal shares with the one that holds the
// lowest mention). Where several entities come together, the one that brings most members stays, of equal ones the
// oldest; the others are merged into it and their ids never name anybody else. What is left gets a new id, and is a
// split where its members had one before. A mention that is no longer there ends its membership; nothing is deleted.
//
// Pure: the same memberships and clusters give the same ids in whatever order they come.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/model.h"

namespace throughline::linkage {

enum class EntityEventKind : std::uint8_t {
  created = 1,
  merged_into = 2,  // `entity` ended; its members went into `other`.
  split_from = 3,   // `entity` began with members that `other` had.
  joined = 4,       // The mention is in `entity` for the first time.
  moved = 5,        // The mention is in `entity` and was in `other`.
  withdrawn = 6,    // The mention is no longer seen; it was in `entity`.
};
[[nodiscard]] std::string_view words_of(EntityEventKind kind);

struct Membership {
  MentionId mention;
  EntityId entity;
  friend auto operator<=>(const Membership&, const Membership&) = default;
};

struct EntityEvent {
  EntityEventKind kind = EntityEventKind::created;
  EntityId entity;
  EntityId other{};     // Number 0 where there is none.
  MentionId mention{};  // Extract 0 where it is about the entity as a whole.
  friend auto operator<=>(const EntityEvent&, const EntityEvent&) = default;
};

struct Reconciled {
  std::vector<Membership> members;  // Of now, by mention.
  std::vector<EntityEvent> events;  // By kind, entity, other and mention.
  EntityId next;                    // The next id that was never given.
};

// `previous` are the memberships that stand; `clusters` those of now, each of at least one mention, none in two.
[[nodiscard]] Reconciled reconcile(const std::vector<Membership>& previous,
                                   std::vector<std::vector<MentionId>> clusters, EntityId next);

}  // namespace throughline::linkage
