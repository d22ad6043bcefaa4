#include "app/activity_verb.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/made_up_world.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;

struct ActivityVerb : testing::Test, MadeUpWorld {
  void table(const std::string& text) {
    store::put_bytes(path("activity.csv"), text);
    request.input = path("activity.csv");
  }
  [[nodiscard]] Report done() const { return activity(outside, settings, request).value(); }
  [[nodiscard]] std::string verdict() const { return std::get<std::string>(fact_of(done(), "activity", "verdict")); }
  [[nodiscard]] std::string code() const { return activity(outside, settings, request).error().code; }

  ActivityRequest request;
};

TEST_F(ActivityVerb, reads_a_table_and_shows_the_working) {
  request.independent = {"admissions"};
  table("period,searches,finds,recorded,admissions\n2012,20000,4000,5000,6000\n2018,30000,6000,7500,9000\n");
  const Report report = done();
  EXPECT_EQ(verdict(), "both: more looked for, and more there");
  const Table& parts = section_of(report, "activity").tables.front();
  ASSERT_EQ(parts.rows.size(), 4U);
  EXPECT_EQ(cell_of(parts, 1, "move"), Value(std::string("the same")));
  EXPECT_EQ(cell_of(parts, 3, "series"), Value(std::string("admissions")));
  EXPECT_NEAR(std::get<Decimal>(cell_of(parts, 0, "ratio")).value, 1.5, 1e-12);
  table("period,searches,finds,recorded,admissions\n2012,20000,4000,5000,6000\n2018,30000,6000,7500,6010\n");
  EXPECT_EQ(verdict(), "more looked for");
}

// People move the rates: half as many searches again among half as many people again is no more looking.
TEST_F(ActivityVerb, reads_rates_where_people_are_counted) {
  request.independent = {"admissions"};
  table(
      "period,people,searches,finds,recorded,admissions\n2012,100000,20000,4000,5000,6000\n"
      "2018,150000,30000,6000,7500,9000\n");
  EXPECT_EQ(verdict(), "no change");
  table(
      "period,people,searches,finds,recorded,admissions\n2012,,20000,4000,5000,6000\n"
      "2018,150000,30000,6000,7500,9000\n");
  const Report report = done();
  EXPECT_THAT(section_of(report, "activity").notes, testing::Contains(HasSubstr("counts and not rates are compared")));
}

// A column that nobody called independent is not taken for it.
TEST_F(ActivityVerb, takes_no_column_for_independent_that_is_not_named_so) {
  table("period,searches,finds,recorded,arrests\n2012,20000,4000,5000,6000\n2018,30000,6000,7500,9000\n");
  EXPECT_EQ(code(), "column_unknown");
  EXPECT_THAT(activity(outside, settings, request).error().remedy, HasSubstr("--independent \"arrests\""));
  request.independent = {"arests"};
  EXPECT_EQ(code(), "column_missing");
  EXPECT_THAT(activity(outside, settings, request).error().remedy, HasSubstr("arrests"));
  request.independent = {"searches"};
  EXPECT_EQ(code(), "independent_own");
}

// From the year to March 2012 to that to March 2018 drug searches fell from 575,350 to 168,384 and arrests for drug
// offences from 121,407 to 63,920, while deaths and admissions rose.
TEST_F(ActivityVerb, reads_the_nation_as_less_looked_for) {
  request.is_national = true;
  request.before = "2011/12";
  request.after = "2017/18";
  const Report report = done();
  EXPECT_EQ(verdict(), "less looked for");
  const Table& parts = section_of(report, "activity").tables.front();
  EXPECT_EQ(cell_of(parts, 0, "before"), Value(std::int64_t{575350}));
  EXPECT_EQ(cell_of(parts, 2, "after"), Value(std::int64_t{63920}));
  EXPECT_EQ(cell_of(parts, 1, "move"), Value(std::string("not known")));
  for (std::size_t row = 3; row < parts.rows.size(); ++row) {
    EXPECT_EQ(cell_of(parts, row, "move"), Value(std::string("up"))) << row;
  }
  EXPECT_THAT(section_of(report, "activity").notes, testing::Contains(HasSubstr("POLICE_ACTIVITY")));
}

TEST_F(ActivityVerb, has_a_clear_answer_to_bad_input) {
  EXPECT_EQ(code(), "activity_not_said");
  table("period,recorded\n2012,5\n");
  EXPECT_EQ(code(), "periods_too_few");
  table("period,recorded\n2012,5\n2012,6\n");
  EXPECT_EQ(code(), "period_twice");
  table("period,recorded\n2012,5\n2013,-6\n");
  EXPECT_EQ(code(), "count_negative");
  table("period,recorded\n2012,5\n2013,x\n");
  EXPECT_EQ(code(), "not_a_count");
  table("period,recorded\n2012,5\n2013,99999999999\n");
  EXPECT_EQ(code(), "count_too_large");
  table("period,recorded\nMade Up 1980,5\nMade Up 1980,6\n");
  EXPECT_THAT(activity(outside, settings, request).error().what, testing::Not(HasSubstr("Made Up")));
  table("period,records\n2012,5\n2013,6\n");
  EXPECT_EQ(code(), "column_missing");
  table("period,searches,finds,recorded\n2012,5,6,1\n2013,6,6,1\n");
  EXPECT_EQ(code(), "finds_too_many");
  table("period,recorded,people\n2012,5,0\n2013,6,1\n");
  EXPECT_EQ(code(), "people_none");
  table("period,recorded\n2012,5\n2013,6\n");
  request.before = "2011";
  EXPECT_THAT(activity(outside, settings, request).error().remedy, HasSubstr("Did you mean 2012?"));
  request.before = "2013";
  EXPECT_EQ(code(), "windows_unlike");
  request.is_national = true;
  EXPECT_EQ(code(), "activity_not_said");
  request.input.clear();
  request.before = "1950/51";
  EXPECT_EQ(code(), "period_unknown");
}

}  // namespace
}  // namespace throughline::app
