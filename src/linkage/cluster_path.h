// What holds a cluster together: the strongest links that join all of its records, and where it would come apart.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/cluster.h"

namespace throughline::linkage {

struct ClusterLink {
  std::uint32_t one = 0;
  std::uint32_t other = 0;
  double weight_bits = 0;
  bool is_bridge = false;  // Without it the links that speak for the cluster no longer join it.

  friend bool operator==(const ClusterLink&, const ClusterLink&) = default;
};

struct ClusterPath {
  // The maximum spanning tree, strongest link first: each record is joined to the others by the strongest way there is
  // (Kruskal, 1956). The last is the weakest link of the cluster. Of equal ones that of the lower places.
  std::vector<ClusterLink> links{};
  std::vector<ClusterLink> against{};  // Pairs inside the cluster that speak against it, strongest objection first.
  std::int64_t parts = 0;              // 1 where the links join all members.
};

// REQUIRES: members ascending. Pairs with an end outside the cluster are passed over. A link speaks for the cluster
// where its weight is above 0. Cost: members times pairs.
[[nodiscard]] ClusterPath path_of(std::span<const std::uint32_t> members, std::span<const WeighedPair> pairs);

}  // namespace throughline::linkage
