#include "app/harm_index.h"

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "base/number.h"
#include "base/source_folder.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;

constexpr const char* k_header = "harm,period,volume,unit_cost,price_year,attributable_share\n";

struct HarmIndexVerb : testing::Test, MadeUpWorld {
  HarmIndexVerb() { request.draws = 0; }
  void harms(const std::string& rows) { request.table = put("harms.csv", k_header + rows); }
  [[nodiscard]] Report done() const { return index(outside, settings, request).value(); }
  // The message, with the folder left out.
  [[nodiscard]] std::string refused() const {
    std::string said = index(outside, settings, request).error().message();
    const std::string folder_name = folder.path().string() + "/";
    for (std::size_t at = said.find(folder_name); at != std::string::npos; at = said.find(folder_name)) {
      said.erase(at, folder_name.size());
    }
    return said;
  }
  [[nodiscard]] static std::string bundled(const std::string& name) {
    return std::string(base::k_source_folder) + "/examples/harm_index/" + name;
  }
  [[nodiscard]] static std::string shown(const Table& table, std::size_t row, const std::string& column) {
    const auto decimal = std::get<Decimal>(cell_of(table, row, column));
    return base::format_fixed(decimal.value, decimal.decimals);
  }

  IndexRequest request;
};

TEST_F(HarmIndexVerb, shows_the_constructed_example_to_the_last_digit_with_its_parts) {
  request.table = bundled("constructed_harms.csv");
  const Report report = done();
  const Table& rows = section_of(report, "index").tables.front();
  EXPECT_EQ(shown(rows, 0, "index"), "100.000000");
  EXPECT_EQ(shown(rows, 1, "index"), "107.169075");
  EXPECT_EQ(shown(rows, 2, "index"), "107.082556");
  EXPECT_EQ(shown(rows, 2, "value"), "2042150000");
  const Table& links = section_of(report, "links").tables.front();
  EXPECT_EQ(shown(links, 0, "volume"), "60546000");
  EXPECT_EQ(shown(links, 0, "price"), "76174000");
  EXPECT_EQ(shown(links, 0, "volume_laspeyres"), "1.031090463");
  const Table& parts = section_of(report, "links").tables.back();
  EXPECT_EQ(parts.rows.size(), 6U);
  EXPECT_EQ(shown(parts, 1, "volume"), "-14782000");
  EXPECT_EQ(section_of(report, "links").notes.front(),
            "0 to 1: all together the volume rose, but that of robbery, burglary fell.");
  EXPECT_THAT(section_of(report, "index").notes.front(), HasSubstr("COMPOSITE"));
  EXPECT_EQ(section_of(report, "without").tables.front().rows.size(), 6U);
}

TEST_F(HarmIndexVerb, gives_intervals_that_a_seed_repeats) {
  request.table = bundled("constructed_harms.csv");
  request.draws = 200;
  const auto low = [&] { return cell_of(section_of(done(), "index").tables.front(), 1, "low"); };
  const Value first = low();
  EXPECT_EQ(low(), first);
  request.seed = 2;
  EXPECT_NE(low(), first);
}

TEST_F(HarmIndexVerb, takes_the_base_that_it_is_given) {
  request.table = bundled("constructed_harms.csv");
  request.base = "2";
  EXPECT_EQ(shown(section_of(done(), "index").tables.front(), 2, "index"), "100.000000");
  request.base = "2000";
  EXPECT_EQ(refused(), "There is no period 2000 in the table (--base). The periods are: 0, 1, 2.");
}

TEST_F(HarmIndexVerb, says_on_its_face_that_a_cost_has_no_source) {
  harms("a,1,5,10,2000,1\na,2,6,10,2000,1\n");
  EXPECT_EQ(section_of(done(), "costs").notes.front(), "No source was given for the unit cost of: a.");
  EXPECT_EQ(cell_of(section_of(done(), "costs").tables.front(), 0, "source"),
            Value(std::string("no source was given")));
}

