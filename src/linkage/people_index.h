// Linkage that goes on: records are added, corrected and withdrawn one by one, and who is who is the same as if all had
// been linked at once.
//
// The model, how rare values are and the rules of blocking are frozen: they are those of the run that learnt
// them. Then who is linked with whom depends on the records alone, whatever the order in which they came and went:
// equal to pairing, weighing and clustering all live records, in the order of their ids, with the same model and rules.
// Pairs are not kept but found again through the keys when they are needed; only the component of records that a change
// touches is clustered anew.
//
// A block that grows over `block_members_max` stops making pairs, as it would in a full run, and makes them again when
// it shrinks: at that moment all of its members are clustered anew, which may take a second where a single record takes
// a fraction of a millisecond.
//
// What it cannot tell: that the model has grown old. Values never seen when it was frozen count as the rarest.
// Adding, correcting and withdrawing are for one thread alone; find() may be called by many at a time between them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "linkage/cluster.h"
#include "linkage/indexed_people.h"
#include "linkage/link.h"

namespace throughline::linkage {

struct IndexedMention {
  MentionNo id = 0;
  PersonRecord record{};
};

// All of it must outlive the index; the texts may grow as records are encoded.
struct FrozenModel {
  const Model& model;
  const ComparedTexts& texts;
};

struct IndexOptions {
  std::vector<BlockingRule> linking;    // The rules in force: those the run used.
  std::vector<BlockingRule> finding{};  // Further ones for questions only, which may be looser.
  PairScope scope = PairScope::all;
  std::int64_t block_members_max = 3'000;
  double probability_kept = 0.001;  // Pairs less likely than this do not exist.
  ClusterOptions clustering{};      // With what the run learnt of third records.
};

// A mention whose entity is another than before. An entity is named by its lowest mention; nothing: not there.
struct EntityMove {
  MentionNo mention = 0;
  std::optional<MentionNo> before{};
  std::optional<MentionNo> after{};

  friend bool operator==(const EntityMove&, const EntityMove&) = default;
};

struct FindOptions {
  std::int64_t entities_max = 20;
  std::int64_t compared_max = 5'000;  // Records looked at, at most, for one question.
  double weight_bits_min = -7;
  // How many mentions of the person are expected to be here before any detail is compared: what the odds begin with.
  double mentions_expected = 1;
};

struct FoundEntity {
  MentionNo entity = 0;
  MentionNo nearest = 0;  // The mention that is most like what was asked for.
  double weight_bits = 0;
  double probability = 0;
  std::int64_t mentions = 0;
};

struct FindAnswer {
  std::vector<FoundEntity> entities{};    // The most probable first.
  std::vector<std::string> too_common{};  // Rules not looked at, for too many records share the details they ask for.
  std::int64_t compared = 0;
};

// The records of a full run with the ids they go by from now on, and what the run found: for each the place, among
// them, of the first of its cluster. REQUIRES: as many of each; ids ascending.
struct LinkedRecords {
  std::span<const MentionNo> ids;
  std::span<const PersonRecord> records;
  std::span<const std::uint32_t> first_of_cluster;
};

class PeopleIndex {
 public:
  // REQUIRES: clustering.weight_bits_edge is a weight that probability_kept keeps; component_step is 1.
  PeopleIndex(FrozenModel model, IndexOptions options);

  // Takes what a full run found. REQUIRES: the index is empty.
  void load(const LinkedRecords& linked);

  // Each gives the mentions whose entity changed, ascending. Errors, and then nothing is changed: "mention_known" where
  // one is there already or twice among them, "mention_unknown" where one is not there.
  [[nodiscard]] base::Result<std::vector<EntityMove>> add(std::span<const IndexedMention> mentions);
  [[nodiscard]] base::Result<std::vector<EntityMove>> withdraw(MentionNo id);
  [[nodiscard]] base::Result<std::vector<EntityMove>> correct(const IndexedMention& mention);

  [[nodiscard]] std::int64_t size() const { return people_.size(); }
  [[nodiscard]] std::optional<MentionNo> entity_of(MentionNo id) const;
  // All mentions of the entity that this one belongs to, ascending; none where it is not there.
  [[nodiscard]] std::vector<MentionNo> mentions_with(MentionNo id) const;
  [[nodiscard]] std::int64_t bytes() const;

  // Who of those here the record may be, whatever its source. A question is no record drawn at random: the odds begin
  // with `mentions_expected` among all that are here. REQUIRES: mentions_expected > 0.
  // Cost: the records that share a key with it, at most compared_max.
  [[nodiscard]] FindAnswer find(const PersonRecord& asked, const FindOptions& options = {}) const;

 private:
  struct Neighbour {
    Place place = 0;
    PairWeight weight;
  };
  struct Component {
    std::vector<Place> members;      // In the order of their ids.
    std::vector<WeighedPair> pairs;  // By places in `members`, ascending.
  };
  struct Before {
    MentionNo mention = 0;
    std::optional<MentionNo> entity;
  };

  [[nodiscard]] std::vector<Neighbour> neighbours(Place place) const;
  [[nodiscard]] Component component_around(Place start) const;
  [[nodiscard]] std::vector<std::uint32_t> clustered(const Component& component) const;
  [[nodiscard]] bool is_edge(const PairWeight& weight) const;
  // The members of blocks that these closed, and of blocks that open when this one leaves.
  [[nodiscard]] std::vector<Place> in_blocks_just_closed(std::span<const Place> added) const;
  [[nodiscard]] std::vector<Place> in_blocks_to_open(Place leaving) const;
  void settle(std::span<const Place> touched, std::vector<Before>& before);
  void settle_component(const Component& component, std::vector<Before>& before);
  std::vector<Place> insert(std::span<const IndexedMention> mentions);
  // Takes the record out; gives the places to settle.
  std::vector<Place> take_out(Place place, std::vector<Before>& before);
  [[nodiscard]] std::vector<EntityMove> moves(std::span<const Before> before) const;
  [[nodiscard]] PairWeight weight_of_question(const PersonRecord& asked, Place place, double mentions_expected) const;
  [[nodiscard]] std::vector<Place> candidates(const PersonRecord& asked, const FindOptions& options,
                                              FindAnswer& answer) const;

  FrozenModel model_;
  IndexOptions options_;
  Scale scale_;
  IndexedPeople people_;
  std::vector<Place> first_;  // For each place that of the first of its cluster.
  std::vector<Place> next_;   // The next of its cluster, around to the first again.
};

}  // namespace throughline::linkage
