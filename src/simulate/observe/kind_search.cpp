// Stops and searches of a force, in the layout of data.police.uk: as many as police make, of whom they choose to look
// at.
#include <array>
#include <string>
#include <utility>

#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

constexpr std::array<Flaw, 3> k_flaws{{{"Date", "2024-02-30T10:00:00+00:00", "not_a_date", "30 February"},
                                       {"Type", "", "required_is_blank", "a required type is empty"},
                                       {"", "", "ragged_row", "one field more than the header has"}}};

void cases(Recorder& recorder) {
  const double of_weeks = recorder.practice().figure(Figure::searches_of_weeks);  // Stopped on the way.
  for (const std::int32_t town : recorder.agency().towns) {
    for (const Happening* happening : recorder.scene().by_town[index_of(town)]) {
      if (happening->what != Happened::week_carried) continue;
      Case one = recorder.case_of(*happening);
      one.why = 1;
      recorder.add(one, of_weeks);
    }
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 12, .most = 45}, one.day);
    return true;
  });
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 18> k_groups{
    {{"W1", "White - English/Welsh/Scottish/Northern Irish/British"},
     {"W2", "White - Irish"},
     {"W3", "White - Gypsy or Irish Traveller"},
     {"W9", "White - Any other White background"},
     {"M1", "Mixed/Multiple ethnic groups - White and Black Caribbean"},
     {"M2", "Mixed/Multiple ethnic groups - White and Black African"},
     {"M3", "Mixed/Multiple ethnic groups - White and Asian"},
     {"M9", "Mixed/Multiple ethnic groups - Any other Mixed/Multiple ethnic background"},
     {"A1", "Asian/Asian British - Indian"},
     {"A2", "Asian/Asian British - Pakistani"},
     {"A3", "Asian/Asian British - Bangladeshi"},
     {"A4", "Asian/Asian British - Chinese"},
     {"A9", "Asian/Asian British - Any other Asian background"},
     {"B1", "Black/African/Caribbean/Black British - Caribbean"},
     {"B2", "Black/African/Caribbean/Black British - African"},
     {"B9", "Black/African/Caribbean/Black British - Any other Black/African/Caribbean background"},
     {"O2", "Other ethnic group - Arab"},
     {"O9", "Other ethnic group - Any other ethnic group"}}};

std::string_view self_defined(std::string_view code) {
  for (const auto& [known, words] : k_groups) {
    if (known == code) return words;
  }
  return "Other ethnic group - Not stated";
}

// As an officer sees it, from the code's first letter.
std::string_view officer_defined(std::string_view code) {
  switch (code.empty() ? 'O' : code.front()) {
    case 'A': return "Asian";
    case 'B': return "Black";
    case 'M': return "Mixed";
    case 'W': return "White";
    default: return "Other";
  }
}

std::string_view age_range(std::int32_t years) {
  if (years < 10) return "under 10";
  if (years < 18) return "10-17";
  if (years < 25) return "18-24";
  return years < 35 ? "25-34" : "over 34";
}

std::string_view outcome_of(Row& row, bool is_found) {
  constexpr std::array<std::string_view, 3> k_found{"Arrest", "Community resolution", "Summons / charged by post"};
  return is_found ? row.one_of(k_found) : "A no further action disposal";
}

void row(Row& row) {
  constexpr std::array<std::string_view, 4> k_objects{"Controlled drugs", "Controlled drugs", "Offensive weapons",
                                                      "Stolen goods"};
  const Case& what = row.what();
  const Identity& person = row.identity(what.who);
  row.put("Person search");
  row.put_offset_time(what.day, what.second);
  row.put("False");
  row.blank();
  const Home& place = row.somewhere(what.town);
  row.put_position(place.position, row.is(row.practice().level(Kind::search, Level::filled)));
  row.may(person.sex == PersonSex::male ? "Male" : "Female");
  row.may(age_range(person.age_years(what.day)));
  row.may(row.is(0.8) ? self_defined(person.ethnicity) : "Other ethnic group - Not stated");
  row.may(officer_defined(person.ethnicity));
  row.may("Misuse of Drugs Act 1971 (section 23)");
  row.put(what.why == 1 ? "Controlled drugs" : row.one_of(k_objects));
  const bool is_found =
      row.is(row.practice().figure(what.why == 1 ? Figure::found_on_carriers : Figure::found_on_others));
  row.put(outcome_of(row, is_found));
  row.put(is_found ? "True" : "False");
  row.put("False");
  row.end();
}

}  // namespace

Recipe search_recipe() {
  return {.dates = DateForm::iso, .flaws = k_flaws, .cases = cases, .row = row};
}

}  // namespace throughline::simulate
