// The harm of the indicators that have a unit cost, as an index of an area with its parts.
#pragma once

#include <vector>

#include "app/indicator_reading.h"
#include "app/report.h"
#include "base/result.h"
#include "evidence/baskets/basket.h"

namespace throughline::app {

// Calendar years of which every such indicator was received whole. → section "index": tables "index" (by year), "parts"
// (of the last link) and "without" (the index without each harm); with a note alone where there are fewer than two
// years.
[[nodiscard]] base::Result<Section> index_of_area(const evidence::World& world, const evidence::Basket& basket,
                                                  const ProfileArea& area);

}  // namespace throughline::app
