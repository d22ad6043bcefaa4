// The truth of a run as files: who there is, which line sold where, who carried for it, and what was done.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>

#include "base/csv_cell.h"
#include "base/parallel.h"
#include "simulate/observe/observe.h"
#include "simulate/observe/telephone.h"

namespace throughline::simulate {

namespace {

std::string_view word_of(How how) {
  switch (how) {
    case How::none: return "";
    case How::paid: return "paid";
    case How::unpaid: return "unpaid";
    case How::by_itself: return "left";
    case How::helped: return "helped after missing";
    case How::grew_out: return "grew out";
    case How::line_gone: return "line closed";
    case How::charged: return "charged";
    case How::referred: return "referred and helped";
    case How::sent_home: return "sent home owing";
    case How::to_prison: return "to prison";
    case How::closed: return "line closed";
    case How::taken_over: return "line taken over";
    case How::wounded: return "wounded";
    case How::killed:
    case How::wounded_and_killed: return "killed";
    case How::completed: return "completed";
    case How::dropped_out: return "dropped out";
    case How::stole_to_buy: return "stole to buy";
    case How::carried: return "carried";
    case How::time_was_up: return "line moved on";
    case How::premises_closed: return "premises closed";
    case How::host_gone: return "host gone";
    case How::after_arrest: return "controller arrested";
    case How::gave_up: return "gave up";
    case How::heroin: return "heroin";
    case How::cocaine: return "cocaine";
  }
  return "";
}

// A day, or nothing where it has no end within the run.
std::string day_text(const Scene& scene, std::int32_t day) {
  return day >= scene.end_day ? std::string() : to_string(scene.date_of(day));
}

std::string line_name(std::int32_t line) {
  return line == k_none ? std::string() : fmt::format("line{}", line);
}

void append_person(std::string& text, const Scene& scene, const PersonRef& person) {
  const Population& population = *scene.input.population;
  constexpr std::array<std::string_view, k_person_kinds> k_kind_words{"user", "young", "adult at risk"};
  const auto kind = population.roll().kind_of(person);
  const Roll& roll = population.roll();
  const Naming name = named(roll, person);
  fmt::format_to(std::back_inserter(text), "{},{},{:016x},{},", truth_id(person),
                 kind.has_value()                  ? k_kind_words[static_cast<std::size_t>(*kind)]
                 : person.circle == Circle::family ? "family"
                                                   : "bystander",
                 roll.key(roll.household_of(person)), to_string(population.date_of(population.birth_day(person))));
  base::append_csv_cell(text, std::string(name.forename).append(" ").append(name.surname));
  text += ',';
  base::append_csv_cell(text, scene.place(person.town).name);
  fmt::format_to(std::back_inserter(text), ",{},{}\n", sex_of(roll, person) == PersonSex::male ? 'M' : 'F',
                 name.ethnicity);
}

// Some people of a town: rows of the market, then bystanders, counted through.
struct Stretch {
  std::int32_t town = 0;
  std::int32_t begin = 0;
  std::int32_t end = 0;
};

constexpr std::int32_t k_people_a_stretch = 2'048;

// After so many stretches, one a time; nothing at the end.
std::optional<Stretch> next_stretch(const Population& population, const Stretch& last) {
  const auto people = [&](std::int32_t town) { return population.market_people(town) + population.bystanders(town); };
  Stretch next{.town = last.town, .begin = last.end};
  if (next.begin == people(next.town)) next = {.town = last.town + 1};
  if (next.town == population.towns()) return std::nullopt;
  next.end = std::min(next.begin + k_people_a_stretch, people(next.town));
  return next;
}

// Everybody of the model, and everybody else whom a record could name is there by id in records.csv; who those are can
// be made again from their id.
std::string people_text(const Scene& scene, const Stretch& stretch) {
  std::string text;
  const std::int32_t market = scene.input.population->market_people(stretch.town);
  const People& people = scene.run().town(stretch.town).people;
  for (std::int32_t i = stretch.begin; i < stretch.end; ++i) {
    if (i >= market) {
      append_person(text, scene, {.circle = Circle::bystander, .town = stretch.town, .number = i - market});
      continue;
    }
    for (std::int32_t generation = 0; generation <= people.generation[index_of(i)]; ++generation) {
      append_person(text, scene,
                    {.circle = Circle::market,
                     .town = stretch.town,
                     .number = i,
                     .generation = static_cast<std::uint16_t>(generation)});
    }
  }
  return text;
}

// They are many: several stretches at a time, none kept.
base::Result<void> tell_people(const Scene& scene, const base::Interrupt& interrupt,
                               const std::function<base::Result<void>(TruthPiece)>& take) {
  constexpr std::string_view k_file = "people.csv";
  TRY(take({.file = k_file, .text = "person,kind,household,born,names,area,sex,ethnicity\n"}));
  Stretch last;
  const base::PipelineSteps<Stretch, std::string> steps{
      .read = [&]() -> base::Result<std::optional<Stretch>> {
        const std::optional<Stretch> next = next_stretch(*scene.input.population, last);
        if (next.has_value()) last = *next;
        return next;
      },
      .work = [&](Stretch stretch) -> base::Result<std::string> { return people_text(scene, stretch); },
      .write = [&](std::string text) { return take({.file = k_file, .text = std::move(text)}); }};
  return base::pipeline(steps, {.interrupt = &interrupt});
}

// Where and under whom a line sold, from one change of either to the next.
void append_stretches(std::string& text, const Scene& scene, std::int32_t line) {
  const LineLife& life = scene.lines[index_of(line)];
  std::set<std::int32_t> days(life.controller_days.begin(), life.controller_days.end());
  for (const auto& [day, town] : life.towns) days.insert(day);
  const std::string& hub = scene.place(scene.run().state.hubs[index_of(scene.run().line(line).hub)].town).name;
  for (auto day = days.begin(); day != days.end(); ++day) {
    const auto next = std::next(day);
    const bool is_last = next == days.end();
    const bool is_move = !is_last && life.town_on(*next) != life.town_on(*day);
    const std::string_view change = is_move ? "moved" : "line taken over";
    fmt::format_to(std::back_inserter(text), "{},", line_name(line));
    base::append_csv_cell(text, hub);
    text += ',';
    base::append_csv_cell(text, scene.place(life.town_on(*day)).name);
    fmt::format_to(std::back_inserter(text), ",{},{},{},{}\n", day_text(scene, *day),
                   day_text(scene, is_last ? life.closed : *next), truth_id(scene.controller(line, *day)),
                   is_last ? word_of(life.how) : change);
  }
}

// By line, then day.
std::string lines_text(const Scene& scene) {
  std::string text = "line,hub,town,opened,closed,controller,how_it_ended\n";
  for (std::size_t line = 0; line < scene.lines.size(); ++line) {
    append_stretches(text, scene, static_cast<std::int32_t>(line));
  }
  return text;
}

void append_line_numbers(std::string& text, const Scene& scene) {
  for (std::size_t i = 0; i < scene.lines.size(); ++i) {
    const LineLife& life = scene.lines[i];
    for (std::size_t change = 0; change < life.number_days.size(); ++change) {
      const bool is_last = change + 1 == life.number_days.size();
      const DealPhone phone = deal_phone(static_cast<std::int32_t>(i), static_cast<std::int32_t>(change));
      fmt::format_to(std::back_inserter(text), "{},{},,{},{},{},{}\n", phone.number,
                     line_name(static_cast<std::int32_t>(i)), day_text(scene, life.number_days[change]),
                     day_text(scene, is_last ? life.closed : life.number_days[change + 1]), phone.imei, phone.imsi);
    }
  }
}

std::set<PersonRef> people_of_lines(const Scene& scene) {
  std::set<PersonRef> people;
  for (const Carrying& one : scene.carryings) people.insert(one.person);
  for (std::size_t i = 0; i < scene.lines.size(); ++i) {
    for (const std::int32_t day : scene.lines[i].controller_days) {
      people.insert(scene.controller(static_cast<std::int32_t>(i), day));
    }
  }
  return people;
}

std::string numbers_text(const Scene& scene) {
  std::string text = "number,line,person,from,until,handset,sim\n";
  append_line_numbers(text, scene);
  for (const PersonRef& person : people_of_lines(scene)) {
    for (const Telephone& one : scene.input.population->of(person).telephones) {
      if (one.from_day >= scene.end_day) continue;
      fmt::format_to(std::back_inserter(text), "{},,{},{},{},{},{}\n", one.number, truth_id(person),
                     day_text(scene, one.from_day), day_text(scene, one.until_day), one.imei, one.imsi);
    }
  }
  return text;
}

std::string carrying_text(const Scene& scene) {
  std::string text = "person,line,from,until,how_it_ended,most_owed_pounds,weeks,weeks_unpaid\n";
  for (const Carrying& one : scene.carryings) {
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{}\n", truth_id(one.person), line_name(one.line),
                   day_text(scene, one.from), day_text(scene, one.until), word_of(one.how), one.most_owed_pounds,
                   one.weeks, one.weeks_unpaid);
  }
  return text;
}

std::string homes_text(const Scene& scene) {
  std::string text = "host,line,town,from,until,how_it_ended\n";
  for (const TakenOver& one : scene.homes) {
    fmt::format_to(std::back_inserter(text), "{},{},", truth_id(one.host), line_name(one.line));
    base::append_csv_cell(text, scene.place(one.town).name);
    fmt::format_to(std::back_inserter(text), ",{},{},{}\n", day_text(scene, one.from), day_text(scene, one.until),
                   word_of(one.how));
  }
  return text;
}

// Empty for what nobody did.
std::string_view what_was_done(const Happening& one) {
  switch (one.what) {
    case Happened::carrier_arrested: return "arrest of somebody who carries";
    case Happened::controller_arrested: return "arrest of a controller";
    case Happened::local_seller_arrested: return "arrest of a local seller";
    case Happened::stock_seized: return "seizure of stock";
    case Happened::treatment_started: return "treatment";
    case Happened::home_freed: return one.how == How::premises_closed ? "closure of premises" : "";
    case Happened::left_line: return one.how == How::helped ? "referral after missing" : "";
    default: return {};
  }
}

// What was done to whom on which day, and what came of it at once. What a policy did is the difference of two runs.
std::string interventions_text(const Scene& scene) {
  std::string text = "day,town,what,person,line,what_it_did\n";
  std::vector<std::tuple<std::int32_t, std::int32_t, std::string>> rows;
  for (const auto& list : scene.by_town) {
    for (const Happening* one : list) {
      if (one->day < scene.first_day || one->day >= scene.end_day) continue;
      const std::string_view what = what_was_done(*one);
      if (what.empty()) continue;
      const std::string person = one->person == k_none ? std::string() : truth_id(person_of(*one));
      rows.emplace_back(one->day, one->town,
                        fmt::format("{},{},{},{}", what, person, line_name(one->line), word_of(one->how)));
    }
  }
  std::ranges::sort(rows);
  for (const auto& [day, town, rest] : rows) {
    fmt::format_to(std::back_inserter(text), "{},", day_text(scene, day));
    base::append_csv_cell(text, scene.place(town).name);
    fmt::format_to(std::back_inserter(text), ",{}\n", rest);
  }
  return text;
}

}  // namespace

base::Result<void> tell_truth(const Scene& scene, const base::Interrupt& interrupt,
                              const std::function<base::Result<void>(TruthPiece)>& take) {
  TRY(tell_people(scene, interrupt, take));
  TRY(take({.file = "lines.csv", .text = lines_text(scene)}));
  TRY(take({.file = "numbers.csv", .text = numbers_text(scene)}));
  TRY(take({.file = "carrying.csv", .text = carrying_text(scene)}));
  TRY(take({.file = "homes.csv", .text = homes_text(scene)}));
  return take({.file = "interventions.csv", .text = interventions_text(scene)});
}

}  // namespace throughline::simulate
