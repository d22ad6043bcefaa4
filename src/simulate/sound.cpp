#include "simulate/sound.h"

#include <algorithm>
#include <functional>

#include "simulate/person_events.h"

namespace throughline::simulate {

namespace {

// More than any run comes to; so much can be added up without running over.
constexpr std::int32_t k_day_most = 1 << 30;
constexpr std::int64_t k_people_most = 1'000'000'000;
constexpr double k_rate_most = 1e15;
constexpr double k_sum_most = 0x1p60;

bool is_index(std::int32_t number, std::size_t size) {
  return number >= 0 && static_cast<std::size_t>(number) < size;
}

// False of nan.
bool is_within(double value, double low, double high) {
  return value >= low && value <= high;
}

bool is_share(double value) {
  return is_within(value, 0, 1);
}

bool is_head_count(std::int64_t value) {
  return value >= 0 && value <= k_people_most;
}

template <class Values>
bool are_amounts(const Values& values) {
  return std::ranges::all_of(values,
                             [](auto value) { return value >= 0 && static_cast<double>(value) <= k_rate_most; });
}

bool is_ascending(const std::vector<std::int32_t>& numbers) {
  return std::ranges::adjacent_find(numbers, std::greater_equal<>()) == numbers.end();
}

// Each of them once.
bool are_different(std::vector<std::int32_t> numbers) {
  std::ranges::sort(numbers);
  return is_ascending(numbers);
}

bool can_be(PersonKind kind, PersonState state) {
  switch (state) {
    case PersonState::reserve:
    case PersonState::active:
    case PersonState::waiting:
    case PersonState::in_treatment:
    case PersonState::stopped:
    case PersonState::dead: return kind == PersonKind::user;
    case PersonState::in_prison: return true;
    case PersonState::at_risk:
    case PersonState::carrying:
    case PersonState::safe: return kind != PersonKind::user;
  }
  return false;
}

// Whether that is what comes next for such a person; none where nothing is in the calendar.
bool can_come(PersonKind kind, PersonState state, PersonEvent event) {
  const bool is_young = kind == PersonKind::child;
  switch (state) {
    case PersonState::active: return event >= PersonEvent::seek && event <= PersonEvent::prison;
    case PersonState::waiting: return event == PersonEvent::give_up;
    case PersonState::in_treatment: return event == PersonEvent::leave_treatment || event == PersonEvent::die;
    case PersonState::stopped: return event == PersonEvent::relapse;
    case PersonState::in_prison: return event == PersonEvent::release;
    case PersonState::carrying: return event == PersonEvent::week;
    case PersonState::at_risk: return event == (is_young ? PersonEvent::grow_out : PersonEvent::none);
    case PersonState::safe: return event == (is_young ? PersonEvent::grow_out : PersonEvent::at_risk_again);
    case PersonState::reserve:
    case PersonState::dead: return event == PersonEvent::none;
  }
  return false;
}

// What can be said of one person without looking at lines. REQUIRES: all arrays have the person.
bool is_person_sound(const People& people, std::size_t at, std::int32_t day) {
  const std::int32_t due = people.calendar.due(static_cast<std::int32_t>(at));
  const bool is_due = due >= 0;
  const PersonEvent event = is_due ? static_cast<PersonEvent>(people.event[at]) : PersonEvent::none;
  return can_be(people.kind[at], people.state[at]) && can_come(people.kind[at], people.state[at], event) &&
         (!is_due || (due >= day && due <= k_day_most)) && people.needs[at] <= 4 && people.birth_day[at] <= day &&
         people.birth_day[at] > -k_day_most && people.debt_pounds[at] >= 0 && people.debt_pounds[at] <= k_day_most;
}

bool are_people_sound(const People& people, const People& begun, std::int32_t day) {
  const std::size_t all = begun.state.size();
  if (people.state.size() != all || people.needs.size() != all || people.event.size() != all ||
      people.generation.size() != all || people.birth_day.size() != all || people.line.size() != all ||
      people.debt_pounds.size() != all || static_cast<std::size_t>(people.calendar.people()) != all) {
    return false;
  }
  if (people.kind != begun.kind || people.kind_begin != begun.kind_begin || !people.calendar.is_sound()) return false;
  for (std::size_t at = 0; at < all; ++at) {
    if (!is_person_sound(people, at, day)) return false;
  }
  return true;
}

// REQUIRES: the people are sound.
bool are_counts_sound(const Town& town) {
  auto counted = town.count;
  for (auto& states : counted) states.fill(0);
  for (std::size_t at = 0; at < town.people.state.size(); ++at) {
    ++counted[static_cast<std::size_t>(town.people.kind[at])][static_cast<std::size_t>(town.people.state[at])];
  }
  return counted == town.count;
}

// Everybody in that state once, and nobody else. REQUIRES: the counts are sound.
bool is_list_of(const Town& town, const std::vector<std::int32_t>& persons, PersonState state) {
  const auto is_meant = [&](std::int32_t person) {
    return is_index(person, town.people.state.size()) && town.people.state[index_of(person)] == state;
  };
  return std::ranges::all_of(persons, is_meant) && are_different(persons) &&
         std::ssize(persons) == how_many(town, PersonKind::user, state);
}

bool is_queue_sound(const Town& town, std::int32_t day) {
  std::vector<std::int32_t> persons;
  std::int32_t before = 0;
  for (const Waiting& waiting : town.waiting) {
    if (waiting.since < before || waiting.since > day) return false;
    before = waiting.since;
    persons.push_back(waiting.person);
  }
  return is_list_of(town, persons, PersonState::waiting) && is_list_of(town, town.reserve, PersonState::reserve);
}

bool is_market_sound(const Town& town, const Town& begun) {
  const auto is_level = [](double value) { return is_within(value, 1e-6, 1e6); };
  return is_head_count(town.local_sellers) && town.local_sellers_start == begun.local_sellers_start &&
         town.local_pounds_per_day == begun.local_pounds_per_day && town.powder_users == begun.powder_users &&
         town.cannabis_users == begun.cannabis_users && is_head_count(town.grows) && town.grows <= begun.grows_start &&
         town.grows_start == begun.grows_start && town.users_start == begun.users_start &&
         town.nearest_hub == begun.nearest_hub && is_share(town.line_share) &&
         std::ranges::all_of(town.purity, is_level) && std::ranges::all_of(town.price, is_level) &&
         are_amounts(town.local_stock) && are_amounts(town.local_sales) && are_amounts(town.sold) &&
         are_amounts(town.today);
}

bool is_town_sound(const Town& town, const Town& begun, std::int32_t day) {
  return are_people_sound(town.people, begun.people, day) && are_counts_sound(town) && is_queue_sound(town, day) &&
         town.departures.empty() && is_market_sound(town, begun);
}

bool is_line_sound(const Line& line, const State& state) {
  if (!is_index(line.hub, state.hubs.size()) || !is_index(line.town, state.towns.size())) return false;
  if (line.opened_day < -k_day_most || line.opened_day > state.day) return false;
  if (line.closed_day != k_none && (line.closed_day < 0 || line.closed_day > state.day)) return false;
  if (!line.is_open() && (!line.carriers.empty() || !line.homes.empty())) return false;
  return is_share(line.capacity_for_violence) && is_share(line.belief) && are_amounts(line.stock) &&
         are_amounts(line.sales);
}

// Who says that they carry for a line, or that it has their home, by number. REQUIRES: the towns are sound.
struct OnLines {
  std::vector<std::int64_t> carriers;
  std::vector<std::int64_t> homes;
};

bool add_on_lines(const State& state, std::size_t area, OnLines& on_lines) {
  const People& people = state.towns[area].people;
  for (std::size_t at = 0; at < people.line.size(); ++at) {
    const std::int32_t line = people.line[at];
    const bool is_user = people.kind[at] == PersonKind::user;
    if (!is_user && (line != k_none) != (people.state[at] == PersonState::carrying)) return false;
    if (line == k_none) continue;
    if (!is_index(line, state.lines.size())) return false;
    ++(is_user ? on_lines.homes : on_lines.carriers)[index_of(line)];
  }
  return true;
}

// That a person of the area says so too.
bool is_on_line(const State& state, const Carrier& who, std::int32_t line, bool is_home) {
  if (!is_index(who.area, state.towns.size())) return false;
  const People& people = state.towns[index_of(who.area)].people;
  return is_index(who.person, people.line.size()) && people.line[index_of(who.person)] == line &&
         (people.kind[index_of(who.person)] == PersonKind::user) == is_home;
}

bool is_list_different(std::vector<Carrier> who) {
  const auto place = [](const Carrier& one) { return std::pair(one.area, one.person); };
  std::ranges::sort(who, {}, place);
  return std::ranges::adjacent_find(who, {}, place) == who.end();
}

// The lists of a line and what people say, one to one.
bool are_lists_sound(const State& state, std::int32_t number, const OnLines& on_lines) {
  const Line& line = state.lines[index_of(number)];
  std::vector<Carrier> homes;
  for (const TakenHome& home : line.homes) {
    if (home.until < 0 || home.until > k_day_most) return false;
    homes.push_back({.area = line.town, .person = home.person});
  }
  const auto carries = [&](const Carrier& one) { return is_on_line(state, one, number, false); };
  const auto lives_in = [&](const Carrier& one) { return is_on_line(state, one, number, true); };
  return std::ranges::all_of(line.carriers, carries) && std::ranges::all_of(homes, lives_in) &&
         is_list_different(line.carriers) && is_list_different(homes) &&
         std::ssize(line.carriers) == on_lines.carriers[index_of(number)] &&
         std::ssize(homes) == on_lines.homes[index_of(number)];
}

bool are_people_of_lines_sound(const State& state) {
  OnLines on_lines{.carriers = std::vector<std::int64_t>(state.lines.size(), 0),
                   .homes = std::vector<std::int64_t>(state.lines.size(), 0)};
  for (std::size_t area = 0; area < state.towns.size(); ++area) {
    if (!add_on_lines(state, area, on_lines)) return false;
  }
  for (std::size_t number = 0; number < state.lines.size(); ++number) {
    if (!are_lists_sound(state, static_cast<std::int32_t>(number), on_lines)) return false;
  }
  return true;
}

// Open lines are on the list of all and on that of their town, each in order. REQUIRES: each line is sound.
bool are_open_lines_sound(const State& state) {
  std::vector<std::int32_t> open;
  std::vector<std::vector<std::int32_t>> by_town(state.towns.size());
  for (std::size_t number = 0; number < state.lines.size(); ++number) {
    if (!state.lines[number].is_open()) continue;
    open.push_back(static_cast<std::int32_t>(number));
    by_town[index_of(state.lines[number].town)].push_back(static_cast<std::int32_t>(number));
  }
  if (open != state.open_lines) return false;
  for (std::size_t town = 0; town < state.towns.size(); ++town) {
    if (by_town[town] != state.towns[town].lines) return false;
  }
  return true;
}

bool is_hub_sound(const Hub& hub, const Hub& begun) {
  const auto is_day = [](std::int32_t day) { return day >= 0 && day <= k_day_most; };
  return hub.town == begun.town && hub.would_be_start == begun.would_be_start &&
         hub.attraction_start == begun.attraction_start && is_head_count(hub.would_be) && are_amounts(hub.stock) &&
         std::ranges::all_of(hub.releases, is_day);
}

bool are_hubs_sound(const State& state, const State& begun) {
  if (state.hubs.size() != begun.hubs.size() || state.importers.size() != begun.importers.size()) return false;
  for (std::size_t hub = 0; hub < state.hubs.size(); ++hub) {
    if (!is_hub_sound(state.hubs[hub], begun.hubs[hub])) return false;
  }
  constexpr std::int32_t k_routes_most = 1000;
  const auto is_importer = [](const Importer& one) {
    return is_share(one.belief) && one.routes >= 1 && one.routes <= k_routes_most;
  };
  const auto is_vacancy = [&](const Vacancy& one) {
    return is_index(one.hub, state.hubs.size()) && is_index(one.town, state.towns.size()) && one.day >= 0 &&
           one.day <= k_day_most;
  };
  return std::ranges::all_of(state.importers, is_importer) && std::ranges::all_of(state.vacancies, is_vacancy);
}

// An amount added up twice, exactly and so that running over shows.
struct Found {
  double about = 0;
  std::uint64_t exact = 0;

