// Referrals: to the National Referral Mechanism, and to services of a council, with decisions and refusals.
#include <array>
#include <string>

#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

constexpr std::array<Flaw, 4> k_nrm_flaws{
    {{"Kind", "Referral to somebody", "not_in_vocabulary", "a kind that is not one of the two"},
     {"Referred at", "2024-02-30", "not_a_date", "30 February"},
     {"Referral reference", "", "required_is_blank", "a required reference is empty"},
     {"", "", "ragged_row", "one field more than the header has"}}};
constexpr std::array<Flaw, 4> k_support_flaws{{{"Referred on", "31/04/2024", "not_a_date", "31 April"},
                                               {"Received on", "2024-04-01", "not_a_date", "a date in another layout"},
                                               {"Kind of help", "", "required_is_blank", "a required kind is empty"},
                                               {"", "", "ragged_row", "one field more than the header has"}}};

enum class Sort : std::uint8_t { background, arrest, missing, home, week };

void add_nrm(Recorder& recorder, const Happening& happening) {
  const bool is_arrest = happening.what == Happened::carrier_arrested;
  const bool is_missed = happening.what == Happened::left_line && happening.how == How::helped;
  if (!is_arrest && !is_missed) return;
  Case one = recorder.case_of(happening);
  one.why = static_cast<std::uint8_t>(is_missed ? Sort::missing : Sort::arrest);
  if (is_missed || happening.how == How::referred) return recorder.add_seen(one);
  recorder.add(one);
}

void nrm_cases(Recorder& recorder) {
  for (const auto& list : recorder.scene().by_town) {
    for (const Happening* happening : list) add_nrm(recorder, *happening);
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 12, .most = 45}, one.day);
    return true;
  });
}

void add_support(Recorder& recorder, const Happening& happening) {
  Case one = recorder.case_of(happening);
  const auto as = [&](Sort sort, double times) {
    one.why = static_cast<std::uint8_t>(sort);
    recorder.add(one, times);
  };
  if (happening.what == Happened::left_line && (happening.how == How::helped || happening.how == How::referred)) {
    one.why = static_cast<std::uint8_t>(happening.how == How::helped ? Sort::missing : Sort::arrest);
    recorder.add_seen(one);
  }
  if (happening.what == Happened::missing) as(Sort::missing, 1);
  if (happening.what == Happened::week_carried) as(Sort::week, recorder.practice().figure(Figure::referrals_of_weeks));
  if (happening.what == Happened::home_taken) as(Sort::home, 1);
}

void support_cases(Recorder& recorder) {
  for (const std::int32_t area : recorder.agency().towns) {
    for (const Happening& happening : recorder.scene().input.happenings->by_area[index_of(area)]) {
      add_support(recorder, happening);
    }
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 11, .most = random.uniform01() < 0.75 ? 17 : 90},
                                         one.day);
    return true;
  });
}

// Two decisions, the second months after the first; what comes after the extract is awaited.
void put_decisions(Row& row) {
  const Case& what = row.what();
  const bool is_background = static_cast<Sort>(what.why) == Sort::background;
  const std::int32_t first_day = what.day + row.between(5, 45);
  const std::int32_t second_day = first_day + row.between(120, 500);
  const std::int32_t end = row.scene().end_day;
  const bool is_positive = row.is(is_background ? 0.7 : row.practice().figure(Figure::grounds_found));
  const bool is_conclusive = row.is(0.85);
  if (first_day >= end) {
    row.put("Awaited");
    return row.blanks(4);
  }
  row.put(is_positive ? "Positive" : "Negative");
  row.put_day(first_day);
  if (!is_positive || second_day >= end) {
    row.put(is_positive ? "Awaited" : "");
    row.blank();
    return row.may(is_positive ? "" : "What was sent does not reach the threshold.");
  }
  row.put(is_conclusive ? "Positive" : "Negative");
  row.put_day(second_day);
  row.may(is_conclusive ? "" : "On balance not shown.");
}

void put_nrm_person(Row& row, bool is_minor) {
  const Case& what = row.what();
  const WrittenIdentity person = row.person(what.who, "referred");
  row.put(person.forename);
  row.put(person.surname);
  row.put(person.known_as);
  row.put_born(person);
  row.put(person.sex);
  row.put(person.ethnicity);
  row.put(person.telephone);
  row.put(person.address);
  row.put(person.postcode);
  row.may({is_minor ? row.scene().place(what.who.town).name : std::string_view(), is_minor ? " Council" : ""});
}

void put_circumstances(Row& row, bool is_minor, bool is_duty) {
  constexpr std::array<std::string_view, 4> k_kinds_of{"Labour", "Sexual", "Criminal", "Domestic servitude"};
  const bool is_background = static_cast<Sort>(row.what().why) == Sort::background;
  row.may(is_minor ? "Child" : row.is(0.3) ? "Not known" : "Adult");
  row.may(is_minor ? "Not asked: child" : is_duty ? "Refused" : "Given");
  row.may(is_background ? row.one_of(k_kinds_of) : "Criminal");
  row.put(is_background ? "No" : row.is(0.85) ? "Yes" : "No");
}

