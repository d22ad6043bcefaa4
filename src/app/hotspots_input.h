// Places and points to be searched for hot spots.
#pragma once

#include <string>
#include <vector>

#include "app/hotspots_verb.h"
#include "app/outside.h"
#include "base/result.h"
#include "evidence/caveats.h"
#include "evidence/hotspots/near_repeat.h"
#include "evidence/hotspots/places.h"

namespace throughline::app {

struct HotspotInput {
  std::string source;
  std::vector<evidence::CountedPlace> places;
  std::vector<std::int64_t> independent;  // Counts not of the police's own work, by place; empty where none are given.
  bool has_population = false;
  bool is_police_activity = false;
  evidence::Caveats caveats;
  std::vector<std::string> notes;
};

[[nodiscard]] base::Result<HotspotInput> read_places(const std::string& path);
[[nodiscard]] base::Result<HotspotInput> places_of_workspace(const Outside& outside, const Settings& settings,
                                                             const HotspotsRequest& request);
[[nodiscard]] base::Result<std::vector<evidence::DatedPoint>> read_points(const std::string& path);

}  // namespace throughline::app
