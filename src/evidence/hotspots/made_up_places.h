// Places for tests: a grid that is a little crooked, so that no two distances are equal unless a test wants it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/random.h"
#include "evidence/hotspots/places.h"

namespace throughline::evidence {

inline std::vector<CountedPlace> made_up_places(int side, std::uint64_t seed) {
  base::Random random({seed, base::stream_of("made-up places"), 0});
  std::vector<CountedPlace> places;
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      const double population = 500 + 2000 * random.uniform01();
      places.push_back({.name = std::to_string(row) + "/" + std::to_string(column),
                        .x = 1000.0 * column + 200 * random.uniform01(),
                        .y = 1000.0 * row + 200 * random.uniform01(),
                        .count = random.poisson(population / 100),
                        .population = population});
    }
  }
  return places;
}

}  // namespace throughline::evidence
