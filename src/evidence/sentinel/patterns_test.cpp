#include "evidence/sentinel/patterns.h"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"

namespace throughline::evidence {
namespace {

using Counts = std::vector<std::optional<std::int64_t>>;

constexpr TwoWindows k_first_and_last{.before = {.first = 0, .last = 0}, .after = {.first = 1, .last = 1}};

RecordedTable table_of(const Counts& one, const Counts& other) {
  RecordedTable table;
  for (std::size_t i = 0; i < one.size(); ++i) table.periods.push_back(std::to_string(2021 + i));
  table.series = {{.category = "one", .counts = one}, {.category = "other", .counts = other}};
  return table;
}

MovedReading moved(const Counts& first, const Counts& second) {
  const RecordedTable table = table_of(first, second);
  return std::get<MovedReading>(moved_between(table, table.series[0], table.series[1], k_first_and_last));
}

BolsteredReading bolstered(const Counts& part, const Counts& whole) {
  const RecordedTable table = table_of(part, whole);
  return std::get<BolsteredReading>(bolstered_by(table, table.series[0], table.series[1], k_first_and_last));
}

// Possession and trafficking that the Metropolitan Police recorded in 2021 and in 2025. By hand: a rise of 17,145
// against a fall of 10,070; 5,100 of 47,216 is 10.80 per cent, and of 54,291 that share would be 5,864.2.
TEST(MovedBetween, reads_the_metropolitan_series_both_ways) {
  const MovedReading reading = moved({42116, 32046}, {5100, 22245});
  EXPECT_EQ(reading.way, MovedWay::first_to_second);
  EXPECT_NEAR(reading.rise_explained_most.value(), 10070.0 / 17145, 1e-12);
  EXPECT_NEAR(reading.moved_if_recording, 22245 - 54291 * 5100.0 / 47216, 1e-9);
  EXPECT_NEAR(reading.share_after, 0.40974, 5e-6);
  EXPECT_TRUE(reading.caveats.has(Caveat::police_activity));
  EXPECT_FALSE(reading.caveats.has(Caveat::recording_change)) << "nothing in counts says so";
  EXPECT_FALSE(reading.caveats.has(Caveat::perverse_incentive));
  EXPECT_TRUE(reading.change.is_told);
  EXPECT_FALSE(reading.caveats.has(Caveat::small_count));
}

TEST(MovedBetween, tells_the_other_direction_and_when_both_moved_alike) {
  const MovedReading back = moved({100, 150}, {60, 30});
  EXPECT_EQ(back.way, MovedWay::second_to_first);
  EXPECT_NEAR(back.rise_explained_most.value(), 30.0 / 50, 1e-12);
  EXPECT_LT(back.moved_if_recording, 0);
  EXPECT_EQ(moved({100, 150}, {60, 90}).way, MovedWay::both_rose);
  EXPECT_EQ(moved({100, 150}, {60, 90}).rise_explained_most, std::nullopt);
  EXPECT_NEAR(moved({100, 150}, {60, 90}).moved_if_recording, 0, 1e-9);
  EXPECT_EQ(moved({100, 90}, {60, 50}).way, MovedWay::both_fell);
  EXPECT_EQ(moved({100, 100}, {60, 50}).way, MovedWay::neither);
}

// Whatever is moved from one class to the other, and nothing else, is found again in full.
RC_GTEST_PROP(MovedBetweenProperty, finds_what_was_moved_and_nothing_else, ()) {
  const auto first = *rc::gen::inRange<std::int64_t>(100, 100'000);
  const auto second = *rc::gen::inRange<std::int64_t>(100, 100'000);
  const auto shifted = *rc::gen::inRange<std::int64_t>(1, first);
  const MovedReading reading = moved({first, first - shifted}, {second, second + shifted});
  RC_ASSERT(reading.way == MovedWay::first_to_second);
  RC_ASSERT(std::abs(reading.moved_if_recording - static_cast<double>(shifted)) < 1e-6);
  RC_ASSERT(reading.rise_explained_most == 1.0);
}

TEST(MovedBetween, is_refused_over_a_period_that_was_not_received) {
  const RecordedTable table = table_of({100, std::nullopt}, {5, 6});
  const auto reading = moved_between(table, table.series[0], table.series[1], k_first_and_last);
  EXPECT_EQ(std::get<Refusal>(reading).rule, Rule::absent_months_are_not_summed);
  EXPECT_NE(std::get<Refusal>(reading).reason.find("one, 2022"), std::string::npos);
}

TEST(MovedBetween, of_few_events_is_marked_and_has_no_percentage) {
  const MovedReading reading = moved({9, 4}, {20, 30});
  EXPECT_TRUE(reading.caveats.has(Caveat::small_count));
  EXPECT_EQ(std::get<Refusal>(percent_change(reading.first)).rule, Rule::no_change_under_ten);
  EXPECT_NEAR(std::get<double>(percent_change(reading.second)), 50, 1e-12);
}

// Possession would have grown from 1,000 to 1,500 and trafficking from 100 to 150; 600 are moved. The bound that
// supposes a level possession says that 100 of the rise of 650 can have come out of it, though 600 did; the share finds
// them all.
TEST(MovedBetween, bounds_the_rise_only_if_the_class_that_fell_would_have_stayed_level) {
  const MovedReading reading = moved({1000, 1500 - 600}, {100, 150 + 600});
  EXPECT_NEAR(reading.rise_explained_most.value(), 100.0 / 650, 1e-12);
  EXPECT_NEAR(reading.moved_if_recording, 600, 1e-9);
  EXPECT_LT(reading.rise_explained_most.value(), 600.0 / 650);
}

TEST(ShareChange, is_told_where_a_share_plainly_moved_though_both_counts_rose) {
  EXPECT_TRUE(moved({1000, 1010}, {100, 900}).change.is_told);
  EXPECT_TRUE(moved({1010, 1000}, {900, 100}).change.is_told);
  EXPECT_TRUE(bolstered({100, 300}, {1000, 1150}).change.is_told);
}

TEST(ShareChange, is_not_told_of_what_is_beyond_chance_but_small_or_of_few) {
  const MovedReading small = moved({1'000'000, 980'000}, {100'000, 102'000});
  EXPECT_LT(small.change.p_value, 1e-6);
  EXPECT_FALSE(small.change.is_told);
  EXPECT_FALSE(moved({30, 18}, {0, 6}).change.is_told);
}

// By hand: of 8 events with 4 in each window, 16 + 1 of 70 tables are as far on one side.
TEST(ShareChange, has_the_probability_of_fisher_s_test) {
  EXPECT_NEAR(moved({3, 1}, {1, 3}).change.p_value, 2 * 17.0 / 70, 1e-12);
}

// Counts of one mean in both windows, from few to many: at a nominal one in a hundred an exact test alarms no more
// often. Of 4,000 tables a size, 60 or more by chance have a probability below one in a thousand.
TEST(ShareChange, alarms_on_no_change_no_more_often_than_it_says) {
  constexpr int k_tables = 4000;
  for (const double mean : {60.0, 120.0, 300.0, 1000.0}) {
    base::Random random({.seed = 7, .stream = base::stream_of("no change"), .step = static_cast<std::uint32_t>(mean)});
    int beyond = 0;
    int told = 0;
    for (int i = 0; i < k_tables; ++i) {
      const BeforeAfter first{.before = random.poisson(mean), .after = random.poisson(mean)};
      const BeforeAfter second{.before = random.poisson(mean / 4), .after = random.poisson(mean / 4)};
      const ShareChange change =
          share_change(second, {.before = first.before + second.before, .after = first.after + second.after});
      beyond += change.p_value <= 0.01 ? 1 : 0;
      told += change.is_told ? 1 : 0;
    }
    EXPECT_LT(beyond, 60) << mean;
    EXPECT_GT(beyond, 0) << mean;
    EXPECT_LE(told, beyond) << mean;
  }
}

TEST(BolsteredBy, tells_a_rise_that_is_all_the_part_from_one_that_is_not) {
  EXPECT_EQ(bolstered({100, 300}, {1000, 1150}).way, BolsteredWay::rise_is_part);
  EXPECT_NEAR(bolstered({100, 300}, {1000, 1150}).rise_from_part.value(), 200.0 / 150, 1e-12);
  EXPECT_EQ(bolstered({100, 300}, {1000, 1300}).way, BolsteredWay::mostly_part);
  EXPECT_EQ(bolstered({100, 110}, {1000, 1300}).way, BolsteredWay::not_part);
  EXPECT_EQ(bolstered({100, 300}, {1000, 900}).way, BolsteredWay::masked_fall);
  EXPECT_EQ(bolstered({100, 50}, {1000, 900}).way, BolsteredWay::part_fell);
  EXPECT_EQ(bolstered({100, 100}, {1000, 1000}).way, BolsteredWay::still);
}

TEST(BolsteredBy, is_refused_where_the_part_is_no_part) {
  const RecordedTable table = table_of({10, 20}, {15, 12});
  const auto reading = bolstered_by(table, table.series[0], table.series[1], k_first_and_last);
  EXPECT_EQ(std::get<Refusal>(reading).rule, Rule::universes_are_not_joined);
}

}  // namespace
}  // namespace throughline::evidence
