// A run's series as CSV.
#pragma once

#include <string>

#include "simulate/world_run.h"

namespace throughline::simulate {

// Columns: from, days, area, name, then every outcome: one row for each period and place, and one for all places
// together, by period. Means with six decimals, counts as they are.
[[nodiscard]] std::string series_csv(const WorldRun& run);

}  // namespace throughline::simulate
