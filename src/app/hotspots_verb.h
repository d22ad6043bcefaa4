// throughline hotspots: which places stand out, from a table of places or a measure of the workspace; and whether dated
// points come close in space and time.
#pragma once

#include <cstdint>
#include <string>

#include "app/verbs.h"

namespace throughline::app {

struct HotspotsRequest {
  std::string input{};        // Places: place, x, y, count; population, independent where it has them.
  std::string points{};       // Dated points: x, y, date.
  std::string measure{};      // Of the workspace, with `places` for where its areas are.
  std::string published{};    // A published series, or one of its lines, with `places` too.
  std::string independent{};  // A published series that the police's own work does not make, beside either.
  std::string places{};       // area, x, y; code, population, population_year where it has them.
  // A published series is divided by residents of the workspace, where it holds every place's; a measure always is.
  bool has_workspace_residents = false;
  std::string category{};
  std::string area_kind{};
  // Months of the measure or periods of the series, both included. Without them: all that was received; the last year
  // of months that is complete, or the last three years.
  std::string from{}, to{};
  bool is_police_activity = false;  // The table's counts are of the police's own work.
  std::int64_t neighbours = 8;      // The nearest so many are near.
  double within = 0;                // Or those within so many metres; 0: not so.
  double circle = 0.5;              // The share of all residents that a circle may hold at most.
  double metres = 200;              // Of near repeats.
  std::int64_t days = 14;
  std::int64_t draws = 999;  // Of the scan, and permutations.
  std::uint64_t seed = 1;
  std::string output{};  // Where the places go, as CSV.
};

// → section "hotspots" (facts; table "clusters" of the scan) and "places" (table "places": Gi*, local Moran, by name),
// or "near_repeats" (facts). Counts of the police's own work are listed by name and never ranked. Outcome
// done_with_findings where a cluster's probability is 0.05 or below. Errors: "hotspots_not_said"; "places_too_few",
// "place_twice", "population_not_positive", "population_out_of_bounds", "count_not_whole", "neighbours_too_many";
// "option_unused" for what the thing searched has no use for; "residents_of_another_time";
// "date_is_no_day" and "points_moved" for points that cannot have near repeats; "places_missing", "areas_unplaced";
// refused where levels of places may not be compared; those of reading, of trend_input() and of evidence::resolve.
[[nodiscard]] Answer hotspots(const Outside& outside, const Settings& settings, const HotspotsRequest& request);

}  // namespace throughline::app
