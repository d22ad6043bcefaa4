#include "app/hotspots_verb.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/carried_tables.h"
#include "app/flat_report.h"
#include "app/made_up_world.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;

struct Hotspots : testing::Test, MadeUpWorld {
  void places(const std::string& text) {
    request.input = path("places.csv");
    store::put_bytes(request.input, text);
  }
  void points(const std::string& text) {
    request.points = path("points.csv");
    store::put_bytes(request.points, text);
  }
  [[nodiscard]] Report done() const { return hotspots(outside, settings, request).value(); }
  [[nodiscard]] std::string refused() const { return hotspots(outside, settings, request).error().message(); }
  // A grid of 36 places; D4 and the four beside it have four times the count.
  [[nodiscard]] static std::string grid() {
    std::string text = "place,x,y,count,population,independent\n";
    for (int row = 0; row < 6; ++row) {
      for (int column = 0; column < 6; ++column) {
        const bool is_hot = std::abs(row - 3) + std::abs(column - 3) <= 1;
        text +=
            fmt::format("{}{},{},{},{},1000,{}\n", static_cast<char>('A' + row), column + 1, column * 1000 + row * 7,
                        row * 1000 + column * 3, is_hot ? 40 : 10 + (row + column) % 3, 5 + (row * column) % 2);
      }
    }
    return text;
  }

  HotspotsRequest request{.neighbours = 3, .draws = 199};
};

TEST_F(Hotspots, finds_the_hot_corner_and_lists_places_by_name) {
  places(grid());
  const Report report = done();
  EXPECT_EQ(report.outcome, Outcome::done_with_findings);
  const Table& clusters = section_of(report, "hotspots").tables.front();
  EXPECT_EQ(cell_of(clusters, 0, "places"), Value(std::int64_t{5}));
  EXPECT_EQ(cell_of(clusters, 0, "count"), Value(std::int64_t{200}));
  EXPECT_EQ(cell_of(clusters, 0, "p_value"), Value("0.005"));
  const Table& table = section_of(report, "places").tables.front();
  EXPECT_EQ(cell_of(table, 0, "place"), Value("A1"));
  EXPECT_EQ(cell_of(table, 35, "place"), Value("F6"));
}

TEST_F(Hotspots, police_activity_is_marked_and_never_ranked) {
  places(grid());
  request.is_police_activity = true;
  const Report report = done();
  const Table& clusters = section_of(report, "hotspots").tables.front();
  for (std::size_t row = 1; row < clusters.rows.size(); ++row) {
    EXPECT_LE(std::get<std::string>(cell_of(clusters, row - 1, "centre")),
              std::get<std::string>(cell_of(clusters, row, "centre")));
  }
  EXPECT_THAT(section_of(report, "hotspots").notes, testing::Contains(HasSubstr("may not be ranked")));
  const Table& table = section_of(report, "places").tables.front();
  EXPECT_EQ(cell_of(table, 3 * 6 + 3, "police_only"), Value("yes"));
  EXPECT_EQ(cell_of(table, 0, "police_only"), Value());
  // 36 places can tell of one circle, and of no two.
  EXPECT_THAT(section_of(report, "hotspots").notes, testing::Not(testing::Contains(HasSubstr("could not be told"))));
  std::string few = "place,x,y,count,population,independent\n";
  for (int i = 0; i < 16; ++i)
    few += fmt::format("P{},{},{},{},1000,9\n", i, i % 4 * 1000, i / 4 * 1000, i == 5 ? 90 : 9);
  places(few);
  EXPECT_THAT(section_of(done(), "hotspots").notes, testing::Contains(HasSubstr("1 circle among 16 places: were one")));
}

TEST_F(Hotspots, near_repeats_are_refused_for_moved_points_and_for_months) {
  std::string moved = "x,y,date\n";
  for (int i = 0; i < 40; ++i) moved += fmt::format("{},0,2024-01-{:02}\n", i % 4 * 100, i % 28 + 1);
  points(moved);
  EXPECT_THAT(refused(), HasSubstr("share their very coordinates"));
  points("x,y,date\n1,2,2024-01\n");
  EXPECT_THAT(refused(), HasSubstr("near repeats are a matter of days"));
  std::string real = "x,y,date\n";
  for (int i = 0; i < 40; ++i) real += fmt::format("{},{},2024-01-{:02}\n", i * 517 % 3000, i * 233 % 3000, i % 28 + 1);
  points(real);
  EXPECT_EQ(fact_of(done(), "near_repeats", "points"), Value(std::int64_t{40}));
}

