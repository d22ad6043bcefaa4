#include <gtest/gtest.h>

#include <fstream>

#include "app/made_up_world.h"
#include "base/source_folder.h"

namespace throughline::app {
namespace {

// An analyst of a new workspace who reads in a month of one force.
struct DependsTest : testing::Test, MadeUpWorld {
  DependsTest() { static_cast<void>(founded()); }
  // The name of the extract.
  [[nodiscard]] std::string read_in(const std::string& name, const std::string& text) const {
    const std::string file = path(name);
    std::ofstream(file) << text;
    const auto done = ingest(outside, settings, {.files = {file}, .mapping = {}, .supersedes = {}, .received = {}});
    EXPECT_TRUE(done.ok()) << done.error().message();
    const Table all = section_of(records(outside, settings, {}).value(), "extracts").tables.at(0);
    std::string newest;
    for (std::size_t i = 0; i < all.rows.size(); ++i) {
      if (cell_of(all, i, "file") == Value(name)) newest = std::get<std::string>(cell_of(all, i, "extract"));
    }
    return newest;
  }
  [[nodiscard]] std::string read_in_street(const std::string& rows) const {
    return read_in("2025-01-essex-street.csv",
                   "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
                   "Crime type,Last outcome category,Context\n" +
                       rows);
  }
  [[nodiscard]] Table table_of(const std::string& extract, const std::string& name) const {
    const Report report = trace(outside, settings, {.name = extract}).value();
    for (const Table& table : section_of(report, "depends").tables) {
      if (table.name == name) return table;
    }
    return {};
  }
};

constexpr const char* k_burglary =
    ",2025-01,Essex Police,Essex Police,0.45,51.57,On or near High Street,E01021216,Basildon 001A,Burglary,,\n";
constexpr const char* k_without_place = ",2025-01,Essex Police,Essex Police,,,No Location,,,Drugs,,\n";

TEST_F(DependsTest, an_extract_tells_which_measures_count_its_rows_for_which_months_and_areas) {
  const std::string extract = read_in_street(std::string(k_burglary) + k_burglary + k_without_place);
  const Table measures = table_of(extract, "measures");
  ASSERT_EQ(measures.rows.size(), 2U);
  EXPECT_EQ(cell_of(measures, 0, "measure"), Value("crimes"));
  EXPECT_EQ(cell_of(measures, 0, "months"), Value("2025-01"));
  EXPECT_EQ(cell_of(measures, 0, "areas"), Value(std::int64_t{1}));
  EXPECT_EQ(cell_of(measures, 0, "area_kind"), Value("LSOAs"));
  EXPECT_EQ(cell_of(measures, 0, "count"), Value(std::int64_t{2})) << "a record without a place has no area";
  EXPECT_EQ(cell_of(measures, 1, "measure"), Value("crimes-reported"));
  EXPECT_EQ(cell_of(measures, 1, "area_kind"), Value("forces"));
  EXPECT_EQ(cell_of(measures, 1, "count"), Value(std::int64_t{3}));
  EXPECT_TRUE(table_of(extract, "reference").rows.empty());
  EXPECT_TRUE(table_of(extract, "replacements").rows.empty());
}

TEST_F(DependsTest, a_replaced_extract_and_the_one_that_replaced_it_name_each_other) {
  const std::string first = read_in_street(k_burglary);
  const std::string second = read_in_street(std::string(k_burglary) + k_without_place);
  ASSERT_NE(first, second);
  const Table of_first = table_of(first, "replacements");
  ASSERT_EQ(of_first.rows.size(), 1U);
  EXPECT_EQ(cell_of(of_first, 0, "extract"), Value(second));
  EXPECT_EQ(cell_of(of_first, 0, "how"), Value("replaced this one"));
  const Table of_second = table_of(second, "replacements");
  ASSERT_EQ(of_second.rows.size(), 1U);
  EXPECT_EQ(cell_of(of_second, 0, "extract"), Value(first));
  EXPECT_EQ(cell_of(of_second, 0, "how"), Value("replaced by this one"));
  const auto notes = section_of(trace(outside, settings, {.name = first}).value(), "depends").notes;
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes.front(),
            "It was replaced: figures as of now leave it out, and figures as of a day before it was replaced rest on "
            "it.");
}

TEST_F(DependsTest, reference_rows_say_what_they_are_for) {
  const std::string extract = read_in("centres.csv", "FID,GlobalID,LSOA21CD,x,y\n1,g,E01000001,532000,181000\n");
  const Table reference = table_of(extract, "reference");
  ASSERT_EQ(reference.rows.size(), 1U);
  EXPECT_EQ(cell_of(reference, 0, "use"), Value("Where on the map an area lies"));
  EXPECT_TRUE(table_of(extract, "measures").rows.empty());
}

TEST_F(DependsTest, records_of_people_are_told_to_be_in_no_figure) {
  Settings how = settings;
  how.purpose = "PROTECT";
  how.reason = "a referral";
  const std::string file = std::string(base::k_source_folder) + "/examples/agencies/crime_reports.csv";
  ASSERT_TRUE(ingest(outside, how, {.files = {file}, .mapping = {}, .supersedes = {}, .received = {}}).ok());
  const Section section = section_of(trace(outside, how, {.name = "1"}).value(), "depends");
  EXPECT_EQ(section.notes, std::vector<std::string>{"It holds records of people, and no figure counts those."});
  EXPECT_TRUE(section.tables.at(0).rows.empty());
}

}  // namespace
}  // namespace throughline::app
