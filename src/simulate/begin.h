// The first day of a world: everybody and every line, before anything has happened.
#pragma once

#include "simulate/world_run.h"

namespace throughline::simulate {

// REQUIRES: the world has places and at least one hub.
[[nodiscard]] WorldRun begin_world(RunInput input);

// Journeys, which follow from the input alone.
void reckon_journeys(WorldRun& run);

// How many people a place has in the model.
struct PlacePeople {
  std::int64_t users = 0;
  std::int64_t reserve = 0;
  std::int64_t children = 0;
  std::int64_t adults = 0;
};
[[nodiscard]] PlacePeople people_of(const World& world, const Parameters& numbers, const Place& place);

}  // namespace throughline::simulate
