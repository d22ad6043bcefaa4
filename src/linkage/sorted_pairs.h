// Many pairs of records, each once, in ascending order.
#pragma once

#include <cstdint>
#include <vector>

#include "base/large_pages.h"

namespace throughline::linkage {

// A pair as one number: the lower record's place in the upper half, the other's below.
using PairKey = std::uint64_t;
using PairKeys = base::LargeVector<PairKey>;
[[nodiscard]] constexpr PairKey pair_key(std::uint32_t one, std::uint32_t other) {
  return one < other ? (PairKey{one} << 32) | other : (PairKey{other} << 32) | one;
}
[[nodiscard]] constexpr std::uint32_t lower_of(PairKey pair) {
  return static_cast<std::uint32_t>(pair >> 32);
}
[[nodiscard]] constexpr std::uint32_t upper_of(PairKey pair) {
  return static_cast<std::uint32_t>(pair);
}

// Sorts the lists as one and drops what comes twice. On every core; memory: as much again.
[[nodiscard]] PairKeys sorted_unique(std::vector<PairKeys> lists, std::int64_t records);

}  // namespace throughline::linkage
