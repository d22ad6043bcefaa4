// Releases from prison: people who use, people who carried, those who ran lines, and others.
#include <array>
#include <string>

#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

constexpr std::array<Flaw, 4> k_flaws{{{"Released on", "2024-02-30", "not_a_date", "30 February"},
                                       {"Date of birth", "1990-13-02", "not_a_date", "month 13"},
                                       {"Prison number", "", "required_is_blank", "a required number is empty"},
                                       {"", "", "ragged_row", "one field more than the header has"}}};

void add_controller(Recorder& recorder, const Happening& happening) {
  Case one = recorder.case_of(happening);
  one.who = recorder.scene().controller(one.line, one.day - 1);
  one.day += static_cast<std::int32_t>(recorder.scene().run().numbers().prison_controller_days);
  recorder.add(one);
}

void cases(Recorder& recorder) {
  for (const auto& list : recorder.scene().by_town) {
    for (const Happening* happening : list) {
      if (happening->what == Happened::prison_out) recorder.add(recorder.case_of(*happening));
      if (happening->what == Happened::controller_arrested) add_controller(recorder, *happening);
    }
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 21, .most = 65}, one.day);
    one.why = 1;
    return true;
  });
}

std::string_view offence_of(Row& row) {
  constexpr std::array<std::string_view, 3> k_other{"Assault with injury", "Burglary", "Driving while disqualified"};
  if (row.what().why == 1) return row.one_of(k_other);
  return row.what().how == How::stole_to_buy ? "Theft from shops" : "Trafficking in controlled drugs";
}

void row(Row& row) {
  constexpr std::array<std::string_view, 3> k_prisons{"HMP Northmoor (made up)", "HMP Eastlock (made up)",
                                                      "HMP Weirgate (made up)"};
  constexpr std::array<std::string_view, 4> k_housing{"Own home", "Family or friends", "No fixed abode", "Supported"};
  const Case& what = row.what();
  const Identity& known = row.identity(what.who);
  const bool is_on_licence = row.is(0.7);
  row.key("REL");
  row.put(row.one_of(k_prisons));
  row.put(known.prison_number);
  const WrittenIdentity person = row.person(what.who, "released");
  row.put(person.forename);
  row.put(person.surname);
  row.put(person.known_as);
  row.put_born(person);
  row.put(person.sex);
  row.put(person.ethnicity);
  row.put(person.police_id);
  row.put_day(what.day);
  row.may(is_on_licence ? "On licence" : "End of sentence");
  if (is_on_licence) {
    row.put_day(what.day + row.between(60, 400));
  } else {
    row.blank();
  }
  row.may(offence_of(row));
  row.put(person.address);
  row.put(person.postcode);
  row.may(row.one_of(k_housing));
  const bool is_treated = what.how == How::stole_to_buy && row.is(0.4);
  row.may({is_treated ? row.scene().place(what.who.town).force : std::string_view(),
           is_treated ? " Recovery Service (made up)" : ""});
  row.end();
}

}  // namespace

Recipe release_recipe() {
  return {.dates = DateForm::iso, .flaws = k_flaws, .cases = cases, .row = row};
}

}  // namespace throughline::simulate
