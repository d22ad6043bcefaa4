#include "app/watch_verb.h"

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/made_up_world.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;

struct Watch : testing::Test, MadeUpWorld {
  void counts(const std::string& text) {
    request.input = path("counts.csv");
    store::put_bytes(request.input, text);
  }
  [[nodiscard]] Report done() const { return watch(outside, settings, request).value(); }
  [[nodiscard]] std::string refused() const { return watch(outside, settings, request).error().message(); }
  // Five years of months: robberies about 50, drug offences about 30 with a jump in the last month.
  [[nodiscard]] static std::string five_years(int last_drugs) {
    std::string text = "area,category,period,count,police_activity\n";
    for (int month = 0; month < 60; ++month) {
      const std::string period = fmt::format("{}-{:02}", 2020 + month / 12, month % 12 + 1);
      const int wobble = (month * 7) % 11 - 5;
      const int drugs = month == 59 ? last_drugs : 30 + wobble;
      text += fmt::format("Kent,robbery,{},{},no\nKent,drugs,{},{},yes\n", period, 50 - wobble, period, drugs);
    }
    return text;
  }

  WatchRequest request;
};

TEST_F(Watch, tells_a_jump_and_that_it_is_hot_only_in_police_activity) {
  counts(five_years(90));
  const Report report = done();
  EXPECT_EQ(report.outcome, Outcome::done_with_findings);
  const Table& alerts = section_of(report, "alerts").tables.front();
  ASSERT_EQ(alerts.rows.size(), 1);
  EXPECT_EQ(cell_of(alerts, 0, "period"), Value("2024-12"));
  EXPECT_EQ(cell_of(alerts, 0, "category"), Value("drugs"));
  EXPECT_EQ(cell_of(alerts, 0, "direction"), Value("rise"));
  EXPECT_EQ(cell_of(alerts, 0, "observed"), Value(std::int64_t{90}));
  EXPECT_EQ(cell_of(alerts, 0, "police_only"), Value("yes"));
  EXPECT_EQ(cell_of(alerts, 0, "detector"), Value("farrington"));
}

TEST_F(Watch, a_quiet_table_has_no_alert) {
  counts(five_years(31));
  const Report report = done();
  EXPECT_EQ(report.outcome, Outcome::done);
  EXPECT_TRUE(section_of(report, "alerts").tables.front().rows.empty());
  const Table& screened = section_of(report, "watch").tables.front();
  EXPECT_EQ(cell_of(screened, 0, "tests"), Value(std::int64_t{48}));
  EXPECT_THAT(section_of(report, "watch").notes, testing::Not(testing::Contains(HasSubstr("EARS"))));
}

TEST_F(Watch, a_category_never_seen_before_is_news_and_a_declared_renaming_says_so) {
  counts(five_years(31) + "Kent,nitazenes,2024-11,3,no\n");
  Table fresh = section_of(done(), "fresh").tables.front();
  ASSERT_EQ(fresh.rows.size(), 1);
  EXPECT_EQ(cell_of(fresh, 0, "category"), Value("nitazenes"));
  EXPECT_EQ(cell_of(fresh, 0, "reading"), Value("new: never seen before"));
  request.renamed = {"opioids=nitazenes"};
  fresh = section_of(done(), "fresh").tables.front();
  EXPECT_EQ(cell_of(fresh, 0, "reading"), Value("renamed: was opioids"));
}

TEST_F(Watch, a_short_table_is_left_to_ears_and_a_row_that_is_not_there_is_absent) {
  counts("period,count\n2024-01,4\n2024-02,5\n2024-03,3\n2024-04,6\n2024-05,4\n2024-06,5\n2024-07,4\n2024-09,60\n");
  const Table screened = section_of(done(), "watch").tables.front();
  EXPECT_EQ(cell_of(screened, 0, "detector"), Value("ears-c1"));
  EXPECT_EQ(cell_of(screened, 0, "tests"), Value(std::int64_t{0}));
  EXPECT_EQ(cell_of(screened, 0, "skipped"), Value(std::int64_t{8}));
  EXPECT_THAT(section_of(done(), "watch").notes, testing::Contains(HasSubstr("EARS has seven counts")));
}

TEST_F(Watch, what_comes_after_the_last_month_told_of_changes_nothing_before_it) {
  // The old name ends in February 2024, and has one more count in December.
  std::string text = five_years(90);
  for (int month = 0; month < 60; ++month) {
    const bool is_old = month < 50 || month == 59;
    text += fmt::format("Kent,{},{}-{:02},8,no\n", is_old ? "opioids" : "nitazenes", 2020 + month / 12, month % 12 + 1);
  }
  counts(text);
  request.has_noughts_left_out = true;
  request.renamed = {"opioids=nitazenes"};
  request.from = "2024-01";
  request.to = "2024-10";
  const Report cut = done();
  EXPECT_EQ(cell_of(section_of(cut, "watch").tables.front(), 0, "to"), Value("2024-10"));
  // The old name has no count after February: its absence is a renaming, not a fall.
  for (std::size_t row = 0; row < section_of(cut, "alerts").tables.front().rows.size(); ++row) {
    EXPECT_NE(cell_of(section_of(cut, "alerts").tables.front(), row, "category"), Value("opioids"));
  }
}

