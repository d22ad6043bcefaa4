#include "app/sentinel_verb.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "base/source_folder.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;

struct SentinelVerb : testing::Test, MadeUpWorld {
  SentinelVerb() { request.permutations = 199; }
  std::string put(const std::string& text) const {
    store::put_bytes(path("counts.csv"), text);
    return path("counts.csv");
  }
  [[nodiscard]] Report done() const { return sentinel(outside, settings, request).value(); }
  [[nodiscard]] std::string code() const { return sentinel(outside, settings, request).error().code; }
  [[nodiscard]] static std::string text(const Table& table, std::size_t row, const std::string& column) {
    return std::get<std::string>(cell_of(table, row, column));
  }

  SentinelRequest request;
};

// The bundled months of the Metropolitan Police. The sums of 2021 and 2025 are those that were published.
TEST_F(SentinelVerb, reads_the_metropolitan_series_both_ways_and_names_the_steps) {
  request.input = std::string(base::k_source_folder) + "/examples/sentinel/met_drug_offences.csv";
  request.before = "2021";
  request.after = "2025";
  const Report report = done();
  EXPECT_EQ(report.outcome, Outcome::done_with_findings);
  const Table& patterns = section_of(report, "sentinel").tables.front();
  ASSERT_EQ(patterns.rows.size(), 1U);
  EXPECT_EQ(text(patterns, 0, "pattern"), "reclassification, from POSSESSION OF DRUGS to TRAFFICKING OF DRUGS");
  EXPECT_EQ(text(patterns, 0, "is_flagged"), "yes");
  EXPECT_THAT(text(patterns, 0, "seen"), HasSubstr("from 5,100 to 22,245"));
  EXPECT_THAT(text(patterns, 0, "if_recording"), HasSubstr("at most 58.7 per cent of the rise of 17,145"));
  EXPECT_THAT(text(patterns, 0, "if_recording"),
              HasSubstr("Supposing that POSSESSION OF DRUGS would otherwise have stayed at its earlier level"));
  EXPECT_THAT(text(patterns, 0, "if_real"), HasSubstr("rose by 17,145 and POSSESSION OF DRUGS fell by 10,070"));
  const auto& notes = section_of(report, "sentinel").notes;
  EXPECT_THAT(notes, testing::Contains(testing::StartsWith("POLICE_ACTIVITY")));
  EXPECT_THAT(notes, testing::Contains(HasSubstr("RECORDING_CHANGE and PERVERSE_INCENTIVE may apply")));
  for (const char* caveat : {"RECORDING_CHANGE", "PERVERSE_INCENTIVE"}) {
    EXPECT_THAT(notes, testing::Not(testing::Contains(testing::StartsWith(caveat))));
  }
  EXPECT_FALSE(section_of(report, "course").tables.back().rows.empty());
}

TEST_F(SentinelVerb, reads_cannabis_disposals_against_detections) {
  request.input =
      put("period,category,count\n2004/05,detections,1000\n2004/05,cannabis disposals,100\n2006/07,detections,1150\n"
          "2006/07,cannabis disposals,300\n");
  const Report report = done();
  const Table& patterns = section_of(report, "sentinel").tables.front();
  EXPECT_EQ(text(patterns, 0, "is_flagged"), "yes");
  EXPECT_THAT(text(patterns, 0, "seen"), HasSubstr("without it from 900 to 850"));
  EXPECT_THAT(text(patterns, 0, "if_recording"), HasSubstr("133.3 per cent of the rise is owed to it"));
  EXPECT_THAT(section_of(report, "sentinel").notes, testing::Contains(HasSubstr("ABSENT_NOT_ZERO")));
}

TEST_F(SentinelVerb, gives_no_percentage_under_ten_and_no_sum_over_a_missing_period) {
  request.input =
      put("period,category,count\n2021,possession of drugs,9\n2021,drug supply,20\n2022,possession of drugs,4\n"
          "2022,drug supply,30\n");
  const Report few = done();
  const Table& counts = section_of(few, "windows").tables.front();
  EXPECT_EQ(cell_of(counts, 0, "percent"), Value());
  EXPECT_THAT(text(counts, 0, "refused"), HasSubstr("no_change_under_ten"));
  request.input =
      put("period,category,count\n2021,possession of drugs,90\n2021,drug supply,20\n2022,possession of drugs,\n"
          "2022,drug supply,30\n");
  EXPECT_THAT(text(section_of(done(), "sentinel").tables.front(), 0, "seen"),
              HasSubstr("absent_months_are_not_summed"));
}

