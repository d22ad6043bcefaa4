// Violence between sellers, however it comes about.
#pragma once

#include <cstdint>

#include "simulate/world_run.h"

namespace throughline::simulate {

// A fight in the town of that number, with what may come of it: a death, an admission, a record.
void count_fight(WorldRun& run, std::int32_t number, base::Random& random);

}  // namespace throughline::simulate
