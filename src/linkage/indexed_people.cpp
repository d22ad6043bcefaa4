#include "linkage/indexed_people.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/number.h"

namespace throughline::linkage {
namespace {

constexpr std::int64_t k_gone_min = 1024;  // So few gone are not worth sweeping.

// Spread evenly over 32 bits, as a KeyTable wants its keys.
std::uint32_t spread(MentionNo id) {
  id ^= id >> 33;
  id *= 0xFF51AFD7ED558CCDULL;
  id ^= id >> 33;
  id *= 0xC4CEB9FE1A85EC53ULL;
  return static_cast<std::uint32_t>(id >> 32);
}

}  // namespace

std::optional<std::uint32_t> block_of(const BlockingRule& rule, const PersonRecord& record,
                                      const ComparedTexts& texts) {
  const std::uint64_t key = block_key(rule, record, texts);
  if (key == 0) return std::nullopt;
  return static_cast<std::uint32_t>(key >> 32);
}

IndexedPeople::IndexedPeople(const ComparedTexts& texts, std::vector<BlockingRule> rules)
    : texts_(texts), rules_(std::move(rules)), tables_(rules_.size()) {}

Place IndexedPeople::take_place(MentionNo id, const PersonRecord& record) {
  if (free_.empty()) {
    records_.push_back(record);
    ids_.push_back(id);
    states_.push_back(State::live);
    return base::narrow<Place>(records_.size() - 1);
  }
  const Place place = free_.back();
  free_.pop_back();
  records_[place] = record;
  ids_[place] = id;
  states_[place] = State::live;
  return place;
}

std::vector<Place> IndexedPeople::insert(std::span<const MentionNo> ids, std::span<const PersonRecord> records) {
  CHECK(ids.size() == records.size());
  if (records_.empty()) {
    // With room for those to come: growing by copying all would make the first who comes wait for everybody.
    const std::size_t room = with_room_to_grow(records.size());
    records_.reserve(room);
    ids_.reserve(room);
    states_.reserve(room);
  }
  std::vector<Place> places;
  places.reserve(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) places.push_back(take_place(ids[i], records[i]));
  insert_keys(places);
  return places;
}

void IndexedPeople::insert_keys(std::span<const Place> places) {
  for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
    KeyTable::Entries entries;
    for (const Place place : places) {
      const auto key = block_of(rules_[rule], records_[place], texts_);
      if (key.has_value()) entries.push_back(KeyTable::entry_of(*key, place));
    }
    tables_[rule].insert(std::move(entries));
  }
  KeyTable::Entries entries;
  entries.reserve(places.size());
  for (const Place place : places) entries.push_back(KeyTable::entry_of(spread(ids_[place]), place));
  by_id_.insert(std::move(entries));
}

void IndexedPeople::remove(Place place) {
  CHECK(place < states_.size() && states_[place] == State::live);
  states_[place] = State::gone;
  ++gone_;
  if (gone_ > std::max(k_gone_min, size() / 8)) sweep();
}

void IndexedPeople::sweep() {
  const auto is_live = [this](Place place) { return states_[place] == State::live; };
  for (KeyTable& table : tables_) table.keep_only(is_live);
  by_id_.keep_only(is_live);
  for (Place place = 0; place < states_.size(); ++place) {
    if (states_[place] != State::gone) continue;
    states_[place] = State::free;
    free_.push_back(place);
  }
  gone_ = 0;
}

std::optional<Place> IndexedPeople::place_of(MentionNo id) const {
  for (const auto run : by_id_.find(spread(id))) {
    for (const KeyTable::Entry entry : run) {
      const Place place = KeyTable::place_of(entry);
      if (states_[place] == State::live && ids_[place] == id) return place;
    }
  }
  return std::nullopt;
}

std::optional<std::vector<Place>> IndexedPeople::block(std::size_t rule, const PersonRecord& record,
                                                       std::int64_t most) const {
  std::vector<Place> members;
  const auto key = block_of(rules_[rule], record, texts_);
  if (!key.has_value()) return members;
  const auto runs = tables_[rule].find(*key);
  std::int64_t entries = 0;
  for (const auto run : runs) entries += static_cast<std::int64_t>(run.size());
  if (entries - gone_ > most) return std::nullopt;  // However many of them have gone, too many are left.
  members.reserve(static_cast<std::size_t>(entries));
  for (const auto run : runs) {
    for (const KeyTable::Entry entry : run) {
      const Place place = KeyTable::place_of(entry);
      if (gone_ == 0 || states_[place] == State::live) members.push_back(place);
    }
  }
  if (static_cast<std::int64_t>(members.size()) > most) return std::nullopt;
  return members;
}

std::int64_t IndexedPeople::bytes() const {
  std::int64_t bytes = by_id_.bytes();
  for (const KeyTable& table : tables_) bytes += table.bytes();
  const std::size_t a_record = sizeof(PersonRecord) + sizeof(MentionNo) + sizeof(State);
  return bytes + static_cast<std::int64_t>(records_.capacity() * a_record + free_.capacity() * sizeof(Place));
}

}  // namespace throughline::linkage
