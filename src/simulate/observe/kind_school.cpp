// Schools, as a council holds them: attendance by half term, and exclusions.
#include <array>
#include <string>

#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

constexpr std::array<Flaw, 4> k_attendance_flaws{
    {{"From", "2024-02-30", "not_a_date", "30 February"},
     {"Sessions missed", "many", "not_a_number", "a word where a number belongs"},
     {"Pupil number", "", "required_is_blank", "a required number is empty"},
     {"", "", "ragged_row", "one field more than the header has"}}};
constexpr std::array<Flaw, 4> k_exclusion_flaws{
    {{"Begins", "2024-06-31", "not_a_date", "31 June"},
     {"Measure", "Sent home", "not_in_vocabulary", "a measure that is not one of the three"},
     {"School", "", "required_is_blank", "a required school is empty"},
     {"", "", "ragged_row", "one field more than the header has"}}};

constexpr std::int32_t k_age_begin = 11;
constexpr std::int32_t k_age_end = 16;

// Half terms of any year; made-up schools keep them all.
struct HalfTerm {
  int from_month, from_day, to_month, to_day;
};
constexpr std::array<HalfTerm, 6> k_half_terms{
    {{1, 6, 2, 14}, {2, 24, 4, 4}, {4, 22, 5, 23}, {6, 2, 7, 18}, {9, 3, 10, 24}, {11, 3, 12, 19}}};

struct Span {
  std::int32_t from = 0;
  std::int32_t to = 0;
};

std::vector<Span> half_terms(const Scene& scene) {
  std::vector<Span> spans;
  const base::Date first = scene.date_of(scene.first_day);
  for (int year = first.civil().year; year <= scene.date_of(scene.end_day).civil().year; ++year) {
    for (const HalfTerm& term : k_half_terms) {
      const base::Date from = *base::Date::from_civil({.year = year, .month = term.from_month, .day = term.from_day});
      const base::Date to = *base::Date::from_civil({.year = year, .month = term.to_month, .day = term.to_day});
      // From a Monday to a Friday.
      const int after_monday = (8 - static_cast<int>(from.weekday())) % 7;
      const int after_friday = (static_cast<int>(to.weekday()) + 2) % 7;
      const Span span{.from = scene.first_day + (from - first) + after_monday,
                      .to = scene.first_day + (to - first) - after_friday};
      if (span.from >= scene.first_day && span.to < scene.end_day) spans.push_back(span);
    }
  }
  return spans;
}

bool is_pupil(const Scene& scene, const PersonRef& person, std::int32_t day) {
  const double years = (day - scene.input.population->birth_day(person)) / k_days_per_year;
  return years >= k_age_begin && years < k_age_end;
}

// Young people of the market who are of school age, and so many others that there are as many rows as the rate says.
template <class Each>
void for_each_pupil(Recorder& recorder, std::int32_t town, const Span& term, const Each& each) {
  const Scene& scene = recorder.scene();
  const People& people = scene.run().town(town).people;
  for (std::int32_t row = people.kind_begin[1]; row < people.kind_begin[2]; ++row) {
    for (std::int32_t generation = 0; generation <= people.generation[index_of(row)]; ++generation) {
      const PersonRef person{
          .circle = Circle::market, .town = town, .number = row, .generation = static_cast<std::uint16_t>(generation)};
      if (is_pupil(scene, person, term.from)) each(person, true);
    }
  }
  const double rows_a_year =
      recorder.level(Level::background) * scene.run().input.world.scale * scene.place(town).residents / 1000;
  auto left = static_cast<std::int64_t>(rows_a_year / k_half_terms.size());
  for (std::int32_t i = 0; i < scene.input.population->bystanders(town) && left > 0; ++i) {
    const PersonRef person{.circle = Circle::bystander, .town = town, .number = i};
    if (!is_pupil(scene, person, term.from)) continue;
    each(person, false);
    --left;
  }
}

std::int32_t days_carrying(const Scene& scene, const PersonRef& person, const Span& term) {
  const auto at = scene.carryings_of.find(person);
  if (at == scene.carryings_of.end()) return 0;
  std::int32_t days = 0;
  for (const std::size_t which : at->second) {
    const Carrying& one = scene.carryings[which];
    days += std::max(0, std::min(one.until, term.to) - std::max(one.from, term.from));
  }
  return days;
}

std::uint64_t pupil_key(const PersonRef& person, std::int32_t day) {
  return mixed(mixed(static_cast<std::uint64_t>(person.town) << 32U | static_cast<std::uint32_t>(person.number),
                     static_cast<std::uint64_t>(person.circle) << 16U | person.generation),
               static_cast<std::uint64_t>(day));
}

