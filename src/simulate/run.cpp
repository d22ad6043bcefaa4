#include "simulate/run.h"

#include <array>
#include <cmath>

#include "base/parallel.h"
#include "simulate/mechanisms.h"

namespace throughline::simulate {

namespace {

constexpr double k_millionths = 1e6;

void tell_of_town_day(WorldRun& run, std::int32_t number) {
  if (run.listener == nullptr) return;
  const Town& town = run.town(number);
  run.listener->days_by_town[index_of(number)].push_back(
      {.recording = run.lever(number, Lever::recording),
       .purity = town.purity,
       .users_active = how_many(town, PersonKind::user, PersonState::active)});
}

void add_stocks(WorldRun& run, std::int32_t number) {
  tell_of_town_day(run, number);
  Town& town = run.town(number);
  const auto users = [&](PersonState state) { return how_many(town, PersonKind::user, state); };
  count(town, Outcome::lines_open, std::ssize(town.lines));
  for (const std::int32_t line : town.lines) {
    if (run.state.hubs[index_of(run.line(line).hub)].town == number) count(town, Outcome::lines_internal);
    count(town, Outcome::homes_taken_over, std::ssize(run.line(line).homes));
  }
  count(town, Outcome::local_sellers, town.local_sellers);
  count(town, Outcome::users_active, users(PersonState::active));
  count(town, Outcome::users_waiting, users(PersonState::waiting));
  count(town, Outcome::users_in_treatment, users(PersonState::in_treatment));
  count(town, Outcome::users_stopped, users(PersonState::stopped));
  count(town, Outcome::users_in_prison, users(PersonState::in_prison));
  constexpr std::array k_prices{Outcome::heroin_price, Outcome::crack_price, Outcome::powder_price,
                                Outcome::cannabis_price};
  constexpr std::array k_purities{Outcome::heroin_purity, Outcome::crack_purity, Outcome::powder_purity,
                                  Outcome::cannabis_strength};
  for (std::size_t drug = 0; drug < k_drugs; ++drug) {
    count(town, k_prices[drug], std::llround(town.price[drug] * k_millionths));
    count(town, k_purities[drug], std::llround(town.purity[drug] * k_millionths));
  }
}

// What belongs to no town's own work.
void add_stocks_of_the_whole(WorldRun& run) {
  for (const std::int32_t number : run.state.open_lines) {
    for (const Carrier& carrier : run.line(number).carriers) {
      Town& home = run.town(carrier.area);
      const bool is_minor = is_child(home.people, carrier.person, run.state.day);
      count(home, is_minor ? Outcome::children_carrying : Outcome::adults_carrying);
    }
  }
  // Importers are nowhere: their routes are counted at the first hub.
  Town& first = run.town(run.state.hubs.front().town);
  for (const Importer& importer : run.state.importers) count(first, Outcome::routes, importer.routes);
}

bool begins_period(const WorldRun& run, std::int32_t day) {
  switch (run.input.every) {
    case Every::day: return true;
    case Every::week: return day % 7 == 0;
    case Every::month: return (run.input.world.starts + day).civil().day == 1;
  }
  return true;
}

void begin_town_days(WorldRun& run) {
  const std::int32_t day = days_done(run);
  if (day > 0 && !begins_period(run, day)) return;
  Series& series = run.state.series;
  if (day > 0) {
    for (const Town& town : run.state.towns) series.rows.push_back(town.today);
  }
  if (day >= 0) series.period_days.push_back(day);
  // What happened before the series begins is not told.
  for (Town& town : run.state.towns) town.today = {};
}

constexpr std::array k_mechanisms{
    Mechanism{"levers", "The scenario sets, by place, what policy turns up or down today.", "", nullptr, levers_day},
    Mechanism{
        "strikes",
        "Operations on one day: arrests of those who carry, of controllers or of local sellers, seizures of stock.",
        "police", nullptr, strikes_day},
    Mechanism{
        "people",
        "Whoever has something due today: people who use seek treatment, wait for a place, stay in it for a time that "
        "is "
        "Weibull, leave it, stop, relapse, are poisoned, go to prison, die; people made to carry work a week against "
        "their "
        "debt, go missing, are helped or leave; children grow out of the pool. Then places in treatment are filled and "
        "others begin to use.",
        "users treatment stopped carriers missing prison", people_day, nullptr},
    Mechanism{"market",
              "Each drug is asked for by those who use it, by habit and by the price of what is in it; sellers sell as "
              "far as they "
              "reach and their stock goes; what is sold is cut until the stock lasts, so that purity falls before the "
              "price moves.",
              "market", market_day, nullptr},
    Mechanism{
        "street",
        "Robbery for money to buy, violence under the influence, and what of it and of drug offences police record.",
        "violence police", street_day, nullptr},
    Mechanism{"local sellers",
              "Local sellers are arrested and their places filled again, as far as lines leave them a market.",
              "police local", local_sellers_day, nullptr},
    Mechanism{"departures", "Those who left a line of themselves are taken off it.", "", nullptr, departures_day},
    Mechanism{"approaches",
              "Lines that lack people each approach the one with most needs of a few at risk, at the hub or in the "
              "town; of two who "
              "approach one person a keyed draw decides. Who accepts owes for a first package.",
              "carriers", nullptr, approaches_day},
    Mechanism{"homes", "Lines take over homes of people who use, for a time; closure orders free them.", "homes police",
              nullptr, homes_day},
    Mechanism{"arrests",
              "People who carry are arrested in the town and on the way, children charged, referred or sent home owing "
              "what was taken; "
              "controllers are arrested, the likelier the more their line sells, and the line closes or is taken over.",
              "police prison line", nullptr, arrests_day},
    Mechanism{"contests",
              "Lines in one town try each other's customers, the less the more they believe that the other fights; a "
              "fight teaches "
              "both, and the loser may leave.",
              "violence", nullptr, contests_day},
    Mechanism{"lines",
              "Markets that a line left are fought for by newcomers, and the most violent is the likeliest to win; new "
              "lines come where "
              "users, nearness and few sellers draw them; lines give up, the sooner the fewer people they have.",
              "line", nullptr, lines_day},
    Mechanism{"supply",
              "Each week importers ship what hubs lack, on more routes and in smaller parts the more they lose; each "
              "day hubs deliver to "
              "lines and local sellers, everybody the same share of what they lack.",
              "imports market", nullptr, supply_day},
    Mechanism{"growing",
              "Cannabis comes from grows in each town and from abroad, to local sellers and not by lines. Police find "
              "grows and take the crop; others are begun, and the first crop takes its time.",
              "grows market", nullptr, grow_day},
    Mechanism{"counting", "What there is at the end of the day is counted.", "", add_stocks, nullptr},
    Mechanism{"counting people who carry", "Those who carry are counted where they live, children apart.", "", nullptr,
              add_stocks_of_the_whole},
};

void run_day(WorldRun& run) {
  begin_town_days(run);
  const auto towns = static_cast<std::int64_t>(run.state.towns.size());
  for (std::size_t first = 0; first < k_mechanisms.size();) {
    if (k_mechanisms[first].in_world != nullptr) {
      k_mechanisms[first++].in_world(run);
      continue;
    }
    std::size_t last = first;
    while (last < k_mechanisms.size() && k_mechanisms[last].in_town != nullptr) ++last;
    // Small worlds are quicker without handing out work; the answer is the same.
    const std::int64_t chunk = towns < 64 ? towns : 16;
    base::parallel_chunks({.items = towns, .chunk_items = chunk}, [&](const base::Chunk& part) {
      for (std::int64_t town = part.begin; town < part.end; ++town) {
        for (std::size_t i = first; i < last; ++i) k_mechanisms[i].in_town(run, static_cast<std::int32_t>(town));
      }
    });
    first = last;
  }
  ++run.state.day;
}

}  // namespace

std::span<const Mechanism> mechanisms() {
  return k_mechanisms;
}

base::Result<void> run_days(WorldRun& run, std::int32_t days, const base::Interrupt& interrupt, const Told& told) {
  while (days_done(run) < days) {
    TRY(interrupt.poll());
    run_day(run);
    if (told && run.state.day % 7 == 0) told(days_done(run));
  }
  return {};
}

Series series_so_far(const WorldRun& run) {
  Series series = run.state.series;
  if (days_done(run) <= 0) return series;
  for (const Town& town : run.state.towns) series.rows.push_back(town.today);
  series.period_days.push_back(days_done(run));
  return series;
}

}  // namespace throughline::simulate
