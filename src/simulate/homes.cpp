#include <algorithm>

#include "simulate/lines.h"
#include "simulate/mechanisms.h"

namespace throughline::simulate {

namespace {

constexpr int k_doors_tried = 8;

void free_home(WorldRun& run, const Line& line, const TakenHome& home, How how) {
  std::int32_t& held_by = run.town(line.town).people.line[index_of(home.person)];
  tell_of(run, line.town, home.person, {.town = line.town, .line = held_by, .what = Happened::home_freed, .how = how});
  held_by = k_none;
}

// Of people who use, who live where the line sells: users are who lines visit, and whose homes they take.
void find_home(WorldRun& run, std::int32_t number, base::Random& random) {
  Line& line = run.line(number);
  Town& town = run.town(line.town);
  const auto users = static_cast<std::uint64_t>(town.people.kind_begin[1]);
  if (users == 0) return;
  for (int tried = 0; tried < k_doors_tried; ++tried) {
    const auto person = static_cast<std::int32_t>(random.below(users));
    const std::size_t at = index_of(person);
    if (town.people.state[at] != PersonState::active || town.people.line[at] != k_none) continue;
    town.people.line[at] = number;
    const std::int32_t days = days_until(random, 365.25 / run.numbers().homes_days);
    line.homes.push_back({.person = person, .until = run.state.day + days});
    count(town, Outcome::homes_taken);
    tell_of(run, line.town, person, {.town = line.town, .line = number, .amount = days, .what = Happened::home_taken});
    return;
  }
}

void close_premises(WorldRun& run, Line& line) {
  if (line.homes.empty()) return;
  base::Random random = run.draw(Purpose::premises, line.key);
  const double rate = run.numbers().police_premises_per_year * run.lever(line.town, Lever::premises_closures);
  if (random.uniform01() >= daily(rate * static_cast<double>(line.homes.size()))) return;
  const auto which = static_cast<std::ptrdiff_t>(random.below(line.homes.size()));
  free_home(run, line, line.homes[static_cast<std::size_t>(which)], How::premises_closed);
  line.homes.erase(line.homes.begin() + which);
  count(run.town(line.town), Outcome::premises_closed);
}

}  // namespace

void lose_homes(WorldRun& run, Line& line) {
  for (const TakenHome& home : line.homes) free_home(run, line, home, How::line_gone);
  line.homes.clear();
}

void homes_day(WorldRun& run) {
  for (const std::int32_t number : run.state.open_lines) {
    Line& line = run.line(number);
    const People& people = run.town(line.town).people;
    std::erase_if(line.homes, [&](const TakenHome& home) {
      const PersonState state = people.state[index_of(home.person)];
      const bool is_host_gone = state == PersonState::dead || state == PersonState::in_prison;
      const bool is_over = home.until <= run.state.day || is_host_gone;
      if (is_over) free_home(run, line, home, is_host_gone ? How::host_gone : How::time_was_up);
      return is_over;
    });
    close_premises(run, line);
    base::Random random = run.draw(Purpose::home, line.key);
    // A mean of so many homes: 3.5 is three for half the lines and four for the others.
    const double part = static_cast<double>(line.key >> 11U) * 0x1p-53;
    const auto wanted = static_cast<std::size_t>(run.numbers().homes_per_line + part);
    if (line.homes.size() < wanted && random.uniform01() < run.numbers().homes_find_per_day) {
      find_home(run, number, random);
    }
  }
}

}  // namespace throughline::simulate
