#include "linkage/key_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/random.h"

namespace throughline::linkage {
namespace {

std::set<Place> places_with(const KeyTable& table, std::uint32_t key) {
  std::set<Place> places;
  for (const auto run : table.find(key)) {
    for (const KeyTable::Entry entry : run) places.insert(KeyTable::place_of(entry));
  }
  return places;
}

using Plain = std::map<std::uint32_t, std::set<Place>>;

// Few keys, many, or all in one corner: the search may not rely on an even spread.
std::uint32_t drawn_key(base::Random& chance, int shape) {
  if (shape == 0) return chance.bits32();
  if (shape == 1) return static_cast<std::uint32_t>(chance.below(5)) * 1'000'000'007U;
  return 0xFFFFFFFFU - static_cast<std::uint32_t>(chance.below(3000));
}

RC_GTEST_PROP(KeyTable, finds_what_a_plain_map_finds, (std::uint64_t seed)) {
  base::Random chance({.seed = seed});
  const int shape = *rc::gen::inRange(0, 3);
  KeyTable table;
  Plain plain;
  Place place = 0;
  for (int batch = 0; batch < 12; ++batch) {
    KeyTable::Entries entries;
    const std::uint64_t size = 1 + chance.below(batch % 3 == 0 ? 3000 : 20);
    for (std::uint64_t i = 0; i < size; ++i) {
      const std::uint32_t key = drawn_key(chance, shape);
      plain[key].insert(place);
      entries.push_back(KeyTable::entry_of(key, place++));
    }
    table.insert(entries);
  }
  for (const auto& [key, places] : plain) RC_ASSERT(places_with(table, key) == places);
  for (int i = 0; i < 100; ++i) {
    const std::uint32_t key = chance.bits32();
    RC_ASSERT(places_with(table, key).empty() == !plain.contains(key));
  }
}

TEST(KeyTable, forgets_places_that_are_not_kept) {
  KeyTable table;
  KeyTable::Entries entries;
  for (Place place = 0; place < 40'000; ++place) entries.push_back(KeyTable::entry_of(place % 100, place));
  table.insert(entries);
  table.insert({KeyTable::entry_of(7, 40'007)});
  table.keep_only([](Place place) { return place >= 39'900; });
  EXPECT_EQ(places_with(table, 7), (std::set<Place>{39'907, 40'007}));
}

TEST(KeyTable, an_empty_one_finds_nothing) {
  EXPECT_TRUE(places_with(KeyTable(), 0).empty());
}

}  // namespace
}  // namespace throughline::linkage
