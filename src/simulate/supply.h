// What hubs sell on.
#pragma once

#include <cstddef>
#include <cstdint>

#include "simulate/world_run.h"

namespace throughline::simulate {

// Milligrams a day of an import that a hub's lines, and the local sellers nearest to it, sell.
[[nodiscard]] double hub_sales(const WorldRun& run, std::int32_t hub, std::size_t import);

}  // namespace throughline::simulate
