// Which records have a key: sorted arrays of 64-bit numbers, the newest in a small one.
//
// An entry is the key in the upper half and the record's place in the lower. Three arrays, each sorted: the base, what
// came since, and the newest few, which merge downwards when they grow; a merge of the base costs its length, so it
// waits until what came since is a sixty-fourth of it. Keys are taken to be spread evenly, as hashes are: the search
// begins where an even spread would have the key. Memory: 8 bytes an entry.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>

#include "base/large_pages.h"

namespace throughline::linkage {

using Place = std::uint32_t;  // Of a record in the array of records.

class KeyTable {
 public:
  using Entry = std::uint64_t;
  using Entries = base::LargeVector<Entry>;
  [[nodiscard]] static Entry entry_of(std::uint32_t key, Place place) { return (Entry{key} << 32) | place; }
  [[nodiscard]] static Place place_of(Entry entry) { return static_cast<Place>(entry); }

  // Takes many entries at once, in any order. REQUIRES: none of them is there already.
  void insert(Entries entries);
  // The entries of the key, in up to three runs, each ascending.
  [[nodiscard]] std::array<std::span<const Entry>, 3> find(std::uint32_t key) const;
  // Drops every entry whose place is not to be kept. Cost: all entries.
  void keep_only(const std::function<bool(Place)>& is_kept);
  [[nodiscard]] std::int64_t bytes() const;

 private:
  static constexpr std::size_t k_newest_max = 1024;
  static constexpr std::size_t k_recent_max = 16'384;

  void merge_down();

  Entries base_;
  Entries recent_;
  Entries newest_;
};

}  // namespace throughline::linkage
