// Missing episodes of a force: children who carry away from home, and others who go missing for other reasons.
#include <array>
#include <string>

#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

constexpr std::array<Flaw, 4> k_flaws{{{"Missing from", "2024-02-30 10:00", "not_a_date", "30 February"},
                                       {"Date of birth", "2010-13-02", "not_a_date", "month 13"},
                                       {"Category", "", "required_is_blank", "a required category is empty"},
                                       {"", "", "ragged_row", "one field more than the header has"}}};

// Missing from where they live: the episode is the home force's, wherever the child is found.
void cases(Recorder& recorder) {
  for (const std::int32_t area : recorder.agency().towns) {
    for (const Happening& happening : recorder.scene().input.happenings->by_area[index_of(area)]) {
      if (happening.what == Happened::missing) recorder.add(recorder.case_of(happening));
    }
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 11, .most = random.uniform01() < 0.7 ? 17 : 80},
                                         one.day);
    one.amount = 1 + static_cast<std::int64_t>(random.below(2));
    one.why = 1;
    return true;
  });
}

std::string_view placement_of(Row& row, const Home& home, bool is_minor) {
  constexpr std::array<std::string_view, 3> k_care{"Children's home", "Foster care", "Semi-independent"};
  if (!is_minor) return {};
  return home.kind == HomeKind::placement ? row.one_of(k_care) : "Living with family";
}

std::string_view category_of(const Home& home, bool is_minor) {
  if (!is_minor) return "Missing adult";
  return home.kind == HomeKind::placement ? "Missing from care" : "Missing child";
}

void put_interview(Row& row, std::int32_t found_day, std::int32_t found_second) {
  constexpr std::array<std::string_view, 3> k_offered{"Yes", "Yes", "Refused by young person"};
  constexpr std::array<std::string_view, 4> k_said{
      "Was with friends, did not say which.", "Went by train; somebody else paid for the ticket.",
      "Has a second telephone and would not say from whom.", "Says nothing happened."};
  const std::string_view offered = row.one_of(k_offered);
  row.put(offered);
  const std::int32_t held = found_day + row.between(1, 5);
  if (offered != "Yes" || held >= row.scene().end_day) return row.blanks(4);
  row.put_minute(found_day + 1, found_second);
  row.put_minute(held, row.between(9, 17) * 3'600);
  row.may("Local authority worker");
  row.may(row.one_of(k_said));
}

void put_end(Row& row, bool is_minor) {
  const Case& what = row.what();
  const auto days = static_cast<std::int32_t>(what.amount);
  const std::int32_t found_day = what.day + std::max(0, days - 1);
  const std::int32_t found_second = what.second + row.between(3, 20) * 3'600;
  if (found_day + found_second / 86'400 >= row.scene().end_day) return row.blanks(8);
  row.put_minute(found_day, found_second);
  const bool is_background = what.why == 1;
  const Home& place = row.somewhere(what.town);
  const bool is_back = is_background && row.is(0.5);
  row.may(is_back ? "Returned by himself or herself" : std::string_view(place.address));
  row.may(is_back ? std::string_view() : std::string_view(place.postcode));
  if (!is_minor) return row.blanks(5);
  put_interview(row, found_day, found_second);
}

void row(Row& row) {
  constexpr std::array<std::string_view, 3> k_risk{"Medium", "Medium", "High"};
  constexpr std::array<std::string_view, 3> k_by{"Parent or carer", "School", "Placement"};
  const Case& what = row.what();
  const bool is_minor = is_under(row.scene(), what.who, 18, what.day);
  row.key("MIS");
  row.put(row.agency().name);
  row.may({row.scene().place(what.who.town).name, " Council"});
  const WrittenIdentity person = row.person(what.who, "missing");
  row.put(person.forename);
  row.put(person.surname);
  row.put(person.known_as);
  row.put_born(person);
  row.put(person.sex);
  row.put(person.ethnicity);
  row.put(person.telephone);
  row.put(person.address);
  row.put(person.postcode);
  const Home& home = row.identity(what.who).home(what.day);
  row.may(placement_of(row, home, is_minor));
  row.put(category_of(home, is_minor));
  row.may(row.one_of(k_risk));
  row.put_minute(what.day, what.second);
  row.put_minute(what.day, what.second + row.between(1, 12) * 1'800);
  row.may(row.one_of(k_by));
  put_end(row, is_minor);
  row.end();
}

}  // namespace

Recipe missing_recipe() {
  return {.dates = DateForm::iso, .flaws = k_flaws, .cases = cases, .row = row};
}

}  // namespace throughline::simulate
