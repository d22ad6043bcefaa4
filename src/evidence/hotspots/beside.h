// Another count inside a circle that was found in the first: whether it is high there by more than areas differ anyhow.
//
// - Source: a test by placing: the circle is laid about every place in turn, each time with as near as can be the same
//   share of the population, and its probability is the share of these circles in which the other count's rate inside
//   over outside is as high. Benjamini and Hochberg 1995 for the number of circles that are asked about.
// - Assumptions: were the two counts unrelated, the circle could as well lie about any place. How much the other count
//   differs between places, and how much neighbours are alike in it, is then in the circles laid, whatever it is.
// - Bias: circles about neighbours overlap and are high together, so that a true excess seldom has a small probability;
//   with several circles asked about, few pass. What does not pass may still be high.
// - Undecidable: with fewer than twenty places no circle can pass, nor one that alone is high among fewer than twenty
//   times as many as are asked about; a circle that holds every place has no outside.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "evidence/hotspots/scan.h"
#include "evidence/intervals.h"

namespace throughline::evidence {

// The rate of the other count inside over outside, with the interval of chance alone. Nothing where it has no event, or
// the circle no outside. REQUIRES a count of each place.
[[nodiscard]] std::optional<Comparison> compare_beside(const std::vector<CountedPlace>& places,
                                                       const std::vector<std::int64_t>& counts,
                                                       const ScanCluster& circle);

// By circle, the smallest rate of false discoveries at which the other count would be high in it. REQUIRES a count of
// each place. Cost: places squared times the logarithm of places.
[[nodiscard]] std::vector<double> placed_probabilities(const std::vector<CountedPlace>& places,
                                                       const std::vector<std::int64_t>& counts,
                                                       const std::vector<ScanCluster>& circles);

}  // namespace throughline::evidence
