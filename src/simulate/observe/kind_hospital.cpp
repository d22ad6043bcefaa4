// Hospitals: attendances at emergency departments and admissions, for violence and for drugs. They follow what happens,
// not what police do.
#include <array>
#include <string>

#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

enum class Sort : std::uint8_t { background, robbery, assault, fight, poisoned, died };

constexpr std::array<Flaw, 4> k_emergency_flaws{
    {{"Arrived at", "2024-02-30 10:00", "not_a_date", "30 February"},
     {"NHS number", "999 123", "wrong_digits", "six digits where ten belong"},
     {"Why", "", "required_is_blank", "a required reason is empty"},
     {"", "", "ragged_row", "one field more than the header has"}}};
constexpr std::array<Flaw, 4> k_admission_flaws{
    {{"Admitted on", "2024-06-31", "not_a_date", "31 June"},
     {"NHS number", "999 123", "wrong_digits", "six digits where ten belong"},
     {"Diagnosis code", "", "required_is_blank", "a required code is empty"},
     {"", "", "ragged_row", "one field more than the header has"}}};

std::optional<Sort> sort_of(const Happening& happening) {
  switch (happening.what) {
    case Happened::robbery: return Sort::robbery;
    case Happened::assault: return Sort::assault;
    case Happened::fight: return Sort::fight;
    case Happened::admitted: return Sort::poisoned;
    case Happened::died: return Sort::died;
    default: return std::nullopt;
  }
}

bool is_wounded(How how) {
  return how == How::wounded || how == How::wounded_and_killed;
}

bool is_killed(How how) {
  return how == How::killed || how == How::wounded_and_killed;
}

Case hospital_case(const Recorder& recorder, const Happening& happening, Sort sort) {
  Case one = recorder.case_of(happening);
  one.why = static_cast<std::uint8_t>(sort);
  const bool is_violence = sort != Sort::poisoned && sort != Sort::died;
  if (is_violence) one.who = recorder.scene().harmed(one.town, one.line, one.key, one.day);
  return one;
}

void emergency_cases(Recorder& recorder) {
  // So many of those hurt and not admitted come at all, and of deaths of people who use.
  const double of_unhurt = recorder.practice().figure(Figure::emergency_of_unhurt);
  const double of_deaths = recorder.practice().figure(Figure::emergency_of_deaths);
  for (const std::int32_t town : recorder.agency().towns) {
    for (const Happening* happening : recorder.scene().by_town[index_of(town)]) {
      const auto sort = sort_of(*happening);
      if (!sort.has_value() || happening->day < recorder.scene().first_day) continue;
      const bool is_grave = is_wounded(happening->how) || is_killed(happening->how) || sort == Sort::poisoned;
      const double times = is_grave ? 1 : sort == Sort::died ? of_deaths : of_unhurt;
      recorder.add(hospital_case(recorder, *happening, *sort), times);
    }
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 11}, one.day);
    return true;
  });
}

void admission_cases(Recorder& recorder) {
  for (const std::int32_t town : recorder.agency().towns) {
    for (const Happening* happening : recorder.scene().by_town[index_of(town)]) {
      const auto sort = sort_of(*happening);
      if (!sort.has_value() || happening->day < recorder.scene().first_day) continue;
      if (!is_wounded(happening->how) && sort != Sort::poisoned) continue;
      recorder.add(hospital_case(recorder, *happening, *sort));
    }
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 11}, one.day);
    return true;
  });
}

struct Told {
  std::string_view why;
  std::string_view weapon;
  std::string_view drug;
};

Told told_of(Row& row) {
  constexpr std::array<Told, 6> k_background{{{"Assault", "Body part", ""},
                                              {"Assault", "Blunt object", ""},
                                              {"Self-harm", "", ""},
                                              {"Drug-related illness", "", "Cannabis"},
                                              {"Overdose", "", "Prescription drugs"},
                                              {"Assault", "Not known", ""}}};
  const Case& what = row.what();
  switch (static_cast<Sort>(what.why)) {
    case Sort::poisoned:
    case Sort::died: return {"Overdose", "", row.is(0.7) ? "Heroin" : "Crack cocaine"};
    case Sort::fight:
      return is_wounded(what.how) || is_killed(what.how) ? Told{"Stab or cut wound", "Knife", ""} : k_background[0];
    case Sort::robbery:
    case Sort::assault:
      return is_wounded(what.how) && row.is(0.5) ? Told{"Stab or cut wound", "Knife", ""} : k_background[0];
    case Sort::background: return k_background[static_cast<std::size_t>(row.between(0, 5))];
  }
  return k_background[0];
}

