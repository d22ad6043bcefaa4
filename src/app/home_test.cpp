#include "app/home.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "app/made_up_world.h"
#include "store/files.h"

namespace throughline::app {
namespace {

struct HomeTest : testing::Test, MadeUpWorld {
  HomeTest() { static_cast<void>(founded()); }

  // One offence of Kent Police of that month, which came thirty days after the month's end.
  void receive(const std::string& month) const {
    const std::string file = path(month + "-kent-street.csv");
    const std::string text = fmt::format(
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
        "Last outcome category,Context\n"
        ",{},Kent Police,Kent Police,0.5,51.2,On or near Sample Street,E01024000,Sample 001A,Drugs,,\n",
        month);
    ASSERT_TRUE(store::write_whole(file, text).ok());
    const base::Date received = base::parse_month(month)->last_day() + 30;
    const Answer answer =
        ingest(outside, settings, {.files = {file}, .mapping = {}, .supersedes = {}, .received = received});
    ASSERT_TRUE(answer.ok()) << answer.error().message();
  }
  [[nodiscard]] Table table(const std::string& name) const {
    const Report report = home(outside, settings).value();
    for (const Table& each : section_of(report, "news").tables) {
      if (each.name == name) return each;
    }
    return {};
  }
};

TEST_F(HomeTest, of_an_empty_workspace_misses_nothing) {
  const Report report = home(outside, settings).value();
  EXPECT_EQ(report.outcome, Outcome::done);
  EXPECT_TRUE(table("arrived").rows.empty());
  EXPECT_TRUE(table("missing").rows.empty());
}

TEST_F(HomeTest, names_the_month_left_out_between_others_and_the_next_that_is_overdue) {
  for (const char* month : {"2025-01", "2025-03", "2025-04"}) receive(month);
  const Table arrived = table("arrived");
  ASSERT_EQ(arrived.rows.size(), 3U);
  EXPECT_EQ(cell_of(arrived, 0, "agency"), Value("Example Council"));
  const Table missing = table("missing");
  ASSERT_EQ(missing.rows.size(), 2U);
  EXPECT_EQ(cell_of(missing, 0, "month"), Value("2025-02"));
  EXPECT_EQ(cell_of(missing, 0, "due"), Value());
  EXPECT_EQ(cell_of(missing, 1, "month"), Value("2025-05"));
  EXPECT_EQ(cell_of(missing, 1, "due"), Value("2025-06-30"));
}

TEST_F(HomeTest, calls_nothing_overdue_by_the_rhythm_of_two_months) {
  for (const char* month : {"2025-03", "2025-04"}) receive(month);
  EXPECT_TRUE(table("missing").rows.empty());
}

}  // namespace
}  // namespace throughline::app
