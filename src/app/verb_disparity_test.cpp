#include "app/disparity_verb.h"

#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "base/number.h"
#include "base/source_folder.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;

struct DisparityVerb : testing::Test, MadeUpWorld {
  void counts(const std::string& rows) { request.input = put("counts.csv", "group,events,people\n" + rows); }
  [[nodiscard]] Report done() const { return disparity(outside, settings, request).value(); }
  [[nodiscard]] std::string code() const { return disparity(outside, settings, request).error().code; }
  [[nodiscard]] static double number(const Table& table, std::size_t row, const std::string& column) {
    return std::get<Decimal>(cell_of(table, row, column)).value;
  }
  [[nodiscard]] static const Table& ratios(const Report& report) {
    return section_of(report, "disparity").tables.front();
  }

  DisparityRequest request;
};

TEST_F(DisparityVerb, shows_rates_ratios_and_bounds_with_what_they_are_divided_by) {
  counts("White,50,1000\nBlack,20,100\nNot stated,15,\n");
  const Report report = done();
  const Table& rows = ratios(report);
  ASSERT_EQ(rows.rows.size(), 2U);
  EXPECT_EQ(cell_of(rows, 1, "group"), Value(std::string("Black")));
  EXPECT_EQ(cell_of(rows, 1, "population"), Value(std::string("the input")));
  EXPECT_NEAR(number(rows, 1, "rate"), 200, 1e-9);
  EXPECT_NEAR(number(rows, 1, "risk_ratio"), 4, 1e-9);
  EXPECT_EQ(fact_of(report, "disparity", "population"), Value(std::string("The column people of the input")));
  const Table& bounds = section_of(report, "unknown").tables.front();
  EXPECT_EQ(cell_of(bounds, 0, "unknown"), Value(std::int64_t{15}));
  EXPECT_NEAR(number(bounds, 0, "most"), 7, 1e-9);
  EXPECT_THAT(section_of(report, "disparity").notes, testing::Contains(HasSubstr("POLICE_ACTIVITY")));
  EXPECT_EQ(section_of(report, "hits").name, "");
}

TEST_F(DisparityVerb, divides_by_a_carried_population_and_shows_every_other_one) {
  request.input = put("counts.csv", "area,group,events\nHackney,White,698\nHackney,Black,949\n");
  const Report report = done();
  EXPECT_EQ(fact_of(report, "disparity", "population"), Value(std::string("Usual residents of all ages, Census 2021")));
  EXPECT_NEAR(number(ratios(report), 1, "risk_ratio"), 3.3986, 5e-5);
  const Table& others = section_of(report, "choices").tables.front();
  ASSERT_EQ(others.rows.size(), 4U);
  EXPECT_EQ(cell_of(others, 3, "footing"), Value(std::string("census-2011")));
  EXPECT_NE(number(others, 3, "risk_ratio"), number(others, 1, "risk_ratio"));
}

TEST_F(DisparityVerb, takes_outcomes_for_hit_rates_and_the_mix_of_disposals) {
  request.input =
      put("counts.csv",
          "group,outcome,events,people\nWhite,Arrest,20,1000\nWhite,Nothing found - no further action,80,1000\n"
          "Black,Suspect arrested,15,100\nBlack,Community resolution,15,100\nBlack,A no further action "
          "disposal,70,100\n");
  const Report report = done();
  const Table& hits = section_of(report, "hits").tables.front();
  EXPECT_NEAR(number(hits, 0, "hit_rate"), 20, 1e-9);
  EXPECT_NEAR(number(hits, 1, "hit_rate"), 30, 1e-9);
  EXPECT_NEAR(number(hits, 1, "ratio"), 1.5, 1e-9);
  const Table& disposals = section_of(report, "disposals").tables.front();
  EXPECT_EQ(cell_of(disposals, 1, "disposal"), Value(std::string("arrest")));
  EXPECT_NEAR(number(disposals, 1, "share"), 50, 1e-9);
}

TEST_F(DisparityVerb, refuses_what_more_events_than_people_cannot_say) {
  counts("White,521,5896\nBlack,237,232\n");
  const Report report = done();
  EXPECT_EQ(cell_of(ratios(report), 1, "odds_ratio"), Value());
  EXPECT_THAT(std::get<std::string>(cell_of(ratios(report), 1, "refused")), HasSubstr("more_events_than_people"));
  EXPECT_NEAR(number(ratios(report), 1, "risk_ratio"), 11.5606, 5e-5);
}

