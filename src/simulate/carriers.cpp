#include <algorithm>
#include <tuple>

#include "simulate/lines.h"
#include "simulate/mechanisms.h"
#include "simulate/person_events.h"

namespace throughline::simulate {

namespace {

// How many a line looks at before it turns to the one with most needs: the targeting that the reports describe.
constexpr int k_looked_at = 3;
constexpr int k_tries = 24;

struct Approach {
  std::int32_t line = k_none;
  std::int32_t area = k_none;
  std::int32_t person = k_none;
  std::uint64_t order = 0;  // A keyed draw that settles who comes first.
  double luck = 0;
};

// The one with most needs of the few that are looked at; k_none where nobody at risk was met.
std::int32_t most_needs(const People& people, PersonKind kind, base::Random& random) {
  const std::int32_t begin = people.kind_begin[static_cast<std::size_t>(kind)];
  const std::int32_t end = people.kind_begin[static_cast<std::size_t>(kind) + 1];
  if (begin == end) return k_none;
  std::int32_t best = k_none;
  int seen = 0;
  for (int tried = 0; tried < k_tries && seen < k_looked_at; ++tried) {
    const auto person = begin + static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(end - begin)));
    if (people.state[index_of(person)] != PersonState::at_risk) continue;
    ++seen;
    if (best == k_none || people.needs[index_of(person)] > people.needs[index_of(best)]) best = person;
  }
  return best;
}

std::vector<Approach> proposed(const WorldRun& run) {
  const Parameters& numbers = run.numbers();
  std::vector<Approach> approaches;
  for (const std::int32_t number : run.state.open_lines) {
    const Line& line = run.line(number);
    if (static_cast<double>(line.carriers.size()) >= numbers.carriers_per_line) continue;
    base::Random random = run.draw(Purpose::approach, line.key);
    if (random.uniform01() >= numbers.carriers_fill_per_day) continue;
    const bool is_young = random.uniform01() < numbers.carriers_child_share;
    const bool is_local = random.uniform01() < numbers.carriers_local_share;
    Approach approach{.line = number,
                      .area = is_local ? line.town : run.state.hubs[index_of(line.hub)].town,
                      .person = k_none,
                      .order = random.bits64(),
                      .luck = random.uniform01()};
    approach.person =
        most_needs(run.town(approach.area).people, is_young ? PersonKind::child : PersonKind::adult, random);
    if (approach.person != k_none) approaches.push_back(approach);
  }
  std::ranges::sort(approaches, {}, [](const Approach& a) { return std::tuple(a.area, a.person, a.order, a.line); });
  const auto [first, last] =
      std::ranges::unique(approaches, {}, [](const Approach& a) { return std::pair(a.area, a.person); });
  approaches.erase(first, last);
  return approaches;
}

void leave_line(WorldRun& run, std::int32_t number, std::int32_t person, How how) {
  Town& town = run.town(number);
  const std::int32_t line = town.people.line[index_of(person)];
  tell_of(run, number, person, {.town = run.line(line).town, .line = line, .what = Happened::left_line, .how = how});
  town.departures.push_back({.line = line, .person = person});
  town.people.line[index_of(person)] = k_none;
  set_state(town, person, PersonState::safe);
  schedule_next(run, number, person);
}

// True where a missing episode led to a referral that helps.
bool missing_this_week(WorldRun& run, std::int32_t number, std::int32_t person, base::Random& random) {
  Town& town = run.town(number);
  const Parameters& numbers = run.numbers();
  if (random.uniform01() >= numbers.missing_per_week) return false;
  count(town, Outcome::missing_episodes);
  const double days = -base::portable_log(open_uniform(random)) * numbers.missing_days;
  const std::int64_t whole_days = 1 + static_cast<std::int64_t>(std::min(days, 60.0));
  count(town, Outcome::days_missing, whole_days);
  const std::int32_t line = town.people.line[index_of(person)];
  tell_of(run, number, person,
          {.town = run.line(line).town, .line = line, .amount = whole_days, .what = Happened::missing});
  const double helps = numbers.missing_referral * run.lever(number, Lever::safeguarding);
  if (random.uniform01() >= helps) return false;
  count(town, Outcome::children_referred);
  return true;
}

}  // namespace

void grow_out(WorldRun& run, std::int32_t number, std::int32_t person) {
  People& people = run.town(number).people;
  const std::size_t at = index_of(person);
  ++people.generation[at];
  people.birth_day[at] = run.state.day - static_cast<std::int32_t>(run.numbers().carriers_entry_age * k_days_per_year);
  people.debt_pounds[at] = 0;
  base::Random random = run.draw(Purpose::person, person_key(number, person, people.generation[at]));
  people.needs[at] = drawn_needs(random);
  tell_of(run, number, person, {.town = number, .amount = people.birth_day[at], .what = Happened::came_of_age});
  set_state(run.town(number), person, PersonState::at_risk);
  schedule_next(run, number, person);
}

