// Arrests, however they come about; a line is given by its number.
#pragma once

#include <cstddef>
#include <cstdint>

#include "simulate/world_run.h"

namespace throughline::simulate {

// A child is charged, or referred and helped, or sent home owing what was taken; an adult goes to prison. REQUIRES:
// which is one of the line's carriers.
void arrest_carrier(WorldRun& run, std::int32_t number, std::size_t which, base::Random& random);
// The line closes and its market is fought for, or somebody takes it over under a new number.
void arrest_controller(WorldRun& run, std::int32_t number, base::Random& random);

// Tells whoever listens of so many local sellers arrested.
void tell_of_local_sellers(WorldRun& run, std::int32_t town, std::int64_t arrested);

}  // namespace throughline::simulate
