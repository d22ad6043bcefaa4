// Custody records of a force: everybody it arrests, with what was said of children.
#include <array>
#include <optional>
#include <string>

#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

enum class Sort : std::uint8_t { background, carrier, controller, seller, thief };

constexpr std::array<Flaw, 4> k_flaws{{{"Arrested at", "2024-03-05 10:11", "not_a_date", "a date in another layout"},
                                       {"Arrested at", "30/02/2024 11:40", "not_a_date", "30 February"},
                                       {"Custody reference", "", "required_is_blank", "a required reference is empty"},
                                       {"", "", "ragged_row", "one field more than the header has"}}};

void add(Recorder& recorder, const Happening& happening, Sort sort) {
  Case one = recorder.case_of(happening);
  one.why = static_cast<std::uint8_t>(sort);
  if (sort == Sort::controller) one.who = recorder.scene().controller(one.line, one.day - 1);
  if (sort == Sort::seller) one.who = recorder.scene().arrested_seller(one.town, one.key, one.day);
  recorder.add(one);
}

// Whose arrest it is; nothing for what is none.
std::optional<Sort> sort_of(const Happening& happening) {
  switch (happening.what) {
    case Happened::carrier_arrested: return Sort::carrier;
    case Happened::controller_arrested: return Sort::controller;
    case Happened::local_seller_arrested: return Sort::seller;
    case Happened::prison_in:
      if (happening.how == How::stole_to_buy) return Sort::thief;
      return std::nullopt;
    default: return std::nullopt;
  }
}

void cases(Recorder& recorder) {
  for (const std::int32_t town : recorder.agency().towns) {
    for (const Happening* happening : recorder.scene().by_town[index_of(town)]) {
      if (const auto sort = sort_of(*happening)) add(recorder, *happening, *sort);
    }
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 13, .most = 60}, one.day);
    return true;
  });
}

bool is_of_drugs(const Case& what) {
  const auto sort = static_cast<Sort>(what.why);
  return sort == Sort::carrier || sort == Sort::controller || sort == Sort::seller;
}

std::string flags_of(Row& row, bool is_minor) {
  std::string flags;
  const auto add_flag = [&](std::string_view flag) {
    if (!flags.empty()) flags += "; ";
    flags += flag;
  };
  const bool is_carrier = static_cast<Sort>(row.what().why) == Sort::carrier;
  if (is_minor) add_flag("Appropriate adult called");
  if (is_minor) add_flag("Child");
  if (is_carrier && row.is(row.practice().figure(Figure::exploitation_raised))) add_flag("Exploitation raised");
  if (is_carrier && row.what().who.town != row.what().town) add_flag("Found far from home");
  if (is_carrier && is_minor && row.is(row.practice().figure(Figure::missing_raised))) add_flag("Reported missing");
  if (is_carrier && is_minor && row.is(row.practice().figure(Figure::section_45_raised))) add_flag("Section 45 raised");
  return flags;
}

std::string_view disposal_of(Row& row, bool is_minor) {
  constexpr std::array<std::string_view, 4> k_other{"Released under investigation", "Bailed", "No further action",
                                                    "Caution"};
  switch (row.what().how) {
    case How::charged: return "Charged";
    case How::to_prison:
    case How::stole_to_buy:
    case How::closed:
    case How::taken_over: return "Charged and remanded";
    case How::referred:
    case How::sent_home: return is_minor && row.is(0.3) ? "Returned to care" : "No further action";
    default: return row.one_of(k_other);
  }
}

std::string_view drug_test_of(Row& row) {
  constexpr std::array<std::string_view, 4> k_users{"Positive: opiates and cocaine", "Positive: opiates",
                                                    "Positive: cocaine", "Refused"};
  constexpr std::array<std::string_view, 4> k_others{"Not tested", "Not tested", "Negative", "Positive: cocaine"};
  return static_cast<Sort>(row.what().why) == Sort::thief ? row.one_of(k_users) : row.one_of(k_others);
}

void put_person(Row& row) {
  const WrittenIdentity person = row.person(row.what().who, "detained");
  row.put(person.forename);
  row.put(person.surname);
  row.put(person.known_as);
  row.put_born(person);
  row.put(person.sex);
  row.put(person.ethnicity);
  row.put(person.telephone);
  row.put(person.address);
  row.put(person.postcode);
  row.put(person.police_id);
}

void row(Row& row) {
  constexpr std::array<std::string_view, 3> k_grounds{"Prompt and effective investigation", "Further arrest enquiries",
                                                      "Prevent harm"};
  constexpr std::array<std::string_view, 3> k_risk{"Standard", "Medium", "High"};
  constexpr std::array<std::string_view, 3> k_said{"Said nothing.", "Said that an older boy gave the bag to hold.",
                                                   "Came alone; a car waited outside."};
  const Case& what = row.what();
  const bool is_minor = is_under(row.scene(), what.who, 18, what.day);
  const bool is_thief = static_cast<Sort>(what.why) == Sort::thief;
  row.key("CUS");
  row.put(row.agency().name);
  row.may({row.scene().place(what.town).name, " Custody"});
  row.put_minute(what.day, what.second);
  const Home& place = row.somewhere(what.town);
  row.may(place.address);
  row.may(place.postcode);
  const std::int32_t authorised = what.second + row.between(20, 150) * 60;
  row.put_minute(what.day, authorised);
  row.put_minute(what.day, authorised + row.between(2, 23) * 3'600);
  row.may(is_minor && row.is(0.3) ? "Protect a child or vulnerable person" : row.one_of(k_grounds));
  const bool is_drugs = is_of_drugs(what);
  row.may(is_drugs ? "92A" : is_thief ? "49" : "105A");
  row.may(is_drugs ? "Trafficking in controlled drugs" : is_thief ? "Theft from shops" : "Assault without injury");
  row.may(crime_reference(row.scene(), what));
  put_person(row);
  const Home& home = row.identity(what.who).home(what.day);
  const bool is_looked_after = is_minor && home.kind == HomeKind::placement;
  row.may({is_looked_after ? row.scene().place(what.who.town).name : std::string_view(),
           is_looked_after ? " Council" : ""});
  row.may(flags_of(row, is_minor));
  row.may(row.one_of(k_risk));
  row.may(drug_test_of(row));
  row.may(disposal_of(row, is_minor));
  row.may_day(what.day + row.between(1, 2));
  row.may(row.one_of(k_said));
  row.end();
}

}  // namespace

Recipe custody_recipe() {
  return {.dates = DateForm::british, .flaws = k_flaws, .cases = cases, .row = row};
}

}  // namespace throughline::simulate
