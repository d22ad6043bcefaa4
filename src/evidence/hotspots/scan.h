// Kulldorff's scan: the circle of places that holds the most events beyond its share, and how often chance gives one as
// striking.
//
// - Source: Kulldorff 1997 (Poisson model, circles about each place up to half of the population, Monte Carlo
//   probability); secondary clusters are those that share no place with one before them, each held against the most
//   striking circle of the draws.
// - Assumptions: events are independent and in proportion to the population. Events that come in clusters of their own
//   (several offences at once) make it find too much.
// - Bias: a circle cannot follow the shape of a market; it takes in quiet places or leaves out busy ones. Secondary
//   clusters have probabilities that are too high.
// - Undecidable: with fewer than two events or two places there is nothing to scan.
#pragma once

#include <cstdint>
#include <vector>

#include "evidence/hotspots/places.h"

namespace throughline::evidence {

struct ScanRule {
  double population_share_max = 0.5;  // Of all, that a circle may hold.
  std::int64_t draws = 999;
  std::uint64_t seed = 1;
  std::size_t clusters_max = 10;
};

struct ScanCluster {
  std::size_t centre = 0;
  std::vector<std::size_t> places;  // The centre first, then by distance.
  double radius = 0;                // Metres to the furthest of them.
  std::int64_t count = 0;
  double expected = 0;
  double log_likelihood_ratio = 0;
  double relative_risk = 0;  // Inside against outside; infinity where nothing is outside.
  double p_value = 1;
};

// c ln(c / E) + (C - c) ln((C - c) / (C - E)) where c > E, else 0.
[[nodiscard]] double scan_log_likelihood_ratio(double count, double expected, double total);

// The most striking first. REQUIRES populations above 0. Cost: places squared, for each draw.
[[nodiscard]] std::vector<ScanCluster> scan_places(const std::vector<CountedPlace>& places, const ScanRule& rule = {});

}  // namespace throughline::evidence
