#include "evidence/hotspots/places.h"

#include <algorithm>
#include <tuple>

#include "base/check.h"

namespace throughline::evidence {

std::vector<OtherPlace> others_by_distance(const std::vector<CountedPlace>& places, std::size_t from) {
  std::vector<OtherPlace> others;
  others.reserve(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (i == from) continue;
    const double across = places[i].x - places[from].x;
    const double up = places[i].y - places[from].y;
    others.push_back({i, across * across + up * up});
  }
  std::ranges::sort(others, {},
                    [](const OtherPlace& other) { return std::tuple(other.distance_squared, other.place); });
  return others;
}

Neighbourhood nearest_neighbours(const std::vector<CountedPlace>& places, std::size_t neighbours) {
  CHECK(neighbours > 0 && neighbours < places.size());
  Neighbourhood near(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::vector<OtherPlace> others = others_by_distance(places, i);
    for (std::size_t k = 0; k < neighbours; ++k) near[i].push_back(others[k].place);
  }
  return near;
}

Neighbourhood neighbours_within(const std::vector<CountedPlace>& places, double metres) {
  Neighbourhood near(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (const OtherPlace& other : others_by_distance(places, i)) {
      if (other.distance_squared > metres * metres) break;
      near[i].push_back(other.place);
    }
  }
  return near;
}

}  // namespace throughline::evidence
