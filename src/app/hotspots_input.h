// Places and points to be searched for hot spots.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/hotspots_verb.h"
#include "app/outside.h"
#include "app/place_positions.h"
#include "app/year_range.h"
#include "base/result.h"
#include "evidence/caveats.h"
#include "evidence/hotspots/near_repeat.h"
#include "evidence/hotspots/places.h"

namespace throughline::app {

struct HotspotInput {
  std::string source;
  std::vector<evidence::CountedPlace> places;
  std::vector<std::int64_t> independent;  // Counts not of the police's own work, by place; empty where none are given.
  std::string independent_source{};       // Of a published series.
  bool has_population = false;
  std::string residents{};  // Whose the population is and of which years; empty where the places' table has both.
  bool is_police_activity = false;
  evidence::Caveats caveats;
  std::vector<std::string> notes;
};

[[nodiscard]] base::Result<HotspotInput> read_places(const std::string& path);
[[nodiscard]] base::Result<HotspotInput> places_of_workspace(const Outside& outside, const Settings& settings,
                                                             const HotspotsRequest& request);
// One line of a published series, its periods added up. Errors: "areas_unplaced" where most of its areas have no place;
// those of trend_input() and of reading the table of places; refused where its last period is not complete.
[[nodiscard]] base::Result<HotspotInput> places_of_published(const Outside& outside, const Settings& settings,
                                                             const HotspotsRequest& request);
// Lays the published series that the request names beside the counts, where every place has a count of it; a note says
// of which places it has none. Errors: as places_of_published(); refused where it is of the police's own work itself.
[[nodiscard]] base::Result<void> add_independent(HotspotInput& input, const Outside& outside, const Settings& settings,
                                                 const HotspotsRequest& request);

// What the parts of the input share. Errors: "places_missing"; "places_too_few".
[[nodiscard]] base::Result<PlacePositions> positions_asked(const HotspotsRequest& request);
[[nodiscard]] base::Result<void> check_number_of_places(const HotspotInput& input);
// By place, the residents that the workspace holds, at most five years from what was counted, and those of the table of
// places.
struct PlaceResidents {
  std::vector<std::optional<double>> held;
  YearRange held_years;
  std::vector<std::optional<double>> of_table;
  YearRange of_table_years;
  YearRange counted_years;

  void add_of_table(const PlacePosition& position);
};
// Takes those of the workspace where it holds every place's, else those of the table where they are of at most five
// years from the counts, else leaves out the places whose residents the workspace does not hold, where they are few:
// never of both. Without any the places have none. Errors: "residents_of_another_time".
[[nodiscard]] base::Result<void> add_residents(HotspotInput& input, const PlaceResidents& residents);
// Areas that were counted and cannot be searched, as notes.
struct LeftOut {
  std::int64_t unplaced = 0;
  std::int64_t absent = 0;
};
void add_notes(HotspotInput& input, const LeftOut& left_out);

[[nodiscard]] base::Result<std::vector<evidence::DatedPoint>> read_points(const std::string& path);

}  // namespace throughline::app
