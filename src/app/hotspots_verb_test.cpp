#include "app/hotspots_verb.h"

#include <cstdlib>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  request.neighbours = 36;
  EXPECT_THAT(refused(), HasSubstr("cannot have 36 neighbours"));
  request.input = {};
  EXPECT_THAT(refused(), HasSubstr("Nothing to search is named"));
  request.measure = "crimes";
  EXPECT_THAT(refused(), HasSubstr("Where the areas are is not said"));
}

}  // namespace
}  // namespace throughline::app
