// The people of the small world, or of a part of it, for tests.
#pragma once

#include <vector>

#include "simulate/observe/identity.h"
#include "simulate/testing_patterns.h"

namespace throughline::simulate {

inline Population small_population(double scale = 0.1, PopulationInput input = {}) {
  return Population(small_input(scale), std::move(input));
}

inline std::vector<PersonRef> market_of(const Population& population) {
  std::vector<PersonRef> people;
  for (std::int32_t town = 0; town < population.towns(); ++town) {
    for (std::int32_t row = 0; row < population.market_people(town); ++row) {
      people.push_back({Circle::market, town, row, 0});
    }
  }
  return people;
}

}  // namespace throughline::simulate
