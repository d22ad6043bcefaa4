// What the two halves of PeopleIndex, changing and finding, share.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "linkage/indexed_people.h"

namespace throughline::linkage {

// Asks memory for the record that will be compared a dozen records later: both of its cache lines.
inline void look_ahead(const IndexedPeople& people, std::span<const Place> places, std::size_t at) {
  constexpr std::size_t k_ahead = 12;
  if (at + k_ahead >= places.size()) return;
  const PersonRecord* record = &people.record(places[at + k_ahead]);
  __builtin_prefetch(record);
  __builtin_prefetch(&record->birth);
}

inline void keep_each_once(std::vector<Place>& places) {
  std::ranges::sort(places);
  const auto repeated = std::ranges::unique(places);
  places.erase(repeated.begin(), repeated.end());
}

}  // namespace throughline::linkage
