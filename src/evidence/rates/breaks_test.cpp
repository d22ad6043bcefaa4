// Breaks against lines of which the truth is known. The rates over thousands of lines are in docs/benchmarks.md.

#include "evidence/rates/breaks.h"

#include <gtest/gtest.h>

#include "evidence/rates/break_register.h"
#include "evidence/rates/made_up_lines.h"

namespace throughline::evidence {
namespace {

constexpr int k_lines = 30;
constexpr BreakRule k_rule{.level = 0.05, .draws = 99};

int with_a_break(MadeUpLine law) {
  int found = 0;
  for (int i = 0; i < k_lines; ++i) {
    law.seed = static_cast<std::uint64_t>(i) + 1;
    found += find_breaks(made_up_line(law), k_rule).breaks.empty() ? 0 : 1;
  }
  return found;
}

// At a level of 0.05 one or two of thirty are to be expected; seven come by chance less than once in a thousand.
TEST(find_breaks, seldom_finds_one_where_there_is_only_trend_season_and_noise) {
  EXPECT_LE(with_a_break({.periods = 96, .mean = 60, .trend = 0.05, .season = 0.2}), 6);
  EXPECT_LE(with_a_break({.periods = 96, .mean = 60, .spread = 0.15, .memory = 0.4}), 8);
  EXPECT_LE(with_a_break({.periods = 24, .periods_in_year = 1, .mean = 400, .trend = 0.03}), 6);
}

TEST(find_breaks, finds_a_step_of_a_third_near_where_it_is) {
  int near = 0;
  for (int i = 0; i < k_lines; ++i) {
    const BreakSearch search = find_breaks(made_up_line({.periods = 96,
                                                         .mean = 60,
                                                         .season = 0.2,
                                                         .break_at = 50,
                                                         .step = 1.33,
                                                         .seed = static_cast<std::uint64_t>(i) + 1}),
                                           k_rule);
    if (search.breaks.empty()) continue;
    const FoundBreak& first = search.breaks.front();
    near += first.at >= 47 && first.at <= 53 && first.step > 1.1 && first.step < 1.7 ? 1 : 0;
  }
  EXPECT_GE(near, 24);
}

TEST(find_breaks, gives_the_same_answer_each_time_and_none_for_a_short_line) {
  const CountLine line = made_up_line({.periods = 96, .break_at = 40, .step = 2});
  const BreakSearch one = find_breaks(line, k_rule);
  const BreakSearch other = find_breaks(line, k_rule);
  ASSERT_FALSE(one.breaks.empty());
  EXPECT_EQ(one.breaks.front().at, other.breaks.front().at);
  EXPECT_EQ(one.breaks.front().p_value, other.breaks.front().p_value);
  EXPECT_FALSE(find_breaks(made_up_line({.periods = 30}), k_rule).is_searched);
  EXPECT_FALSE(find_breaks(made_up_line({.periods = 9, .periods_in_year = 1}), k_rule).is_searched);
}

TEST(find_breaks, passes_over_absent_periods) {
  CountLine line = made_up_line({.periods = 96, .break_at = 50, .step = 2});
  for (const std::size_t at : {3U, 48U, 70U}) line.counts[at] = std::nullopt;
  const BreakSearch search = find_breaks(line, k_rule);
  ASSERT_EQ(search.breaks.size(), 1U);
  EXPECT_NEAR(static_cast<double>(search.breaks.front().at), 50, 2);
}

TEST(break_register, is_read_without_a_fault_and_gives_those_of_a_source_and_line) {
  const std::vector<DeclaredBreak> of = breaks_of(built_in_breaks(), "borough-offences", "trafficking-of-drugs");
  ASSERT_EQ(of.size(), 1U);
  EXPECT_EQ(base::to_string(of.front().month), "2024-02");
  EXPECT_TRUE(breaks_of(built_in_breaks(), "admissions", "primary").empty());
  EXPECT_EQ(
      read_breaks("[[break]]\napplies_to = \"x\"\nmonth = \"soon\"\nwhat = \"w\"\nsource = \"s\"\n").faults.size(), 1U);
  EXPECT_EQ(read_breaks("[[break").faults.size(), 1U);
}

}  // namespace
}  // namespace throughline::evidence