TEST_F(Hotspots, a_measure_of_a_workspace_is_searched_where_the_table_of_places_says) {
  static_cast<void>(founded());
  read_boroughs();
  const std::string table = path("where.csv");
  // On a line from west to east, as they roughly lie.
  store::put_bytes(table,
                   "area,x,y\nHillingdon,0,0\nEaling,10000,0\nBrent,14000,3000\nCamden,20000,2000\n"
                   "Islington,23000,2000\nHackney,26000,2000\nNewham,32000,1000\n");
  request.measure = "borough-offences";
  request.places = table;
  request.from = "2020";
  request.to = "2020";
  request.neighbours = 2;
  const Report report = done();
  const Table& found = section_of(report, "places").tables.front();
  ASSERT_EQ(found.rows.size(), 7);
  EXPECT_EQ(cell_of(found, 0, "place"), Value("Brent"));
  // As the file counts them: 6,207 offences of Brent in 2020, all categories.
  EXPECT_EQ(cell_of(found, 0, "count"), Value(std::int64_t{6207}));
  EXPECT_THAT(section_of(report, "hotspots").notes, testing::Contains(HasSubstr("may not be ranked")));
}

TEST_F(Hotspots, a_published_series_is_searched_where_the_carried_table_says) {
  request.published = "drug_deaths_by_authority.poisoning";
  request.places = "carried:local_authorities.csv";
  request.neighbours = 8;
  const Report report = done();
  EXPECT_EQ(fact_of(report, "hotspots", "places"), Value(std::int64_t{331}));
  EXPECT_THAT(std::get<std::string>(fact_of(report, "hotspots", "source")), HasSubstr("2017..2019"));
  const Section& scan = section_of(report, "hotspots");
  EXPECT_THAT(scan.notes.front(), HasSubstr("each by the middle of where its residents live"));
  EXPECT_THAT(scan.notes, testing::Contains(HasSubstr("2020, is not complete and is left out")));
  const Table& places = section_of(report, "places").tables.front();
  ASSERT_EQ(places.rows.size(), 331U);
  // An authority that the two files spell with two apostrophes has its place.
  EXPECT_THAT(flat(places), HasSubstr("King’s Lynn and West Norfolk"));
  EXPECT_THAT(flat(places), testing::Not(HasSubstr("yes")));
  int seen = 0;
  for (std::size_t row = 0; row < places.rows.size(); ++row) {
    if (cell_of(places, row, "place") != Value("Hartlepool")) continue;
    ++seen;
    EXPECT_EQ(cell_of(places, row, "stands_out"), Value("hot"));
    EXPECT_NE(cell_of(places, row, "circle"), Value());
  }
  EXPECT_EQ(seen, 1);
  EXPECT_EQ(fact_of(report, "hotspots", "residents"), Value("of the table of places, 2020"));
}

TEST_F(Hotspots, counts_are_held_against_residents_of_their_own_time) {
  request.published = "drug_deaths_by_authority.poisoning";
  request.places = "carried:local_authorities.csv";
  request.from = "2009";
  request.to = "2011";
  EXPECT_THAT(refused(), HasSubstr("is counted in 2009 to 2011, and the residents of the table of places are of 2020"));
  EXPECT_THAT(refused(), HasSubstr("Take periods from 2015 to 2025"));
  static_cast<void>(founded());
  read_boroughs({"reference/population_lad_pfa_mid_year.csv.gz"});
  request.has_workspace_residents = true;
  const Report of_own_time = done();
  EXPECT_EQ(fact_of(of_own_time, "hotspots", "residents"), Value("mid-year estimates of the workspace, 2009 to 2011"));
  // The look-up that the workspace holds here is of 2016, and some authorities are younger.
  EXPECT_THAT(section_of(of_own_time, "hotspots").notes,
              testing::Contains(testing::AllOf(HasSubstr("holds no residents of that time of"),
                                               HasSubstr("Buckinghamshire"), HasSubstr("which are left out"))));
  EXPECT_EQ(fact_of(of_own_time, "hotspots", "places"), Value(std::int64_t{322}));
  // A measure of the workspace too: what it holds ends in 2020.
  request = {.measure = "borough-offences", .places = request.places, .from = "2025", .to = "2025", .draws = 99};
  EXPECT_EQ(fact_of(done(), "hotspots", "residents"), Value("mid-year estimates of the workspace, 2020"));
  const std::string table = path("where.csv");
  store::put_bytes(table,
                   "area,x,y,population,population_year\nHillingdon,0,0,9,2020\nEaling,1,0,9,2020\nBrent,2,3,9,2020\n"
                   "Camden,0,2,9,2020\nIslington,3,2,9,2020\nThe moon,6,2,9,2020\n");
  request.places = table;
  request.neighbours = 2;
  EXPECT_EQ(fact_of(done(), "hotspots", "residents"), Value("mid-year estimates of the workspace, 2020"));
  store::put_bytes(table, "area,x,y,population,population_year\nHillingdon,0,0,9,soon\n");
  EXPECT_THAT(refused(), HasSubstr("“soon” is no year from 1800 to 2200"));
}

