#include "simulate/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/parallel.h"
#include "simulate/begin.h"
#include "simulate/checkpoint.h"
#include "simulate/describe.h"
#include "simulate/mechanisms.h"
#include "simulate/parameter_names.h"
#include "simulate/series_text.h"
#include "simulate/testing_patterns.h"

namespace throughline::simulate {
namespace {

using testing::HasSubstr;

WorldRun run_for(RunInput input, std::int32_t days) {
  WorldRun run = begin_world(std::move(input));
  const base::Interrupt never;
  run_days(run, days, never).value();
  return run;
}

// As many towns as work is handed out for, few people in each.
RunInput many_towns() {
  RunInput input = small_input();
  input.world = built_in_world("england-and-wales").value();
  input.world.scale = 0.02;
  input.warm_up_days = 30;
  return input;
}

TEST(MarketRun, gives_the_same_bytes_at_one_two_and_eight_threads) {
  std::vector<std::string> bytes;
  for (const int threads : {1, 2, 8}) {
    base::set_thread_limit(threads);
    const WorldRun run = run_for(many_towns(), 45);
    bytes.push_back(series_csv(run) + checkpoint_bytes(run));
  }
  base::set_thread_limit(0);
  EXPECT_TRUE(bytes[0] == bytes[1]);
  EXPECT_TRUE(bytes[0] == bytes[2]);
}

TEST(MarketRun, differs_from_one_of_another_seed) {
  RunInput input = small_input(0.3);
  const std::string one = series_csv(run_for(input, 30));
  input.seed = 2;
  EXPECT_NE(one, series_csv(run_for(input, 30)));
}

TEST(MarketRun, stopped_and_resumed_comes_to_the_same_end) {
  for (const Every every : {Every::week, Every::month}) {
    RunInput input = small_input(0.5);
    input.every = every;
    input.scenario.actions = {turned(Lever::controller_arrests, 2, 20, 70)};
    const WorldRun whole = run_for(input, 100);
    const std::string stopped = checkpoint_bytes(run_for(input, 47));
    WorldRun resumed_run = resumed(input, stopped, "checkpoint.bin").value();
    const base::Interrupt never;
    run_days(resumed_run, 100, never).value();
    EXPECT_EQ(series_csv(whole), series_csv(resumed_run));
    EXPECT_TRUE(checkpoint_bytes(whole) == checkpoint_bytes(resumed_run));
  }
}

TEST(MarketRun, can_be_stopped_before_its_series_begins) {
  const RunInput input = small_input(0.3);
  WorldRun run = begin_world(input);
  const base::Interrupt never;
  run_days(run, -100, never).value();
  WorldRun again = resumed(input, checkpoint_bytes(run), "checkpoint.bin").value();
  run_days(again, 20, never).value();
  EXPECT_EQ(series_csv(run_for(input, 20)), series_csv(again));
}

TEST(MarketRun, with_a_scenario_that_changes_nothing_is_the_baseline) {
  RunInput input = small_input(0.5);
  const std::string baseline = series_csv(run_for(input, 120));
  input.scenario.actions = {turned(Lever::carrier_arrests, 1.0), turned(Lever::imports, 1.0, 10, 20)};
  input.scenario.strikes = {{.target = StrikeTarget::controllers, .share = 0, .day = 30}};
  EXPECT_EQ(series_csv(run_for(input, 120)), baseline);
}

TEST(MarketRun, with_a_scenario_is_the_baseline_until_it_begins) {
  RunInput input = small_input(0.5);
  const std::string baseline = series_csv(run_for(input, 120));
  input.scenario.actions = {turned(Lever::controller_arrests, 3, 70)};
  const std::string changed = series_csv(run_for(input, 120));
  EXPECT_NE(changed, baseline);
  const std::size_t same = static_cast<std::size_t>(std::ranges::mismatch(changed, baseline).in1 - changed.begin());
  // Day 70 is 11 March: every row before it is the same.
  EXPECT_GE(same, baseline.find("2024-03-11"));
}

// What is in stock, sold or seized of each import.
std::array<Milligrams, k_imports> milligrams_found(const State& state) {
  std::array<Milligrams, k_imports> found = state.drugs.seized;
  for (std::size_t import = 0; import < k_imports; ++import) {
    for (const Hub& hub : state.hubs) found[import] += hub.stock[import];
    for (const Town& town : state.towns) found[import] += town.sold[import];
  }
  for (std::size_t drug = 0; drug < k_drugs; ++drug) {
    for (const Town& town : state.towns) found[import_of(drug)] += town.local_stock[drug];
    for (const Line& line : state.lines) found[import_of(drug)] += line.stock[drug];
  }
  return found;
}

bool is_stock_below_nought(const Town& town) {
  return std::ranges::any_of(town.local_stock, [](Milligrams stock) { return stock < 0; });
}

// Every milligram that was brought in is in stock, sold or seized, on every day, whatever police do.
TEST(MassBalance, every_milligram_is_in_stock_sold_or_seized) {
  RunInput input = small_input();
  input.warm_up_days = 0;
  input.scenario.actions = {turned(Lever::imports, 0.4, 60, 120)};
  input.scenario.strikes = {{.target = StrikeTarget::stock, .share = 0.3, .day = 40},
                            {.target = StrikeTarget::controllers, .share = 0.5, .day = 80}};
  WorldRun run = begin_world(input);
  const base::Interrupt never;
  for (std::int32_t day = 1; day <= 200; ++day) {
    run_days(run, day, never).value();
    ASSERT_EQ(milligrams_found(run.state), run.state.drugs.brought_in) << "day " << day;
    ASSERT_TRUE(std::ranges::none_of(run.state.towns, is_stock_below_nought)) << "day " << day;
  }
}

// Who is on a line, by its number, as people themselves say.
struct OnLines {
  std::vector<std::int64_t> carriers;
  std::vector<std::int64_t> homes;
};

// Adds the people of a town to what they say of lines; gives how many are in which state.
auto counted_people(const Town& town, OnLines& on_lines) {
  std::array<std::array<std::int64_t, k_person_states>, k_person_kinds> counted{};
  for (std::size_t person = 0; person < town.people.state.size(); ++person) {
    const PersonKind kind = town.people.kind[person];
    ++counted[static_cast<std::size_t>(kind)][static_cast<std::size_t>(town.people.state[person])];
    const std::int32_t line = town.people.line[person];
    const bool is_user = kind == PersonKind::user;
    EXPECT_TRUE(is_user || (town.people.state[person] == PersonState::carrying) == (line != k_none));
    if (line != k_none) ++(is_user ? on_lines.homes : on_lines.carriers)[index_of(line)];
  }
  return counted;
}

// Nobody is lost or doubled: states add up, carriers and homes are on the lists of the lines that they name.
TEST(MassBalance, every_person_is_in_one_state_and_on_the_list_of_their_line) {
  RunInput input = small_input();
  input.scenario.strikes = {{.target = StrikeTarget::carriers, .share = 0.7, .day = 60},
                            {.target = StrikeTarget::controllers, .share = 0.7, .day = 90}};
  const WorldRun run = run_for(input, 200);
  OnLines on_lines{.carriers = std::vector<std::int64_t>(run.state.lines.size(), 0),
                   .homes = std::vector<std::int64_t>(run.state.lines.size(), 0)};
  for (const Town& town : run.state.towns) EXPECT_EQ(counted_people(town, on_lines), town.count);
  std::int64_t open = 0;
  for (std::size_t number = 0; number < run.state.lines.size(); ++number) {
    const Line& line = run.state.lines[number];
    EXPECT_EQ(on_lines.carriers[number], std::ssize(line.carriers));
    EXPECT_EQ(on_lines.homes[number], std::ssize(line.homes));
    open += line.is_open() ? 1 : 0;
  }
  EXPECT_EQ(open, std::ssize(run.state.open_lines));
}

// 300 importers, 70,000 at street level and the users of 2019/20, whose ratios England and Wales keep.
TEST(MassBalance, sellers_and_users_stand_in_the_ratios_of_the_sources) {
  RunInput input = small_input();
  input.world = built_in_world("england-and-wales").value();
  const WorldRun run = begin_world(input);
  std::int64_t users = 0;
  std::int64_t sellers = 0;
  for (const Town& town : run.state.towns) {
    users += town.users_start;
    sellers += town.local_sellers_start;
  }
  EXPECT_NEAR(static_cast<double>(users) / static_cast<double>(sellers), 341'032.0 / 70'000, 0.05);
  EXPECT_NEAR(static_cast<double>(users), 341'032.0 * 59.7 / 56.0, 6'000) << "England's rate, England and Wales";
  EXPECT_NEAR(static_cast<double>(run.state.importers.size()), 300.0 * 59.7 / 56.0, 6);
  EXPECT_NEAR(static_cast<double>(run.state.open_lines.size()), 1000.0 * 59.7 / 56.0, 30);
}

// 78 per cent of those who start treatment are in it 84 days later (deaths aside).
TEST(Treatment, keeps_78_of_100_for_84_days) {
  RunInput input = small_input();
  input.parameters.users_death_per_year = 1e-9;
  WorldRun run = begin_world(input);
  Town& town = run.state.towns[0];
  int kept = 0;
  const std::int32_t people = town.people.kind_begin[1];
  for (std::int32_t person = 0; person < people; ++person) {
    set_state(town, person, PersonState::in_treatment);
    schedule_next(run, 0, person);
    kept += town.people.calendar.due(person) > 84 ? 1 : 0;
  }
  const double error = std::sqrt(0.78 * 0.22 / people);
  EXPECT_NEAR(static_cast<double>(kept) / people, 0.78, 4 * error + 0.003);
}

// A child of the counts is under 18: nobody older is among those charged or missing, though young people stay at risk
// to 23.
TEST(People, are_children_until_18_and_no_longer) {
  WorldRun run = run_for(small_input(), 100);
  Town& town = run.state.towns[0];
  const std::int32_t person = town.people.kind_begin[1];
  town.people.birth_day[index_of(person)] = run.state.day - 6574;  // 17 years and 364 days.
  EXPECT_TRUE(is_child(town.people, person, run.state.day));
  EXPECT_FALSE(is_child(town.people, person, run.state.day + 1));
  EXPECT_FALSE(is_child(town.people, 0, run.state.day)) << "a user";
  std::int64_t children = 0;
  for (std::int32_t i = town.people.kind_begin[1]; i < town.people.kind_begin[2]; ++i) {
    children += is_child(town.people, i, run.state.day) ? 1 : 0;
  }
  // 1.68 for 1,000 of 355,266 residents, in a world that has more of them.
  EXPECT_NEAR(static_cast<double>(children), 1.68 * 355.266 * run.input.world.scale, 75);
}

// Once settled a line lives for 5.5 to 10 months: about 1,300 closures a year of 600 to 1,100 active.
TEST(Lines, live_as_long_as_closures_a_year_imply) {
  const PatternPairs pairs(small_input().parameters, {Scenario{}}, {.days = 730, .replicates = 6});
  const double open = pairs.total(0, Outcome::lines_open).baseline;
  const double closed_per_year = pairs.total(0, Outcome::lines_closed).baseline / 2;
  const double months = 12 * open / closed_per_year;
  EXPECT_GT(months, 5.5);
  EXPECT_LT(months, 10);
}

TEST(Checkpoint, of_another_run_says_in_what_it_differs) {
  const RunInput input = small_input(0.2);
  const std::string bytes = checkpoint_bytes(run_for(input, 3));
  RunInput other = input;
  other.seed = 9;
  EXPECT_EQ(resumed(other, bytes, "c.bin").error().message(),
            "The checkpoint is of another seed: 1, not 9 (c.bin). Resume with what the run began with, as its manifest "
            "says, or begin anew in another folder.");
  other = input;
  other.parameters.line_contestants = 3;
  EXPECT_EQ(resumed(other, bytes, "c.bin").error().code, "checkpoint_parameters");
  other = input;
  other.scenario.actions = {turned(Lever::recording, 2)};
  EXPECT_EQ(resumed(other, bytes, "c.bin").error().code, "checkpoint_scenario");
  other = input;
  other.world.scale = 0.3;
  EXPECT_EQ(resumed(other, bytes, "c.bin").error().code, "checkpoint_world");
  other = input;
  other.every = Every::day;
  EXPECT_EQ(resumed(other, bytes, "c.bin").error().code, "checkpoint_periods");
}

TEST(Checkpoint, that_is_cut_or_changed_is_refused_whole) {
  const RunInput input = small_input(0.2);
  const std::string bytes = checkpoint_bytes(run_for(input, 3));
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{10}, std::size_t{40}, bytes.size() / 2, bytes.size() - 1}) {
    EXPECT_EQ(resumed(input, bytes.substr(0, length), "c.bin").error().code, "checkpoint_damaged") << length;
  }
  for (std::size_t at = 0; at < bytes.size(); at += bytes.size() / 13) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_EQ(resumed(input, changed, "c.bin").error().code, "checkpoint_damaged") << at;
  }
}

