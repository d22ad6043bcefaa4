// Episodes of drug treatment as a provider holds them, from start to leaving.
#include <array>
#include <map>
#include <string>

#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

constexpr std::array<Flaw, 4> k_flaws{{{"Started on", "2024-02-30", "not_a_date", "30 February"},
                                       {"NHS number", "999 123", "wrong_digits", "six digits where ten belong"},
                                       {"Main drug", "", "required_is_blank", "a required drug is empty"},
                                       {"", "", "ragged_row", "one field more than the header has"}}};

// Episodes of one place: each start with the leaving that follows it, in amount, and the day of asking, in second.
void add_episodes(Recorder& recorder, const std::vector<Happening>& happenings) {
  std::map<PersonRef, std::int32_t> sought;
  std::map<PersonRef, Case> open;
  const auto leave = [&](const Happening& one, How how) {
    const auto at = open.find(person_of(one));
    if (at == open.end()) return;
    at->second.amount = one.day;
    at->second.how = how;
    recorder.add(at->second);
    open.erase(at);
  };
  for (const Happening& one : happenings) {
    if (one.what == Happened::treatment_sought) sought[person_of(one)] = one.day;
    if (one.what == Happened::treatment_left) leave(one, one.how);
    if (one.what == Happened::died) leave(one, How::killed);
    if (one.what != Happened::treatment_started) continue;
    Case episode = recorder.case_of(one);
    const auto asked = sought.find(episode.who);
    episode.second = asked == sought.end() ? one.day : asked->second;
    episode.amount = k_without_end;
    open[episode.who] = episode;
  }
  for (const auto& [person, episode] : open) recorder.add(episode);
}

void cases(Recorder& recorder) {
  for (const std::int32_t area : recorder.agency().towns) {
    add_episodes(recorder, recorder.scene().input.happenings->by_area[index_of(area)]);
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 16, .most = 65}, one.day);
    one.second = one.day - static_cast<std::int32_t>(random.below(21));
    one.amount = one.day + 20 + static_cast<std::int64_t>(random.below(200));
    one.how = random.uniform01() < 0.5 ? How::completed : How::dropped_out;
    one.why = 1;
    return true;
  });
}

std::string_view left_text(How how) {
  if (how == How::completed) return "Completed";
  return how == How::killed ? "Died" : "Dropped out";
}

void put_person(Row& row) {
  const WrittenIdentity client = row.person(row.what().who, "in treatment");
  row.put(client.forename);
  row.put(client.surname);
  row.put_born(client);
  row.put(client.sex);
  row.put(client.ethnicity);
  row.put(client.nhs_number);
  row.put(client.postcode);
}

// One number for a person at a provider, however often they come.
std::string client_number(const Row& row) {
  const PersonRef& who = row.what().who;
  const std::uint64_t place = static_cast<std::uint64_t>(who.town) << 32U | static_cast<std::uint32_t>(who.number);
  const std::uint64_t key = mixed(mixed(place, static_cast<std::uint64_t>(who.circle)), row.agency().key);
  return "C" + std::to_string(key % 9'000'000'000'000 + 1'000'000'000'000);
}

void row(Row& row) {
  constexpr std::array<std::string_view, 4> k_by{"Self", "General practice", "Arrest referral", "Prison"};
  constexpr std::array<std::string_view, 3> k_other_drugs{"Cannabis", "Powder cocaine", "Prescription drugs"};
  constexpr std::array<std::string_view, 4> k_housing{"No problem", "Some problem", "No fixed abode", "Supported"};
  const Case& what = row.what();
  const bool is_of_market = what.why == 0;
  row.key("EP");
  row.put({row.agency().name, " (made up)"});
  row.put(client_number(row));
  put_person(row);
  row.may({row.scene().place(what.who.town).name, " Council"});
  row.may(row.one_of(k_by));
  row.may_day(what.second);
  row.put_day(what.day);
  row.may(is_of_market && row.is(0.85) ? "Prescribing" : "Psychosocial");
  row.put(!is_of_market ? row.one_of(k_other_drugs) : row.is(0.8) ? "Heroin" : "Crack cocaine");
  row.may(is_of_market && row.is(0.5) ? "Crack cocaine" : "");
  row.blank();
  row.may(row.one_of(k_housing));
  if (what.amount < row.scene().end_day) {
    row.put_day(static_cast<std::int32_t>(what.amount));
    row.may(left_text(what.how));
  } else {
    row.blanks(2);
  }
  row.end();
}

}  // namespace

Recipe treatment_recipe() {
  return {.dates = DateForm::iso, .flaws = k_flaws, .cases = cases, .row = row};
}

}  // namespace throughline::simulate