TEST_F(HarmIndexVerb, refuses_figures_that_cannot_be_and_names_their_line) {
  const auto refused_row = [this](const std::string& row) {
    harms("a,1,5,10,2000,1\n" + row + "\n");
    return refused();
  };
  EXPECT_EQ(refused_row("a,2,-5,10,2000,1"),
            "A volume or its standard error is below zero (harms.csv line 3). Harms are counted; write how many there "
            "were.");
  EXPECT_EQ(
      refused_row("a,2,5,0,2000,1"),
      "The unit cost is not above zero (harms.csv line 3). A harm without a cost has no place in the index: leave "
      "it out and say so.");
  EXPECT_EQ(refused_row("a,2,5,10,20,1"),
            "'20' is not a price year (harms.csv line 3). Write the year in whose prices the unit cost is, such as "
            "2003.");
  EXPECT_EQ(refused_row("a,2,5,10,2000,1.2"),
            "The attributable share is not between 0 and 1 (harms.csv line 3). Write 1 where all of the volume is owed "
            "to drugs.");
  EXPECT_EQ(
      refused_row("a,2,,10,2000,1"),
      "There is no volume; nothing known is not nought (harms.csv line 3). Give the figure, or leave the row out.");
  EXPECT_EQ(refused_row("a,2,\"1,000\",10,2000,1"),
            "The column volume holds something that is not a number (harms.csv line 3). Write it with digits and a "
            "point, without separators or signs of money.");
  EXPECT_EQ(refused_row(",2,5,10,2000,1"), "There is no harm (harms.csv line 3). Give every row one.");
  EXPECT_EQ(refused_row("a,1,5,10,2000,1"),
            "The harm a has a second row for 1 (harms.csv line 3). Keep one row for each harm and period.");
}

TEST_F(HarmIndexVerb, refuses_a_base_of_nothing_a_hole_and_a_single_period) {
  harms("a,1,0,10,2000,1\na,2,6,10,2000,1\n");
  EXPECT_EQ(refused(), "The harms of the base period are worth nothing (1). Choose another base period with --base.");
  harms("a,1,5,10,2000,1\nb,1,5,10,2000,1\nb,2,5,10,2000,1\na,3,6,10,2000,1\nb,3,5,10,2000,1\n");
  EXPECT_EQ(refused(),
            "The harm a has no row for 2, but has rows before and after (harms.csv). Absent is not nought: give the "
            "row, or end the harm before it under one name and begin it after under another.");
  harms("a,1,5,10,2000,1\n");
  EXPECT_EQ(refused(),
            "The table has one period, and an index is of change (harms.csv). Give it two periods at least.");
}

TEST_F(HarmIndexVerb, lets_a_harm_enter_and_says_so) {
  harms("a,1,5,10,2000,1\na,2,6,10,2000,1\nb,2,900,10,2000,1\n");
  const Report report = done();
  EXPECT_EQ(shown(section_of(report, "index").tables.front(), 1, "index"), "120.000000");
  EXPECT_EQ(cell_of(section_of(report, "index").tables.front(), 1, "direct"), Value());
  EXPECT_EQ(cell_of(section_of(report, "links").tables.front(), 0, "entered"), Value(std::string("b")));
}

TEST_F(HarmIndexVerb, mixes_no_price_years_without_a_deflator) {
  harms("a,1,5,10,2000,1\nb,1,5,10,2003,1\na,2,5,10,2000,1\nb,2,5,10,2003,1\n");
  EXPECT_EQ(refused(),
            "Costs of 1 are in the prices of 2000 and of 2003 (price_year). Bring them to one year, or name a table of "
            "prices with --deflator.");
  request.deflator = put("prices.csv", "year,index\n2000,100\n2003,125\n");
  // b costs 10 at the prices of 2003, and so 8 at those of 2000: 5 x 10 + 5 x 8.
  EXPECT_EQ(shown(section_of(done(), "index").tables.front(), 0, "value"), "90");
  request.deflator = put("prices.csv", "year,index\n2000,100\n");
  EXPECT_EQ(refused(),
            "The deflator has no row for 2003 (prices.csv). Add the year, which is a price_year of the table.");
  request.deflator = put("prices.csv", "year,index\n2000,0\n");
  EXPECT_EQ(refused(),
            "A row of the deflator is not a year of its own and an index above zero (prices.csv line 2). Write one row "
            "a year, such as 2003,84.5.");
}

