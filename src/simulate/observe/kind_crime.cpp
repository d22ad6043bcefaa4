// Crime reports of a force: violence and robbery as far as they are reported, drug offences as far as police look.
#include <array>
#include <string>

#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

enum class Sort : std::uint8_t {
  background,
  robbery,
  assault,
  fight,
  carrier,
  controller,
  seller,
  slavery,
  possession,
  home
};

struct Offence {
  std::string_view code;
  std::string_view title;
};
constexpr Offence k_assault{"105A", "Assault without injury"};
constexpr Offence k_injury{"8N", "Assault with injury"};
constexpr Offence k_robbery{"34B", "Robbery of personal property"};
constexpr Offence k_blade{"10D", "Possession of article with blade or point"};
constexpr Offence k_supply{"92A", "Trafficking in controlled drugs"};
constexpr Offence k_other_drugs{"92C", "Other drug offences"};
constexpr Offence k_possession{"92D", "Possession of controlled drugs (excluding cannabis)"};
constexpr Offence k_cannabis{"92E", "Possession of controlled drugs (cannabis)"};
constexpr Offence k_threats{"3B", "Threats to kill"};
constexpr Offence k_slavery{"106", "Modern slavery"};
constexpr std::array<Offence, 16> k_background{k_assault, k_assault,  k_assault,  k_assault,   k_injury, k_injury,
                                               k_injury,  k_injury,   k_robbery,  k_robbery,   k_blade,  k_blade,
                                               k_threats, k_cannabis, k_cannabis, k_possession};

constexpr std::array<Flaw, 5> k_flaws{{{"Occurred from", "31/02/2024 10:00", "not_a_date", "31 February"},
                                       {"Reported date", "", "required_is_blank", "a required date is empty"},
                                       {"Latitude", "5l.57", "not_a_number", "a letter in a number"},
                                       {"Crime reference", "", "required_is_blank", "a required reference is empty"},
                                       {"", "", "ragged_row", "one field more than the header has"}}};

bool is_of_drugs(const Offence& offence) {
  return offence.code.starts_with("92");
}

Offence offence_of(const Case& what) {
  switch (static_cast<Sort>(what.why)) {
    case Sort::background: return k_background[static_cast<std::size_t>(what.amount)];
    case Sort::robbery: return k_robbery;
    case Sort::assault:
    case Sort::fight: return what.how == How::none ? k_assault : k_injury;
    case Sort::carrier:
    case Sort::controller:
    case Sort::seller: return k_supply;
    case Sort::slavery: return k_slavery;
    case Sort::possession: return k_possession;
    case Sort::home: return k_other_drugs;
  }
  return k_assault;
}

// Who suffered it and who is said to have done it. Who of those who use robs is drawn here: the model counts acts only.
void name_people(const Recorder& recorder, Case& one) {
  const Scene& scene = recorder.scene();
  base::Random random = scene.draw(mixed(one.key, 5), one.day);
  one.who = scene.harmed(one.town, one.line, one.key, one.day);
  if (random.uniform01() >= recorder.practice().figure(Figure::suspect_named)) return;
  const bool is_fight = static_cast<Sort>(one.why) == Sort::fight;
  one.other =
      is_fight ? scene.bystander(one.town, random, {.least = 16}, one.day) : scene.user(one.town, random, one.day);
}

void add_act(Recorder& recorder, const Happening& happening, Sort sort) {
  Case one = recorder.case_of(happening);
  one.why = static_cast<std::uint8_t>(sort);
  name_people(recorder, one);
  if (one.day < recorder.scene().first_day) return;
  recorder.add(one, recorder.scene().town_day(one.town, one.day).recording);
}

void add_suspected(Recorder& recorder, const Happening& happening, Sort sort) {
  Case one = recorder.case_of(happening);
  one.why = static_cast<std::uint8_t>(sort);
  one.other = one.who;
  one.who = {};
  if (sort == Sort::controller) one.other = recorder.scene().controller(one.line, one.day - 1);
  if (sort == Sort::seller) one.other = recorder.scene().arrested_seller(one.town, one.key, one.day);
  recorder.add_seen(one);
}

void add_happening(Recorder& recorder, const Happening& happening) {
  switch (happening.what) {
    case Happened::robbery: return add_act(recorder, happening, Sort::robbery);
    case Happened::assault: return add_act(recorder, happening, Sort::assault);
    case Happened::fight: return add_act(recorder, happening, Sort::fight);
    case Happened::carrier_arrested: {
      add_suspected(recorder, happening, Sort::carrier);
      if (happening.how != How::referred) return;
      Case one = recorder.case_of(happening);
      one.key = mixed(one.key, 4);
      one.why = static_cast<std::uint8_t>(Sort::slavery);
      return recorder.add_seen(one);
    }
    case Happened::controller_arrested: return add_suspected(recorder, happening, Sort::controller);
    case Happened::local_seller_arrested: return add_suspected(recorder, happening, Sort::seller);
    case Happened::home_freed: {
      if (happening.how != How::premises_closed) return;
      Case one = recorder.case_of(happening);
      one.why = static_cast<std::uint8_t>(Sort::home);
      return recorder.add_seen(one);
    }
    default: return;
  }
}

