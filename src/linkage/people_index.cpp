#include "linkage/people_index.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_set>
#include <utility>

#include "base/check.h"
#include "base/parallel.h"
#include "linkage/people_index_internal.h"

namespace throughline::linkage {
namespace {

std::vector<BlockingRule> all_rules(const IndexOptions& options) {
  std::vector<BlockingRule> rules = options.linking;
  rules.insert(rules.end(), options.finding.begin(), options.finding.end());
  return rules;
}

// The keys of these records, those of one block beside each other.
KeyTable::Entries entries_of(const BlockingRule& rule, const IndexedPeople& people, std::span<const Place> places) {
  KeyTable::Entries entries;
  for (const Place place : places) {
    const auto key = block_of(rule, people.record(place), people.texts());
    if (key.has_value()) entries.push_back(KeyTable::entry_of(*key, place));
  }
  std::ranges::sort(entries);
  return entries;
}

base::Error known(MentionNo id) {
  return {.kind = base::ErrorKind::damaged,
          .code = "mention_known",
          .what = "mention " + std::to_string(id) + " is in the index already, or twice among those to be added",
          .remedy = "Correct it instead, or withdraw it first."};
}

base::Error unknown(MentionNo id) {
  return {.kind = base::ErrorKind::damaged,
          .code = "mention_unknown",
          .what = "mention " + std::to_string(id) + " is not in the index",
          .remedy = "Add it first."};
}

}  // namespace

PeopleIndex::PeopleIndex(FrozenModel model, IndexOptions options)
    : model_(model),
      options_(std::move(options)),
      scale_(model.model.mixture, model.model.rarity),
      people_(model.texts, all_rules(options_)) {
  const double least = options_.probability_kept;
  CHECK(least > 0 && least < 1 && options_.clustering.weight_bits_edge >= std::log2(least / (1 - least)));
  CHECK(options_.clustering.component_step == 1);
}

void PeopleIndex::load(const LinkedRecords& linked) {
  CHECK(size() == 0 && linked.ids.size() == linked.first_of_cluster.size());
  CHECK(std::ranges::is_sorted(linked.ids));
  const std::vector<Place> places = people_.insert(linked.ids, linked.records);
  first_.reserve(with_room_to_grow(people_.places()));
  next_.reserve(with_room_to_grow(people_.places()));
  first_.resize(people_.places());
  next_.resize(people_.places());
  std::vector<Place> last(people_.places());
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Place place = places[i];
    CHECK(linked.first_of_cluster[i] <= i);
    const Place first = places[linked.first_of_cluster[i]];
    first_[place] = first;
    next_[place] = first;
    if (first != place) next_[last[first]] = place;
    last[first] = place;
  }
}

bool PeopleIndex::is_edge(const PairWeight& weight) const {
  return static_cast<float>(weight.weight_bits) > options_.clustering.weight_bits_edge;
}

std::vector<PeopleIndex::Neighbour> PeopleIndex::neighbours(Place place) const {
  const PersonRecord& record = people_.record(place);
  std::vector<Place> others;
  for (std::size_t rule = 0; rule < options_.linking.size(); ++rule) {
    const auto members = people_.block(rule, record, options_.block_members_max);
    if (members.has_value()) others.insert(others.end(), members->begin(), members->end());
  }
  keep_each_once(others);
  std::vector<Neighbour> near;
  for (std::size_t i = 0; i < others.size(); ++i) {
    look_ahead(people_, others, i);
    const Place other = others[i];
    const PersonRecord& neighbour = people_.record(other);
    const bool is_outside = options_.scope == PairScope::across_sources && neighbour.source == record.source;
    if (other == place || is_outside) continue;
    const PairWeight weight = scale_.weigh(compare(record, neighbour, model_.texts), record, neighbour);
    if (weight.probability >= options_.probability_kept) near.push_back({.place = other, .weight = weight});
  }
  return near;
}

