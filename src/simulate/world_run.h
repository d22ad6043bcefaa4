// What every mechanism of a day is given: what does not change, and the state that does.
#pragma once

#include <cstdint>
#include <vector>

#include "simulate/chance.h"
#include "simulate/model.h"
#include "simulate/observe/happening.h"
#include "simulate/parameters.h"
#include "simulate/state.h"

namespace throughline::simulate {

struct RunInput {
  World world;
  Parameters parameters;
  Scenario scenario{};
  std::uint64_t seed = 1;
  Every every = Every::week;
  std::int32_t warm_up_days = 180;  // Run before the first day of the series, so that the start has settled.
};

struct WorldRun {
  RunInput input;
  std::vector<std::vector<double>> minutes;   // Of the journey, by hub and town.
  std::vector<std::vector<double>> nearness;  // How far the journey leaves a town attractive, by hub and town.
  std::vector<double> pulls;                  // What draws lines to each town, wherever from, as last looked at.
  std::vector<Levers> levers;                 // Of the day, by town.
  State state;
  Happenings* listener = nullptr;  // Who is told what happens; nobody in most runs. Not owned.

  [[nodiscard]] const Parameters& numbers() const { return input.parameters; }
  [[nodiscard]] double lever(std::int32_t town, Lever which) const {
    return levers[index_of(town)][static_cast<std::size_t>(which)];
  }
  [[nodiscard]] Town& town(std::int32_t number) { return state.towns[index_of(number)]; }
  [[nodiscard]] const Town& town(std::int32_t number) const { return state.towns[index_of(number)]; }
  [[nodiscard]] Line& line(std::int32_t number) { return state.lines[index_of(number)]; }
  [[nodiscard]] const Line& line(std::int32_t number) const { return state.lines[index_of(number)]; }
  [[nodiscard]] base::Random draw(Purpose purpose, std::uint64_t subject) const {
    return chance(input.seed, {.purpose = purpose, .subject = subject, .day = state.day});
  }
};

// Names a person for chance: the place, the row in it, and who holds the row.
[[nodiscard]] inline std::uint64_t person_key(std::int32_t town, std::int32_t person, std::uint16_t generation) {
  return mixed(static_cast<std::uint64_t>(town) << 32U | static_cast<std::uint32_t>(person), generation);
}

inline constexpr double k_days_per_year = 365.25;

// A yearly rate as the probability of a day.
[[nodiscard]] inline double daily(double rate_per_year) {
  return rate_per_year <= 0 ? 0.0 : 1.0 - base::portable_exp(-rate_per_year / k_days_per_year);
}

// Adds it to the list of its area on the day that is run; where it has no person, give the town as area.
inline void tell(WorldRun& run, Happening happening) {
  if (run.listener == nullptr) return;
  happening.day = run.state.day;
  run.listener->by_area[index_of(happening.area)].push_back(happening);
}

// The same of a person, by their area and row.
inline void tell_of(WorldRun& run, std::int32_t area, std::int32_t person, Happening happening) {
  if (run.listener == nullptr) return;
  happening.area = area;
  happening.person = person;
  happening.generation = run.town(area).people.generation[index_of(person)];
  tell(run, happening);
}

}  // namespace throughline::simulate
