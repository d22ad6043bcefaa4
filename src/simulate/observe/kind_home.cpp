// Homes that are taken over, as a council sees them: complaints, and orders that close premises.
#include <array>
#include <string>

#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

constexpr std::array<Flaw, 4> k_closure_flaws{
    {{"Made on", "31/04/2024", "not_a_date", "31 April"},
     {"Measure", "Boarded up", "not_in_vocabulary", "a measure that is not one of the four"},
     {"Address", "", "required_is_blank", "a required address is empty"},
     {"", "", "ragged_row", "one field more than the header has"}}};
constexpr std::array<Flaw, 4> k_complaint_flaws{
    {{"Happened at", "30/02/2024 23:10", "not_a_date", "30 February"},
     {"Latitude", "5l.57", "not_a_number", "a letter in a number"},
     {"Behaviour", "", "required_is_blank", "a required behaviour is empty"},
     {"", "", "ragged_row", "one field more than the header has"}}};

void closure_cases(Recorder& recorder) {
  for (const std::int32_t town : recorder.agency().towns) {
    for (const Happening* happening : recorder.scene().by_town[index_of(town)]) {
      if (happening->what == Happened::home_freed && happening->how == How::premises_closed) {
        recorder.add(recorder.case_of(*happening));
      }
    }
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 20}, one.day);
    one.why = 1;
    return true;
  });
}

// A complaint comes on any day on which the home is taken over, the same chance each.
void add_complaints(Recorder& recorder, const TakenOver& home) {
  const Scene& scene = recorder.scene();
  const double mean = recorder.practice().figure(Figure::complaints_per_week) / 7;
  const std::uint64_t key =
      mixed(person_key(home.town, home.host.number, home.host.generation), static_cast<std::uint64_t>(home.from));
  const std::int32_t end = std::min(home.until, scene.end_day);
  for (std::int32_t day = std::max(home.from, scene.first_day); day < end; ++day) {
    base::Random random = scene.draw(mixed(key, 8), day);
    for (std::int64_t left = random.poisson(mean); left > 0; --left) {
      Case one{.day = day, .town = home.town, .line = home.line, .who = home.host};
      one.key = random.bits64();
      one.second = static_cast<std::int32_t>(random.below(86'400));
      recorder.add(one);
    }
  }
}

void complaint_cases(Recorder& recorder) {
  const std::int32_t here = recorder.agency().towns.front();
  for (const TakenOver& home : recorder.scene().homes) {
    if (home.town == here) add_complaints(recorder, home);
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = recorder.scene().bystander(one.town, random, {.least = 18}, one.day);
    one.why = 1;
    return true;
  });
}

void put_occupant(Row& row) {
  const WrittenIdentity occupant = row.person(row.what().who, "occupant");
  row.put(occupant.forename);
  row.put(occupant.surname);
  row.put_born(occupant);
}

void closure_row(Row& row) {
  constexpr std::array<std::string_view, 3> k_there{"Adult at risk", "Adult at risk; Social care told", "Nobody"};
  constexpr std::array<std::string_view, 4> k_after{"Kept the home", "Lost the home", "Rehoused", "Not known"};
  constexpr std::array<std::string_view, 2> k_other{"Disorder", "Violence"};
  const Case& what = row.what();
  const Home& home = row.identity(what.who).home(what.day);
  row.key("CLO");
  row.put(row.is(row.practice().figure(Figure::closures_by_police)) ? force_of(row.scene(), what.town).name
                                                                    : row.agency().name);
  row.put(row.is(0.8) ? "Closure order" : "Partial closure order");
  row.put_day(what.recorded);
  row.put_day(what.recorded + 90);
  row.put(home.address);
  row.put(home.postcode);
  row.put_position(home.position, row.is(0.8));
  row.may(what.why == 1 ? row.one_of(k_other) : row.is(0.6) ? "Home taken over" : "Drug dealing");
  put_occupant(row);
  row.may(row.one_of(k_there));
  const std::int32_t known = what.recorded + row.between(20, 120);
  if (known < row.scene().end_day) {
    row.put(row.one_of(k_after));
    row.put_day(known);
  } else {
    row.blanks(2);
  }
  row.blank();
  row.end();
}

void complaint_row(Row& row) {
  constexpr std::array<std::string_view, 4> k_taken{"Visitors at all hours", "Drug dealing", "Litter and needles",
                                                    "Intimidation"};
  constexpr std::array<std::string_view, 3> k_other{"Noise", "Noise", "Drug use"};
  constexpr std::array<std::string_view, 4> k_signs{"Callers at all hours; Occupant not seen", "Strangers let in",
                                                    "Damaged door; Many cars or bikes", "Callers at all hours"};
  constexpr std::array<std::string_view, 4> k_by{"Neighbour", "Neighbour", "Anonymous", "Housing officer"};
  constexpr std::array<std::string_view, 4> k_actions{"No action", "Visit", "Warning", "Referred to safeguarding"};
  constexpr std::array<std::string_view, 4> k_tenures{"Council", "Housing association", "Private rent", "Supported"};
  const Case& what = row.what();
  const bool is_taken = what.why == 0;
  const Home& home = row.identity(what.who).home(what.day);
  row.key("ASB");
  row.put(row.agency().name);
  row.put_day(what.recorded);
  row.put_minute(what.day, what.second);
  row.put(is_taken ? row.one_of(k_taken) : row.one_of(k_other));
  row.may(is_taken ? row.one_of(k_signs) : std::string_view());
  row.put(home.address);
  row.put(home.postcode);
  row.put_position(home.position, row.is(0.8));
  if (row.is(0.7)) {
    put_occupant(row);
  } else {
    row.blanks(3);
  }
  row.may(row.one_of(k_tenures));
  row.may(row.one_of(k_by));
  row.may(row.one_of(k_actions));
  row.may_day(what.recorded + row.between(1, 30));
  row.blank();
  row.end();
}

}  // namespace

Recipe closure_recipe() {
  return {.dates = DateForm::british, .flaws = k_closure_flaws, .cases = closure_cases, .row = closure_row};
}

Recipe antisocial_recipe() {
  return {.dates = DateForm::british, .flaws = k_complaint_flaws, .cases = complaint_cases, .row = complaint_row};
}

}  // namespace throughline::simulate
