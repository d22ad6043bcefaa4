// Call records of a line's number, obtained after an arrest: with customers, with those who carry and with whoever runs
// it, each with the masts that served them where they were.
#include <array>
#include <string>

#include "simulate/observe/digits.h"
#include "simulate/observe/journey.h"
#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

enum class Party : std::uint8_t { customer, carrier, controller };

constexpr std::array<Flaw, 4> k_flaws{
    {{"Started at", "30/02/2024 10:00:01", "not_a_date", "30 February"},
     {"Calling IMEI", "00123", "wrong_digits", "a handset's number of five digits"},
     {"How obtained", "From a friend", "not_in_vocabulary", "a way that is not one of the three"},
     {"", "", "ragged_row", "one field more than the header has"}}};

// One schedule: a line's number over some days, obtained for an arrest.
void add_schedule(Recorder& recorder, const Happening& arrest) {
  const Scene& scene = recorder.scene();
  const Practice& practice = recorder.practice();
  const Case base_case = recorder.case_of(arrest);
  base::Random seen = scene.draw(mixed(base_case.key, mixed(recorder.agency().key, 9)), arrest.day);
  const bool is_controller = arrest.what == Happened::controller_arrested;
  const double times = is_controller ? 1 : practice.figure(Figure::calls_of_carriers);
  if (seen.uniform01() >= recorder.level(Level::detection) * recorder.effort() * times) return;
  const auto days = static_cast<std::int32_t>(practice.figure(Figure::calls_days));
  const LineLife& life = scene.lines[index_of(arrest.line)];
  // The number that was in use when it was seized.
  const std::int32_t since = life.number_days[index_of(life.changes_by(arrest.day - 1))];
  for (std::int32_t day = std::max({arrest.day - days, since, scene.first_day}); day < arrest.day; ++day) {
    base::Random random = scene.draw(mixed(base_case.key, 10), day);
    for (std::int64_t left = random.poisson(practice.figure(Figure::calls_per_day)); left > 0; --left) {
      Case one{.day = day, .town = life.town_on(day), .line = arrest.line};
      one.key = random.bits64();
      one.second = static_cast<std::int32_t>(random.below(86'400));
      one.amount = static_cast<std::int64_t>(base_case.key % 900'000 + 100'000);
      one.how = is_controller ? How::closed : How::charged;
      const double who = random.uniform01();
      const std::optional<PersonRef> carrier = scene.carrier(arrest.line, random, day);
      if (who < 0.2 && carrier.has_value()) {
        one.who = *carrier;
        one.why = static_cast<std::uint8_t>(Party::carrier);
      } else if (who < 0.27 && !is_controller) {
        one.who = scene.controller(arrest.line, day);
        one.why = static_cast<std::uint8_t>(Party::controller);
      } else {
        one.who = scene.user(one.town, random, day);
      }
      recorder.add_seen(one);
    }
  }
}

void cases(Recorder& recorder) {
  for (const std::int32_t town : recorder.agency().towns) {
    for (const Happening* happening : recorder.scene().by_town[index_of(town)]) {
      const bool is_arrest =
          happening->what == Happened::controller_arrested || happening->what == Happened::carrier_arrested;
      if (is_arrest && happening->line != k_none && happening->day >= recorder.scene().first_day) {
        add_schedule(recorder, *happening);
      }
    }
  }
}

// One end of a call.
struct End {
  std::string number;
  std::string imei;
  std::string imsi;
};

End end_of_line(const Scene& scene, const Case& what) {
  const LineLife& life = scene.lines[index_of(what.line)];
  DealPhone phone = deal_phone(what.line, life.changes_by(what.day));
  return {.number = std::move(phone.number), .imei = std::move(phone.imei), .imsi = std::move(phone.imsi)};
}

End end_of_person(const Row& row) {
  const Telephone* telephone = row.identity(row.what().who).telephone(row.what().day);
  if (telephone == nullptr) return {};
  return {.number = telephone->number, .imei = telephone->imei, .imsi = telephone->imsi};
}

// Where the person at the other end is: those who carry may be on the way.
GridPoint where_person_is(const Row& row) {
  const Case& what = row.what();
  const Scene& scene = row.scene();
  std::vector<Journey> journeys;
  const auto at = scene.carryings_of.find(what.who);
  if (at != scene.carryings_of.end()) {
    for (const std::size_t which : at->second) {
      const std::vector<Journey> some = journeys_of(scene, scene.carryings[which], what.day - 7, what.day + 7);
      journeys.insert(journeys.end(), some.begin(), some.end());
    }
  }
  return where_on(scene, journeys, what.who.town, {.day = what.day, .second = what.second});
}

// Lines are answered from the hub; those that sell at home, there.
GridPoint where_line_is(const Row& row) {
  const Scene& scene = row.scene();
  const std::int32_t hub = scene.run().state.hubs[index_of(scene.run().line(row.what().line).hub)].town;
  return on_the_way(scene, hub, hub, 0);
}

void put_cells(Row& row, bool is_from_line) {
  const Mast first =
      mast_at(row.scene(), is_from_line ? where_line_is(row) : where_person_is(row), row.random().bits32());
  if (!row.is(row.practice().level(Kind::calls, Level::filled))) return row.blanks(7);
  row.put(first.cell);
  row.put(first.address);
  row.blank();
  row.put_fixed(first.position.latitude, 5);
  row.put_fixed(first.position.longitude, 5);
  row.put_number(first.bearing);
  row.may(first.cell);
}

void row(Row& row) {
  const Case& what = row.what();
  const bool is_from_line = row.is(static_cast<Party>(what.why) == Party::customer ? 0.3 : 0.6);
  const End line = end_of_line(row.scene(), what);
  const End person = end_of_person(row);
  const End& calling = is_from_line ? line : person;
  const End& called = is_from_line ? person : line;
  const bool is_voice = row.is(0.55);
  row.put({"CDR-", row.agency().prefix, "-", Digits(row.number(), 7).text()});
  row.put(row.agency().name);
  row.put({"AUTH-", row.agency().prefix, "-", Digits(what.amount).text()});
  row.put(what.how == How::closed ? "Seized handset" : "Authorised communications data");
  row.put(is_voice ? "Voice" : "SMS");
  row.put_second(what.day, what.second);
  if (is_voice) {
    row.put_number(row.between(3, 240));
  } else {
    row.blank();
  }
  row.put(calling.number);
  row.may(calling.imei);
  row.may(calling.imsi);
  row.put(called.number);
  row.may(called.imei);
  row.may(called.imsi);
  put_cells(row, is_from_line);
  row.end();
}

}  // namespace

Recipe calls_recipe() {
  return {.dates = DateForm::british, .flaws = k_flaws, .cases = cases, .row = row};
}

}  // namespace throughline::simulate
