// Violence between sellers, however it comes about.
#pragma once

#include <cstdint>

#include "simulate/world_run.h"

namespace throughline::simulate {

// Where two sellers fight; which lines, where both have one.
struct Fight {
  std::int32_t town = k_none;
  std::int32_t line = k_none;
  std::int32_t other = k_none;
};

// A fight, with what may come of it: a death, an admission, a record.
void count_fight(WorldRun& run, const Fight& fight, base::Random& random);

}  // namespace throughline::simulate