PeopleIndex::Component PeopleIndex::component_around(Place start) const {
  struct Found {
    Place one;
    Place other;
    PairWeight weight;
  };
  std::vector<Found> found;
  std::vector<Place> members{start};
  std::unordered_set<Place> seen{start};
  for (std::size_t at = 0; at < members.size(); ++at) {
    const Place member = members[at];
    for (const Neighbour& near : neighbours(member)) {
      if (people_.id(member) < people_.id(near.place)) found.push_back({member, near.place, near.weight});
      if (is_edge(near.weight) && seen.insert(near.place).second) members.push_back(near.place);
    }
  }
  std::ranges::sort(members, {}, [this](Place place) { return people_.id(place); });
  const auto local = [&](Place place) {
    const auto at = std::ranges::lower_bound(members, people_.id(place), {}, [this](Place p) { return people_.id(p); });
    return static_cast<std::uint32_t>(at - members.begin());
  };
  std::vector<WeighedPair> pairs;
  for (const Found& pair : found) {
    if (!seen.contains(pair.other)) continue;
    pairs.push_back({.one = local(pair.one),
                     .other = local(pair.other),
                     .weight_bits = static_cast<float>(pair.weight.weight_bits),
                     .probability = static_cast<float>(pair.weight.probability)});
  }
  std::ranges::sort(pairs, {}, [](const WeighedPair& pair) { return std::pair(pair.one, pair.other); });
  return {.members = std::move(members), .pairs = std::move(pairs)};
}

std::vector<std::uint32_t> PeopleIndex::clustered(const Component& component) const {
  if (component.members.size() == 1) return {0};
  std::vector<PersonRecord> records;
  for (const Place place : component.members) records.push_back(people_.record(place));
  const WeighRecords weigh = [this](const PersonRecord& one, const PersonRecord& other, PairKind kind) {
    const Pattern pattern = compare(one, other, model_.texts);
    const ClassBits bits = scale_.pattern_bits(pattern, kind) + scale_.rarity_bits(pattern, one, other);
    return scale_.weight_of(bits).weight_bits;
  };
  return cluster(records, component.pairs, weigh, options_.clustering);
}

void PeopleIndex::settle_component(const Component& component, std::vector<Before>& before) {
  const std::vector<std::uint32_t> first_of = clustered(component);
  for (const Place place : component.members) {
    before.push_back({.mention = people_.id(place), .entity = people_.id(first_[place])});
  }
  std::vector<Place> last(component.members.size());
  for (std::size_t i = 0; i < component.members.size(); ++i) {
    const Place place = component.members[i];
    const std::uint32_t first = first_of[i];
    first_[place] = component.members[first];
    next_[place] = component.members[first];
    if (first != i) next_[last[first]] = place;
    last[first] = place;
  }
}

void PeopleIndex::settle(std::span<const Place> touched, std::vector<Before>& before) {
  // Who lies near whom depends on the records alone, so that components are found on every core, some of them more than
  // once; each is settled once, in order.
  constexpr std::size_t k_at_once = 1024;
  std::unordered_set<Place> done;
  for (std::size_t begin = 0; begin < touched.size(); begin += k_at_once) {
    std::vector<Place> starts;
    for (const Place place : touched.subspan(begin, std::min(k_at_once, touched.size() - begin))) {
      if (!done.contains(place)) starts.push_back(place);
    }
    std::vector<Component> components(starts.size());
    base::parallel_chunks(
        {.items = static_cast<std::int64_t>(starts.size()), .chunk_items = 32}, [&](const base::Chunk& chunk) {
          for (auto i = static_cast<std::size_t>(chunk.begin); i < static_cast<std::size_t>(chunk.end); ++i) {
            components[i] = component_around(starts[i]);
          }
        });
    for (std::size_t i = 0; i < starts.size(); ++i) {
      if (done.contains(starts[i])) continue;
      done.insert(components[i].members.begin(), components[i].members.end());
      settle_component(components[i], before);
    }
  }
}

std::vector<Place> PeopleIndex::in_blocks_just_closed(std::span<const Place> added) const {
  std::vector<Place> members;
  for (std::size_t rule = 0; rule < options_.linking.size(); ++rule) {
    const KeyTable::Entries keyed = entries_of(options_.linking[rule], people_, added);
    std::size_t begin = 0;
    while (begin < keyed.size()) {
      std::size_t end = begin;
      while (end < keyed.size() && (keyed[end] >> 32) == (keyed[begin] >> 32)) ++end;
      // With as many more allowed as have just come, a block is found only if it was open before them.
      const std::int64_t most = options_.block_members_max + static_cast<std::int64_t>(end - begin);
      const auto block = people_.block(rule, people_.record(KeyTable::place_of(keyed[begin])), most);
      if (block.has_value() && static_cast<std::int64_t>(block->size()) > options_.block_members_max) {
        members.insert(members.end(), block->begin(), block->end());
      }
      begin = end;
    }
  }
  return members;
}

