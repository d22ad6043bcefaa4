// Clusters that honour what people decided, whatever the weights say.
//
// Judged "same" are together; judged "different", and two people of one row, are apart. Where that breaks a cluster,
// its records come together again by their strongest links first, as far as no judgement stands between them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "linkage/cluster.h"

namespace throughline::linkage {

using PlacePair = std::pair<std::uint32_t, std::uint32_t>;

struct Rulings {
  std::vector<PlacePair> same;
  std::vector<PlacePair> different;
  std::vector<PlacePair> unless_same = {};  // Held apart where no judgement brings them together.
};

// Three records whose judgements cannot all hold: one = middle, middle = other, one ≠ other. `middle` is the first
// record on the way from one to the other.
struct Contradiction {
  std::uint32_t one = 0;
  std::uint32_t middle = 0;
  std::uint32_t other = 0;
  friend bool operator==(const Contradiction&, const Contradiction&) = default;
};
// The first by `different`, in its order; nothing where all hold.
[[nodiscard]] std::optional<Contradiction> contradiction_in(std::int64_t records, const Rulings& rulings);

// For each record the place of the first record of its cluster. REQUIRES: no contradiction; `first_of_cluster` is as
// cluster() gives it.
[[nodiscard]] std::vector<std::uint32_t> honour(std::span<const std::uint32_t> first_of_cluster,
                                                std::span<const WeighedPair> pairs, const Rulings& rulings);

}  // namespace throughline::linkage