TEST(Comparison, with_no_change_is_nought_everywhere) {
  const PatternPairs pairs(small_input().parameters, {Scenario{}}, {.days = 90, .replicates = 5, .scale = 0.3});
  for (std::size_t outcome = 0; outcome < k_outcomes; ++outcome) {
    const OutcomeDifference row = pairs.total(0, static_cast<Outcome>(outcome));
    EXPECT_EQ(row.difference, 0) << outcome_words()[outcome].name;
    EXPECT_EQ(row.low, 0);
    EXPECT_EQ(row.high, 0);
    EXPECT_EQ(row.share_up, 0.5);
  }
}

// Student's t at 0.975, from tables: 2.776, 2.262, 1.984 at 4, 9 and 99 degrees of freedom.
TEST(Comparison, puts_limits_by_students_t) {
  for (const auto& [count, t] : {std::pair{5, 2.776}, std::pair{10, 2.262}, std::pair{100, 1.984}}) {
    std::vector<double> values;
    double squares = 0;
    for (int i = 0; i < count; ++i) values.push_back(i);
    const double mean = (count - 1) / 2.0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    const MeanLimits limits = mean_limits(values);
    EXPECT_DOUBLE_EQ(limits.mean, mean);
    EXPECT_NEAR((limits.high - mean) / std::sqrt(squares / (count - 1) / count), t, 0.006) << count;
    EXPECT_NEAR(mean - limits.low, limits.high - mean, 1e-9);
  }
}

TEST(Description, tells_of_every_mechanism_parameter_outcome_and_lever) {
  const RunInput input = small_input();
  const std::string text = odd_description(begin_world(input), built_in_cards());
  for (const Mechanism& mechanism : mechanisms()) EXPECT_THAT(text, HasSubstr(std::string(mechanism.what)));
  for (const ParameterName& name : parameter_names())
    EXPECT_THAT(text, HasSubstr("| `" + std::string(name.name) + "` |"));
  for (const OutcomeWords& outcome : outcome_words())
    EXPECT_THAT(text, HasSubstr("`" + std::string(outcome.name) + "`"));
  for (const LeverWords& lever : lever_words()) EXPECT_THAT(text, HasSubstr("`" + std::string(lever.name) + "`"));
  EXPECT_THAT(text, HasSubstr("rival 800000"));
}

}  // namespace
}  // namespace throughline::simulate