TEST_F(DisparityVerb, has_a_clear_answer_to_each_bad_table) {
  counts("White,-1,1000\n");
  EXPECT_EQ(code(), "count_negative");
  counts("White,5,0\n");
  EXPECT_EQ(code(), "people_none");
  counts("White,some,1000\n");
  EXPECT_EQ(code(), "not_a_count");
  counts("White,5,1000\nWhite,6,1000\n");
  EXPECT_EQ(code(), "row_twice");
  request.input = put("counts.csv", "grup,events\nWhite,5\n");
  EXPECT_EQ(code(), "column_missing");
  request.input = put("counts.csv", "group,events,peple\nWhite,5,9\n");
  EXPECT_EQ(code(), "column_unknown");
  request.input = put("counts.csv", "group,outcome,events,people\nWhite,Arrest,5,100\nWhite,Caution,5,101\n");
  EXPECT_EQ(code(), "people_differ");
  counts("White,5,99999999999\n");
  EXPECT_EQ(code(), "count_too_large");
}

TEST_F(DisparityVerb, offers_the_nearest_name_of_a_group_an_area_and_a_population) {
  counts("White,50,1000\nBlack,20,100\n");
  request.reference = "Whit";
  EXPECT_THAT(disparity(outside, settings, request).error().remedy, HasSubstr("Did you mean White?"));
  request.reference = "White";
  request.denominator = "census-2020";
  EXPECT_EQ(code(), "denominator_unknown");
  request.denominator = "census-2021";
  request.input = put("counts.csv", "group,events\nWhite,5\nBlack,5\n");
  request.area = "Hackny";
  EXPECT_EQ(code(), "area_not_in_population");
  EXPECT_THAT(disparity(outside, settings, request).error().remedy, HasSubstr("hackney"));
  request.area = "Wiltshire";
  EXPECT_EQ(code(), "area_ambiguous");
  request.population = put("people.csv", "group,people\nWhite,10\n");
  EXPECT_EQ(code(), "denominator_twice");
}

TEST_F(DisparityVerb, keeps_options_of_a_workspace_from_a_table) {
  counts("White,50,1000\n");
  request.from = "2021-01";
  EXPECT_EQ(code(), "option_for_workspace");
  request.from.clear();
  request.ethnicity = "officer";
  EXPECT_EQ(code(), "option_for_workspace");
  request.ethnicity.clear();
  request.input = put("counts.csv", "area,group,events\nHackney,White,5\n");
  request.area = "Hackney";
  EXPECT_EQ(code(), "area_in_table");
}

TEST_F(DisparityVerb, writes_the_ratios_as_a_table) {
  counts("White,50,1000\nBlack,20,100\n");
  request.output = path("ratios.csv");
  static_cast<void>(done());
  std::ifstream file(request.output);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_THAT(text, HasSubstr("area,period,group,events,people,population,rate"));
  EXPECT_THAT(text, HasSubstr("Black,20,100,the input,200.000"));
  counts("White,50,1000\n=1+1,20,100\n");
  static_cast<void>(done());
  std::ifstream again(request.output);
  const std::string defused{std::istreambuf_iterator<char>(again), std::istreambuf_iterator<char>()};
  EXPECT_THAT(defused, HasSubstr("'=1+1,20"));
}

// Searches of the City of London in January 2018, read in from the bundled example, against a count over its lines.
struct SearchedWorkspace : MadeUpWorld {
  SearchedWorkspace() {
    static_cast<void>(founded());
    const std::string examples = std::string(base::k_source_folder) + "/examples/home_counties/";
    static_cast<void>(ingest(outside, settings,
                             {.files = {examples + "reference/lad_csp_pfa_lookup_dec2016.csv.gz",
                                        examples + "stop_search/2018-01-city-of-london-stop-and-search.csv.gz",
                                        examples + "stop_search/2018-03-city-of-london-stop-and-search.csv.gz"},
                              .mapping = {},
                              .supersedes = {},
                              .received = {}})
                          .value());
  }
};

struct DisparityOfWorkspace : testing::Test {
  static void SetUpTestSuite() { world = new SearchedWorkspace; }
  static void TearDownTestSuite() {
    delete world;
    world = nullptr;
  }
  [[nodiscard]] Answer ask() const { return disparity(world->outside, world->settings, request); }
  [[nodiscard]] static std::int64_t events_of(const Table& table, const std::string& column, const std::string& group) {
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      if (cell_of(table, row, column) == Value(group)) return std::get<std::int64_t>(cell_of(table, row, "events"));
    }
    return -1;
  }
  static inline SearchedWorkspace* world = nullptr;
  DisparityRequest request{.area = "London, City of", .from = "2018-01", .to = "2018-01"};
};