TEST_F(Hotspots, a_table_that_names_areas_by_their_codes_may_give_the_code_twice) {
  request.published = "drug_deaths_by_authority.poisoning";
  request.places = path("where.csv");
  request.neighbours = 2;
  std::string table = "area,code,x,y\nE06000001,E06000001,0,0\n";
  store::put_bytes(request.places, table);
  EXPECT_THAT(refused(), HasSubstr("have no row in the table of places"));
  store::put_bytes(request.places, table + "Hartlepool,e06000001,0,0\n");
  EXPECT_THAT(refused(), HasSubstr("The area Hartlepool has a second row"));
}

TEST_F(Hotspots, a_category_is_one_of_the_series_and_what_has_no_use_is_refused) {
  request = {.published = "drug_deaths_by_authority", .places = "carried:local_authorities.csv", .draws = 99};
  request.category = "no such thing";
  EXPECT_THAT(refused(), HasSubstr("There is no category “no such thing”"));
  // Of several lines one is taken; without it which is not said.
  request.published = "seizures_by_force";
  request.category = "Seizures of drugs by one police force, of heroin";
  EXPECT_THAT(refused(), HasSubstr("of heroin, 2016/17..2018/19 have no row in the table of places"));
  request.category.clear();
  EXPECT_THAT(refused(), HasSubstr("Areas are held against one another in one category"));
  request.published = "drug_deaths_by_authority";
  request.area_kind = "ward";
  EXPECT_THAT(refused(), HasSubstr("--area-kind has no use in a search of a published series"));
  request.area_kind.clear();
  request.is_police_activity = true;
  EXPECT_THAT(refused(), HasSubstr("--police-activity has no use in a search of a published series"));
  places(grid());
  request = {.input = request.input, .neighbours = 3, .draws = 99};
  request.from = "2020";
  EXPECT_THAT(refused(), HasSubstr("--from has no use in a search of a table of places"));
  points("x,y,date\n1,2,2024-01-01\n");
  request = {.points = request.points, .independent = "drug_deaths_by_authority"};
  EXPECT_THAT(refused(), HasSubstr("--independent has no use in a search of dated points"));
}

TEST_F(Hotspots, a_circle_holds_no_more_of_the_residents_than_was_asked) {
  request.published = "drug_deaths_by_authority.poisoning";
  request.places = "carried:local_authorities.csv";
  const auto most = [&] {
    const Table clusters = section_of(done(), "hotspots").tables.front();
    std::int64_t places = 0;
    for (std::size_t row = 0; row < clusters.rows.size(); ++row) {
      places = std::max(places, std::get<std::int64_t>(cell_of(clusters, row, "places")));
    }
    return places;
  };
  const std::int64_t of_half = most();
  request.circle = 0.05;
  EXPECT_LT(most(), of_half / 2);
}

TEST_F(Hotspots, periods_and_series_that_cannot_be_searched_are_refused) {
  request.published = "drug_deaths_by_authority.poisoning";
  EXPECT_THAT(refused(), HasSubstr("carried:local_authorities.csv"));
  request.places = "carried:local_authorities.csv";
  request.to = "2020";
  EXPECT_THAT(refused(), HasSubstr("The latest period is not complete"));
  request.to = "2012";
  request.from = "2013";
  EXPECT_THAT(refused(), HasSubstr("is no period of"));
  request = {.published = "seizures_by_force.heroin", .places = "carried:local_authorities.csv"};
  EXPECT_THAT(refused(), HasSubstr("have no row in the table of places"));
  request.published = "homicides_cited_from_eurostat";
  EXPECT_THAT(refused(), HasSubstr("no published series"));
  request = {.published = "drug_deaths_by_authority",
             .independent = "seizures_by_force.heroin",
             .places = "carried:local_authorities.csv"};
  EXPECT_THAT(refused(), HasSubstr("cannot stand beside it as something else"));
  request.measure = "crimes";
  EXPECT_THAT(refused(), HasSubstr("Several things to search are named"));
  places(
      "place,x,y,count\nDenmark,0,0,1\nEngland and Wales,1,0,2\nFrance,2,1,3\nGermany,3,0,4\nItaly,4,2,5\n"
      "Spain,6,3,6\n");
  request = {.input = path("places.csv"), .independent = "homicide_eurostat", .neighbours = 2, .draws = 99};
  EXPECT_THAT(refused(), HasSubstr("their levels may not be compared"));
}

