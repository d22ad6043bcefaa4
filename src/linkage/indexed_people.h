// Records that come and go, and for each rule of blocking the records that share a key.
//
// A record that leaves keeps its place, marked, until an eighth of all have left; then their places are free for new
// ones. Memory: 137 bytes a record, 8 for each of its keys and 8 for its id.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "linkage/blocking_keys.h"
#include "linkage/key_table.h"
#include "linkage/record.h"

namespace throughline::linkage {

// The caller's number for one mention of a person. Its order is the order of records: it settles ties, so it should
// follow from the data and not from when a record happened to come.
using MentionNo = std::uint64_t;

// The block of the rule that the record is in, as blocking makes them; nothing where it lacks a part of the key.
[[nodiscard]] std::optional<std::uint32_t> block_of(const BlockingRule& rule, const PersonRecord& record,
                                                    const ComparedTexts& texts);

// What is set aside where so many are held at first: a sixteenth more, untouched until it is needed.
[[nodiscard]] constexpr std::size_t with_room_to_grow(std::size_t count) {
  return count + count / 16;
}

class IndexedPeople {
 public:
  // The texts must outlive this; they may grow.
  IndexedPeople(const ComparedTexts& texts, std::vector<BlockingRule> rules);

  // The places of the records, in their order; each goes by the id beside it. REQUIRES: no id is there already, or
  // twice among them; as many ids as records.
  std::vector<Place> insert(std::span<const MentionNo> ids, std::span<const PersonRecord> records);
  // The place may be taken by another record at the next insert(). REQUIRES: the place is live.
  void remove(Place place);

  [[nodiscard]] std::optional<Place> place_of(MentionNo id) const;
  [[nodiscard]] const PersonRecord& record(Place place) const { return records_[place]; }
  [[nodiscard]] MentionNo id(Place place) const { return ids_[place]; }
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(records_.size()) - gone_ - free_count(); }
  // One past the largest place.
  [[nodiscard]] std::size_t places() const { return records_.size(); }
  [[nodiscard]] std::span<const BlockingRule> rules() const { return rules_; }
  [[nodiscard]] const ComparedTexts& texts() const { return texts_; }
  [[nodiscard]] std::int64_t bytes() const;

  // The records with the record's key of the rule, itself included where it is here; empty where it has no key. Nothing
  // where they are more than `most`. Cost: the members.
  [[nodiscard]] std::optional<std::vector<Place>> block(std::size_t rule, const PersonRecord& record,
                                                        std::int64_t most) const;

 private:
  enum class State : std::uint8_t { live, gone, free };

  [[nodiscard]] std::int64_t free_count() const { return static_cast<std::int64_t>(free_.size()); }
  Place take_place(MentionNo id, const PersonRecord& record);
  void insert_keys(std::span<const Place> places);
  void sweep();

  const ComparedTexts& texts_;
  std::vector<BlockingRule> rules_;
  base::LargeVector<PersonRecord> records_;
  base::LargeVector<MentionNo> ids_;
  std::vector<State> states_;
  std::vector<KeyTable> tables_;  // One for each rule.
  KeyTable by_id_;
  std::vector<Place> free_;
  std::int64_t gone_ = 0;
};

}  // namespace throughline::linkage