// Of the 98 searches of people the officers saw 41 as White, 30 as Black, 20 as Asian and 7 as other; of themselves 34,
// 21, 18 and 5 said so, 5 were mixed and 15 did not say. Of the White, 28 had no further action and 9 were arrested.
TEST_F(DisparityOfWorkspace, counts_searches_by_either_definition_over_residents) {
  const Report report = ask().value();
  const Table& rows = section_of(report, "disparity").tables.front();
  EXPECT_EQ(cell_of(rows, 0, "area"), Value(std::string("London, City of")));
  EXPECT_EQ(fact_of(report, "disparity", "ethnicity"), Value(std::string("as the officer saw it")));
  EXPECT_EQ(cell_of(rows, 0, "population"), Value(std::string("census-2021")));
  EXPECT_EQ(events_of(rows, "group", "White"), 41);
  EXPECT_EQ(events_of(rows, "group", "Black"), 30);
  EXPECT_EQ(events_of(rows, "group", "Asian"), 20);
  // Residents, and no search under that word: no row, and a note that nobody can say why.
  EXPECT_EQ(events_of(rows, "group", "Mixed"), -1);
  EXPECT_THAT(section_of(report, "disparity").notes,
              testing::Contains(HasSubstr("no search is recorded under Mixed, though residents are")));
  EXPECT_EQ(events_of(rows, "group", "Other"), 7);
  // 30 of 232 residents against 41 of 5,896.
  const double ratio = (30.0 / 232) / (41.0 / 5896);
  EXPECT_NEAR(std::get<Decimal>(cell_of(rows, 2, "risk_ratio")).value, ratio, 1e-9);
  const Table& hits = section_of(report, "hits").tables.front();
  EXPECT_EQ(cell_of(hits, 0, "hits"), Value(std::int64_t{13}));
  EXPECT_EQ(cell_of(hits, 0, "searches"), Value(std::int64_t{41}));
}

TEST_F(DisparityOfWorkspace, counts_them_as_the_person_said) {
  request.ethnicity = "self";
  const Report report = ask().value();
  const Table& rows = section_of(report, "disparity").tables.front();
  EXPECT_EQ(events_of(rows, "group", "White"), 34);
  EXPECT_EQ(events_of(rows, "group", "Mixed"), 5);
  EXPECT_EQ(cell_of(section_of(report, "unknown").tables.front(), 0, "unknown"), Value(std::int64_t{15}));
  const Table& definitions = section_of(report, "choices").tables.back();
  EXPECT_EQ(definitions.name, "definitions");
  std::int64_t both = 0;
  for (std::size_t row = 0; row < definitions.rows.size(); ++row) {
    both += std::get<std::int64_t>(cell_of(definitions, row, "events"));
  }
  EXPECT_EQ(both, 98 + 98 - 15);
}

TEST_F(DisparityOfWorkspace, gives_no_rate_over_a_month_that_was_not_received_but_the_ratio) {
  request.to = "2018-03";
  const Report report = ask().value();
  const Table& rows = section_of(report, "disparity").tables.front();
  EXPECT_EQ(cell_of(rows, 0, "rate"), Value());
  EXPECT_THAT(std::get<std::string>(cell_of(rows, 0, "refused")), HasSubstr("2018-02"));
  EXPECT_NE(cell_of(rows, 1, "risk_ratio"), Value());
}

TEST_F(DisparityOfWorkspace, narrows_to_what_was_looked_for) {
  request.object = "Controlled drugs";
  std::int64_t drugs = 0;
  const Report report = ask().value();
  const Table& rows = section_of(report, "disparity").tables.front();
  for (std::size_t row = 0; row < rows.rows.size(); ++row)
    drugs += std::get<std::int64_t>(cell_of(rows, row, "events"));
  EXPECT_EQ(drugs, 47);  // Of the 98; every one has an ethnicity as the officer saw it.
}

TEST_F(DisparityOfWorkspace, has_a_clear_answer_where_nothing_came_and_for_words_that_it_does_not_know) {
  request.from = request.to = "2018-02";
  EXPECT_EQ(ask().error().code, "nothing_received");
  request.ethnicity = "selves";
  EXPECT_EQ(ask().error().code, "ethnicity_unknown");
  request.ethnicity = "officer";
  request.object = "Controled drugs";
  EXPECT_EQ(ask().error().code, "category_unknown");
}

}  // namespace
}  // namespace throughline::app
