#include "simulate/begin.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "simulate/lines.h"
#include "simulate/market.h"
#include "simulate/mechanisms.h"
#include "simulate/supply.h"

namespace throughline::simulate {

namespace {

// Where people who use are on the first day: near where they settle, so that little is left for the days before the
// series to do. An assumption, and one that those days wash out.
constexpr double k_active = 0.45;
constexpr double k_active_or_treated = 0.88;
constexpr double k_all_but_prison = 0.97;
// Lines that have been there know each other.
constexpr double k_settled_belief = 0.8;

PersonState user_state(base::Random& random) {
  const double place = random.uniform01();
  if (place < k_active) return PersonState::active;
  if (place < k_active_or_treated) return PersonState::in_treatment;
  return place < k_all_but_prison ? PersonState::stopped : PersonState::in_prison;
}

void add_person(Town& town, PersonKind kind, PersonState state) {
  town.people.state.push_back(state);
  town.people.kind.push_back(kind);
  ++town.count[static_cast<std::size_t>(kind)][static_cast<std::size_t>(state)];
}

void begin_people(WorldRun& run, std::int32_t number) {
  Town& town = run.town(number);
  const Place& place = run.input.world.places[index_of(number)];
  const PlacePeople sizes = people_of(run.input.world, run.numbers(), place);
  People& people = town.people;
  for (std::int64_t i = 0; i < sizes.users + sizes.reserve; ++i) {
    base::Random random = run.draw(Purpose::begin, person_key(number, static_cast<std::int32_t>(i), 0));
    const bool is_user = i < sizes.users;
    add_person(town, PersonKind::user, is_user ? user_state(random) : PersonState::reserve);
    if (!is_user) town.reserve.push_back(static_cast<std::int32_t>(i));
  }
  for (std::int64_t i = 0; i < sizes.children; ++i) add_person(town, PersonKind::child, PersonState::at_risk);
  for (std::int64_t i = 0; i < sizes.adults; ++i) add_person(town, PersonKind::adult, PersonState::at_risk);
  const auto users = static_cast<std::int32_t>(sizes.users + sizes.reserve);
  const auto children = static_cast<std::int32_t>(sizes.children);
  const auto all = static_cast<std::int32_t>(people.state.size());
  people.kind_begin = {0, users, users + children, all};
  const std::size_t size = people.state.size();
  people.needs.assign(size, 0);
  people.event.assign(size, 0);
  people.generation.assign(size, 0);
  people.birth_day.assign(size, 0);
  people.line.assign(size, k_none);
  people.debt_pounds.assign(size, 0);
  people.calendar = EventCalendar(all);
  town.users_start = sizes.users;
  const double ages = run.numbers().carriers_exit_age - run.numbers().carriers_entry_age;
  for (std::int32_t person = 0; person < all; ++person) {
    base::Random random = run.draw(Purpose::person, person_key(number, person, 0));
    const std::size_t at = index_of(person);
    if (people.kind[at] != PersonKind::user) people.needs[at] = drawn_needs(random);
    if (people.kind[at] == PersonKind::child) {
      const double age_years = run.numbers().carriers_entry_age + ages * random.uniform01();
      people.birth_day[at] = -static_cast<std::int32_t>(age_years * k_days_per_year);
    }
    schedule_next(run, number, person);
  }
}

void begin_hubs(WorldRun& run) {
  const std::vector<Place>& places = run.input.world.places;
  std::int64_t users = 0;
  double residents = 0;
  for (std::size_t town = 0; town < places.size(); ++town) {
    users += run.state.towns[town].users_start;
    if (!places[town].is_hub) continue;
    residents += places[town].residents;
    run.state.hubs.emplace_back().town = static_cast<std::int32_t>(town);
  }
  const Parameters& numbers = run.numbers();
  const double thousands = static_cast<double>(users) / 1000;
  for (Hub& hub : run.state.hubs) {
    const double share = places[index_of(hub.town)].residents / residents;
    hub.would_be = std::llround(numbers.line_would_be_per_line * numbers.line_per_1000_users * thousands * share);
    hub.would_be_start = hub.would_be;
    // Who was arrested before the first day is in prison on it, and comes out evenly over the term.
    const double lines = numbers.line_per_1000_users * thousands * share;
    const std::int64_t in_prison = std::llround(lines * numbers.police_controller_arrest_per_year *
                                                numbers.prison_controller_days / k_days_per_year);
    for (std::int64_t i = 0; i < in_prison; ++i) {
      hub.releases.push_back(static_cast<std::int32_t>(numbers.prison_controller_days * (static_cast<double>(i) + 0.5) /
                                                       static_cast<double>(in_prison)));
    }
  }
  const std::int64_t importers =
      std::max<std::int64_t>(1, std::llround(numbers.imports_importers_per_1000_users * thousands));
  run.state.importers.assign(static_cast<std::size_t>(importers),
                             {.belief = numbers.imports_seizure_probability, .routes = 2});
}

void begin_lines(WorldRun& run) {
  const std::vector<Place>& places = run.input.world.places;
  std::int64_t users = 0;
  double residents = 0;
  for (const Town& town : run.state.towns) users += town.users_start;
  for (const Hub& hub : run.state.hubs) residents += places[index_of(hub.town)].residents;
  const Parameters& numbers = run.numbers();
  const std::int64_t lines = std::llround(numbers.line_per_1000_users * static_cast<double>(users) / 1000);
  look_at_markets(run);
  for (std::int64_t i = 0; i < lines; ++i) {
    base::Random random = run.draw(Purpose::opening, static_cast<std::uint64_t>(i));
    double place = random.uniform01() * residents;
    std::size_t hub = 0;
    while (hub + 1 < run.state.hubs.size() && place >= places[index_of(run.state.hubs[hub].town)].residents) {
      place -= places[index_of(run.state.hubs[hub].town)].residents;
      ++hub;
    }
    const auto from = static_cast<std::int32_t>(hub);
    const std::int32_t number = open_line(run, {.key = mixed(random.bits64(), static_cast<std::uint64_t>(i)),
                                                .hub = from,
                                                .town = chosen_town(run, from, random),
                                                .capacity_for_violence = random.uniform01(),
                                                .belief = k_settled_belief});
    run.line(number).opened_day = -static_cast<std::int32_t>(numbers.line_ramp_days);
    for (std::size_t drug = 0; drug < k_drugs; ++drug) run.line(number).sales[drug] = full_line_sales(numbers, drug);
    look_at_markets(run);
  }
}

void begin_market(WorldRun& run, std::int32_t number) {
  Town& town = run.town(number);
  const Parameters& numbers = run.numbers();
  const Place& place = run.input.world.places[index_of(number)];
  const auto active = static_cast<double>(how_many(town, PersonKind::user, PersonState::active));
  town.powder_users = std::round(numbers.market_powder_users * place.residents * run.input.world.scale);
  town.cannabis_users = std::round(numbers.market_cannabis_users * place.residents * run.input.world.scale);
  town.grows_start = std::llround(numbers.grows_per_1000_buyers * town.cannabis_users / 1000);
  town.grows = town.grows_start;
  town.local_sellers_start = std::max<std::int64_t>(
      1, std::llround(numbers.local_per_1000_users * static_cast<double>(town.users_start) / 1000));
  const double pounds = street_pounds_per_day(numbers, active);
  // A quarter more than is bought, so that a market is not short of sellers.
  town.local_pounds_per_day = 1.25 * pounds / static_cast<double>(town.local_sellers_start);
  const double by_lines = static_cast<double>(town.lines.size()) * numbers.line_revenue_per_year / k_days_per_year;
  town.line_share = std::min(0.9, by_lines / std::max(pounds, 1.0) / 1.25);
  town.local_sellers = std::llround(static_cast<double>(town.local_sellers_start) * (1 - town.line_share));
  for (std::size_t drug = 0; drug < k_drugs; ++drug) {
    const double buyers = is_for_cohort(drug) ? cohort_of(town, drug) : active;
    const double share = is_for_cohort(drug) ? 1.0 : 1 - town.line_share;
    town.local_sales[drug] = start_demand_milligrams(numbers, buyers, drug) * share;
    town.local_stock[drug] = static_cast<Milligrams>(town.local_sales[drug] * numbers.market_cover_days);
  }
}

void begin_stock(WorldRun& run) {
  const Parameters& numbers = run.numbers();
  auto& brought_in = run.state.drugs.brought_in;
  for (const std::int32_t number : run.state.open_lines) {
    Line& line = run.line(number);
    for (std::size_t drug = 0; drug < k_drugs; ++drug) {
      line.stock[drug] = static_cast<Milligrams>(line.sales[drug] * numbers.market_cover_days);
      brought_in[import_of(drug)] += line.stock[drug];
    }
  }
  for (const Town& town : run.state.towns) {
    for (std::size_t drug = 0; drug < k_drugs; ++drug) brought_in[import_of(drug)] += town.local_stock[drug];
  }
  for (std::size_t hub = 0; hub < run.state.hubs.size(); ++hub) {
    for (std::size_t import = 0; import < k_shipped; ++import) {
      const double sales = hub_sales(run, static_cast<std::int32_t>(hub), import);
      run.state.hubs[hub].stock[import] = static_cast<Milligrams>(sales * numbers.imports_hub_days);
      brought_in[import] += run.state.hubs[hub].stock[import];
    }
  }
}

}  // namespace

PlacePeople people_of(const World& world, const Parameters& numbers, const Place& place) {
  const double expected = world.deaths_per_resident * place.residents;
  const double more = (place.deaths + numbers.users_shrinkage_deaths) / (expected + numbers.users_shrinkage_deaths);
  const double thousands = place.residents / 1000 * world.scale;
  // The figure is of children; young people stay at risk for longer, at the same number for each year of age.
  const double years = numbers.carriers_exit_age - numbers.carriers_entry_age;
  const double child_years = k_adult_years - numbers.carriers_entry_age;
  const double relative = std::isfinite(more) ? more : 1.0;
  const double users = numbers.users_per_1000_residents * thousands * relative;
  return {.users = std::llround(users),
          .reserve = std::llround(users * numbers.users_reserve_share),
          .children = std::llround(numbers.carriers_children_per_1000_residents * thousands * years / child_years),
          .adults = std::llround(numbers.carriers_adults_per_1000_residents * thousands)};
}

void reckon_journeys(WorldRun& run) {
  const std::vector<Place>& places = run.input.world.places;
  const Parameters& numbers = run.numbers();
  run.minutes.clear();
  run.nearness.clear();
  for (const Place& hub : places) {
    if (!hub.is_hub) continue;
    std::vector<double>& minutes = run.minutes.emplace_back();
    std::vector<double>& nearness = run.nearness.emplace_back();
    for (const Place& town : places) {
      const double east = hub.easting_metres - town.easting_metres;
      const double north = hub.northing_metres - town.northing_metres;
      const double kilometres = std::sqrt(east * east + north * north) / 1000;
      minutes.push_back(numbers.line_minutes_fixed + numbers.line_minutes_per_km * kilometres);
      nearness.push_back(base::portable_exp(-numbers.line_minutes_decay * minutes.back()));
    }
  }
}

WorldRun begin_world(RunInput input) {
  WorldRun run{.input = std::move(input), .minutes = {}, .nearness = {}, .pulls = {}, .levers = {}, .state = {}};
  const std::size_t towns = run.input.world.places.size();
  run.state.towns.resize(towns);
  run.levers.resize(towns);
  for (Levers& levers : run.levers) levers.fill(1);
  run.state.series.every = run.input.every;
  reckon_journeys(run);
  CHECK(!run.minutes.empty());
  for (std::size_t town = 0; town < towns; ++town) begin_people(run, static_cast<std::int32_t>(town));
  begin_hubs(run);
  for (std::size_t town = 0; town < towns; ++town) {
    Town& there = run.state.towns[town];
    there.local_sellers_start = 1;
    there.local_sellers = 1;
    for (std::size_t hub = 0; hub < run.state.hubs.size(); ++hub) {
      if (run.minutes[hub][town] < run.minutes[index_of(there.nearest_hub)][town]) {
        there.nearest_hub = static_cast<std::int32_t>(hub);
      }
    }
  }
  begin_lines(run);
  for (std::size_t town = 0; town < towns; ++town) begin_market(run, static_cast<std::int32_t>(town));
  begin_stock(run);
  look_at_markets(run);
  for (std::size_t hub = 0; hub < run.state.hubs.size(); ++hub) {
    run.state.hubs[hub].attraction_start = attraction_of_all(run, static_cast<std::int32_t>(hub));
  }
  for (Town& town : run.state.towns) town.today = {};
  return run;
}

}  // namespace throughline::simulate
