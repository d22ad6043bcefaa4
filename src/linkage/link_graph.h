// What holds an entity together: the graph of its links.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace throughline::linkage {

// Between two members of one entity, by their places in it.
struct GraphLink {
  std::uint32_t one = 0;
  std::uint32_t other = 0;
  double probability = 0;
};

// For each member the probability of the weakest link on the best way from `from`: 1 for itself, 0 where there is none.
// A lower bound on how sure the two are one person, for other ways speak for it too.
[[nodiscard]] std::vector<double> best_ways(std::int64_t members, std::span<const GraphLink> links, std::uint32_t from);

// A link without which its entity falls apart.
struct Bridge {
  std::size_t link = 0;        // Its place in `links`.
  std::int64_t split_off = 0;  // Members on the smaller side.
};
// By place; a pair alone is no bridge, for nothing else is held by it. (Tarjan 1974.)
[[nodiscard]] std::vector<Bridge> bridges(std::int64_t members, std::span<const GraphLink> links);

}  // namespace throughline::linkage
