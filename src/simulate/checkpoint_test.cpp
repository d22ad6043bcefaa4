#include "simulate/checkpoint.h"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <limits>

#include "base/sha256.h"
#include "simulate/archive_internal.h"
#include "simulate/begin.h"
#include "simulate/run.h"
#include "simulate/series_text.h"
#include "simulate/testing_patterns.h"

namespace throughline::simulate {
namespace {

WorldRun run_to(WorldRun run, std::int32_t days) {
  const base::Interrupt never;
  run_days(run, days, never).value();
  return run;
}

// A fight on most days, after each of which somebody leaves.
RunInput full_of_fights() {
  RunInput input = small_input(0.3);
  input.parameters.violence_contests_per_year = 20;
  input.parameters.violence_retreat = 1;
  input.parameters.violence_belief_start = 0;
  input.parameters.line_per_1000_users = 12;
  input.warm_up_days = 20;
  return input;
}

TEST(Resume, on_any_day_comes_to_the_same_bytes_where_lines_flee_from_fights) {
  const RunInput input = full_of_fights();
  const WorldRun whole = run_to(begin_world(input), 24);
  const std::string bytes = checkpoint_bytes(whole);
  const auto fights = static_cast<std::size_t>(Outcome::fights);
  std::int64_t fought = 0;
  for (const OutcomeRow& row : series_so_far(whole).rows) fought += row[fights];
  ASSERT_GT(fought, 10);
  WorldRun run = begin_world(input);
  for (std::int32_t day = -19; day < 24; day += 1 + (day + 19) % 3) {
    run = run_to(std::move(run), day);
    run = resumed(input, checkpoint_bytes(run), "c.bin").value();
    if (day % 5 != 0) continue;
    EXPECT_TRUE(checkpoint_bytes(run_to(run, 24)) == bytes) << day;
  }
  run = run_to(std::move(run), 24);
  EXPECT_EQ(series_csv(run), series_csv(whole));
  EXPECT_TRUE(checkpoint_bytes(run) == bytes);
}

struct Forgery {
  const char* name;
  std::function<void(WorldRun&)> forge;
};

// One array of a town's calendar: 0 days, 1 the next, 2 the one before, 3 heads of buckets.
std::vector<std::int32_t>& calendar_array(WorldRun& run, int which) {
  std::vector<std::int32_t>* found = nullptr;
  int at = 0;
  run.state.towns[0].people.calendar.visit([&](std::vector<std::int32_t>& values) {
    if (at++ == which) found = &values;
  });
  return *found;
}

// Somebody of the kind and state in the first town.
std::size_t somebody(const WorldRun& run, PersonState state) {
  const std::vector<PersonState>& states = run.state.towns[0].people.state;
  return static_cast<std::size_t>(std::ranges::find(states, state) - states.begin());
}

Line& open_line_of(WorldRun& run) {
  for (const std::int32_t number : run.state.open_lines) {
    if (!run.line(number).carriers.empty() && !run.line(number).homes.empty()) return run.line(number);
  }
  CHECK(false);
}

std::vector<Forgery> forged_people() {
  return {
      {"state", [](WorldRun& run) { run.state.towns[0].people.state[3] = static_cast<PersonState>(200); }},
      {"kind", [](WorldRun& run) { run.state.towns[0].people.kind[3] = static_cast<PersonKind>(9); }},
      {"kind of another", [](WorldRun& run) { run.state.towns[0].people.kind[3] = PersonKind::adult; }},
      {"where kinds begin", [](WorldRun& run) { run.state.towns[0].people.kind_begin[3] += 5; }},
      {"needs", [](WorldRun& run) { run.state.towns[0].people.needs[3] = 99; }},
      {"event", [](WorldRun& run) { run.state.towns[0].people.event[somebody(run, PersonState::active)] = 77; }},
      {"event of another state",
       [](WorldRun& run) {
         run.state.towns[0].people.event[somebody(run, PersonState::active)] = 10;  // A week of carrying.
       }},
      {"born after today", [](WorldRun& run) { run.state.towns[0].people.birth_day[3] = 1 << 20; }},
      {"debt", [](WorldRun& run) { run.state.towns[0].people.debt_pounds[3] = -1; }},
      {"counts", [](WorldRun& run) { ++run.state.towns[0].count[0][1]; }},
      {"line of a person", [](WorldRun& run) { run.state.towns[0].people.line[3] = 1 << 20; }},
      {"a home that no line lists",
       [](WorldRun& run) { run.state.towns[0].people.line[somebody(run, PersonState::in_prison)] = 0; }},
      {"day of an event",
       [](WorldRun& run) { calendar_array(run, 0)[somebody(run, PersonState::active)] = run.state.day - 1; }},
      {"a bucket that turns back",
       [](WorldRun& run) {
         const auto person = static_cast<std::int32_t>(somebody(run, PersonState::active));
         calendar_array(run, 1)[index_of(person)] = person;
       }},
      {"a bucket that loses its people",
       [](WorldRun& run) {
         auto& heads = calendar_array(run, 3);
         *std::ranges::find_if(heads, [](std::int32_t head) { return head >= 0; }) = -1;
       }},
      {"a next person outside", [](WorldRun& run) { calendar_array(run, 1)[3] = 1 << 30; }},
      {"who waits",
       [](WorldRun& run) { run.state.towns[0].waiting.push_back({.person = 1 << 20, .since = run.state.day}); }},
      {"waits without being in that state",
       [](WorldRun& run) { run.state.towns[0].waiting.push_back({.person = 3, .since = run.state.day}); }},
      {"reserve", [](WorldRun& run) { run.state.towns[0].reserve.back() = -7; }},
      {"reserve twice", [](WorldRun& run) { run.state.towns[0].reserve[0] = run.state.towns[0].reserve[1]; }},
      {"a departure", [](WorldRun& run) { run.state.towns[0].departures.push_back({.line = 1 << 20, .person = 0}); }},
  };
}

std::vector<Forgery> forged_lines() {
  return {
      {"hub of a line", [](WorldRun& run) { open_line_of(run).hub = 2; }},
      {"town of a line", [](WorldRun& run) { open_line_of(run).town = -1; }},
      {"belief", [](WorldRun& run) { open_line_of(run).belief = std::numeric_limits<double>::quiet_NaN(); }},
      {"stock of a line", [](WorldRun& run) { open_line_of(run).stock[0] = -5; }},
      {"a line closed on its lists", [](WorldRun& run) { open_line_of(run).closed_day = 0; }},
      {"a carrier twice",
       [](WorldRun& run) { open_line_of(run).carriers.push_back(open_line_of(run).carriers.front()); }},
      {"a carrier outside", [](WorldRun& run) { open_line_of(run).carriers.front().person = 1 << 20; }},
      {"a home outside", [](WorldRun& run) { open_line_of(run).homes.front().person = -3; }},
      {"order of open lines", [](WorldRun& run) { std::swap(run.state.open_lines[0], run.state.open_lines[1]); }},
      {"an open line too many", [](WorldRun& run) { run.state.open_lines.push_back(1 << 20); }},
      {"a town without its lines", [](WorldRun& run) { run.town(open_line_of(run).town).lines.clear(); }},
      {"hub of a vacancy",
       [](WorldRun& run) { run.state.vacancies.push_back({.key = 1, .hub = 9, .town = 0, .day = 1}); }},
      {"town of a vacancy",
       [](WorldRun& run) { run.state.vacancies.push_back({.key = 1, .hub = 0, .town = 99, .day = 1}); }},
  };
}

std::vector<Forgery> forged_wholes() {
  return {
      {"day", [](WorldRun& run) { run.state.day = -1; }},
      {"day far off", [](WorldRun& run) { run.state.day = std::numeric_limits<std::int32_t>::max(); }},
      {"a town too few", [](WorldRun& run) { run.state.towns.pop_back(); }},
      {"a hub too many", [](WorldRun& run) { run.state.hubs.push_back(run.state.hubs[0]); }},
      {"town of a hub", [](WorldRun& run) { run.state.hubs[0].town = 5; }},
      {"attraction", [](WorldRun& run) { run.state.hubs[0].attraction_start = 1e-300; }},
      {"would-be", [](WorldRun& run) { run.state.hubs[0].would_be = -4; }},
      {"routes", [](WorldRun& run) { run.state.importers[0].routes = 0; }},
      {"no importers", [](WorldRun& run) { run.state.importers.clear(); }},
      {"nearest hub", [](WorldRun& run) { run.state.towns[3].nearest_hub = 7; }},
      {"purity", [](WorldRun& run) { run.state.towns[3].purity[0] = 0; }},
      {"price", [](WorldRun& run) { run.state.towns[3].price[1] = std::numeric_limits<double>::infinity(); }},
      {"sellers", [](WorldRun& run) { run.state.towns[3].local_sellers = std::int64_t{1} << 60; }},
      {"a milligram more", [](WorldRun& run) { ++run.state.hubs[0].stock[0]; }},
      {"today", [](WorldRun& run) { run.state.towns[0].today[0] = -1; }},
      {"length of periods", [](WorldRun& run) { run.state.series.every = static_cast<Every>(7); }},
      {"rows", [](WorldRun& run) { run.state.series.rows.pop_back(); }},
      {"sums", [](WorldRun& run) { run.state.series.rows[0][0] = std::numeric_limits<std::int64_t>::max(); }},
      {"days of periods", [](WorldRun& run) { run.state.series.period_days[1] = 0; }},
      {"pulls too few", [](WorldRun& run) { run.pulls.pop_back(); }},
      {"pull", [](WorldRun& run) { run.pulls[0] = std::numeric_limits<double>::quiet_NaN(); }},
  };
}

// checkpoint_bytes puts a right hash at the end, so that each forgery is whole but for what it says.
TEST(Checkpoint, that_says_what_no_run_comes_to_is_refused_though_its_hash_is_right) {
  RunInput input = small_input(0.2);
  input.warm_up_days = 40;
  const WorldRun run = run_to(begin_world(input), 20);
  ASSERT_TRUE(resumed(input, checkpoint_bytes(run), "c.bin").ok());
  for (const std::vector<Forgery>& forgeries : {forged_people(), forged_lines(), forged_wholes()}) {
    for (const Forgery& forgery : forgeries) {
      WorldRun forged = run;
      forgery.forge(forged);
      const auto found = resumed(input, checkpoint_bytes(forged), "c.bin");
      ASSERT_FALSE(found.ok()) << forgery.name;
      EXPECT_EQ(found.error().code, "checkpoint_damaged") << forgery.name;
    }
  }
}

// Where the number of towns stands: after the first words, the head and the day.
constexpr std::size_t k_towns_at = 32 + 65 + 4;

TEST(Checkpoint, that_is_short_cannot_ask_for_much_memory) {
  EXPECT_GT(least_bytes<Town>() * 4, sizeof(Town));
  EXPECT_GT(least_bytes<Line>() * 4, sizeof(Line));
  EXPECT_EQ(least_bytes<OutcomeRow>(), sizeof(OutcomeRow));
  EXPECT_EQ(least_bytes<std::int32_t>(), sizeof(std::int32_t));
  RunInput input = small_input(0.2);
  std::string bytes = checkpoint_bytes(run_to(begin_world(input), -170));
  bytes.resize(bytes.size() - 32);
  std::uint64_t towns = 0;
  std::memcpy(&towns, bytes.data() + k_towns_at, sizeof towns);
  ASSERT_EQ(towns, 8U);
  towns = bytes.size() / 2;
  std::memcpy(bytes.data() + k_towns_at, &towns, sizeof towns);
  const base::Hash hash = base::hash_text(bytes);
  bytes.append(reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size());
  EXPECT_EQ(resumed(input, bytes, "c.bin").error().code, "checkpoint_damaged");
}

}  // namespace
}  // namespace throughline::simulate