std::string_view emergency_outcome(Row& row) {
  constexpr std::array<std::string_view, 4> k_others{"Discharged", "Discharged", "Left before being seen",
                                                     "Referred to mental health"};
  const Case& what = row.what();
  const auto sort = static_cast<Sort>(what.why);
  if (sort == Sort::died || is_killed(what.how)) return "Died";
  if (sort == Sort::poisoned || is_wounded(what.how)) return "Admitted";
  return row.one_of(k_others);
}

void put_patient(Row& row) {
  const WrittenIdentity patient = row.person(row.what().who, "patient");
  row.put(patient.forename);
  row.put(patient.surname);
  row.put_born(patient);
  row.put(patient.sex);
  row.put(patient.ethnicity);
  row.put(patient.nhs_number);
  row.put(patient.postcode);
}

void emergency_row(Row& row) {
  constexpr std::array<std::string_view, 4> k_by{"Ambulance", "Police", "Family or friend", "Self"};
  constexpr std::array<std::string_view, 4> k_where{"Street", "Home", "Licensed premises", "Somebody's home"};
  const Case& what = row.what();
  row.key("ED");
  row.put({row.agency().name, " (made up)"});
  row.put_minute(what.day, what.second);
  row.put_minute(what.day, what.second + row.between(40, 540) * 60);
  put_patient(row);
  const Told told = told_of(row);
  const bool is_violence = !told.weapon.empty();
  row.may(row.one_of(k_by));
  row.put(told.why);
  row.may(told.weapon);
  row.may(told.drug);
  row.may(row.one_of(k_where));
  row.may(is_violence ? std::string_view(row.somewhere(what.town).postcode) : std::string_view());
  row.may(!is_violence ? "" : row.is(0.45) ? "Yes" : "No");
  row.may(emergency_outcome(row));
  row.blank();
  row.end();
}

struct Diagnosis {
  std::string_view code;
  std::string_view words;
  std::string_view cause;
};

Diagnosis diagnosis_of(Row& row) {
  constexpr std::array<Diagnosis, 4> k_background{{{"S00.8", "Superficial injury of other parts of head", "Y04"},
                                                   {"T39.1", "Poisoning by paracetamol", "X60"},
                                                   {"S61.9", "Open wound of wrist and hand", "W26"},
                                                   {"F10.0", "Acute intoxication with alcohol", ""}}};
  constexpr std::array<Diagnosis, 3> k_wounds{{{"S21.1", "Open wound of front wall of thorax", "X99"},
                                               {"S31.1", "Open wound of abdominal wall", "X99"},
                                               {"S71.1", "Open wound of thigh", "X99"}}};
  constexpr std::array<Diagnosis, 3> k_poisons{{{"T40.1", "Poisoning by heroin", "X42"},
                                                {"T40.5", "Poisoning by cocaine", "X42"},
                                                {"F11.2", "Opioid dependence", ""}}};
  switch (static_cast<Sort>(row.what().why)) {
    case Sort::background: return k_background[static_cast<std::size_t>(row.between(0, 3))];
    case Sort::poisoned:
    case Sort::died: return k_poisons[static_cast<std::size_t>(row.between(0, 2))];
    case Sort::robbery:
    case Sort::assault:
    case Sort::fight: return k_wounds[static_cast<std::size_t>(row.between(0, 2))];
  }
  return k_background[0];
}

void admission_row(Row& row) {
  constexpr std::array<std::string_view, 4> k_to{"Home", "Home", "Own discharge", "Another hospital"};
  const Case& what = row.what();
  row.key("SP");
  row.put({row.agency().name, " (made up)"});
  row.put_day(what.day);
  const std::int32_t leaves = what.day + row.between(1, 12);
  const bool is_out = leaves < row.scene().end_day;
  if (is_out) {
    row.put_day(leaves);
  } else {
    row.blank();
  }
  put_patient(row);
  const Diagnosis diagnosis = diagnosis_of(row);
  row.may("Emergency");
  row.put(diagnosis.code);
  row.may(diagnosis.words);
  row.may(diagnosis.cause);
  row.may(!is_out ? std::string_view() : is_killed(what.how) ? "Died" : row.one_of(k_to));
  row.end();
}

}  // namespace

Recipe emergency_recipe() {
  return {.dates = DateForm::iso, .flaws = k_emergency_flaws, .cases = emergency_cases, .row = emergency_row};
}

Recipe admission_recipe() {
  return {.dates = DateForm::iso, .flaws = k_admission_flaws, .cases = admission_cases, .row = admission_row};
}

}  // namespace throughline::simulate
