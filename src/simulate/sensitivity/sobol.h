// How much of an outcome's variance each input makes, alone and with others: the indices of Sobol.
#pragma once

#include <span>
#include <vector>

#include "simulate/sensitivity/latin.h"

namespace throughline::simulate {

struct SobolDesign {
  std::int64_t samples = 64;  // At least 2.
  std::size_t inputs = 0;
  std::uint64_t seed = 1;
};

// Two Latin hypercubes A and B and, for each input, A with that input from B. inputs + 2 points each sample: those of
// A, of B, then of each input.
[[nodiscard]] std::vector<Point> sobol_points(const SobolDesign& design);

// Of one input on one outcome, with 95 per cent limits from samples drawn again. first: the share of the variance that
// would go if the input were known (Saltelli et al., 2010); total: the share that would stay if all others were
// (Jansen, 1999). Estimates may fall a little below nought or above one. All are nought where the outcome does not
// vary. Where outcomes hold chance it is in the variance and in total: noise_floor of study.h says how much.
struct SobolIndex {
  double first = 0;
  double first_low = 0;
  double first_high = 0;
  double total = 0;
  double total_low = 0;
  double total_high = 0;
};

// By input. REQUIRES: an outcome for each of sobol_points(design).
[[nodiscard]] std::vector<SobolIndex> sobol_indices(const SobolDesign& design, std::span<const double> outcomes);

}  // namespace throughline::simulate
