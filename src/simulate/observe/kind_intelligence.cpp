// Intelligence reports in 3x5x2: what is said about lines, homes and those who carry, graded by how it could be known.
#include <array>
#include <string>

#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

enum class Sort : std::uint8_t { background, carrying, home, opening, missing };

constexpr std::array<Flaw, 5> k_flaws{
    {{"Source evaluation", "4", "bad_grade", "source evaluation 4 (the scale ends at 3)"},
     {"Intelligence assessment", "F", "bad_grade", "assessment F (the scale ends at E)"},
     {"Date of intelligence", "31/04/2024", "not_a_date", "31 April"},
     {"Text", "", "required_is_blank", "a required text is empty"},
     {"", "", "ragged_row", "one field more than the header has"}}};

void add_happening(Recorder& recorder, const Happening& happening) {
  Case one = recorder.case_of(happening);
  base::Random random = recorder.scene().draw(mixed(one.key, 3), one.day);
  // A carrier's weeks are many, and few of them are spoken of.
  const double of_weeks = recorder.practice().figure(Figure::intelligence_of_weeks);
  const auto as = [&](Sort sort, double times) {
    one.why = static_cast<std::uint8_t>(sort);
    recorder.add(one, times);
  };
  switch (happening.what) {
    case Happened::week_carried:
      // With somebody else of the line, where the source saw two.
      if (random.uniform01() < 0.4) {
        const auto other = recorder.scene().carrier(one.line, random, one.day);
        if (other.has_value() && *other != one.who) one.other = *other;
      }
      return as(Sort::carrying, of_weeks);
    case Happened::home_taken: return as(Sort::home, 1);
    case Happened::line_opened:
    case Happened::line_moved: one.who = recorder.scene().controller(one.line, one.day); return as(Sort::opening, 1);
    case Happened::missing: return as(Sort::missing, of_weeks);
    default: return;
  }
}

void cases(Recorder& recorder) {
  for (const std::int32_t town : recorder.agency().towns) {
    for (const Happening* happening : recorder.scene().by_town[index_of(town)]) add_happening(recorder, *happening);
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 14, .most = 50}, one.day);
    if (random.uniform01() < 0.3)
      one.other = recorder.scene().bystander(one.town, random, {.least = 14, .most = 50}, one.day);
    return true;
  });
}

// How the source could know: an officer saw it, a partner agency was told it, somebody in touch with it tells, or a
// voice without a name.
struct Grading {
  std::string_view source;
  std::string_view assessment;
  std::string_view handling;
  std::string_view conditions;
  std::string_view confidence;
  std::string_view from;
};
constexpr std::array<Grading, 4> k_gradings{{{"1", "A", "P", "", "High", "Officer's observation"},
                                             {"1", "B", "C", "A1", "High", "Partner agency"},
                                             {"2", "C", "C", "A2; S1", "Medium", "Field intelligence"},
                                             {"3", "D", "P", "", "Low", "Anonymous report"}}};

const Grading& grading_of(Row& row) {
  // An officer sees carriers and doors, seldom who runs a line.
  const auto sort = static_cast<Sort>(row.what().why);
  if (sort == Sort::missing) return k_gradings[1];
  if (sort == Sort::opening) return k_gradings[row.is(0.6) ? 2 : 3];
  return k_gradings[static_cast<std::size_t>(row.between(0, 3))];
}

std::string_view title_of(Sort sort) {
  switch (sort) {
    case Sort::background: return "Suspicious behaviour";
    case Sort::carrying: return "Possible movement between towns";
    case Sort::home: return "Possible home takeover";
    case Sort::opening: return "New number in use";
    case Sort::missing: return "Found with adults not of the family";
  }
  return {};
}

std::string_view text_of(Row& row, Sort sort) {
  constexpr std::array<std::string_view, 2> k_carrying{
      "Subject 1 is brought to the address given for some days at a time and sells from there.",
      "Subject 1 was seen with a bag at the station and would not say where the journey began."};
  constexpr std::array<std::string_view, 2> k_other{"Subject 1 argues with callers at the door late at night.",
                                                    "Subject 1 was seen to pass something from a car window."};
  switch (sort) {
    case Sort::background: return row.one_of(k_other);
    case Sort::carrying: return row.one_of(k_carrying);
    case Sort::home: return "Others stay at the home of Subject 1, who seems unable to make them leave.";
    case Sort::opening: return "A new number sells in the town; Subject 1 is said to answer for it.";
    case Sort::missing: return "Subject 1 was reported missing and was found far from home.";
  }
  return {};
}

void put_subjects(Row& row) {
  const Case& what = row.what();
  const WrittenIdentity first = row.person(what.who, "subject");
  row.put(first.forename);
  row.put(first.surname);
  row.put(first.known_as);
  row.put_born(first);
  const bool is_opening = static_cast<Sort>(what.why) == Sort::opening;
  const DealPhone phone =
      is_opening ? deal_phone(what.line, row.scene().lines[index_of(what.line)].changes_by(what.day)) : DealPhone{};
  row.put(is_opening ? phone.number : first.telephone);
  const WrittenIdentity second = row.person(what.other, "subject");
  row.put(second.forename);
  row.put(second.surname);
  row.put_born(second);
  row.put(second.telephone);
  row.may(first.address);
  row.may(first.postcode);
  const bool has_car = is_opening && row.is(0.3);
  row.put(has_car ? registration_of(row.scene(), what.who) : std::string());
}

// The retention group of Management of Police Information. Assumption: officers set it without knowing what the report
// will prove to be about, so that one distribution is everybody's.
std::string_view retention_group_of(Row& row) {
  constexpr std::array<std::string_view, 10> k_groups{"1", "2", "2", "2", "2", "3", "3", "3", "3", "4"};
  return row.one_of(k_groups);
}

void row(Row& row) {
  const Case& what = row.what();
  const auto sort = static_cast<Sort>(what.why);
  const Grading& grading = grading_of(row);
  row.key("INT");
  row.put({row.agency().name, ", ", grading.from});
  row.may(grading.handling == "P" ? "OFFICIAL" : "OFFICIAL-SENSITIVE");
  row.put_day(what.day);
  row.put_day(what.recorded);
  row.put(grading.source);
  row.put(grading.assessment);
  row.put(grading.handling);
  row.put(grading.conditions);
  row.may(grading.confidence);
  row.put(retention_group_of(row));
  row.may(title_of(sort));
  put_subjects(row);
  row.put(text_of(row, sort));
  row.end();
}

}  // namespace

Recipe intelligence_recipe() {
  return {.dates = DateForm::british, .flaws = k_flaws, .cases = cases, .row = row};
}

}  // namespace throughline::simulate
