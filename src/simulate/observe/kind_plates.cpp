// Reads of number plates: cars that bring people between hub and town, searched for when a line is worked on, and cars
// of others that were searched for.
#include <array>
#include <string>

#include "simulate/observe/digits.h"
#include "simulate/observe/journey.h"
#include "simulate/observe/recipe.h"

namespace throughline::simulate {

namespace {

constexpr std::array<Flaw, 4> k_flaws{{{"Read at", "2024-02-30 10:00:01", "not_a_date", "30 February"},
                                       {"Latitude", "5l.57", "not_a_number", "a letter in a number"},
                                       {"Registration", "", "required_is_blank", "a required mark is empty"},
                                       {"", "", "ragged_row", "one field more than the header has"}}};

// Why says whose car and which way: 0 out, 1 back, 2 somebody else's. Amount is the share of the way in thousandths.
void add_reads(Recorder& recorder, const Journey& journey, double mean) {
  const Scene& scene = recorder.scene();
  for (const bool is_out : {true, false}) {
    const std::int32_t day = is_out ? journey.out_day : journey.back_day;
    const std::uint64_t key = person_key(journey.home, journey.person.number, journey.person.generation);
    base::Random random = scene.draw(mixed(key, is_out ? 11 : 12), day);
    for (std::int64_t left = random.poisson(mean); left > 0; --left) {
      const double share = random.uniform01();
      Case one{.day = day, .town = is_out ? journey.home : journey.town, .line = journey.line};
      one.key = random.bits64();
      one.amount = static_cast<std::int64_t>(share * 1'000) + (static_cast<std::int64_t>(journey.home) << 12U) +
                   (static_cast<std::int64_t>(journey.town) << 32U);
      const double along = is_out ? share : 1 - share;
      one.second = journey.leaves_second + static_cast<std::int32_t>(along * journey.minutes * 60);
      one.second = std::min(one.second, 86'399);
      one.why = static_cast<std::uint8_t>(!is_out);
      one.who = scene.controller(journey.line, day);
      recorder.add(one);
    }
  }
}

// A line is worked on in the weeks before whoever runs it is arrested, by the force of the town it sells in.
void add_work(Recorder& recorder, const Happening& arrest) {
  const Scene& scene = recorder.scene();
  const double mean = recorder.practice().figure(Figure::reads_per_journey);
  const std::int32_t from = arrest.day - static_cast<std::int32_t>(recorder.practice().figure(Figure::plates_days));
  const auto [begin, end] = scene.of_line[index_of(arrest.line)];
  for (std::size_t i = begin; i < end; ++i) {
    for (const Journey& one : journeys_of(scene, scene.carryings[i], from, arrest.day)) {
      if (one.is_by_car && one.out_day >= from) add_reads(recorder, one, mean);
    }
  }
}

void cases(Recorder& recorder) {
  const Scene& scene = recorder.scene();
  for (const std::int32_t town : recorder.agency().towns) {
    for (const Happening* happening : scene.by_town[index_of(town)]) {
      if (happening->what == Happened::controller_arrested) add_work(recorder, *happening);
    }
  }
  recorder.add_background([&](Case& one, base::Random& random) {
    one.who = scene.bystander(one.town, random, {.least = 18}, one.day);
    one.amount = static_cast<std::int64_t>(random.below(100)) + (std::int64_t{one.town} << 12U) +
                 (std::int64_t{scene.run().state.hubs[index_of(scene.run().town(one.town).nearest_hub)].town} << 32U);
    one.why = 2;
    return true;
  });
}

// Reads are searched for under an operation of the force, which has a dozen (an assumption). All reads for a line are
// under one; those of other people's cars under any, for whoever works on a line also looks at cars of others.
std::string operation_of(const Row& row) {
  constexpr std::uint64_t k_operations = 12;
  const Scene& scene = row.scene();
  const Case& what = row.what();
  const std::uint64_t chance = mixed(row.agency().key, base::stream_of("operation"));
  const std::uint64_t subject = what.line == k_none ? what.key : scene.run().line(what.line).key;
  const std::uint64_t which = scene.draw(mixed(chance, subject), 0).below(k_operations);
  const std::uint64_t number = scene.draw(mixed(chance, which), 1).below(10'000);
  std::string operation = "ANPR-" + row.agency().prefix + "-";
  append_digits(operation, static_cast<std::int64_t>(number), 4);
  return operation;
}

void row(Row& row) {
  constexpr std::array<std::string_view, 5> k_cars{"Silver hatchback", "Black saloon", "White van", "Grey estate",
                                                   "Blue hatchback"};
  const Case& what = row.what();
  const auto home = static_cast<std::int32_t>(what.amount >> 12U & 0xFFFFF);
  const auto town = static_cast<std::int32_t>(what.amount >> 32U);
  const Mast camera =
      mast_at(row.scene(), on_the_way(row.scene(), home, town, static_cast<double>(what.amount & 0xFFF) / 1'000), 0);
  const std::string mark = registration_of(row.scene(), what.who);
  row.put({"R", row.agency().prefix, Digits(row.number(), 7).text()});
  row.put(row.agency().name);
  row.put(operation_of(row));
  row.may("Travel of people believed to be carried between towns");
  row.put_second(what.day, what.second);
  row.put({"CAM", std::string_view(camera.cell).substr(6, 7)});
  row.may({"Camera on the road", std::string_view(camera.address).substr(camera.address.find(" near"))});
  row.put_position(camera.position, row.is(row.practice().level(Kind::plates, Level::filled)));
  row.put_number(row.between(0, 35) * std::int64_t{10});
  row.may(row.is(0.5) ? "Towards" : "Away");
  row.put(mark);
  row.may(k_cars[static_cast<std::size_t>(base::stream_of(mark) % k_cars.size())]);
  row.may(row.is(0.8) ? "High" : "Medium");
  row.end();
}

}  // namespace

Recipe plates_recipe() {
  return {.dates = DateForm::iso, .flaws = k_flaws, .cases = cases, .row = row};
}

}  // namespace throughline::simulate