  void add(Milligrams amount) {
    about += static_cast<double>(amount);
    exact += static_cast<std::uint64_t>(amount);
  }
};

// REQUIRES: all amounts are sound.
Found found_of(const State& state, std::size_t import) {
  Found found;
  found.add(state.drugs.seized[import]);
  for (const Hub& hub : state.hubs) found.add(hub.stock[import]);
  for (const Town& town : state.towns) found.add(town.sold[import]);
  for (std::size_t drug = 0; drug < k_drugs; ++drug) {
    if (import_of(drug) != import) continue;
    for (const Town& town : state.towns) found.add(town.local_stock[drug]);
    for (const Line& line : state.lines) found.add(line.stock[drug]);
  }
  return found;
}

// Every milligram brought in is in stock, sold or seized. REQUIRES: all amounts are sound.
bool is_ledger_sound(const State& state) {
  if (!are_amounts(state.drugs.seized) || !are_amounts(state.drugs.brought_in)) return false;
  for (std::size_t import = 0; import < k_imports; ++import) {
    const Found found = found_of(state, import);
    if (found.about > k_sum_most || found.exact != static_cast<std::uint64_t>(state.drugs.brought_in[import])) {
      return false;
    }
  }
  return true;
}

bool is_series_sound(const Series& series, const WorldRun& run) {
  const std::int32_t days = run.state.day - run.input.warm_up_days;
  if (series.every != run.input.every) return false;
  if (days <= 0) return series.period_days.empty() && series.rows.empty();
  const std::vector<std::int32_t>& begins = series.period_days;
  if (begins.empty() || begins.front() != 0 || begins.back() >= days || !is_ascending(begins)) return false;
  if (series.rows.size() != (begins.size() - 1) * run.state.towns.size()) return false;
  double sum = 0;
  for (const OutcomeRow& row : series.rows) {
    if (!are_amounts(row)) return false;
    for (const std::int64_t value : row) sum += static_cast<double>(value);
  }
  return sum <= k_sum_most;
}

}  // namespace

bool is_sound(const WorldRun& run, const WorldRun& begun) {
  const State& state = run.state;
  if (state.day < 0 || state.day > k_day_most / 2 || state.towns.size() != begun.state.towns.size()) return false;
  if (!are_hubs_sound(state, begun.state)) return false;
  for (std::size_t town = 0; town < state.towns.size(); ++town) {
    if (!is_town_sound(state.towns[town], begun.state.towns[town], state.day)) return false;
  }
  constexpr double k_pull_most = 1e30;
  return std::ranges::all_of(state.lines, [&](const Line& line) { return is_line_sound(line, state); }) &&
         are_open_lines_sound(state) && are_people_of_lines_sound(state) && is_ledger_sound(state) &&
         is_series_sound(state.series, run) && run.pulls.size() == state.towns.size() &&
         std::ranges::all_of(run.pulls, [](double pull) { return is_within(pull, 0, k_pull_most); });
}

}  // namespace throughline::simulate
