#include "app/carried_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/harm_index.h"
#include "app/hidden_lists.h"
#include "app/made_up_world.h"
#include "app/sentinel_verb.h"
#include "base/source_folder.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct CarriedTables : testing::Test, MadeUpWorld {};

std::string example(const std::string& file) {
  if (file.starts_with("local_")) return std::string(base::k_source_folder) + "/data/places/" + file;
  const bool is_of_lists = file.starts_with("uk_") || file.ends_with("_overlap.csv");
  const char* folder = is_of_lists ? "hidden/" : file.starts_with("met_") ? "sentinel/" : "harm_index/";
  return std::string(base::k_source_folder) + "/examples/" + folder + file;
}

// Two readers read them: what a page shows is what the command line reads out of the file.
TEST_F(CarriedTables, are_the_tables_of_their_files_row_by_row) {
  EXPECT_EQ(carried_texts().size(), 10U);
  for (const CarriedText& each : carried_texts()) {
    const SmallTable carried = read_small_table("carried:" + each.file).value();
    const SmallTable file = read_small_table(example(each.file)).value();
    EXPECT_EQ(carried.header, file.header) << each.file;
    EXPECT_EQ(carried.rows, file.rows) << each.file;
    EXPECT_EQ(carried.lines, file.lines) << each.file;
  }
}

TEST_F(CarriedTables, are_named_and_the_nearest_is_offered) {
  EXPECT_THAT(read_small_table("carried:constructed_harm.csv").error().message(),
              HasSubstr("Did you mean carried:constructed_harms.csv?"));
  EXPECT_FALSE(is_carried("./carried:constructed_harms.csv"));
}

TEST_F(CarriedTables, say_whose_they_are_or_that_they_are_made_up) {
  const Report made_up = index(outside, settings, {.table = "carried:constructed_harms.csv", .draws = 0}).value();
  EXPECT_THAT(made_up.sections.front().notes.front(), StartsWith("CONSTRUCTED: "));
  const Report own = index(outside, settings, {.table = example("constructed_harms.csv"), .draws = 0}).value();
  EXPECT_THAT(own.sections.front().notes, testing::Each(testing::Not(StartsWith("CONSTRUCTED: "))));
  const Report lists =
      hidden(outside, settings, {.file = "carried:uk_2013_six_lists.csv", .resamples = 0, .simulations = 0}).value();
  EXPECT_THAT(lists.sections.front().notes.front(), StartsWith("Source: Home Office"));
}

TEST_F(CarriedTables, hold_lists_that_share_too_little_for_an_estimate) {
  const Report report = hidden(outside, settings, {.file = "carried:constructed_small_overlap.csv"}).value();
  EXPECT_EQ(report.outcome, Outcome::done_with_findings);
  EXPECT_EQ(report.sections.back().facts.front().value, Value(std::string("overlap_too_small")));
}

}  // namespace
}  // namespace throughline::app
