// The table of verdicts, one line a case, and a back-test on made-up markets of which the truth is known.

#include "evidence/activity/joint_reading.h"

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"

namespace throughline::evidence {
namespace {

// Counts that move plainly: half as many again, or back, or the same.
BeforeAfter moved(int way) {
  constexpr std::int64_t k_before = 20'000;
  return {.before = k_before, .after = way > 0 ? 30'000 : way < 0 ? 13'000 : k_before};
}

// Finds whose rate for each search moves that way.
BeforeAfter finds_for(const BeforeAfter& searches, int way) {
  const double factor = way > 0 ? 1.5 : way < 0 ? 0.6 : 1;
  return {.before = searches.before / 5,
          .after = static_cast<std::int64_t>(std::llround(static_cast<double>(searches.after) / 5 * factor))};
}

ActivityVerdict verdict(int recorded, int looking, int hit_rate, int there) {
  const BeforeAfter searches = moved(looking);
  return joint_reading({.searches = {"searches", searches},
                        .finds = {"finds", finds_for(searches, hit_rate)},
                        .recorded = {"recorded", moved(recorded)},
                        .independent = {{"admissions", moved(there)}}})
      .verdict;
}

TEST(JointReading, reads_a_rise_by_what_went_with_it) {
  EXPECT_EQ(verdict(1, 1, 0, 1), ActivityVerdict::both_more);
  EXPECT_EQ(verdict(1, 1, -1, 1), ActivityVerdict::both_more);
  EXPECT_EQ(verdict(1, 1, 0, 0), ActivityVerdict::more_looked_for);
  EXPECT_EQ(verdict(1, 1, -1, 0), ActivityVerdict::more_looked_for);
  EXPECT_EQ(verdict(1, 1, 1, -1), ActivityVerdict::more_looked_for);
  EXPECT_EQ(verdict(1, 1, 1, 0), ActivityVerdict::cannot_tell);
  EXPECT_EQ(verdict(1, 0, 1, 1), ActivityVerdict::more_there);
  EXPECT_EQ(verdict(1, -1, 0, 1), ActivityVerdict::more_there);
  EXPECT_EQ(verdict(1, 0, -1, 1), ActivityVerdict::cannot_tell);
  EXPECT_EQ(verdict(1, 0, 0, 0), ActivityVerdict::cannot_tell);
}

TEST(JointReading, reads_a_fall_as_a_rise_turned_round) {
  EXPECT_EQ(verdict(-1, -1, 0, -1), ActivityVerdict::both_less);
  EXPECT_EQ(verdict(-1, -1, 1, 0), ActivityVerdict::less_looked_for);
  EXPECT_EQ(verdict(-1, -1, -1, 0), ActivityVerdict::cannot_tell);
  EXPECT_EQ(verdict(-1, 0, -1, -1), ActivityVerdict::less_there);
  EXPECT_EQ(verdict(-1, 0, 0, 0), ActivityVerdict::cannot_tell);
}

TEST(JointReading, does_not_take_stillness_for_nothing_while_something_moved) {
  EXPECT_EQ(verdict(0, 0, 0, 0), ActivityVerdict::no_change);
  EXPECT_EQ(verdict(0, -1, 1, 1), ActivityVerdict::cannot_tell);
}

TEST(JointReading, cannot_tell_without_an_independent_series_or_where_two_disagree) {
  ActivityInput input{.searches = {"searches", moved(1)},
                      .finds = {"finds", finds_for(moved(1), 0)},
                      .recorded = {"recorded", moved(1)},
                      .independent = {}};
  EXPECT_EQ(joint_reading(input).verdict, ActivityVerdict::cannot_tell);
  EXPECT_EQ(joint_reading(input).there, Move::absent);
  input.independent = {{"admissions", moved(1)}, {"deaths", moved(-1)}};
  EXPECT_EQ(joint_reading(input).verdict, ActivityVerdict::cannot_tell);
  EXPECT_NE(joint_reading(input).why.find("disagree"), std::string::npos);
  input.independent = {{"admissions", moved(1)}, {"deaths", std::nullopt}};
  EXPECT_EQ(joint_reading(input).verdict, ActivityVerdict::both_more);
}

// Searches, finds and what was recorded as a county of two million has them in a year: the looking rose by half.
ActivityInput looked_for_more(std::vector<ActivityPart> independent) {
  return {.searches = {"searches", BeforeAfter{2'171, 3'238}},
          .finds = {"finds", BeforeAfter{510, 760}},
          .recorded = {"recorded", BeforeAfter{2'032, 2'641}},
          .independent = std::move(independent)};
}

TEST(JointReading, a_series_too_small_to_be_sure_does_not_take_the_word_from_others) {
  const JointReading reading = joint_reading(looked_for_more({{"treatment starts", BeforeAfter{2'304, 2'290}},
                                                              {"admissions", BeforeAfter{195, 215}},
                                                              {"deaths", BeforeAfter{54, 47}}}));
  EXPECT_EQ(reading.independent[1].move, Move::unsure);
  EXPECT_EQ(reading.there, Move::same);
  EXPECT_EQ(reading.verdict, ActivityVerdict::more_looked_for);
  // One that is not sure of its own move, and rules out that of the other, does.
  const ActivityPart steady{"deaths", BeforeAfter{900, 880}};
  ASSERT_EQ(joint_reading(looked_for_more({steady})).independent[0].move, Move::unsure);
  EXPECT_EQ(joint_reading(looked_for_more({steady, {"admissions", moved(1)}})).there, Move::unsure);
}

TEST(JointReading, stillness_is_ruled_out_by_an_unsure_series_that_shows_a_move_by_itself) {
  const auto with_admissions = [](std::int64_t after) {
    return joint_reading(looked_for_more({{"treatment starts", BeforeAfter{2'304, 2'290}},
                                          {"admissions", BeforeAfter{195, after}},
                                          {"deaths", BeforeAfter{54, 80}}}));
  };
  const JointReading reading = with_admissions(240);
  ASSERT_EQ(reading.independent[0].move, Move::same);
  ASSERT_EQ(reading.independent[1].move, Move::unsure);
  ASSERT_GT(reading.independent[1].interval.low, 1);
  EXPECT_EQ(reading.there, Move::unsure);
  EXPECT_EQ(reading.verdict, ActivityVerdict::cannot_tell);
  // Of falls alike: 240 before and 195 after.
  const JointReading fall = joint_reading(
      looked_for_more({{"treatment starts", BeforeAfter{2'304, 2'290}}, {"admissions", BeforeAfter{240, 195}}}));
  ASSERT_EQ(fall.independent[1].move, Move::unsure);
  EXPECT_EQ(fall.there, Move::unsure);
}

TEST(JointReading, searches_that_moved_too_little_to_have_made_the_move_are_no_answer) {
  const auto with_recorded = [](std::int64_t after, BeforeAfter treatment) {
    return joint_reading({.searches = {"searches", BeforeAfter{10'000, 11'200}},
                          .finds = {"finds", BeforeAfter{2'000, 2'240}},
                          .recorded = {"recorded", BeforeAfter{2'000, after}},
                          .independent = {{"treatment starts", treatment}}});
  };
  const JointReading reading = with_recorded(4'000, moved(0));
  ASSERT_EQ(reading.searches.move, Move::up);
  EXPECT_EQ(reading.verdict, ActivityVerdict::cannot_tell);
  EXPECT_NE(reading.why.find("too little"), std::string::npos);
  EXPECT_NE(reading.why.find("how it is recorded"), std::string::npos);
  EXPECT_EQ(with_recorded(4'000, moved(-1)).verdict, ActivityVerdict::cannot_tell);
  EXPECT_EQ(with_recorded(4'000, moved(1)).verdict, ActivityVerdict::cannot_tell);
  EXPECT_EQ(with_recorded(2'250, moved(0)).verdict, ActivityVerdict::more_looked_for);
  EXPECT_EQ(with_recorded(2'250, moved(1)).verdict, ActivityVerdict::both_more);
  // Turned round.
  const JointReading fall = joint_reading({.searches = {"searches", BeforeAfter{11'200, 10'000}},
                                           .finds = {"finds", BeforeAfter{2'240, 2'000}},
                                           .recorded = {"recorded", BeforeAfter{4'000, 2'000}},
                                           .independent = {{"treatment starts", moved(0)}}});
  ASSERT_EQ(fall.searches.move, Move::down);
  EXPECT_EQ(fall.verdict, ActivityVerdict::cannot_tell);
}

TEST(JointReading, two_small_moves_of_searches_and_hit_rate_may_have_made_a_large_one) {
  const auto with_finds = [](std::int64_t after) {
    return joint_reading({.searches = {"searches", BeforeAfter{2'171, 2'340}},
                          .finds = {"finds", BeforeAfter{510, after}},
                          .recorded = {"recorded", BeforeAfter{2'032, 2'639}},
                          .independent = {{"admissions", moved(1)}}});
  };
  ASSERT_EQ(with_finds(600).hit_rate.move, Move::unsure);
  const double least = with_finds(600).recorded.interval.low;
  ASSERT_LT(with_finds(600).searches.interval.high, least);
  ASSERT_GT(with_finds(600).finds_interval.value().high, least);
  EXPECT_EQ(with_finds(600).verdict, ActivityVerdict::cannot_tell);
  EXPECT_EQ(with_finds(540).verdict, ActivityVerdict::more_there);
}

TEST(JointReading, a_move_of_one_of_several_must_be_plain_for_their_number) {
  const ActivityPart barely{"admissions", BeforeAfter{100, 140}};
  const ActivityPart few{"deaths", BeforeAfter{8, 12}};
  EXPECT_EQ(joint_reading(looked_for_more({barely})).there, Move::up);
  EXPECT_EQ(joint_reading(looked_for_more({barely, few, few})).there, Move::unsure);
  EXPECT_EQ(joint_reading(looked_for_more({{"admissions", BeforeAfter{100, 160}}, few, few})).there, Move::up);
}

TEST(JointReading, a_part_that_cannot_have_made_the_move_stood_still_as_far_as_it_matters) {
  const auto with_recorded = [](std::int64_t after) {
    return joint_reading({.searches = {"searches", BeforeAfter{2'171, 2'314}},
                          .finds = {"finds", BeforeAfter{510, 548}},
                          .recorded = {"recorded", BeforeAfter{2'032, after}},
                          .independent = {{"admissions", moved(1)}}});
  };
  ASSERT_EQ(with_recorded(2'639).searches.move, Move::unsure);
  ASSERT_EQ(with_recorded(2'639).hit_rate.move, Move::unsure);
  EXPECT_EQ(with_recorded(2'639).verdict, ActivityVerdict::more_there);
  // A rise that the searches reach may be theirs.
  ASSERT_EQ(with_recorded(2'300).recorded.move, Move::up);
  EXPECT_EQ(with_recorded(2'300).verdict, ActivityVerdict::cannot_tell);
}

TEST(JointReading, needs_the_hit_rate_unless_the_independent_series_went_the_other_way) {
  ActivityInput input{.searches = {"searches", moved(-1)},
                      .finds = {"finds", std::nullopt},
                      .recorded = {"recorded", moved(-1)},
                      .independent = {{"deaths", moved(1)}}};
  EXPECT_EQ(joint_reading(input).verdict, ActivityVerdict::less_looked_for);
  input.independent = {{"deaths", moved(0)}};
  EXPECT_EQ(joint_reading(input).verdict, ActivityVerdict::cannot_tell);
}

TEST(JointReading, is_not_sure_of_a_move_that_the_interval_leaves_open) {
  const JointReading reading = joint_reading({.searches = {"searches", moved(0)},
                                              .finds = {"finds", finds_for(moved(0), 0)},
                                              .recorded = {"recorded", BeforeAfter{8, 12}},
                                              .independent = {{"deaths", moved(0)}}});
  EXPECT_EQ(reading.recorded.move, Move::unsure);
  EXPECT_TRUE(reading.caveats.has(Caveat::small_count));
  EXPECT_EQ(reading.verdict, ActivityVerdict::cannot_tell);
}

// Made-up markets: what is there and the looking each go up, down or stay; each further search finds a little less;
// part of what is recorded does not come of searches. Every draw has a truth.
struct Market {
  int there = 0;
  int looking = 0;
};
struct DrawnMarket {
  ActivityInput input;
  bool is_rise = false;
};

// `spread`: the standard deviation of the logarithm by which each mean moves beside chance.
DrawnMarket drawn(const Market& market, double spread, base::Random& random) {
  constexpr std::array<double, 3> k_factors{0.6, 1.0, 1.6};
  const double there = k_factors.at(static_cast<std::size_t>(market.there) + 1);
  const double looking = k_factors.at(static_cast<std::size_t>(market.looking) + 1);
  constexpr double k_searches = 20'000;
  const auto spread_poisson = [&](double mean) {
    return random.poisson(spread > 0 ? mean * std::exp(spread * random.normal()) : mean);
  };
  const auto searches_before = spread_poisson(k_searches);
  const auto searches_after = spread_poisson(k_searches * looking);
  const auto finds_before = random.binomial(searches_before, 0.2);
  const auto finds_after = random.binomial(searches_after, std::min(0.9, 0.2 * there * std::pow(looking, -0.15)));
  const BeforeAfter recorded{.before = finds_before + spread_poisson(1'000),
                             .after = finds_after + spread_poisson(1'000 * there)};
  const BeforeAfter admissions{.before = spread_poisson(6'000), .after = spread_poisson(6'000 * there)};
  return {.input = {.searches = {"searches", BeforeAfter{searches_before, searches_after}},
                    .finds = {"finds", BeforeAfter{finds_before, finds_after}},
                    .recorded = {"recorded", recorded},
                    .independent = {{"admissions", admissions}}},
          .is_rise = recorded.after > recorded.before};
}

ActivityVerdict truth_of(const Market& market, bool is_rise) {
  const int sign = is_rise ? 1 : -1;
  const bool is_looked = market.looking == sign;
  const bool is_there = market.there == sign;
  if (is_looked && is_there) return is_rise ? ActivityVerdict::both_more : ActivityVerdict::both_less;
  if (is_looked) return is_rise ? ActivityVerdict::more_looked_for : ActivityVerdict::less_looked_for;
  if (is_there) return is_rise ? ActivityVerdict::more_there : ActivityVerdict::less_there;
  return ActivityVerdict::no_change;
}

struct Tried {
  int wrong = 0;
  int given = 0;
  int all = 0;
};

Tried tried(double spread, int draws) {
  base::Random random({.seed = 11, .stream = base::stream_of("made-up markets"), .step = 0});
  Tried tally;
  for (int there = -1; there <= 1; ++there) {
    for (int looking = -1; looking <= 1; ++looking) {
      for (int i = 0; i < draws; ++i) {
        const Market market{.there = there, .looking = looking};
        const DrawnMarket made = drawn(market, spread, random);
        const ActivityVerdict verdict = joint_reading(made.input).verdict;
        ++tally.all;
        if (verdict == ActivityVerdict::cannot_tell) continue;
        ++tally.given;
        if (verdict != truth_of(market, made.is_rise)) ++tally.wrong;
      }
    }
  }
  return tally;
}

// A verdict may be withheld; where counts vary as chance alone makes them, one that is given is wrong in at most one of
// a hundred, and given where looking and being there went plainly apart or together.
TEST(JointReading, of_markets_of_which_the_truth_is_known_is_seldom_wrong_and_often_given) {
  const Tried tally = tried(0, 100);
  EXPECT_LE(tally.wrong * 100, tally.given);
  EXPECT_GE(tally.given * 2, tally.all);
}

// Recorded figures vary more than that. How often a reading is then wrong is published beside the claim; were it to
// grow beyond what is published, or to vanish, the page would have to change.
TEST(JointReading, of_counts_with_extra_spread_is_wrong_as_often_as_is_published) {
  const Tried twentieth = tried(0.05, 60);
  const Tried tenth = tried(0.1, 60);
  const auto percent = [](const Tried& tally) { return 100.0 * tally.wrong / tally.given; };
  RecordProperty("wrong_percent_at_a_twentieth", std::to_string(percent(twentieth)));
  RecordProperty("wrong_percent_at_a_tenth", std::to_string(percent(tenth)));
  EXPECT_NEAR(percent(twentieth), 7.5, 3);
  EXPECT_NEAR(percent(tenth), 20.3, 5);
}

// What a source carries goes with the reading, and so does the size of an independent series.
TEST(JointReading, carries_the_caveats_of_every_part) {
  const JointReading reading =
      joint_reading({.searches = {"searches", moved(0), {Caveat::coverage}},
                     .finds = {"finds", finds_for(moved(0), 0)},
                     .recorded = {"recorded", moved(0), {Caveat::recording_change}},
                     .independent = {{"deaths", BeforeAfter{9, 12}, {Caveat::registration_delay}}}});
  for (const Caveat caveat : {Caveat::coverage, Caveat::recording_change, Caveat::registration_delay,
                              Caveat::small_count, Caveat::police_activity}) {
    EXPECT_TRUE(reading.caveats.has(caveat)) << code_of(caveat);
  }
}

// A series whose last period is still being added to is not read to that period, and the answer says so.
TEST(JointReading, does_not_read_a_series_to_a_period_that_is_incomplete) {
  ActivityInput input{.searches = {"searches", moved(0)},
                      .finds = {"finds", finds_for(moved(0), 0)},
                      .recorded = {"recorded", moved(-1)},
                      .independent = {{"deaths", moved(-1), {Caveat::registration_delay}}}};
  EXPECT_EQ(joint_reading(input).verdict, ActivityVerdict::less_there);
  input.independent.front().reaches_latest = true;
  const JointReading reading = joint_reading(input);
  EXPECT_EQ(reading.verdict, ActivityVerdict::cannot_tell);
  ASSERT_EQ(reading.refused.size(), 1U);
  EXPECT_NE(reading.refused.front().find("latest_period_is_incomplete"), std::string::npos);
}

}  // namespace
}  // namespace throughline::evidence
