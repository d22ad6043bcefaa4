#include "simulate/observe/journey.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "simulate/observe/digits.h"

namespace throughline::simulate {

namespace {

constexpr std::int32_t k_days_apart = 7;
constexpr double k_by_car = 0.35;
constexpr double k_square_metres = 2'000;

GridPoint centre_of(const Scene& scene, std::int32_t town) {
  const Place& place = scene.place(town);
  return {.easting_metres = place.easting_metres, .northing_metres = place.northing_metres};
}

double minutes_between(const Scene& scene, const Journey& journey) {
  const Parameters& numbers = scene.run().numbers();
  const GridPoint one = centre_of(scene, journey.home);
  const GridPoint other = centre_of(scene, journey.town);
  const double east = one.easting_metres - other.easting_metres;
  const double north = one.northing_metres - other.northing_metres;
  return numbers.line_minutes_fixed + numbers.line_minutes_per_km * std::sqrt(east * east + north * north) / 1'000;
}

}  // namespace

std::vector<Journey> journeys_of(const Scene& scene, const Carrying& carrying, std::int32_t from, std::int32_t until) {
  std::vector<Journey> journeys;
  const LineLife& life = scene.lines[index_of(carrying.line)];
  const std::int32_t end = std::min(carrying.until, until);
  for (std::int32_t day = carrying.from + 1; day < end; day += k_days_apart) {
    if (day < from - k_days_apart) continue;
    Journey one{.person = carrying.person, .line = carrying.line, .home = carrying.person.town};
    one.town = life.town_on(day);
    if (one.town == one.home) continue;
    base::Random random = scene.draw(mixed(person_key(one.home, one.person.number, one.person.generation), 7), day);
    one.out_day = day;
    one.back_day = std::min(end, day + 1 + static_cast<std::int32_t>(random.below(4)));
    one.leaves_second = static_cast<std::int32_t>(random.uniform_int(7, 20)) * 3'600;
    one.is_by_car = random.uniform01() < k_by_car;
    one.minutes = minutes_between(scene, one);
    journeys.push_back(one);
  }
  return journeys;
}

GridPoint on_the_way(const Scene& scene, std::int32_t from_town, std::int32_t to_town, double share) {
  const GridPoint one = centre_of(scene, from_town);
  const GridPoint other = centre_of(scene, to_town);
  return {.easting_metres = one.easting_metres + share * (other.easting_metres - one.easting_metres),
          .northing_metres = one.northing_metres + share * (other.northing_metres - one.northing_metres)};
}

GridPoint where_on(const Scene& scene, const std::vector<Journey>& journeys, std::int32_t home, Moment moment) {
  constexpr double k_seconds_a_day = 86'400;
  const double now = moment.day * k_seconds_a_day + moment.second;
  for (const Journey& one : journeys) {
    const double out = one.out_day * k_seconds_a_day + one.leaves_second;
    const double back = one.back_day * k_seconds_a_day + one.leaves_second;
    const double takes = one.minutes * 60;
    if (now < out || now > back + takes) continue;
    const double share = now <= back ? std::min(1.0, (now - out) / takes) : 1 - (now - back) / takes;
    return on_the_way(scene, one.home, one.town, share);
  }
  return centre_of(scene, home);
}

std::int32_t nearest_town(const Scene& scene, GridPoint point) {
  std::int32_t nearest = 0;
  double least = 1e300;
  const std::vector<Place>& places = scene.run().input.world.places;
  for (std::size_t town = 0; town < places.size(); ++town) {
    const double east = places[town].easting_metres - point.easting_metres;
    const double north = places[town].northing_metres - point.northing_metres;
    const double distance = east * east + north * north;
    if (distance >= least) continue;
    least = distance;
    nearest = static_cast<std::int32_t>(town);
  }
  return nearest;
}

Mast mast_at(const Scene& scene, GridPoint point, std::uint64_t sector) {
  const auto east = static_cast<std::int64_t>(point.easting_metres / k_square_metres);
  const auto north = static_cast<std::int64_t>(point.northing_metres / k_square_metres);
  const std::int64_t number = north * 1'000 + east;
  const auto which = static_cast<std::int32_t>(sector % 3);
  const GridPoint mast{.easting_metres = (static_cast<double>(east) + 0.5) * k_square_metres,
                       .northing_metres = (static_cast<double>(north) + 0.5) * k_square_metres};
  const std::string& near = scene.place(nearest_town(scene, mast)).name;
  std::string cell = "001-01-";
  append_digits(cell, number, 6);
  cell += '-';
  append_digits(cell, which + 1, 1);
  std::string address = "Mast ";
  append_digits(address, number, 1);
  address.append(" near ").append(near);
  return {
      .cell = std::move(cell), .address = std::move(address), .position = position_of(mast), .bearing = which * 120};
}

}  // namespace throughline::simulate
