#include "simulate/lines.h"

#include <algorithm>

#include "simulate/mechanisms.h"
#include "simulate/violence.h"

namespace throughline::simulate {

namespace {

void take_from(std::vector<std::int32_t>& numbers, std::int32_t number) {
  const auto at = std::ranges::lower_bound(numbers, number);
  CHECK(at != numbers.end() && *at == number);
  numbers.erase(at);
}

void put_into(std::vector<std::int32_t>& numbers, std::int32_t number) {
  numbers.insert(std::ranges::lower_bound(numbers, number), number);
}

// How many sell in a town beside how many did at the start; 1 where as many do.
double sellers_beside_start(const WorldRun& run, std::int32_t number) {
  const Town& town = run.town(number);
  const double lines_expected = run.numbers().line_per_1000_users * static_cast<double>(town.users_start) / 1000;
  const double rivals = (static_cast<double>(town.lines.size()) + 0.5) / (lines_expected + 0.5);
  const double locals =
      (static_cast<double>(town.local_sellers) + 1) / (static_cast<double>(town.local_sellers_start) + 1);
  return 0.25 + 0.75 * (rivals + locals) / 2;
}

double room_for_sellers(const WorldRun& run, std::int32_t number) {
  return power(sellers_beside_start(run, number), -run.numbers().line_competition_weight);
}

double pull_of(const WorldRun& run, std::int32_t number) {
  const auto users = static_cast<double>(how_many(run.town(number), PersonKind::user, PersonState::active) + 1);
  return power(users, run.numbers().line_attraction_demand) * room_for_sellers(run, number);
}

// Stops on the way deter as a longer journey would; within one place there is no way.
bool is_way_watched(const WorldRun& run, std::int32_t hub, std::int32_t town) {
  return run.lever(town, Lever::travel_stops) != 1.0 && run.state.hubs[index_of(hub)].town != town;
}

// How far the journey of today leaves a town attractive.
double nearness_today(const WorldRun& run, std::int32_t hub, std::int32_t town) {
  if (!is_way_watched(run, hub, town)) return run.nearness[index_of(hub)][index_of(town)];
  const double minutes = run.minutes[index_of(hub)][index_of(town)];
  return base::portable_exp(-run.numbers().line_minutes_decay * minutes * run.lever(town, Lever::travel_stops));
}

std::vector<double> attractions(const WorldRun& run, std::int32_t hub) {
  std::vector<double> all(run.pulls);
  for (std::size_t town = 0; town < all.size(); ++town) {
    all[town] *= nearness_today(run, hub, static_cast<std::int32_t>(town));
  }
  return all;
}

// The market that was left; where its roads are watched more than usual, some turn to another instead, as a new line
// would choose it.
std::int32_t town_of_winner(const WorldRun& run, const Vacancy& vacancy, base::Random& random) {
  if (!is_way_watched(run, vacancy.hub, vacancy.town)) return vacancy.town;
  const double stays =
      nearness_today(run, vacancy.hub, vacancy.town) / run.nearness[index_of(vacancy.hub)][index_of(vacancy.town)];
  return random.uniform01() < stays ? vacancy.town : chosen_town(run, vacancy.hub, random);
}

// Who contends for a market that was left: the most violent is the likeliest to win it.
void settle(WorldRun& run, const Vacancy& vacancy) {
  base::Random random = run.draw(Purpose::opening, vacancy.key);
  Hub& hub = run.state.hubs[index_of(vacancy.hub)];
  // A market that few sell in is wanted by more.
  const double mean =
      run.numbers().line_contestants * room_for_sellers(run, vacancy.town) * run.lever(hub.town, Lever::newcomers);
  const std::int64_t contestants = std::min(random.poisson(mean), hub.would_be);
  if (contestants == 0) return;
  double best = 0;
  for (std::int64_t i = 0; i < contestants; ++i) best = std::max(best, random.uniform01());
  // Two who want one market fight as often as the winner is violent.
  if (contestants > 1 && random.uniform01() < best) count_fight(run, {.town = vacancy.town}, random);
  --hub.would_be;
  open_line(run, {.key = mixed(vacancy.key, 1),
                  .hub = vacancy.hub,
                  .town = town_of_winner(run, vacancy, random),
                  .capacity_for_violence = best,
                  .belief = run.numbers().violence_belief_start});
}

void settle_vacancies(WorldRun& run) {
  std::vector<Vacancy> due;
  std::erase_if(run.state.vacancies, [&](const Vacancy& vacancy) {
    if (vacancy.day <= run.state.day) due.push_back(vacancy);
    return vacancy.day <= run.state.day;
  });
  for (const Vacancy& vacancy : due) settle(run, vacancy);
}

// The pool of those who might run a line fills again, while any of it is in prison or runs one.
void come_forward(WorldRun& run, Hub& hub) {
  const double missing = static_cast<double>(std::max<std::int64_t>(0, hub.would_be_start - hub.would_be));
  const double rate = run.numbers().line_come_forward_per_year * run.lever(hub.town, Lever::newcomers);
  base::Random random = run.draw(Purpose::come_forward, static_cast<std::uint64_t>(hub.town));
  hub.would_be += random.poisson(missing * daily(rate));
}

// New lines come where the market is better than it was at the start.
void enter(WorldRun& run, std::int32_t number) {
  Hub& hub = run.state.hubs[index_of(number)];
  const auto before = static_cast<std::ptrdiff_t>(hub.releases.size());
  std::erase_if(hub.releases, [&](std::int32_t day) { return day <= run.state.day; });
  hub.would_be += before - static_cast<std::ptrdiff_t>(hub.releases.size());
  // Those who come back to more than there is room for have left it.
  hub.would_be = std::min(hub.would_be, hub.would_be_start);
  come_forward(run, hub);
  const double pull = attraction_of_all(run, number) / hub.attraction_start;
  const double rate = run.numbers().line_entry_per_year * run.lever(hub.town, Lever::newcomers) * pull *
                      static_cast<double>(hub.would_be) / 365.25;
  base::Random random = run.draw(Purpose::entry, static_cast<std::uint64_t>(number));
  const std::int64_t entrants = std::min(random.poisson(rate), hub.would_be);
  for (std::int64_t i = 0; i < entrants; ++i) {
    --hub.would_be;
    const std::uint64_t key = mixed(random.bits64(), static_cast<std::uint64_t>(i));
    const std::int32_t town = chosen_town(run, number, random);
    open_line(run, {.key = key,
                    .hub = number,
                    .town = town,
                    .capacity_for_violence = random.uniform01(),
                    .belief = run.numbers().violence_belief_start});
  }
}

// Lines that lack people close the sooner; numbers change as brands go on.
void go_on_or_give_up(WorldRun& run) {
  const Parameters& numbers = run.numbers();
  const std::vector<std::int32_t> open = run.state.open_lines;
  for (const std::int32_t number : open) {
    Line& line = run.line(number);
    base::Random random = run.draw(Purpose::give_up, line.key);
    const double staffed = std::min(1.0, static_cast<double>(line.carriers.size()) / numbers.carriers_per_line);
    const bool is_new = run.state.day - line.opened_day < static_cast<std::int32_t>(numbers.line_ramp_days);
    const double lacking = is_new ? 1 : (3 - 2 * staffed) * (3 - 2 * staffed);
    if (random.uniform01() < daily(numbers.line_give_up_per_year * lacking)) {
      ++run.state.hubs[index_of(line.hub)].would_be;
      // Its market is left, as after an arrest, and others want it.
      close_line(run, number, {.is_contested = true, .is_stock_seized = false, .how = How::gave_up});
      continue;
    }
    if (random.uniform01() < daily(numbers.line_number_change_per_year)) {
      count(run.town(line.town), Outcome::number_changes);
      tell(run, {.town = line.town,
                 .area = line.town,
                 .line = number,
                 .what = Happened::number_changed,
                 .how = How::by_itself});
    }
  }
}

}  // namespace

void look_at_markets(WorldRun& run) {
  run.pulls.resize(run.state.towns.size());
  for (std::size_t town = 0; town < run.pulls.size(); ++town) {
    run.pulls[town] = pull_of(run, static_cast<std::int32_t>(town));
  }
}

double attraction_of_all(const WorldRun& run, std::int32_t hub) {
  double total = 0;
  for (const double one : attractions(run, hub)) total += one;
  return total;
}

std::int32_t chosen_town(const WorldRun& run, std::int32_t hub, base::Random& random, std::int32_t except) {
  CHECK(run.pulls.size() == run.state.towns.size());
  std::vector<double> upto = attractions(run, hub);
  double total = 0;
  for (std::size_t town = 0; town < upto.size(); ++town) {
    if (static_cast<std::int32_t>(town) != except || upto.size() == 1) total += upto[town];
    upto[town] = total;
  }
  const double place = random.uniform01() * total;
  const auto at = std::ranges::upper_bound(upto, place);
  return static_cast<std::int32_t>(std::min<std::ptrdiff_t>(at - upto.begin(), std::ssize(upto) - 1));
}

std::int32_t open_line(WorldRun& run, const Opening& opening) {
  State& state = run.state;
  const auto number = static_cast<std::int32_t>(state.lines.size());
  Line line;
  line.key = opening.key;
  line.hub = opening.hub;
  line.town = opening.town;
  line.opened_day = state.day;
  line.capacity_for_violence = opening.capacity_for_violence;
  line.belief = opening.belief;
  state.lines.push_back(std::move(line));
  state.open_lines.push_back(number);
  run.town(opening.town).lines.push_back(number);
  tell(run, {.town = opening.town, .area = opening.town, .line = number, .what = Happened::line_opened});
  count(run.town(opening.town), Outcome::lines_opened);
  return number;
}

void close_line(WorldRun& run, std::int32_t number, Closing closing) {
  Line& line = run.line(number);
  CHECK(line.is_open());
  Hub& hub = run.state.hubs[index_of(line.hub)];
  for (std::size_t drug = 0; drug < k_drugs; ++drug) {
    if (is_for_cohort(drug)) continue;  // Lines hold none.
    const std::size_t import = import_of(drug);
    (closing.is_stock_seized ? run.state.drugs.seized[import] : hub.stock[import]) += line.stock[drug];
    if (closing.is_stock_seized) count(run.town(line.town), Outcome::grams_seized, line.stock[drug]);
    if (closing.is_stock_seized) {
      tell(run, {.town = line.town,
                 .area = line.town,
                 .line = number,
                 .amount = line.stock[drug],
                 .what = Happened::stock_seized,
                 .how = drug == 0 ? How::heroin : How::cocaine});
    }
    line.stock[drug] = 0;
  }
  lose_carriers(run, line);
  lose_homes(run, line);
  tell(run, {.town = line.town, .area = line.town, .line = number, .what = Happened::line_closed, .how = closing.how});
  line.closed_day = run.state.day;
  take_from(run.state.open_lines, number);
  take_from(run.town(line.town).lines, number);
  count(run.town(line.town), Outcome::lines_closed);
  if (!closing.is_contested) return;
  base::Random random = run.draw(Purpose::closing, line.key);
  const std::int32_t days = days_until(random, 365.25 / run.numbers().line_open_days);
  run.state.vacancies.push_back(
      {.key = mixed(line.key, 2), .hub = line.hub, .town = line.town, .day = run.state.day + days});
}

void move_line(WorldRun& run, std::int32_t number, base::Random& random) {
  Line& line = run.line(number);
  const std::int32_t town = chosen_town(run, line.hub, random, line.town);
  if (town == line.town) return;
  lose_homes(run, line);
  take_from(run.town(line.town).lines, number);
  line.town = town;
  line.opened_day = run.state.day;  // It has to make itself known again.
  put_into(run.town(town).lines, number);
  tell(run, {.town = town, .area = town, .line = number, .what = Happened::line_moved});
}

void lines_day(WorldRun& run) {
  look_at_markets(run);
  settle_vacancies(run);
  for (std::size_t hub = 0; hub < run.state.hubs.size(); ++hub) enter(run, static_cast<std::int32_t>(hub));
  go_on_or_give_up(run);
}

}  // namespace throughline::simulate
