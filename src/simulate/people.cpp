#include <algorithm>

#include "simulate/mechanisms.h"
#include "simulate/person_events.h"

namespace throughline::simulate {

namespace {

constexpr double k_days_per_month = k_days_per_year / 12;

struct Weibull {
  double scale_days = 1;
  double shape = 1;
};

std::int32_t weibull_days(base::Random& random, Weibull weibull) {
  const double days = weibull.scale_days * power(-base::portable_log(open_uniform(random)), 1 / weibull.shape);
  return static_cast<std::int32_t>(1 + std::min(days, 36'525.0));
}

struct NextEvent {
  PersonEvent event = PersonEvent::none;
  std::int32_t in_days = 0;
};

// Whatever comes first of death and the rest.
NextEvent or_death(NextEvent next, std::int32_t death_in_days) {
  return death_in_days < next.in_days ? NextEvent{PersonEvent::die, death_in_days} : next;
}

NextEvent next_of_active(const Parameters& numbers, base::Random& random) {
  const std::array<std::pair<PersonEvent, double>, 5> rates{{{PersonEvent::seek, numbers.users_seek_treatment_per_year},
                                                             {PersonEvent::stop, numbers.users_stop_per_year},
                                                             {PersonEvent::die, numbers.users_death_per_year},
                                                             {PersonEvent::admission, numbers.users_admission_per_year},
                                                             {PersonEvent::prison, numbers.users_prison_per_year}}};
  double total = 0;
  for (const auto& [event, rate] : rates) total += rate;
  NextEvent next{.event = PersonEvent::none, .in_days = days_until(random, total)};
  double left = open_uniform(random) * total;
  for (const auto& [event, rate] : rates) {
    next.event = event;
    left -= rate;
    if (left < 0) break;
  }
  return next;
}

NextEvent next_of_treated(const WorldRun& run, std::int32_t town, base::Random& random) {
  const Parameters& numbers = run.numbers();
  const double scale = numbers.treatment_retention_days * run.lever(town, Lever::treatment_retention);
  const std::int32_t stays =
      weibull_days(random, {.scale_days = std::max(scale, 1.0), .shape = numbers.treatment_retention_shape});
  const double death = numbers.users_death_per_year * numbers.users_death_in_treatment_ratio;
  return or_death({PersonEvent::leave_treatment, stays}, days_until(random, death));
}

NextEvent next_of_stopped(const Parameters& numbers, base::Random& random) {
  const double scale = k_days_per_month * power(numbers.stopped_rate_per_month, -1 / numbers.stopped_shape);
  return {PersonEvent::relapse, weibull_days(random, {.scale_days = scale, .shape = numbers.stopped_shape})};
}

NextEvent next_of(const WorldRun& run, std::int32_t town, std::int32_t person) {
  const Parameters& numbers = run.numbers();
  const People& people = run.town(town).people;
  const std::size_t at = index_of(person);
  base::Random random = run.draw(Purpose::next_event, person_key(town, person, people.generation[at]));
  switch (people.state[at]) {
    case PersonState::active: return next_of_active(numbers, random);
    case PersonState::waiting:
      return {PersonEvent::give_up, days_until(random, k_days_per_year / numbers.treatment_patience_days)};
    case PersonState::in_treatment: return next_of_treated(run, town, random);
    case PersonState::stopped: return next_of_stopped(numbers, random);
    case PersonState::in_prison: {
      if (people.kind[at] != PersonKind::user) {
        return {PersonEvent::release, static_cast<std::int32_t>(1 + numbers.prison_carrier_days)};
      }
      return {PersonEvent::release, days_until(random, k_days_per_year / numbers.prison_user_days)};
    }
    case PersonState::carrying: return {PersonEvent::week, 7};
    case PersonState::at_risk:
    case PersonState::safe: {
      if (people.kind[at] == PersonKind::child) {
        const auto exit_days = static_cast<std::int32_t>(numbers.carriers_exit_age * k_days_per_year);
        return {PersonEvent::grow_out, std::max(1, people.birth_day[at] + exit_days - run.state.day)};
      }
      if (people.state[at] == PersonState::at_risk) return {};
      return {PersonEvent::at_risk_again, static_cast<std::int32_t>(numbers.carriers_safe_days)};
    }
    case PersonState::reserve:
    case PersonState::dead: return {};
  }
  return {};
}

void admit(WorldRun& run, std::int32_t number) {
  Town& town = run.town(number);
  const Parameters& numbers = run.numbers();
  const double places = numbers.treatment_places_per_user * static_cast<double>(town.users_start) *
                        run.lever(number, Lever::treatment_places);
  const double wait_days = numbers.treatment_wait_days * run.lever(number, Lever::treatment_wait);
  std::size_t admitted = 0;
  while (admitted < town.waiting.size()) {
    const Waiting& first = town.waiting[admitted];
    const auto in_treatment = static_cast<double>(how_many(town, PersonKind::user, PersonState::in_treatment));
    if (in_treatment + 1 > places || run.state.day - first.since < wait_days) break;
    set_state(town, first.person, PersonState::in_treatment);
    schedule_next(run, number, first.person);
    tell_of(run, number, first.person, {.town = number, .what = Happened::treatment_started});
    count(town, Outcome::treatment_starts);
    ++admitted;
  }
  town.waiting.erase(town.waiting.begin(), town.waiting.begin() + static_cast<std::ptrdiff_t>(admitted));
}

void begin_using(WorldRun& run, std::int32_t number) {
  Town& town = run.town(number);
  const double rate = run.numbers().users_begin_per_year * static_cast<double>(town.users_start) *
                      run.lever(number, Lever::beginning) / k_days_per_year;
  base::Random random = run.draw(Purpose::begin, static_cast<std::uint64_t>(number));
  for (std::int64_t left = random.poisson(rate); left > 0 && !town.reserve.empty(); --left) {
    const std::int32_t person = town.reserve.back();
    town.reserve.pop_back();
    set_state(town, person, PersonState::active);
    schedule_next(run, number, person);
    count(town, Outcome::began_using);
  }
}

void move_to(WorldRun& run, std::int32_t town, std::int32_t person, PersonState state) {
  set_state(run.town(town), person, state);
  schedule_next(run, town, person);
}

void user_event(WorldRun& run, std::int32_t number, std::int32_t person, PersonEvent event) {
  Town& town = run.town(number);
  const std::size_t at = index_of(person);
  base::Random random = run.draw(Purpose::person, person_key(number, person, town.people.generation[at]));
  const auto tells = [&](Happened what, How how = How::none) {
    tell_of(run, number, person, {.town = number, .what = what, .how = how});
  };
  switch (event) {
    case PersonEvent::seek:
      tells(Happened::treatment_sought);
      town.waiting.push_back({.person = person, .since = run.state.day});
      return move_to(run, number, person, PersonState::waiting);
    case PersonEvent::give_up:
      tells(Happened::treatment_given_up);
      std::erase_if(town.waiting, [&](const Waiting& waiting) { return waiting.person == person; });
      return move_to(run, number, person, PersonState::active);
    case PersonEvent::leave_treatment: {
      const bool has_stopped = random.uniform01() < run.numbers().treatment_completes;
      tells(Happened::treatment_left, has_stopped ? How::completed : How::dropped_out);
      return move_to(run, number, person, has_stopped ? PersonState::stopped : PersonState::active);
    }
    case PersonEvent::admission:
      // Less in what is sold, fewer poisoned by it.
      if (random.uniform01() < town.purity[0]) {
        count(town, Outcome::admissions_drugs);
        tells(Happened::admitted);
      }
      return schedule_next(run, number, person);
    case PersonEvent::die:
      count(town, Outcome::deaths_users);
      tells(Happened::died);
      return set_state(town, person, PersonState::dead);
    case PersonEvent::stop: return move_to(run, number, person, PersonState::stopped);
    case PersonEvent::prison:
      tells(Happened::prison_in, How::stole_to_buy);
      return move_to(run, number, person, PersonState::in_prison);
    case PersonEvent::relapse: return move_to(run, number, person, PersonState::active);
    default: CHECK(false);
  }
}

void person_event(WorldRun& run, std::int32_t number, std::int32_t person) {
  Town& town = run.town(number);
  const auto event = static_cast<PersonEvent>(town.people.event[index_of(person)]);
  switch (event) {
    case PersonEvent::week: return carrier_week(run, number, person);
    case PersonEvent::grow_out: return grow_out(run, number, person);
    case PersonEvent::at_risk_again: return move_to(run, number, person, PersonState::at_risk);
    case PersonEvent::release: {
      const bool is_user = town.people.kind[index_of(person)] == PersonKind::user;
      tell_of(run, number, person,
              {.town = number, .what = Happened::prison_out, .how = is_user ? How::stole_to_buy : How::carried});
      return move_to(run, number, person, is_user ? PersonState::active : PersonState::safe);
    }
    default: return user_event(run, number, person, event);
  }
}

}  // namespace

void schedule_next(WorldRun& run, std::int32_t town, std::int32_t person) {
  const NextEvent next = next_of(run, town, person);
  People& people = run.town(town).people;
  people.event[index_of(person)] = static_cast<std::uint8_t>(next.event);
  if (next.event == PersonEvent::none) return people.calendar.cancel(person);
  people.calendar.schedule(person, run.state.day + std::max(next.in_days, 1));
}

void people_day(WorldRun& run, std::int32_t town) {
  run.town(town).people.calendar.work_off(run.state.day, [&](std::int32_t person) { person_event(run, town, person); });
  admit(run, town);
  begin_using(run, town);
}

}  // namespace throughline::simulate