// Offences that are found because police look for them: they follow effort, and how many people use there at all.
void add_possession(Recorder& recorder, std::int32_t town) {
  const Scene& scene = recorder.scene();
  const double yearly = scene.run().numbers().police_searches_per_1000_users *
                        static_cast<double>(scene.run().town(town).users_start) / 1000;
  for (std::int32_t day = scene.first_day; day < scene.end_day; ++day) {
    base::Random random = scene.draw(mixed(recorder.agency().key, mixed(static_cast<std::uint64_t>(town), 5)), day);
    const double mean = yearly / 365.25 * recorder.effort() * scene.town_day(town, day).recording;
    for (std::int64_t left = random.poisson(mean); left > 0; --left) {
      Case one{.day = day, .town = town};
      one.key = random.bits64();
      one.second = static_cast<std::int32_t>(random.below(86'400));
      one.other = scene.user(town, random, day);
      one.why = static_cast<std::uint8_t>(Sort::possession);
      recorder.add_seen(one);
    }
  }
}

void cases(Recorder& recorder) {
  for (const std::int32_t town : recorder.agency().towns) {
    for (const Happening* happening : recorder.scene().by_town[index_of(town)]) add_happening(recorder, *happening);
    add_possession(recorder, town);
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.amount = static_cast<std::int64_t>(random.below(k_background.size()));
    const bool is_known = random.uniform01() < 0.35;
    const bool is_found = is_of_drugs(offence_of(one)) || offence_of(one).code == k_blade.code;
    if (!is_found) one.who = recorder.scene().bystander(one.town, random, {.least = 12}, one.day);
    if (is_found || is_known) one.other = recorder.scene().bystander(one.town, random, {.least = 12}, one.day);
    return true;
  });
}

std::string flags_of(Row& row) {
  const Case& what = row.what();
  const auto sort = static_cast<Sort>(what.why);
  if (sort == Sort::home) return "Home taken over";
  if (sort == Sort::controller) return "County lines";
  if (sort == Sort::slavery) return "County lines; Child criminal exploitation";
  if (sort != Sort::carrier) return {};
  const bool is_minor = is_under(row.scene(), what.other, 18, what.day);
  return is_minor && row.is(row.practice().figure(Figure::exploitation_in_crime))
             ? "County lines; Child criminal exploitation"
             : "County lines";
}

std::string_view outcome_of(Row& row) {
  const Case& what = row.what();
  constexpr std::array<std::string_view, 4> k_known{"Suspect charged", "Awaiting court outcome", "Local resolution",
                                                    "Unable to prosecute suspect"};
  constexpr std::array<std::string_view, 3> k_unknown{"Investigation complete; no suspect identified",
                                                      "Under investigation",
                                                      "Further investigation is not in the public interest"};
  if (what.how == How::charged || what.how == How::to_prison || static_cast<Sort>(what.why) == Sort::controller) {
    return "Suspect charged";
  }
  if (static_cast<Sort>(what.why) == Sort::possession) return "Offender given a caution";
  return what.other.number == k_none ? row.one_of(k_unknown) : row.one_of(k_known);
}

std::string_view summary_of(Row& row) {
  constexpr std::array<std::string_view, 3> k_violence{"Reported by the person hurt the same day.",
                                                       "A passer-by called; both had gone before anybody came.",
                                                       "Told at hospital; would not make a statement."};
  constexpr std::array<std::string_view, 3> k_drugs{"Stopped on foot; packets found.",
                                                    "Wraps, cash and two telephones recovered.",
                                                    "Found at an address where others come and go."};
  return row.what().who.number == k_none ? row.one_of(k_drugs) : row.one_of(k_violence);
}

void put_people(Row& row) {
  const Case& what = row.what();
  const WrittenIdentity victim = row.person(what.who, "victim");
  row.put(victim.forename);
  row.put(victim.surname);
  row.put_born(victim);
  row.put(victim.sex);
  row.put(victim.ethnicity);
  row.put(victim.telephone);
  const WrittenIdentity suspect = row.person(what.other, "suspect");
  row.put(suspect.forename);
  row.put(suspect.surname);
  row.put_born(suspect);
  row.put(suspect.sex);
  row.put(suspect.ethnicity);
  row.put(suspect.address);
  row.put(suspect.postcode);
  row.put(suspect.telephone);
}

void row(Row& row) {
  const Case& what = row.what();
  const Offence offence = offence_of(what);
  const auto sort = static_cast<Sort>(what.why);
  row.key("");
  row.put(row.agency().name);
  row.put(offence.code);
  row.may(offence.title);
  const std::int32_t later =
      what.recorded == what.day ? std::min(86'399, what.second + row.between(300, 7'200)) : row.between(0, 86'399);
  row.put_minute(what.recorded, later);
  row.put_minute(what.day, what.second);
  row.blank();
  const Home& place = sort == Sort::home ? row.identity(what.who).home(what.day) : row.somewhere(what.town);
  row.may(place.address);
  row.may(place.postcode);
  row.put_position(place.position, row.is(row.practice().level(Kind::crime, Level::filled)));
  put_people(row);
  const bool has_car = sort == Sort::controller || (sort == Sort::carrier && row.is(0.15));
  row.may(has_car ? registration_of(row.scene(), row.scene().controller(what.line, what.day - 1)) : std::string());
  row.may(flags_of(row));
  row.may(outcome_of(row));
  row.may_day(what.recorded + row.between(0, 90));
  row.may(summary_of(row));
  row.end();
}

}  // namespace

Recipe crime_recipe() {
  return {.dates = DateForm::british, .flaws = k_flaws, .cases = cases, .row = row};
}

}  // namespace throughline::simulate