TEST_F(HarmIndexVerb, refuses_a_range_that_does_not_hold_its_figure) {
  request.table = put("harms.csv",
                      "harm,period,volume,unit_cost,price_year,attributable_share,cost_low,cost_high\n"
                      "a,1,5,10,2000,1,8,12\na,2,5,10,2000,1,11,12\n");
  EXPECT_EQ(refused(),
            "cost_low and cost_high do not lie around the figure 10 (harms.csv line 3). Give both, the low one not "
            "above the figure and the high one not below.");
  request.table = put("harms.csv",
                      "harm,period,volume,unit_cost,price_year,attributable_share,cost_lo\n"
                      "a,1,5,10,2000,1,8\n");
  EXPECT_EQ(refused(), "The column cost_lo is not known (harms.csv line 1). Did you mean cost_low?");
}

// Drug offences double and all else falls: the score rises, the harm index falls, and the words say why.
TEST_F(HarmIndexVerb, shows_why_two_ways_of_weighing_disagree_about_drug_offences) {
  request.table = bundled("constructed_harms.csv");
  request.offences = bundled("constructed_offences.csv");
  request.weights = bundled("constructed_weights.csv");
  const Report report = done();
  const Section& severity = section_of(report, "severity");
  const auto value = [&](std::size_t row, const char* column) {
    return std::get<Decimal>(cell_of(severity.tables.front(), row, column)).value;
  };
  EXPECT_EQ(value(0, "severity"), 12 * 8000 + 900 * 750 + 4100 * 400 + 700 * 500 + 2600 * 3);
  EXPECT_GT(value(1, "severity"), value(0, "severity"));
  EXPECT_EQ(value(1, "custody_days"), 11 * 5475 + 850 * 365 + 3900 * 20);
  EXPECT_LT(value(1, "custody_days"), value(0, "custody_days"));
  EXPECT_THAT(severity.notes.back(), HasSubstr("trafficking in drugs, possession of cannabis"));
  EXPECT_THAT(severity.notes.front(), HasSubstr("POLICE_ACTIVITY"));
}

TEST_F(HarmIndexVerb, refuses_an_offence_without_weights_and_files_that_come_alone) {
  request.table = bundled("constructed_harms.csv");
  request.offences = put("offences.csv", "offence,period,count\nrobery,2023,4\n");
  EXPECT_EQ(refused(),
            "Offences and their weights are given together (--offences, --weights). Name both files, or neither.");
  request.weights = bundled("constructed_weights.csv");
  EXPECT_EQ(refused(), "The offence robery has no row of weights (offences.csv line 2). Did you mean robbery?");
}

TEST_F(HarmIndexVerb, shows_published_scores_of_one_area) {
  request.table = bundled("constructed_harms.csv");
  request.published = bundled("ons_crime_severity_scores.csv");
  request.area = "essex";
  const Table rows = section_of(done(), "published").tables.front();
  EXPECT_EQ(rows.rows.size() % 7, 0U);
  EXPECT_EQ(cell_of(rows, 0, "year_ending"), Value(std::string("2003-03-31")));
  request.area = "Esex";
  EXPECT_THAT(refused(), HasSubstr("There is no area Esex among the published scores"));
  EXPECT_THAT(refused(), HasSubstr("Did you mean Essex?"));
}

}  // namespace
}  // namespace throughline::app