TEST_F(Watch, a_measure_of_a_workspace_is_watched_each_category_in_each_borough) {
  static_cast<void>(founded());
  read_boroughs();
  request.measure = "borough-offences";
  request.area = "Hackney";
  request.from = "2025-01";
  request.to = "2025-06";
  const Report report = done();
  const Table& screened = section_of(report, "watch").tables.front();
  EXPECT_EQ(cell_of(screened, 0, "detector"), Value("farrington"));
  EXPECT_EQ(cell_of(screened, 0, "from"), Value("2025-01"));
  EXPECT_EQ(cell_of(screened, 0, "to"), Value("2025-06"));
  const auto series = std::get<std::int64_t>(cell_of(screened, 0, "series"));
  EXPECT_GE(series, 5);
  EXPECT_EQ(cell_of(screened, 0, "tests"), Value(series * 6 * 2));
  EXPECT_THAT(section_of(report, "watch").notes, testing::Contains(HasSubstr("POLICE_ACTIVITY")));
}

TEST_F(Watch, refuses_more_lines_of_a_workspace_than_may_be_looked_at) {
  static_cast<void>(founded());
  read_boroughs();
  request.measure = "borough-offences";
  request.lines_max = 1;
  EXPECT_EQ(watch(outside, settings, request).error().code, "lines_too_many");
}

TEST_F(Watch, published_series_are_watched_without_a_workspace) {
  request.published = "drug_deaths";
  request.from = "2010";
  const Report report = done();
  EXPECT_FALSE(section_of(report, "alerts").tables.front().rows.empty());
  EXPECT_EQ(cell_of(section_of(report, "watch").tables.front(), 0, "to"), Value("2021"));
}

TEST_F(Watch, more_alerts_than_are_shown_are_counted) {
  request.published = "all";
  const Section alerts = section_of(done(), "alerts");
  ASSERT_GT(alerts.tables.front().rows.size(), 1U);
  request.rows = 1;
  const Section first = section_of(done(), "alerts");
  EXPECT_EQ(first.tables.front().rows.size(), 1U);
  EXPECT_EQ(first.facts.front().value, Value(std::ssize(alerts.tables.front().rows)));
  EXPECT_EQ(first.facts.back().value, Value(std::int64_t{1}));
  EXPECT_THAT(first.notes, testing::Contains(HasSubstr("The first 1 of ")));
}

TEST_F(Watch, what_is_wrong_with_a_table_is_said_with_its_line) {
  counts("period,count\n2024-01,4\n2024-01,5\n");
  EXPECT_THAT(refused(), HasSubstr("There is a second row for"));
  EXPECT_THAT(refused(), HasSubstr("line 3"));
  counts("period,count\n2024-01,-4\n");
  EXPECT_THAT(refused(), HasSubstr("“-4” is no whole number"));
  counts("period,count\nsoon,4\n");
  EXPECT_THAT(refused(), HasSubstr("“soon” is no period"));
  counts("period,count\n2024-01,4\n2024,4\n");
  EXPECT_THAT(refused(), HasSubstr("is not of the kind of"));
  counts("period,count,police_activity\n2024-01,4,maybe\n");
  EXPECT_THAT(refused(), HasSubstr("neither yes nor no"));
  counts("period,number\n2024-01,4\n");
  EXPECT_THAT(refused(), HasSubstr("count"));
}

TEST_F(Watch, what_is_asked_wrongly_is_answered_with_the_nearest) {
  EXPECT_THAT(refused(), HasSubstr("Nothing to watch is named"));
  request.published = "drug_death";
  EXPECT_THAT(refused(), HasSubstr("Did you mean “drug_deaths”?"));
  request.published = "misuse_death_rate";
  EXPECT_THAT(refused(), HasSubstr("holds no counts"));
  request.published = "drug_deaths";
  request.detectors = {"farington"};
  EXPECT_THAT(refused(), HasSubstr("Did you mean “farrington”?"));
  request.detectors = {};
  request.renamed = {"opioids"};
  EXPECT_THAT(refused(), HasSubstr("names no renaming"));
  request.renamed = {};
  request.from = "2050";
  EXPECT_THAT(refused(), HasSubstr("Its periods are 1993 to 2021"));
  request.input = "counts.csv";
  EXPECT_THAT(refused(), HasSubstr("Several things to watch are named"));
}

}  // namespace
}  // namespace throughline::app