void attendance_cases(Recorder& recorder) {
  for (const std::int32_t town : recorder.agency().towns) {
    for (const Span& term : half_terms(recorder.scene())) {
      for_each_pupil(recorder, town, term, [&](const PersonRef& person, bool is_of_market) {
        Case one{.day = term.to, .town = town, .key = pupil_key(person, term.from), .who = person};
        one.amount = term.from;
        if (is_of_market) {
          recorder.add(one);
        } else {
          recorder.add_seen(one);
        }
      });
    }
  }
}

void attendance_row(Row& row) {
  constexpr std::array<std::string_view, 4> k_reasons{"Illness", "Illness", "Other leave", "Holiday"};
  const Case& what = row.what();
  const Span term{.from = static_cast<std::int32_t>(what.amount), .to = what.day};
  const Identity& known = row.identity(what.who);
  row.name(known.pupil_number + " " + row.date_text(row.scene().date_of(term.from)));
  const WrittenIdentity pupil = row.person(what.who, "pupil");
  row.put(known.pupil_number);
  row.put(known.school);
  row.may(row.agency().name);
  row.put(pupil.forename);
  row.put(pupil.surname);
  row.put_born(pupil);
  row.put(pupil.sex);
  row.put(pupil.ethnicity);
  row.put(pupil.address);
  row.put(pupil.postcode);
  row.put_day(term.from);
  row.put_day(term.to);
  const std::int64_t possible = std::int64_t{(term.to - term.from + 1) * 5 / 7} * 2;
  const double share = static_cast<double>(days_carrying(row.scene(), what.who, term)) / (term.to - term.from + 1);
  const double absent = row.practice().figure(Figure::absence_base) * (0.2 + 1.6 * row.random().uniform01()) +
                        row.practice().figure(Figure::absence_carrying) * share;
  const std::int64_t missed = row.random().binomial(possible, std::min(1.0, absent));
  const std::int64_t unauthorised = row.random().binomial(missed, share > 0 ? 0.7 : 0.25);
  row.put_number(possible);
  row.put_number(missed);
  row.put_number(unauthorised);
  row.may(missed == 0 ? std::string_view() : unauthorised * 2 > missed ? "No reason given" : row.one_of(k_reasons));
  row.may(row.is(share > 0 ? 0.15 : 0.02) ? "Pupil referral unit" : "Mainstream school");
  row.end();
}

void exclusion_cases(Recorder& recorder) {
  const Scene& scene = recorder.scene();
  const double weekly = recorder.practice().figure(Figure::exclusions_carrying) * 7 / k_days_per_year;
  for (const std::int32_t area : recorder.agency().towns) {
    for (const Happening& happening : scene.input.happenings->by_area[index_of(area)]) {
      if (happening.what != Happened::week_carried || happening.day < scene.first_day) continue;
      if (!is_pupil(scene, person_of(happening), happening.day)) continue;
      Case one = recorder.case_of(happening);
      one.town = area;
      recorder.add(one, weekly);
    }
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = scene.bystander(one.town, random, {.least = k_age_begin, .most = k_age_end - 1}, one.day);
    one.why = 1;
    return is_pupil(scene, one.who, one.day);
  });
}

void exclusion_row(Row& row) {
  constexpr std::array<std::string_view, 5> k_reasons{"Disruption", "Physical assault", "Threat", "Bullying",
                                                      "Drug or alcohol related"};
  constexpr std::array<std::string_view, 2> k_carrying{"Drug or alcohol related", "Weapon"};
  const Case& what = row.what();
  const Identity& known = row.identity(what.who);
  const bool is_for_good = row.is(what.why == 1 ? 0.04 : 0.2);
  const std::int32_t days = row.between(1, 10);
  row.key("EXC");
  const WrittenIdentity pupil = row.person(what.who, "pupil");
  row.put(known.pupil_number);
  row.put(known.school);
  row.put(pupil.forename);
  row.put(pupil.surname);
  row.put_born(pupil);
  row.put(pupil.sex);
  row.put(pupil.ethnicity);
  row.put(pupil.address);
  row.put(pupil.postcode);
  row.put(is_for_good ? "Permanent exclusion" : "Suspension");
  row.put_day(what.day);
  if (is_for_good) {
    row.blanks(2);
  } else {
    row.put_day(what.day + days);
    row.put_number(std::int64_t{2} * days);
  }
  row.may(what.why == 0 && row.is(0.5) ? row.one_of(k_carrying) : row.one_of(k_reasons));
  row.may({is_for_good ? row.scene().place(what.town).name : std::string_view(), is_for_good ? " Unit" : ""});
  row.may(row.is(0.9) ? "Not asked for" : "Upheld");
  row.blank();
  row.end();
}

}  // namespace

Recipe attendance_recipe() {
  return {.dates = DateForm::iso, .flaws = k_attendance_flaws, .cases = attendance_cases, .row = attendance_row};
}

Recipe exclusion_recipe() {
  return {.dates = DateForm::iso, .flaws = k_exclusion_flaws, .cases = exclusion_cases, .row = exclusion_row};
}

}  // namespace throughline::simulate