void carrier_week(WorldRun& run, std::int32_t number, std::int32_t person) {
  Town& town = run.town(number);
  People& people = town.people;
  const Parameters& numbers = run.numbers();
  const std::size_t at = index_of(person);
  base::Random random = run.draw(Purpose::carrier_week, person_key(number, person, people.generation[at]));
  std::int32_t& debt = people.debt_pounds[at];
  count(town, Outcome::weeks_worked);
  const bool is_unpaid = debt > 0;
  if (is_unpaid) {
    count(town, Outcome::weeks_unpaid);
    debt = std::max(0, debt - static_cast<std::int32_t>(numbers.carriers_work_pounds_per_week));
  }
  tell_of(run, number, person,
          {.town = run.line(people.line[at]).town,
           .line = people.line[at],
           .amount = debt,
           .what = Happened::week_carried,
           .how = is_unpaid ? How::unpaid : How::paid});
  const bool leaves = random.uniform01() < numbers.carriers_leave_per_week && debt == 0;
  if (random.uniform01() < numbers.carriers_robbery_per_week) {
    debt += static_cast<std::int32_t>(numbers.carriers_robbery_pounds);
  }
  if (people.kind[at] == PersonKind::child) {
    const bool is_away = run.line(people.line[at]).town != number;
    const bool is_missed = is_away && is_child(people, person, run.state.day);
    const bool is_helped = is_missed && missing_this_week(run, number, person, random);
    const bool has_grown = run.state.day - people.birth_day[at] >= numbers.carriers_exit_age * k_days_per_year;
    if (is_helped || has_grown) return leave_line(run, number, person, is_helped ? How::helped : How::grew_out);
  }
  if (leaves) return leave_line(run, number, person, How::by_itself);
  schedule_next(run, number, person);
}

void departures_day(WorldRun& run) {
  for (std::size_t area = 0; area < run.state.towns.size(); ++area) {
    Town& town = run.state.towns[area];
    for (const Departure& departure : town.departures) {
      std::erase_if(run.line(departure.line).carriers, [&](const Carrier& carrier) {
        return carrier.area == static_cast<std::int32_t>(area) && carrier.person == departure.person;
      });
    }
    town.departures.clear();
  }
}

void approaches_day(WorldRun& run) {
  const Parameters& numbers = run.numbers();
  for (const Approach& approach : proposed(run)) {
    Town& town = run.town(approach.area);
    People& people = town.people;
    const std::size_t at = index_of(approach.person);
    const double odds = numbers.carriers_accept_intercept + numbers.carriers_accept_need * people.needs[at];
    const double accepts = run.lever(approach.area, Lever::recruitment) / (1 + base::portable_exp(-odds));
    if (approach.luck >= accepts) continue;
    people.line[at] = approach.line;
    people.debt_pounds[at] = static_cast<std::int32_t>(numbers.carriers_package_pounds);
    set_state(town, approach.person, PersonState::carrying);
    schedule_next(run, approach.area, approach.person);
    run.line(approach.line).carriers.push_back({.area = approach.area, .person = approach.person});
    tell_of(run, approach.area, approach.person,
            {.town = run.line(approach.line).town,
             .line = approach.line,
             .amount = people.debt_pounds[at],
             .what = Happened::recruited});
    const bool is_minor = is_child(people, approach.person, run.state.day);
    count(town, is_minor ? Outcome::children_recruited : Outcome::adults_recruited);
  }
}

void lose_carriers(WorldRun& run, Line& line) {
  for (const Carrier& carrier : line.carriers) {
    Town& town = run.town(carrier.area);
    tell_of(run, carrier.area, carrier.person,
            {.town = line.town,
             .line = town.people.line[index_of(carrier.person)],
             .what = Happened::left_line,
             .how = How::line_gone});
    town.people.line[index_of(carrier.person)] = k_none;
    // They are as much at risk as before.
    set_state(town, carrier.person, PersonState::at_risk);
    schedule_next(run, carrier.area, carrier.person);
  }
  line.carriers.clear();
}

std::uint8_t drawn_needs(base::Random& random) {
  // Shares of children at risk with each need: an assumption; only the order of people by their sum matters.
  return static_cast<std::uint8_t>(random.binomial(4, 0.35));
}

}  // namespace throughline::simulate
