// What hotspots answers, as tables. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "app/hotspots_input.h"
#include "app/report.h"
#include "evidence/hotspots/local_statistics.h"
#include "evidence/hotspots/scan.h"

namespace throughline::app {

inline constexpr double k_stands_out = 0.05;

// What was reckoned for one set of counts.
struct Reckoned {
  std::vector<std::optional<double>> stars;
  std::vector<double> star_adjusted;  // Two-sided, among all places.
  std::vector<std::optional<evidence::LocalMoran>> morans;

  [[nodiscard]] bool stands_out(std::size_t place) const {
    return stars[place].has_value() && star_adjusted[place] <= k_stands_out;
  }
  [[nodiscard]] bool is_hot(std::size_t place) const { return stands_out(place) && *stars[place] > 0; }
};

// What the table of places tells of.
struct PlaceRows {
  const HotspotInput& input;
  const Reckoned& reckoned;
  const std::optional<Reckoned>& independent;
  std::vector<std::size_t> circles;
};

[[nodiscard]] bool is_more_than_chance(const evidence::ScanCluster& cluster);

// By place, the centre of the circle that it lies in and that is more striking than chance makes one; else the number
// of places.
[[nodiscard]] std::vector<std::size_t> circles_of(const HotspotInput& input,
                                                  const std::vector<evidence::ScanCluster>& clusters);

// By name.
[[nodiscard]] Table places_table(const PlaceRows& rows);

// By the name of the centre where the caveats forbid that places are ranked. A circle in police activity is hot in it
// only, unless the count beside it is so high in it as at most a twentieth of the circles that hold the same share of
// the population about every place, with the number of circles allowed for.
[[nodiscard]] Table clusters_table(const HotspotInput& input, std::vector<evidence::ScanCluster> clusters);

}  // namespace throughline::app
