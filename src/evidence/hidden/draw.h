// Tables of lists by chance.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"

namespace throughline::evidence {

// So many cases over the places, each with a chance in proportion to its weight (multinomial, by one binomial after
// another). REQUIRES: weights are not negative and not all zero; cases >= 0.
[[nodiscard]] std::vector<std::int64_t> draw_counts(base::Random& random, std::int64_t cases,
                                                    std::span<const double> weights);

}  // namespace throughline::evidence