// The real places with made-up counts: in two groups three times as many, of which deaths are high in one.
TEST_F(Hotspots, what_deaths_do_not_show_too_is_hot_only_in_police_activity) {
  const std::vector<std::string> hot{"Hartlepool",       "Middlesbrough",  "Redcar and Cleveland",
                                     "Stockton-on-Tees", "South Kesteven", "Rutland",
                                     "Melton",           "Harborough"};
  const SmallTable real = read_carried_table("carried:local_authorities.csv").value();
  std::string text = "place,x,y,count,population\n";
  for (const std::vector<std::string>& row : real.rows) {
    const std::int64_t people = std::stoll(row[4]);
    const bool is_hot = std::ranges::find(hot, row[0]) != hot.end();
    text += fmt::format("\"{}\",{},{},{},{}\n", row[0], row[2], row[3], people / (is_hot ? 300 : 900), people);
  }
  places(text);
  request.is_police_activity = true;
  request.independent = "drug_deaths_by_authority";
  request.circle = 0.05;
  const Report report = done();
  const Table& clusters = section_of(report, "hotspots").tables.front();
  int north = 0;
  int south = 0;
  for (std::size_t row = 0; row < clusters.rows.size(); ++row) {
    const std::string names = std::get<std::string>(cell_of(clusters, row, "names"));
    if (names.find("Hartlepool") != std::string::npos) {
      ++north;
      EXPECT_EQ(cell_of(clusters, row, "police_only"), Value());
      EXPECT_GT(std::get<Decimal>(cell_of(clusters, row, "independent_low")).value, 1);
      EXPECT_NE(cell_of(clusters, row, "independent_p"), Value());
    }
    if (names.find("Rutland") != std::string::npos) {
      ++south;
      EXPECT_EQ(cell_of(clusters, row, "police_only"), Value("yes"));
    }
  }
  EXPECT_EQ(north, 1);
  EXPECT_EQ(south, 1);
  // What limits deaths travels with the answer.
  EXPECT_THAT(section_of(report, "hotspots").notes, testing::Contains(HasSubstr("REGISTRATION_DELAY")));
  EXPECT_THAT(section_of(report, "hotspots").notes,
              testing::Contains(testing::AllOf(HasSubstr("Of "), HasSubstr("2020, is not complete and is left out"))));
  EXPECT_THAT(section_of(report, "hotspots").notes, testing::Contains(HasSubstr("2017..2019")));
  // Without deaths beside it nothing is known to be more than police activity.
  request.independent.clear();
  const Table alone = section_of(done(), "hotspots").tables.front();
  EXPECT_EQ(cell_of(alone, 0, "police_only"), Value("yes"));
  // A place of which there is no count of deaths: none stands beside any.
  places(text + "Atlantis,30000,0,100,100000\n");
  request.independent = "drug_deaths_by_authority";
  const Report unlike = done();
  EXPECT_THAT(section_of(unlike, "hotspots").notes, testing::Contains(HasSubstr("it has no count of Atlantis.")));
  EXPECT_THAT(flat(section_of(unlike, "hotspots").tables.front()), HasSubstr("yes"));
}

TEST_F(Hotspots, what_is_wrong_with_a_table_is_said) {
  places("place,x,y,count\nA,0,0,1\n");
  EXPECT_THAT(refused(), HasSubstr("5 to 10000 can be searched"));
  places("place,x,y,count\nA,0,0,1\nA,0,0,1\n");
  EXPECT_THAT(refused(), HasSubstr("has a second row"));
  places("place,x,y,count,population\nA,0,0,1,0\n");
  EXPECT_THAT(refused(), HasSubstr("A population of 0 has nobody"));
  for (const char* population : {"1e-300", "1e300", "9e-4", "2e12"}) {
    places(fmt::format("place,x,y,count,population\nA,0,0,1,{}\n", population));
    EXPECT_THAT(refused(), HasSubstr("is not from 0.001 to 1,000,000,000,000")) << population;
    EXPECT_THAT(refused(), HasSubstr("line 2")) << population;
  }
  places("place,x,y,count\nA,0,0,-1\n");
  EXPECT_THAT(refused(), HasSubstr("“-1” is no whole number"));
  places(grid());
  request.independent = "drug_deaths_by_authority";
  EXPECT_THAT(refused(), HasSubstr("has a column independent"));
  request.independent.clear();
  request.neighbours = 36;
  EXPECT_THAT(refused(), HasSubstr("cannot have 36 neighbours"));
  request.input = {};
  EXPECT_THAT(refused(), HasSubstr("Nothing to search is named"));
  request.measure = "crimes";
  EXPECT_THAT(refused(), HasSubstr("Where the areas are is not said"));
}

}  // namespace
}  // namespace throughline::app