void nrm_row(Row& row) {
  const Case& what = row.what();
  const auto sort = static_cast<Sort>(what.why);
  const bool is_minor = is_under(row.scene(), what.who, 18, what.day);
  const bool is_duty = !is_minor && row.is(0.3);
  row.key("NRM");
  if (sort == Sort::arrest) {
    row.put(force_of(row.scene(), what.town).name);
  } else {
    row.put({row.scene().place(what.who.town).name, " Council"});
  }
  row.put(is_duty ? "Duty to notify" : "NRM referral");
  row.put_day(what.recorded);
  if (is_duty) {
    row.blanks(10);
  } else {
    put_nrm_person(row, is_minor);
  }
  put_circumstances(row, is_minor, is_duty);
  const Home& place = row.somewhere(what.town);
  row.may(place.address);
  row.may(place.postcode);
  if (is_duty) {
    row.blanks(5);
  } else {
    put_decisions(row);
  }
  row.may(sort == Sort::arrest ? crime_reference(row.scene(), what) : "");
  row.may(sort == Sort::background ? "Told a worker about the place of work."
                                   : "Says the money was for somebody else.");
  row.end();
}

std::string_view help_of(Row& row, bool is_minor) {
  constexpr std::array<std::string_view, 4> k_young{"Children's social care", "County lines support", "Mentoring",
                                                    "Youth justice diversion"};
  if (!is_minor) return "Adult safeguarding";
  return static_cast<Sort>(row.what().why) == Sort::background ? "Children's social care" : row.one_of(k_young);
}

std::string concerns_of(Row& row) {
  switch (static_cast<Sort>(row.what().why)) {
    case Sort::background: return row.is(0.5) ? "Excluded" : "Injury";
    case Sort::arrest: return "County lines; Debt";
    case Sort::missing: return row.is(0.5) ? "County lines; Missing often" : "Missing often; Older associates";
    case Sort::home: return "Home taken over";
    case Sort::week: return "New phone or money; Older associates";
  }
  return {};
}

void put_support_decision(Row& row) {
  constexpr std::array<std::string_view, 5> k_reasons{"Threshold not met", "No place free", "Already open elsewhere",
                                                      "Age outside the service", "Out of area"};
  const std::int32_t decided = row.what().recorded + row.between(1, 28);
  const std::int32_t closed = decided + row.between(30, 300);
  if (decided >= row.scene().end_day) {
    row.put("Waiting");
    return row.blanks(4);
  }
  const bool is_accepted = row.is(row.practice().figure(Figure::referrals_accepted));
  row.put(is_accepted ? "Accepted" : "Refused");
  row.put_day(decided);
  row.may(is_accepted ? std::string_view() : row.one_of(k_reasons));
  row.blank();
  if (is_accepted && closed < row.scene().end_day) {
    row.put_day(closed);
  } else {
    row.blank();
  }
}

void support_row(Row& row) {
  constexpr std::array<std::string_view, 4> k_by{"School", "Emergency department", "Parent or carer", "Youth worker"};
  constexpr std::array<std::string_view, 3> k_risk{"Low", "Medium", "High"};
  const Case& what = row.what();
  const bool is_minor = is_under(row.scene(), what.who, 18, what.day);
  const auto sort = static_cast<Sort>(what.why);
  row.key("SUP");
  row.put(row.agency().name);
  row.put(sort == Sort::arrest || sort == Sort::missing ? std::string_view(force_of(row.scene(), what.town).name)
                                                        : row.one_of(k_by));
  row.put(help_of(row, is_minor));
  row.put_day(what.day);
  row.put_day(what.recorded);
  const WrittenIdentity person = row.person(what.who, "referred");
  row.put(person.forename);
  row.put(person.surname);
  row.put_born(person);
  row.put(person.sex);
  row.put(person.ethnicity);
  row.put(person.telephone);
  row.put(person.address);
  row.put(person.postcode);
  const Home& home = row.identity(what.who).home(what.day);
  row.may(!is_minor ? "" : home.kind == HomeKind::placement ? "Foster care" : "Living with family");
  row.may(is_minor && row.is(0.4) ? "Not needed: at risk" : "Given");
  row.may(concerns_of(row));
  row.may(row.one_of(k_risk));
  put_support_decision(row);
  row.may("");
  row.end();
}

}  // namespace

Recipe nrm_recipe() {
  return {.dates = DateForm::iso, .flaws = k_nrm_flaws, .cases = nrm_cases, .row = nrm_row};
}

Recipe support_recipe() {
  return {.dates = DateForm::british, .flaws = k_support_flaws, .cases = support_cases, .row = support_row};
}

}  // namespace throughline::simulate
