#include <algorithm>

#include "simulate/arrests.h"
#include "simulate/lines.h"
#include "simulate/mechanisms.h"

namespace throughline::simulate {

namespace {

double sold_a_day(const Line& line) {
  return line.sales[0] + line.sales[1] + line.sales[2];
}

double mean_sales(const WorldRun& run) {
  double total = 0;
  for (const std::int32_t number : run.state.open_lines) total += sold_a_day(run.line(number));
  return total / static_cast<double>(std::max<std::size_t>(run.state.open_lines.size(), 1));
}

// A line that sells much is the likelier to be worked on.
double size_weight(const WorldRun& run, const Line& line, double mean) {
  if (mean <= 0) return 1;
  return power(std::clamp(sold_a_day(line) / mean, 0.05, 20.0), run.numbers().police_size_bias);
}

void carriers_of(WorldRun& run, std::int32_t number) {
  Line& line = run.line(number);
  if (line.carriers.empty()) return;
  const Parameters& numbers = run.numbers();
  const std::int32_t hub_town = run.state.hubs[index_of(line.hub)].town;
  double rate = numbers.police_carrier_arrest_per_year * run.lever(line.town, Lever::carrier_arrests);
  if (hub_town != line.town) {
    rate += numbers.police_travel_arrest_per_hour * run.lever(line.town, Lever::travel_stops) *
            run.minutes[index_of(line.hub)][index_of(line.town)] / 60;
  }
  base::Random random = run.draw(Purpose::carrier_arrest, line.key);
  if (random.uniform01() >= daily(rate * static_cast<double>(line.carriers.size()))) return;
  arrest_carrier(run, number, random.below(line.carriers.size()), random);
}

void controller_of(WorldRun& run, std::int32_t number, double mean) {
  const Line& line = run.line(number);
  base::Random random = run.draw(Purpose::controller_arrest, line.key);
  const double effort = std::max(run.lever(line.town, Lever::controller_arrests),
                                 run.lever(run.state.hubs[index_of(line.hub)].town, Lever::controller_arrests));
  const double rate = run.numbers().police_controller_arrest_per_year * effort * size_weight(run, line, mean);
  if (random.uniform01() < daily(rate)) arrest_controller(run, number, random);
}

bool is_meant(const std::vector<std::int32_t>& areas, std::int32_t town) {
  return areas.empty() || std::ranges::find(areas, town) != areas.end();
}

void strike_line(WorldRun& run, std::int32_t number, const Strike& strike) {
  Line& line = run.line(number);
  base::Random random = run.draw(Purpose::strike, line.key);
  if (strike.target == StrikeTarget::controllers) {
    if (random.uniform01() < strike.share) arrest_controller(run, number, random);
    return;
  }
  for (std::size_t i = line.carriers.size(); i-- > 0;) {
    if (random.uniform01() < strike.share) arrest_carrier(run, number, i, random);
  }
}

void strike_stock(WorldRun& run, const Strike& strike) {
  for (Hub& hub : run.state.hubs) {
    if (!is_meant(strike.areas, hub.town)) continue;
    for (std::size_t import = 0; import < k_shipped; ++import) {
      const auto taken = static_cast<Milligrams>(static_cast<double>(hub.stock[import]) * strike.share);
      hub.stock[import] -= taken;
      run.state.drugs.seized[import] += taken;
      count(run.town(hub.town), Outcome::grams_seized, taken);
      tell(run, {.town = hub.town,
                 .area = hub.town,
                 .amount = taken,
                 .what = Happened::stock_seized,
                 .how = import == 0 ? How::heroin : How::cocaine});
    }
  }
}

void strike_once(WorldRun& run, const Strike& strike) {
  if (strike.target == StrikeTarget::stock) return strike_stock(run, strike);
  if (strike.target == StrikeTarget::local_sellers) {
    for (std::size_t number = 0; number < run.state.towns.size(); ++number) {
      Town& town = run.state.towns[number];
      if (!is_meant(strike.areas, static_cast<std::int32_t>(number))) continue;
      const auto taken = static_cast<std::int64_t>(static_cast<double>(town.local_sellers) * strike.share);
      town.local_sellers -= taken;
      count(town, Outcome::local_sellers_arrested, taken);
      count(town, Outcome::drug_offences_recorded, taken);
      tell_of_local_sellers(run, static_cast<std::int32_t>(number), taken);
    }
    return;
  }
  const std::vector<std::int32_t> open = run.state.open_lines;
  for (const std::int32_t number : open) {
    if (is_meant(strike.areas, run.line(number).town)) strike_line(run, number, strike);
  }
}

}  // namespace

void arrest_carrier(WorldRun& run, std::int32_t number, std::size_t which, base::Random& random) {
  Line& line = run.line(number);
  const Carrier carrier = line.carriers[which];
  Town& town = run.town(carrier.area);
  People& people = town.people;
  const std::size_t at = index_of(carrier.person);
  const Parameters& numbers = run.numbers();
  count(run.town(line.town), Outcome::drug_offences_recorded);
  const auto tells = [&](Happened what, How how) {
    tell_of(run, carrier.area, carrier.person, {.town = line.town, .line = number, .what = what, .how = how});
  };
  const auto leave = [&](PersonState state, How how) {
    tells(Happened::carrier_arrested, how);
    tells(Happened::left_line, how);
    line.carriers.erase(line.carriers.begin() + static_cast<std::ptrdiff_t>(which));
    people.line[at] = k_none;
    set_state(town, carrier.person, state);
    schedule_next(run, carrier.area, carrier.person);
  };
  if (!is_child(people, carrier.person, run.state.day)) {
    count(town, Outcome::adults_arrested);
    leave(PersonState::in_prison, How::to_prison);
    return tells(Happened::prison_in, How::carried);
  }
  count(town, Outcome::children_arrested);
  if (random.uniform01() < numbers.police_charge_child) {
    count(town, Outcome::children_charged);
    // Charged, they are at risk as before: nobody has helped.
    return leave(PersonState::at_risk, How::charged);
  }
  if (random.uniform01() < numbers.police_refer_child * run.lever(carrier.area, Lever::safeguarding)) {
    count(town, Outcome::children_referred);
    return leave(PersonState::safe, How::referred);
  }
  tells(Happened::carrier_arrested, How::sent_home);
  // Sent home, they owe what was taken from them.
  people.debt_pounds[at] += static_cast<std::int32_t>(numbers.carriers_robbery_pounds);
}

void arrest_controller(WorldRun& run, std::int32_t number, base::Random& random) {
  Line& line = run.line(number);
  Hub& hub = run.state.hubs[index_of(line.hub)];
  count(run.town(line.town), Outcome::controllers_arrested);
  count(run.town(line.town), Outcome::drug_offences_recorded);
  hub.releases.push_back(run.state.day + static_cast<std::int32_t>(run.numbers().prison_controller_days));
  const auto tells = [&](How how) {
    tell(run, {.town = line.town,
               .area = line.town,
               .line = number,
               .what = how == How::after_arrest ? Happened::number_changed : Happened::controller_arrested,
               .how = how});
  };
  if (random.uniform01() < run.numbers().line_closing_probability) {
    tells(How::closed);
    return close_line(run, number, {.is_contested = true, .is_stock_seized = true, .how = How::after_arrest});
  }
  // Somebody else takes it over, under a new number; without anybody it closes all the same.
  if (hub.would_be == 0) {
    tells(How::closed);
    return close_line(run, number, {.is_contested = true, .is_stock_seized = false, .how = How::after_arrest});
  }
  tells(How::taken_over);
  tells(How::after_arrest);
  --hub.would_be;
  count(run.town(line.town), Outcome::number_changes);
}

void tell_of_local_sellers(WorldRun& run, std::int32_t town, std::int64_t arrested) {
  for (std::int64_t i = 0; i < arrested; ++i) {
    tell(run, {.town = town, .area = town, .amount = i, .what = Happened::local_seller_arrested});
  }
}

void arrests_day(WorldRun& run) {
  const double mean = mean_sales(run);
  const std::vector<std::int32_t> open = run.state.open_lines;
  for (const std::int32_t number : open) {
    carriers_of(run, number);
    controller_of(run, number, mean);
  }
}

void strikes_day(WorldRun& run) {
  for (const Strike& strike : run.input.scenario.strikes) {
    if (strike.day + run.input.warm_up_days == run.state.day) strike_once(run, strike);
  }
}

void levers_day(WorldRun& run) {
  const std::int32_t day = run.state.day - run.input.warm_up_days;
  for (std::size_t town = 0; town < run.levers.size(); ++town) {
    Levers& levers = run.levers[town];
    levers.fill(1);
    for (const LeverAction& action : run.input.scenario.actions) {
      if (day < action.from || day >= action.until || !is_meant(action.areas, static_cast<std::int32_t>(town)))
        continue;
      levers[static_cast<std::size_t>(action.lever)] *= action.multiply;
    }
  }
}

}  // namespace throughline::simulate
