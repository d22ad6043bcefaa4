#include "records/quality.h"

#include <gtest/gtest.h>

#include <algorithm>

#include <rapidcheck/gtest.h>

#include "base/date.h"

namespace throughline::records {
namespace {

base::Month month(int year, int number) {
  return base::Month(year * 12 + number - 1);
}

AskedField object_of_search() {
  return {.table = Table::event, .item = 0, .item_name = "event", .field = "category", .column = "Object of search"};
}

// A holder's months from January 2019 on, each with 100 rows of which so many fill the field.
std::vector<FillCount> fills(const std::string& holder, const std::vector<std::int64_t>& filled) {
  std::vector<FillCount> counts;
  for (std::size_t i = 0; i < filled.size(); ++i) {
    counts.push_back(
        {.holder = holder, .month = month(2019, 1) + static_cast<int>(i), .rows = 100, .filled = filled[i]});
  }
  return counts;
}

TEST(Quality, tells_when_a_holder_stops_filling_a_field) {
  const FieldFill fill = judge_fill(object_of_search(), fills("Essex Police", {99, 98, 97, 99, 2, 0, 0}));
  EXPECT_EQ(fill.rows, 700);
  EXPECT_EQ(fill.filled, 395);
  EXPECT_EQ(fill.first_filled, month(2019, 1));
  EXPECT_EQ(fill.last_filled, month(2019, 5));
  ASSERT_EQ(fill.changes.size(), 1U);
  const FillChange& change = fill.changes.front();
  EXPECT_EQ(change.month, month(2019, 5));
  EXPECT_EQ(change.rows_before, 300);
  EXPECT_EQ(change.filled_before, 294);
  EXPECT_EQ(change.filled_after, 2);
  EXPECT_EQ(change.blank_rows, 298);
}

TEST(Quality, tells_both_when_a_field_empties_and_when_it_fills_again) {
  const FieldFill fill = judge_fill(object_of_search(), fills("Kent Police", {100, 100, 100, 0, 0, 0, 90, 90, 90}));
  ASSERT_EQ(fill.changes.size(), 2U);
  EXPECT_EQ(fill.changes[0].month, month(2019, 4));
  EXPECT_EQ(fill.changes[1].month, month(2019, 7));
  EXPECT_EQ(fill.changes[1].filled_after, 270);
}

TEST(Quality, a_holder_that_joins_late_is_no_change_of_the_field) {
  std::vector<FillCount> counts = fills("City of London Police", {10, 12, 9, 11, 10, 11});
  for (FillCount count : fills("Essex Police", {95, 96, 97})) {
    count.month = count.month.value_or(base::Month()) + 3;
    counts.push_back(count);
  }
  EXPECT_TRUE(judge_fill(object_of_search(), counts).changes.empty());
}

TEST(Quality, few_rows_make_no_jump) {
  std::vector<FillCount> counts = fills("Kent Police", {100, 100, 0, 0});
  for (FillCount& count : counts) {
    count.rows = 10;
    count.filled = count.filled > 0 ? 10 : 0;
  }
  EXPECT_TRUE(judge_fill(object_of_search(), counts).changes.empty());
}

// So many uses in each month, the months counted from January 2018.
struct Steady {
  int first = 0;
  int last = 0;
  std::int64_t rows = 0;
};

std::vector<WordUse> uses(const std::string& word, const std::string& holder, Steady steady) {
  std::vector<WordUse> made;
  for (int i = steady.first; i <= steady.last; ++i) {
    made.push_back({.word = word, .holder = holder, .month = month(2018, 1) + i, .rows = steady.rows});
  }
  return made;
}

std::vector<WordUse> joined(const std::vector<std::vector<WordUse>>& parts) {
  std::vector<WordUse> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

TEST(Quality, tells_which_words_end_and_which_begin_and_never_that_they_are_one) {
  const auto drift = judge_words(
      object_of_search(), joined({uses("Suspect arrested", "City", {0, 3, 18}), uses("Arrest", "City", {4, 20, 20}),
                                  uses("Caution", "City", {0, 20, 3})}));
  ASSERT_EQ(drift.size(), 2U);
  EXPECT_EQ(drift[0].word, "Arrest");
  EXPECT_TRUE(drift[0].begins);
  EXPECT_FALSE(drift[0].ends);
  EXPECT_EQ(drift[0].first, month(2018, 5));
  EXPECT_EQ(drift[1].word, "Suspect arrested");
  EXPECT_TRUE(drift[1].ends);
  EXPECT_EQ(drift[1].last, month(2018, 4));
  EXPECT_EQ(drift[1].rows, 72);
}

TEST(Quality, a_rare_word_has_not_ended_because_it_was_not_met_for_a_while) {
  const auto drift = judge_words(object_of_search(),
                                 joined({uses("Crossbows", "City", {7, 7, 1}), uses("Firearms", "City", {0, 20, 5})}));
  EXPECT_TRUE(drift.empty());
}

TEST(Quality, words_do_not_end_where_the_whole_field_ends) {
  const auto drift = judge_words(object_of_search(),
                                 joined({uses("Drugs", "Essex", {0, 10, 900}), uses("Weapons", "Essex", {0, 10, 100}),
                                         uses("Drugs", "Kent", {0, 20, 900})}));
  EXPECT_TRUE(drift.empty());
}

TEST(Quality, only_fields_that_cannot_name_anybody_are_vocabularies) {
  EXPECT_TRUE(is_vocabulary_field(Table::event, "outcome"));
  EXPECT_TRUE(is_vocabulary_field(Table::person, "ethnicity_officer"));
  for (const char* field : {"place_name", "postcode", "reported_by", "interview_by", "operation", "text", "title"}) {
    EXPECT_FALSE(is_vocabulary_field(Table::event, field)) << field;
  }
  EXPECT_FALSE(is_vocabulary_field(Table::person, "surname"));
  EXPECT_FALSE(is_vocabulary_field(Table::object, "value"));
}

TEST(Quality, days_are_summed_up_by_nearest_rank) {
  const DayStatistics days = judge_days({{-2, 1}, {0, 4}, {1, 3}, {30, 2}}).value_or(DayStatistics());
  EXPECT_EQ(days.count, 10);
  EXPECT_EQ(days.median, 0);
  EXPECT_EQ(days.ninetieth, 30);
  EXPECT_EQ(days.negative, 1);
  EXPECT_FALSE(judge_days({}).has_value());
}

RC_GTEST_PROP(Quality, at_least_half_of_the_days_lie_at_or_below_the_median, (std::vector<std::uint8_t> drawn)) {
  RC_PRE(!drawn.empty());
  std::ranges::sort(drawn);
  DayCounts counts;
  for (const std::uint8_t day : drawn) {
    if (counts.empty() || counts.back().first != day) counts.emplace_back(day, 0);
    ++counts.back().second;
  }
  const DayStatistics days = judge_days(counts).value_or(DayStatistics());
  RC_ASSERT(days.median == drawn[(drawn.size() + 1) / 2 - 1]);
}

TEST(Quality, a_month_of_which_nothing_came_is_absent_and_not_nought) {
  std::vector<FillCount> rows{{.holder = "Kent", .month = month(2025, 1), .rows = 5},
                              {.holder = "Kent", .month = month(2025, 4), .rows = 5},
                              {.holder = "Surrey", .month = month(2025, 2), .rows = 7},
                              {.holder = "Surrey", .month = month(2025, 3), .rows = 0}};
  const auto holders = judge_months(rows);
  ASSERT_EQ(holders.size(), 2U);
  EXPECT_EQ(base::to_string(holders[0].absent), "2025-02..2025-03");
  EXPECT_EQ(base::to_string(holders[1].absent), "2025-01, 2025-04");
  EXPECT_EQ(holders[1].rows, 7);
}

TEST(Quality, shares_never_round_something_to_nothing_or_to_all) {
  EXPECT_EQ(share_text(39, 1000), "3.9 %");
  EXPECT_EQ(share_text(0, 1000), "0.0 %");
  EXPECT_EQ(share_text(1, 1'000'000), "less than 0.1 %");
  EXPECT_EQ(share_text(999'999, 1'000'000), "more than 99.9 %");
  EXPECT_EQ(share_text(1000, 1000), "100.0 %");
}

SourceQuality doubtful() {
  SourceQuality quality;
  quality.source = "stops";
  quality.rows_read = 1000;
  quality.rows_rejected = 10;
  quality.rejections = {{.column = "Date", .rule = RejectionRule::not_a_date, .faults = 9},
                        {.column = "", .rule = RejectionRule::nul_byte, .faults = 1}};
  quality.fields = {judge_fill(object_of_search(), fills("Essex Police", {99, 98, 97, 0, 0, 0}))};
  quality.holders = judge_months({{.holder = "Kent", .month = month(2025, 1), .rows = 5},
                                  {.holder = "Surrey", .month = month(2025, 2), .rows = 7}});
  quality.duplicates = {.rows = 990,
                        .repeats = 33,
                        .repeats_referenced = 2,
                        .references = 400,
                        .references_repeated = 1,
                        .rows_of_repeated = 2};
  quality.drift = judge_words(
      object_of_search(), joined({uses("Suspect arrested", "City", {0, 3, 18}), uses("Arrest", "City", {4, 20, 20})}));
  return quality;
}

TEST(Quality, findings_stand_by_the_share_of_the_source_they_concern) {
  const auto found = findings_of(doubtful());
  std::vector<std::string> texts;
  for (const QualityFinding& finding : found) texts.push_back(finding.text);
  EXPECT_EQ(
      texts,
      (std::vector<std::string>{
          "2 of 4 months are absent, which is not nought: 2025-01 of Surrey; 2025-02 of Kent.",
          "“Object of search” of Essex Police: filled in 98.0 % of records before 2019-04 and in 0.0 % from then on.",
          "Words under “Object of search” of City, ended: “Suspect arrested” 2018-04; begun: “Arrest” 2018-05.",
          "33 of 990 records (3.3 %) repeat another in every field, 2 of them with a reference.",
          "10 of 1,000 rows (1.0 %) are rejected: Date is not a date that exists (9), row holds a NUL byte (1).",
          "1 of 400 references is on several records (2)."}));
}

TEST(Quality, columns_that_empty_together_make_one_finding) {
  SourceQuality quality;
  quality.rows_read = 600;
  for (const char* column : {"Latitude", "Longitude"}) {
    AskedField asked = object_of_search();
    asked.column = column;
    quality.fields.push_back(judge_fill(asked, fills("Kent", {90, 90, 90, 0, 0, 0})));
  }
  const auto found = findings_of(quality);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().text,
            "“Latitude”, “Longitude” of Kent: filled in 90.0 % of records before 2019-04 and in 0.0 % from then on.");
  EXPECT_EQ(found.front().millionths, 500'000);
}

TEST(Quality, a_sound_source_has_no_findings) {
  SourceQuality quality;
  quality.rows_read = 100;
  quality.fields = {judge_fill(object_of_search(), fills("Kent", {99, 98}))};
  EXPECT_TRUE(findings_of(quality).empty());
}

}  // namespace
}  // namespace throughline::records
