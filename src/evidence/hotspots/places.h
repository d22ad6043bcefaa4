// Places with counts, and which lie near which.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace throughline::evidence {

// One area by its point. Coordinates are metres of one plane grid (of the British National Grid, for example), never
// degrees.
struct CountedPlace {
  std::string name;
  double x = 0;
  double y = 0;
  std::int64_t count = 0;
  double population = 1;  // What the count is expected to be in proportion to. REQUIRES above 0.
};

// Who is near whom: other places, the nearest first; places of one distance by their order.
using Neighbourhood = std::vector<std::vector<std::size_t>>;

// The nearest so many. REQUIRES 0 < neighbours < places.size().
[[nodiscard]] Neighbourhood nearest_neighbours(const std::vector<CountedPlace>& places, std::size_t neighbours);

// Those within the distance. A place without any is an island and has an empty list.
[[nodiscard]] Neighbourhood neighbours_within(const std::vector<CountedPlace>& places, double metres);

// All other places, the nearest first, and the squares of the distances. Cost: n log n.
struct OtherPlace {
  std::size_t place = 0;
  double distance_squared = 0;
};
[[nodiscard]] std::vector<OtherPlace> others_by_distance(const std::vector<CountedPlace>& places, std::size_t from);

}  // namespace throughline::evidence