TEST_F(SentinelVerb, names_periods_in_which_a_part_is_larger_than_its_whole) {
  request.input =
      put("period,category,count\n2020,detections,100\n2020,cannabis disposals,10\n2021,detections,9\n"
          "2021,cannabis disposals,12\n2022,detections,100\n2022,cannabis disposals,10\n");
  const Report report = done();
  EXPECT_THAT(section_of(report, "course").notes, testing::Contains(HasSubstr("larger than the whole: 2021.")));
}

TEST_F(SentinelVerb, has_a_clear_answer_to_each_bad_table_and_window) {
  const std::string head = "period,category,count\n";
  request.input = put(head + "soon,drug supply,1\n");
  EXPECT_EQ(code(), "period_malformed");
  request.input = put(head + "2021,drug supply,1\n2021-02,drug supply,1\n");
  EXPECT_EQ(code(), "periods_mixed");
  request.input = put(head + "2021,drug supply,1\n2021/22,drug supply,1\n");
  EXPECT_EQ(code(), "periods_mixed");
  request.input = put(head + "2021,drug supply,1\n2021,drug supply,2\n");
  EXPECT_EQ(code(), "row_twice");
  request.input = put(head + "2021,drug supply,-1\n");
  EXPECT_EQ(code(), "count_negative");
  request.input = put(head + "2021,drug supply,1\n");
  EXPECT_EQ(code(), "periods_too_few");
  request.input = put(head + "2021,apples,10\n2022,apples,12\n");
  EXPECT_EQ(code(), "nothing_to_watch");
  request.possession = "aples";
  EXPECT_THAT(sentinel(outside, settings, request).error().remedy, HasSubstr("Did you mean 'apples'?"));
  request.possession.clear();
  request.before = "2021";
  EXPECT_EQ(code(), "windows_unlike");
  request.after = "2030";
  EXPECT_EQ(code(), "window_outside");
  request.after = "later";
  EXPECT_EQ(code(), "window_malformed");
  request.after.clear();
  request.before.clear();
  request.of = "outcomes";
  EXPECT_EQ(code(), "option_for_workspace");
  request.of.clear();
  request.input = put(head + "2021,Made Up 1980,1\n2021,Made Up 1980,2\n");
  EXPECT_THAT(sentinel(outside, settings, request).error().what, testing::Not(HasSubstr("Made Up")));
  request.input = put(head + "2021,drug supply,99999999999\n");
  EXPECT_EQ(code(), "count_too_large");
  request.input = put("area,period,category,count\nA,2021,drug supply,1\nB,2021,drug supply,1\n");
  EXPECT_EQ(code(), "area_needed");
  request.input.clear();
  request.of = "offenses";
  EXPECT_EQ(code(), "of_unknown");
}

TEST_F(SentinelVerb, watches_the_codes_of_a_workspace_s_searches_and_its_boroughs) {
  static_cast<void>(founded());
  read_boroughs({"stop_search/2018-01-city-of-london-stop-and-search.csv.gz",
                 "stop_search/2018-03-city-of-london-stop-and-search.csv.gz"});
  request.of = "outcomes";
  const Report outcomes = done();
  EXPECT_EQ(fact_of(outcomes, "sentinel", "area"), Value(std::string("London, City of")));
  EXPECT_FALSE(section_of(outcomes, "codes").tables.front().rows.empty());
  EXPECT_THAT(section_of(outcomes, "sentinel").notes, testing::Contains(HasSubstr("2018-02")));
  request.of = "offences";
  request.before = "2021";
  request.after = "2025";
  const Report all_of_them = done();
  const Table& all = section_of(all_of_them, "windows").tables.front();
  EXPECT_EQ(cell_of(all, 1, "before"), Value(std::int64_t{5100}));
  EXPECT_EQ(cell_of(all, 1, "after"), Value(std::int64_t{22245}));
  request.area = "Hackney";
  const Report of_one = done();
  const Table& hackney = section_of(of_one, "windows").tables.front();
  EXPECT_LT(std::get<std::int64_t>(cell_of(hackney, 1, "after")), 22245);
}

}  // namespace
}  // namespace throughline::app
