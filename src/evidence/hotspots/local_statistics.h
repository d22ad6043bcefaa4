// Which places stand out together with their neighbours: Gi* and local Moran's I.
//
// - Sources: Getis and Ord 1992 and Ord and Getis 1995 (Gi*, binary weights, the place itself among its neighbours);
//   Anselin 1995 (local Moran's I, rows of weights that sum to one, conditional permutation).
// - Assumptions: values of places are exchangeable where nothing clusters. Rates of places with few residents vary more
//   than others and stand out too easily; the scan statistic (scan.h) allows for that, these do not.
// - Bias: Gi*'s probability is by the normal distribution, poor with few neighbours or a skewed value; the permutations
//   of I make no such assumption.
// - Undecidable: an island has no I; where all values are equal nothing stands out, and there is neither.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "evidence/hotspots/places.h"

namespace throughline::evidence {

// Standard deviations from what is expected; of each place. Nothing where all values are equal, or where every place is
// every other's neighbour.
[[nodiscard]] std::vector<std::optional<double>> getis_ord_star(std::span<const double> values,
                                                                const Neighbourhood& near);

// The value of a place against that of its neighbours.
enum class MoranQuadrant { high_among_high, low_among_low, high_among_low, low_among_high };
[[nodiscard]] std::string_view name_of(MoranQuadrant quadrant);

struct LocalMoran {
  double statistic = 0;
  MoranQuadrant quadrant = MoranQuadrant::high_among_high;
  double p_value = 1;  // Two-sided: twice the smaller tail of the permutations, this one counted among them.
};

struct PermutationRule {
  std::int64_t permutations = 999;
  std::uint64_t seed = 1;
};

// By place. The value of the place stays and those of all others are dealt out to its neighbours; each place draws from
// a stream of its own, so that the answer is the same at any number of threads.
[[nodiscard]] std::vector<std::optional<LocalMoran>> local_moran(std::span<const double> values,
                                                                 const Neighbourhood& near,
                                                                 const PermutationRule& rule = {});

}  // namespace throughline::evidence
