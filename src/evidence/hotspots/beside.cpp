#include "evidence/hotspots/beside.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "base/parallel.h"
#include "evidence/watch/adjust.h"

namespace throughline::evidence {

namespace {

constexpr std::int64_t k_chunk_centres = 16;
// Ratios of the same counts added up in another order are one.
constexpr double k_same = 1e-9;

struct Totals {
  double events = 0;
  double people = 0;
};

Totals totals_of(const std::vector<CountedPlace>& places, const std::vector<std::int64_t>& counts) {
  CHECK(places.size() == counts.size());
  Totals all;
  for (std::size_t i = 0; i < places.size(); ++i) {
    all.events += static_cast<double>(counts[i]);
    all.people += places[i].population;
  }
  return all;
}

// Infinity where every event is inside; 0 where there is none or no outside.
double ratio_of(const Totals& inside, const Totals& all) {
  const double people_outside = all.people - inside.people;
  if (inside.events <= 0 || people_outside <= 0) return 0;
  const double outside = (all.events - inside.events) / people_outside;
  return outside > 0 ? inside.events / inside.people / outside : std::numeric_limits<double>::infinity();
}

struct Ground {
  const std::vector<CountedPlace>& places;
  const std::vector<std::int64_t>& counts;
  Totals all;

  [[nodiscard]] Totals inside(const ScanCluster& circle) const {
    Totals sums;
    for (const std::size_t place : circle.places) take(sums, place);
    return sums;
  }
  void take(Totals& sums, std::size_t place) const {
    sums.events += static_cast<double>(counts[place]);
    sums.people += places[place].population;
  }
};

// A circle about the centre of which the share is nearest to the one asked for.
Totals circle_about(const Ground& ground, std::size_t centre, const std::vector<OtherPlace>& others, double people) {
  Totals sums;
  ground.take(sums, centre);
  for (const OtherPlace& other : others) {
    Totals with = sums;
    ground.take(with, other.place);
    if (std::abs(with.people - people) >= std::abs(sums.people - people)) break;
    sums = with;
  }
  return sums;
}

// The share of the circles laid about all centres, with its own, that have a ratio as high.
double placed_probability(const ScanCluster& circle, double own, const std::vector<double>& laid) {
  if (own <= 1) return 1;
  std::size_t as_high = 1;
  for (std::size_t centre = 0; centre < laid.size(); ++centre) {
    if (centre != circle.centre && laid[centre] >= own * (1 - k_same)) ++as_high;
  }
  return static_cast<double>(as_high) / static_cast<double>(laid.size());
}

}  // namespace

std::optional<Comparison> compare_beside(const std::vector<CountedPlace>& places,
                                         const std::vector<std::int64_t>& counts, const ScanCluster& circle) {
  CHECK(places.size() == counts.size());
  std::vector<bool> is_inside(places.size(), false);
  for (const std::size_t place : circle.places) is_inside[place] = true;
  CountPair pair{.before = 0, .after = 0, .exposure_before = 0, .exposure_after = 0};
  for (std::size_t i = 0; i < places.size(); ++i) {
    (is_inside[i] ? pair.after : pair.before) += counts[i];
    (is_inside[i] ? pair.exposure_after : pair.exposure_before) += places[i].population;
  }
  if (pair.exposure_before <= 0) return std::nullopt;
  return compare_counts(pair);
}

std::vector<double> placed_probabilities(const std::vector<CountedPlace>& places,
                                         const std::vector<std::int64_t>& counts,
                                         const std::vector<ScanCluster>& circles) {
  const Ground ground{.places = places, .counts = counts, .all = totals_of(places, counts)};
  std::vector<Totals> own;
  for (const ScanCluster& circle : circles) own.push_back(ground.inside(circle));
  std::vector<std::vector<double>> laid(circles.size(), std::vector<double>(places.size()));
  const auto size = static_cast<std::int64_t>(circles.empty() ? 0 : places.size());
  base::parallel_chunks({.items = size, .chunk_items = k_chunk_centres}, [&](const base::Chunk& chunk) {
    for (auto centre = static_cast<std::size_t>(chunk.begin); centre < static_cast<std::size_t>(chunk.end); ++centre) {
      const std::vector<OtherPlace> others = others_by_distance(places, centre);
      for (std::size_t i = 0; i < circles.size(); ++i) {
        laid[i][centre] = ratio_of(circle_about(ground, centre, others, own[i].people), ground.all);
      }
    }
  });
  std::vector<double> probabilities;
  for (std::size_t i = 0; i < circles.size(); ++i) {
    probabilities.push_back(placed_probability(circles[i], ratio_of(own[i], ground.all), laid[i]));
  }
  return false_discovery_rates(probabilities);
}

}  // namespace throughline::evidence