std::vector<Place> PeopleIndex::in_blocks_to_open(Place leaving) const {
  std::vector<Place> members;
  const std::int64_t most = options_.block_members_max;
  for (std::size_t rule = 0; rule < options_.linking.size(); ++rule) {
    const auto block = people_.block(rule, people_.record(leaving), most + 1);
    if (!block.has_value() || static_cast<std::int64_t>(block->size()) <= most) continue;
    members.insert(members.end(), block->begin(), block->end());
  }
  return members;
}

std::vector<Place> PeopleIndex::insert(std::span<const IndexedMention> mentions) {
  std::vector<MentionNo> ids;
  std::vector<PersonRecord> records;
  for (const IndexedMention& mention : mentions) {
    ids.push_back(mention.id);
    records.push_back(mention.record);
  }
  std::vector<Place> places = people_.insert(ids, records);
  first_.resize(people_.places());
  next_.resize(people_.places());
  for (const Place place : places) first_[place] = next_[place] = place;
  return places;
}

std::vector<Place> PeopleIndex::take_out(Place place, std::vector<Before>& before) {
  const MentionNo entity = people_.id(first_[place]);
  Place member = place;
  do {
    before.push_back({.mention = people_.id(member), .entity = entity});
    member = next_[member];
  } while (member != place);
  std::vector<Place> touched = in_blocks_to_open(place);
  for (const Neighbour& near : neighbours(place)) {
    if (is_edge(near.weight)) touched.push_back(near.place);
  }
  std::erase(touched, place);
  people_.remove(place);
  return touched;
}

std::vector<EntityMove> PeopleIndex::moves(std::span<const Before> before) const {
  std::vector<Before> earliest(before.begin(), before.end());
  std::ranges::stable_sort(earliest, {}, &Before::mention);
  const auto repeated = std::ranges::unique(earliest, {}, &Before::mention);
  earliest.erase(repeated.begin(), repeated.end());
  std::vector<EntityMove> moves;
  for (const Before& was : earliest) {
    const EntityMove move{.mention = was.mention, .before = was.entity, .after = entity_of(was.mention)};
    if (move.before != move.after) moves.push_back(move);
  }
  return moves;
}

base::Result<std::vector<EntityMove>> PeopleIndex::add(std::span<const IndexedMention> mentions) {
  std::vector<MentionNo> ids;
  for (const IndexedMention& mention : mentions) {
    if (people_.place_of(mention.id).has_value()) return known(mention.id);
    ids.push_back(mention.id);
  }
  std::ranges::sort(ids);
  const auto twice = std::ranges::adjacent_find(ids);
  if (twice != ids.end()) return known(*twice);
  std::vector<Place> touched = insert(mentions);
  std::vector<Before> before;
  for (const MentionNo id : ids) before.push_back({.mention = id, .entity = std::nullopt});
  const std::vector<Place> closed = in_blocks_just_closed(touched);
  touched.insert(touched.end(), closed.begin(), closed.end());
  settle(touched, before);
  return moves(before);
}

base::Result<std::vector<EntityMove>> PeopleIndex::withdraw(MentionNo id) {
  const auto place = people_.place_of(id);
  if (!place.has_value()) return unknown(id);
  std::vector<Before> before;
  const std::vector<Place> touched = take_out(*place, before);
  settle(touched, before);
  return moves(before);
}

base::Result<std::vector<EntityMove>> PeopleIndex::correct(const IndexedMention& mention) {
  const auto place = people_.place_of(mention.id);
  if (!place.has_value()) return unknown(mention.id);
  std::vector<Before> before;
  std::vector<Place> touched = take_out(*place, before);
  const std::vector<Place> added = insert({&mention, 1});
  const std::vector<Place> closed = in_blocks_just_closed(added);
  touched.insert(touched.end(), added.begin(), added.end());
  touched.insert(touched.end(), closed.begin(), closed.end());
  settle(touched, before);
  return moves(before);
}

std::optional<MentionNo> PeopleIndex::entity_of(MentionNo id) const {
  const auto place = people_.place_of(id);
  if (!place.has_value()) return std::nullopt;
  return people_.id(first_[*place]);
}

std::vector<MentionNo> PeopleIndex::mentions_with(MentionNo id) const {
  std::vector<MentionNo> ids;
  const auto place = people_.place_of(id);
  if (!place.has_value()) return ids;
  Place member = *place;
  do {
    ids.push_back(people_.id(member));
    member = next_[member];
  } while (member != *place);
  std::ranges::sort(ids);
  return ids;
}

std::int64_t PeopleIndex::bytes() const {
  return people_.bytes() + static_cast<std::int64_t>((first_.capacity() + next_.capacity()) * sizeof(Place));
}

}  // namespace throughline::linkage
