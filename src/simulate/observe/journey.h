// Where those who carry are: at home, on the way, in the line's town; and the masts and cameras along it.
#pragma once

#include <string>
#include <vector>

#include "simulate/observe/scene.h"

namespace throughline::simulate {

// A stay in the line's town: out on one day, back on another, each by the minutes of the journey. One a week.
struct Journey {
  PersonRef person;
  std::int32_t line = k_none;
  std::int32_t home = k_none;  // Town.
  std::int32_t town = k_none;
  std::int32_t out_day = 0;
  std::int32_t back_day = 0;
  std::int32_t leaves_second = 0;  // Both ways.
  double minutes = 0;
  bool is_by_car = false;
};

// Of one spell of carrying, within days; none where the line sells where the person lives. A journey begins where the
// line sells on that day.
[[nodiscard]] std::vector<Journey> journeys_of(const Scene& scene, const Carrying& carrying, std::int32_t from,
                                               std::int32_t until);

// Between two towns as the crow flies, share from 0 to 1.
[[nodiscard]] GridPoint on_the_way(const Scene& scene, std::int32_t from_town, std::int32_t to_town, double share);

// Where somebody on these journeys is at a moment; at home where they are on none.
struct Moment {
  std::int32_t day = 0;
  std::int32_t second = 0;
};
[[nodiscard]] GridPoint where_on(const Scene& scene, const std::vector<Journey>& journeys, std::int32_t home,
                                 Moment moment);

// The mast that serves a point: one for each square of two kilometres.
struct Mast {
  std::string cell;     // "001-01-21403-2".
  std::string address;  // "Mast 21403 near Norwich".
  Position position;
  std::int32_t bearing = 0;
};
[[nodiscard]] Mast mast_at(const Scene& scene, GridPoint point, std::uint64_t sector);

// The place whose centre is nearest.
[[nodiscard]] std::int32_t nearest_town(const Scene& scene, GridPoint point);

}  // namespace throughline::simulate
