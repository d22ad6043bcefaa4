#include "simulate/observe/scene.h"

#include <algorithm>
#include <tuple>

#include "simulate/observe/agencies.h"

namespace throughline::simulate {

namespace {

constexpr int k_tries = 8;

void take_line(Scene& scene, const Happening& one) {
  LineLife& life = scene.lines[index_of(one.line)];
  switch (one.what) {
    case Happened::line_moved: life.towns.emplace_back(one.day, one.town); return;
    case Happened::number_changed: life.number_days.push_back(one.day); return;
    case Happened::controller_arrested:
      if (one.how == How::taken_over) life.controller_days.push_back(one.day);
      return;
    case Happened::line_closed:
      life.closed = one.day;
      life.how = one.how;
      return;
    default: return;
  }
}

// What is under way for somebody, until it ends.
struct Open {
  std::map<PersonRef, Carrying> carrying;
  std::map<PersonRef, TakenOver> homes;
  std::map<PersonRef, std::int32_t> prison;
};

void take_carrying(Scene& scene, Open& open, const Happening& one) {
  const PersonRef person = person_of(one);
  if (one.what == Happened::recruited) {
    open.carrying[person] = {.person = person, .line = one.line, .from = one.day, .most_owed_pounds = one.amount};
    return;
  }
  const auto at = open.carrying.find(person);
  if (at == open.carrying.end()) return;
  if (one.what == Happened::week_carried) {
    at->second.most_owed_pounds = std::max(at->second.most_owed_pounds, one.amount);
    ++at->second.weeks;
    at->second.weeks_unpaid += one.how == How::unpaid ? 1 : 0;
    return;
  }
  at->second.until = one.day;
  at->second.how = one.how;
  scene.carryings.push_back(at->second);
  open.carrying.erase(at);
}

void take_home(Scene& scene, Open& open, const Happening& one) {
  const PersonRef host = person_of(one);
  if (one.what == Happened::home_taken) {
    open.homes[host] = {.host = host, .line = one.line, .town = one.town, .from = one.day};
    return;
  }
  const auto at = open.homes.find(host);
  if (at == open.homes.end()) return;
  at->second.until = one.day;
  at->second.how = one.how;
  scene.homes.push_back(at->second);
  open.homes.erase(at);
}

void take_away(Scene& scene, Open& open, const Happening& one) {
  const PersonRef person = person_of(one);
  if (one.what == Happened::died) {
    scene.away[person].emplace_back(one.day, k_without_end);
  } else if (one.what == Happened::prison_in) {
    open.prison[person] = one.day;
  } else if (const auto at = open.prison.find(person); at != open.prison.end()) {
    scene.away[person].emplace_back(at->second, one.day);
    open.prison.erase(at);
  }
}

void take(Scene& scene, Open& open, const Happening& one) {
  switch (one.what) {
    case Happened::recruited:
    case Happened::week_carried:
    case Happened::left_line: return take_carrying(scene, open, one);
    case Happened::home_taken:
    case Happened::home_freed: return take_home(scene, open, one);
    case Happened::died:
    case Happened::prison_in:
    case Happened::prison_out: return take_away(scene, open, one);
    default:
      if (one.line != k_none) take_line(scene, one);
      return;
  }
}

void begin_lines_of(Scene& scene) {
  const std::vector<Line>& lines = scene.run().state.lines;
  scene.lines.resize(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    scene.lines[i].number_days.push_back(0);
    scene.lines[i].controller_days.push_back(0);
  }
  for (const std::vector<Happening>& list : scene.input.happenings->by_area) {
    for (const Happening& one : list) {
      if (one.what != Happened::line_opened) continue;
      LineLife& life = scene.lines[index_of(one.line)];
      life.opened = one.day;
      life.towns.emplace_back(one.day, one.town);
      life.number_days[0] = life.controller_days[0] = one.day;
    }
  }
}

void sort_all(Scene& scene) {
  for (LineLife& life : scene.lines) {
    std::ranges::sort(life.towns);
    std::ranges::sort(life.number_days);
    std::ranges::sort(life.controller_days);
  }
  std::ranges::sort(scene.carryings, {},
                    [](const Carrying& one) { return std::tuple(one.line, one.from, one.person); });
  std::ranges::sort(scene.homes, {}, [](const TakenOver& one) { return std::tuple(one.town, one.from, one.host); });
  for (std::size_t i = 0; i < scene.carryings.size(); ++i) {
    scene.carryings_of[scene.carryings[i].person].push_back(i);
  }
  scene.of_line.assign(scene.lines.size(), {0, 0});
  for (std::size_t i = 0; i < scene.carryings.size(); ++i) {
    auto& [begin, end] = scene.of_line[index_of(scene.carryings[i].line)];
    if (end == 0) begin = i;
    end = i + 1;
  }
}

}  // namespace

std::int32_t LineLife::town_on(std::int32_t day) const {
  std::int32_t town = towns.front().second;
  for (const auto& [from, where] : towns) {
    if (from <= day) town = where;
  }
  return town;
}

std::int32_t LineLife::changes_by(std::int32_t day) const {
  const auto at = std::ranges::upper_bound(number_days, day);
  return std::max<std::int32_t>(0, static_cast<std::int32_t>(at - number_days.begin()) - 1);
}

base::Date Scene::date_of(std::int32_t day) const {
  return run().input.world.starts + (day - first_day);
}

base::Random Scene::draw(std::uint64_t subject, std::int32_t day) const {
  return chance(run().input.seed, {.purpose = Purpose::observe, .subject = subject, .day = day});
}

bool Scene::is_away(const PersonRef& person, std::int32_t day) const {
  const auto at = away.find(person);
  if (at == away.end()) return false;
  return std::ranges::any_of(at->second, [&](const auto& span) { return span.first <= day && day < span.second; });
}

PersonRef Scene::bystander(std::int32_t town, base::Random& random, Ages ages, std::int32_t day) const {
  const auto all = static_cast<std::uint64_t>(input.population->bystanders(town));
  PersonRef person{.circle = Circle::bystander, .town = town};
  constexpr int k_most_tries = 64;
  const double least_days = ages.least * k_days_per_year;
  const double most_days = (ages.most + 1) * k_days_per_year;
  for (int tried = 0; tried < k_most_tries; ++tried) {
    person.number = static_cast<std::int32_t>(random.below(all));
    const double days = day - input.population->birth_day(person);
    if (days >= least_days && days < most_days) break;
  }
  return person;
}

PersonRef Scene::user(std::int32_t town, base::Random& random, std::int32_t day) const {
  const People& people = run().town(town).people;
  const auto users = static_cast<std::uint64_t>(people.kind_begin[1]);
  for (int tried = 0; tried < k_tries && users > 0; ++tried) {
    const auto row = static_cast<std::int32_t>(random.below(users));
    const PersonRef person{.circle = Circle::market, .town = town, .number = row};
    if (people.state[index_of(row)] == PersonState::reserve || is_away(person, day)) continue;
    return person;
  }
  return bystander(town, random, {.least = 18}, day);
}

PersonRef Scene::controller(std::int32_t line, std::int32_t day) const {
  const LineLife& life = lines[index_of(line)];
  const auto at = std::ranges::upper_bound(life.controller_days, day);
  const auto which = static_cast<std::uint64_t>(at - life.controller_days.begin());
  const Line& held = run().line(line);
  base::Random random = draw(mixed(held.key, mixed(base::stream_of("controller"), which)), 0);
  const std::int32_t hub = run().state.hubs[index_of(held.hub)].town;
  return bystander(hub, random, {.least = 20, .most = 45}, 0);
}

PersonRef Scene::arrested_seller(std::int32_t town, std::uint64_t key, std::int32_t day) const {
  base::Random random = draw(mixed(key, 3), day);
  return bystander(town, random, {.least = 16, .most = 60}, day);
}

std::optional<PersonRef> Scene::carrier(std::int32_t line, base::Random& random, std::int32_t day) const {
  if (line == k_none) return std::nullopt;
  const auto [begin, end] = of_line[index_of(line)];
  std::vector<PersonRef> found;
  for (std::size_t i = begin; i < end && carryings[i].from <= day; ++i) {
    if (day <= carryings[i].until) found.push_back(carryings[i].person);
  }
  if (found.empty()) return std::nullopt;
  return found[static_cast<std::size_t>(random.below(found.size()))];
}

PersonRef Scene::harmed(std::int32_t town, std::int32_t line, std::uint64_t key, std::int32_t day) const {
  base::Random random = draw(mixed(key, 3), day);
  const std::optional<PersonRef> seller = carrier(line, random, day);
  return seller.has_value() ? *seller : bystander(town, random, {.least = 14, .most = 70}, day);
}

const TownDay& Scene::town_day(std::int32_t town, std::int32_t day) const {
  return input.happenings->days_by_town[index_of(town)][index_of(day)];
}

std::uint64_t key_of(const Scene& scene, const Happening& happening) {
  auto subject = static_cast<std::uint64_t>(happening.town);
  if (happening.line != k_none) subject = mixed(subject, scene.run().line(happening.line).key);
  if (happening.person != k_none) {
    subject = mixed(subject, person_key(happening.area, happening.person, happening.generation));
  } else {
    subject = mixed(subject, static_cast<std::uint64_t>(happening.amount));
  }
  return mixed(subject, mixed(static_cast<std::uint64_t>(happening.what), static_cast<std::uint64_t>(happening.day)));
}

Scene scene_of(ObserveInput input) {
  Scene scene{.input = std::move(input)};
  scene.first_day = scene.run().input.warm_up_days;
  scene.end_day = scene.first_day + scene.input.days;
  begin_lines_of(scene);
  Open open;
  for (const std::vector<Happening>& list : scene.input.happenings->by_area) {
    for (const Happening& one : list) take(scene, open, one);
  }
  for (const auto& [person, carrying] : open.carrying) scene.carryings.push_back(carrying);
  for (const auto& [host, home] : open.homes) scene.homes.push_back(home);
  for (const auto& [person, day] : open.prison) scene.away[person].emplace_back(day, k_without_end);
  sort_all(scene);
  scene.by_town.resize(scene.run().state.towns.size());
  for (const std::vector<Happening>& list : scene.input.happenings->by_area) {
    for (const Happening& one : list) scene.by_town[index_of(one.town)].push_back(&one);
  }
  scene.agencies = agencies_of(scene.run().input.world);
  return scene;
}

}  // namespace throughline::simulate
