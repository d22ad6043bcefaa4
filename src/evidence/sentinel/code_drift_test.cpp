#include "evidence/sentinel/code_drift.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/random.h"

namespace throughline::evidence {
namespace {

using Counts = std::vector<std::optional<std::int64_t>>;

RecordedTable table_of(const std::vector<RecordedSeries>& series) {
  RecordedTable table;
  for (std::size_t i = 0; i < series.front().counts.size(); ++i)
    table.periods.push_back("2025-0" + std::to_string(i + 1));
  table.series = series;
  return table;
}

constexpr TwoWindows k_halves{.before = {.first = 0, .last = 2}, .after = {.first = 3, .last = 5}};

CodeDrift drift_of(const std::vector<RecordedSeries>& series) {
  return std::get<CodeDrift>(code_drift(table_of(series), k_halves));
}

TEST(CodeDrift, knows_a_code_under_its_new_name) {
  const CodeDrift drift = drift_of({{.category = "Suspect arrested", .counts = Counts{40, 41, 39, 0, 0, 0}},
                                    {.category = "Arrest", .counts = Counts{0, 0, 0, 42, 40, 41}},
                                    {.category = "Nothing found", .counts = Counts{60, 60, 60, 60, 60, 60}}});
  ASSERT_EQ(drift.renamed.size(), 1U);
  EXPECT_EQ(drift.renamed[0].from, "Suspect arrested");
  EXPECT_EQ(drift.renamed[0].to, "Arrest");
  EXPECT_EQ(drift.renamed[0].at, 3U);
  EXPECT_NEAR(drift.plain.distance, 0.406, 5e-3);
  EXPECT_LT(drift.joined.distance, 0.01);
  EXPECT_TRUE(drift.caveats.has(Caveat::category_renamed));
}

TEST(CodeDrift, takes_codes_of_unlike_height_for_two) {
  const CodeDrift drift = drift_of({{.category = "a", .counts = Counts{40, 41, 39, 0, 0, 0}},
                                    {.category = "b", .counts = Counts{0, 0, 0, 5, 4, 6}},
                                    {.category = "c", .counts = Counts{60, 60, 60, 60, 60, 60}}});
  EXPECT_TRUE(drift.renamed.empty());
  EXPECT_FALSE(drift.caveats.has(Caveat::category_renamed));
}

// By hand: shares 0.25, 0.75 become 0.5, 0.5; a quarter would have to change.
TEST(CodeDrift, measures_how_many_would_have_to_change_their_code) {
  const CodeDrift drift = drift_of({{.category = "a", .counts = Counts{10, 10, 10, 20, 20, 20}},
                                    {.category = "b", .counts = Counts{30, 30, 30, 20, 20, 20}}});
  EXPECT_NEAR(drift.plain.distance, 0.25, 1e-12);
  EXPECT_NEAR(drift.joined.distance, 0.25, 1e-12);
  EXPECT_NEAR(*drift.codes[0].share_after + *drift.codes[1].share_after, 1, 1e-12);
}

TEST(CodeDrift, is_refused_over_a_period_of_which_nothing_was_received) {
  const auto drift =
      code_drift(table_of({{.category = "a", .counts = Counts{10, std::nullopt, 10, 20, 20, 20}}}), k_halves);
  EXPECT_EQ(std::get<Refusal>(drift).rule, Rule::absent_months_are_not_summed);
}

TEST(CodeDrift, follows_a_code_through_two_new_names) {
  const CodeDrift drift = drift_of({{.category = "a", .counts = Counts{40, 41, 0, 0, 0, 0}},
                                    {.category = "b", .counts = Counts{0, 0, 40, 41, 0, 0}},
                                    {.category = "c", .counts = Counts{0, 0, 0, 0, 40, 41}},
                                    {.category = "other", .counts = Counts{60, 60, 60, 60, 60, 60}}});
  ASSERT_EQ(drift.renamed.size(), 2U);
  EXPECT_GT(drift.plain.distance, 0.25);
  EXPECT_LT(drift.joined.distance, 0.01);
}

// A blank is not nought: the code has no share, and is named; its successor under a new name fills the gap.
TEST(CodeDrift, leaves_a_code_without_a_value_out_of_the_shares_and_names_it) {
  const CodeDrift drift = drift_of({{.category = "a", .counts = Counts{40, std::nullopt, 41, 40, 40, 39}},
                                    {.category = "b", .counts = Counts{10, 10, 10, 10, 10, 10}},
                                    {.category = "c", .counts = Counts{30, 30, 30, 30, 30, 30}}});
  EXPECT_NEAR(drift.plain.distance, 0, 1e-12);
  EXPECT_EQ(drift.codes.back().code, "a");
  EXPECT_EQ(drift.codes.back().share_before, std::nullopt);
  EXPECT_EQ(drift.codes.back().before, std::nullopt);
  ASSERT_TRUE(drift.caveats.has(Caveat::absent_not_zero));
  EXPECT_NE(drift.caveats.notes().back().detail.find("no value: a"), std::string::npos);
}

TEST(CodeDrift, is_told_where_the_mix_plainly_moved) {
  EXPECT_TRUE(drift_of({{.category = "a", .counts = Counts{100, 100, 100, 200, 200, 200}},
                        {.category = "b", .counts = Counts{300, 300, 300, 200, 200, 200}}})
                  .is_told);
}

// Six codes of one mix in both windows, so many events in each.
std::vector<RecordedSeries> unmoved_codes(double events, base::Random& random) {
  std::vector<RecordedSeries> series;
  for (const double share : {0.4, 0.3, 0.15, 0.1, 0.04, 0.01}) {
    RecordedSeries& code = series.emplace_back(RecordedSeries{.category = std::to_string(share), .counts = {}});
    for (int period = 0; period < 6; ++period) code.counts.emplace_back(random.poisson(events * share / 3));
  }
  return series;
}

// At a nominal one in a hundred, 100 tables a size give a probability of at most
// that in one; in six or more by chance once in two thousand times. And no code is taken for renamed.
TEST(CodeDrift, alarms_on_no_change_no_more_often_than_it_says) {
  for (const double events : {60.0, 200.0, 1000.0}) {
    base::Random random({.seed = 9, .stream = base::stream_of("no drift"), .step = static_cast<std::uint32_t>(events)});
    int beyond = 0;
    int told = 0;
    for (std::uint64_t table = 1; table <= 100; ++table) {
      const std::vector<RecordedSeries> series = unmoved_codes(events, random);
      const auto drift = std::get<CodeDrift>(code_drift(table_of(series), k_halves, {.draws = 99, .seed = table}));
      beyond += drift.joined.p_value <= 0.01 ? 1 : 0;
      told += drift.is_told || !drift.renamed.empty() ? 1 : 0;
    }
    EXPECT_LT(beyond, 6) << events;
    EXPECT_LE(told, beyond) << events;
  }
}

}  // namespace
}  // namespace throughline::evidence
