#include "app/trend_verb.h"

#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/flat_report.h"
#include "app/made_up_trend.h"
#include "app/watch_input.h"

namespace throughline::app {
namespace {

using testing::Contains;
using testing::HasSubstr;

struct TrendVerb : MadeUpTrend {
  // Eight years of months at 20, and from the sixth on at 40.
  [[nodiscard]] static std::string eight_years(const std::string& police) {
    std::string text = "area,period,count,population,police_activity\n";
    for (int month = 0; month < 96; ++month) {
      fmt::format_to(std::back_inserter(text), "Otherford,{}-{:02},{},50000,{}\n", 2015 + month / 12, month % 12 + 1,
                     (month < 60 ? 20 : 40) + month * 7 % 5, police);
    }
    return text;
  }
};

TEST_F(TrendVerb, shows_one_line_with_its_rolling_year_rate_index_and_both_readings_of_a_break) {
  counts(eight_years("no"));
  const Report report = done();
  const Table& points = section_of(report, "line").tables.front();
  ASSERT_EQ(points.rows.size(), 96U);
  EXPECT_EQ(cell_of(points, 10, "year_count"), Value());
  const auto first = std::get<std::int64_t>(cell_of(points, 11, "year_count"));
  const auto last = std::get<std::int64_t>(cell_of(points, 95, "year_count"));
  EXPECT_EQ(std::get<Decimal>(cell_of(points, 11, "index")).value, 100);
  EXPECT_NEAR(std::get<Decimal>(cell_of(points, 95, "index")).value,
              100.0 * static_cast<double>(last) / static_cast<double>(first), 1e-9);
  EXPECT_NEAR(std::get<Decimal>(cell_of(points, 95, "rate")).value, static_cast<double>(last) * 2, 1e-9);
  const Table& breaks = section_of(report, "breaks").tables.front();
  ASSERT_EQ(breaks.rows.size(), 1U);
  EXPECT_EQ(cell_of(breaks, 0, "kind"), Value("found"));
  EXPECT_EQ(cell_of(breaks, 0, "period"), Value("2020-01"));
  const Table& readings = section_of(report, "breaks").tables.back();
  ASSERT_EQ(readings.rows.size(), 3U);
  EXPECT_GT(std::get<Decimal>(cell_of(readings, 0, "percent")).value, 80);
  EXPECT_LT(std::abs(std::get<Decimal>(cell_of(readings, 2, "percent")).value), 15);
}

TEST_F(TrendVerb, shows_breaks_that_are_known_beside_those_that_are_found) {
  counts(eight_years("no"));
  request.breaks = put("breaks.csv", "month,what,source\n2018-06,A new form was used.,the force\n");
  const Table breaks = section_of(done(), "breaks").tables.front();
  ASSERT_EQ(breaks.rows.size(), 2U);
  EXPECT_EQ(cell_of(breaks, 0, "kind"), Value("known"));
  EXPECT_EQ(cell_of(breaks, 0, "period"), Value("2018-06"));
  request.breaks = put("breaks.csv", "month,what,source\nJune,A new form was used.,the force\n");
  EXPECT_EQ(refused().code, "breaks_malformed");
}

TEST_F(TrendVerb, of_a_published_line_refuses_the_change_to_a_period_that_is_incomplete) {
  request.published = "drug_deaths.misuse";
  const Report report = done();
  const Table& changes = section_of(report, "trend").tables.front();
  EXPECT_THAT(flat(cell_of(changes, 0, "refused")), HasSubstr("latest_period_is_incomplete"));
  const Table& points = section_of(report, "line").tables.front();
  EXPECT_THAT(flat(cell_of(points, points.rows.size() - 1, "greyed")), HasSubstr("latest_period_is_incomplete"));
  EXPECT_EQ(cell_of(points, points.rows.size() - 2, "greyed"), Value());
  EXPECT_THAT(flat(section_of(report, "breaks")), HasSubstr("tenth revision"));
  request.to = "2020";
  EXPECT_EQ(cell_of(section_of(done(), "trend").tables.front(), 0, "refused"), Value());
}

TEST_F(TrendVerb, lists_areas_by_name_each_compared_with_itself_and_refuses_to_rank_where_definitions_differ) {
  request.published = "homicide_eurostat";
  const Report report = done();
  const Table& changes = section_of(report, "trend").tables.front();
  ASSERT_GT(changes.rows.size(), 5U);
  for (std::size_t row = 1; row < changes.rows.size(); ++row) {
    EXPECT_LT(flat(cell_of(changes, row - 1, "area")), flat(cell_of(changes, row, "area")));
  }
  EXPECT_THAT(flat(cell_of(changes, 0, "percent")), testing::Ne("-"));
  EXPECT_THAT(section_of(report, "trend").notes, Contains(HasSubstr("levels_are_not_compared")));
  request.is_ranked = true;
  EXPECT_EQ(refused().code, "levels_are_not_compared");
  EXPECT_EQ(refused().kind, base::ErrorKind::refused);
}

TEST_F(TrendVerb, ranks_areas_with_funnel_limits_only_where_the_police_do_not_make_the_counts) {
  const auto areas = [](const std::string& police) {
    std::string text = "area,period,count,population,police_activity\n";
    for (int i = 0; i < 30; ++i) {
      fmt::format_to(std::back_inserter(text), "Area {:02},2023,{},100000,{}\n", i, i == 7 ? 200 : 95 + i % 10, police);
    }
    return text;
  };
  counts(areas("no"));
  request.is_ranked = true;
  const Table funnel = section_of(done(), "funnel").tables.front();
  EXPECT_EQ(funnel.rows.size(), 20U);
  EXPECT_EQ(cell_of(funnel, 0, "area"), Value("Area 07"));
  EXPECT_EQ(cell_of(funnel, 0, "place"), Value("far above"));
  EXPECT_EQ(cell_of(funnel, 1, "place"), Value("within"));
  counts(areas("yes"));
  EXPECT_EQ(refused().code, "activity_is_not_ranked");
}

// Thirty areas of ten counts each about a hundred; one of 200, one whose people nobody counted, one without its last
// year.
std::string thirty_areas(const std::string& police) {
  std::string text = "area,period,count,population,police_activity\n";
  for (int i = 0; i < 30; ++i) {
    const std::string people = i == 3 ? "" : "100000";
    fmt::format_to(std::back_inserter(text), "Area {:02},2022,{},{},{}\n", i, 95 + i % 10, people, police);
    if (i == 5) continue;
    fmt::format_to(std::back_inserter(text), "Area {:02},2023,{},{},{}\n", i, i == 7 ? 200 : 95 + i % 10, people,
                   police);
  }
  return text + "England,2022,3000,3000000," + police + "\nEngland,2023,3000,3000000," + police + "\n";
}

TEST_F(TrendVerb, says_which_areas_have_no_place_in_the_funnel_and_why) {
  counts(thirty_areas("no"));
  request.is_ranked = true;
  const std::string left_out = flat(section_of(done(), "funnel").tables.back());
  EXPECT_THAT(left_out, HasSubstr("Area 03 | Nobody counted its residents."));
  EXPECT_THAT(left_out, HasSubstr("Area 05 | A period of the year to 2023 is absent."));
  EXPECT_THAT(left_out, HasSubstr("England | It is a whole"));
}

TEST_F(TrendVerb, lists_every_area_by_name_and_ranks_them_only_where_that_is_allowed) {
  counts(thirty_areas("no"));
  request.is_by_place = true;
  const Report ranked = done();
  const Table& places = section_of(ranked, "places").tables.front();
  ASSERT_EQ(places.rows.size(), 28U);
  for (std::size_t row = 1; row < places.rows.size(); ++row) {
    EXPECT_LT(flat(cell_of(places, row - 1, "area")), flat(cell_of(places, row, "area")));
  }
  EXPECT_EQ(cell_of(places, 5, "area"), Value("Area 07"));
  EXPECT_EQ(cell_of(places, 5, "place"), Value("far above"));
  EXPECT_NEAR(std::get<Decimal>(cell_of(places, 5, "rate")).value, 200, 1e-9);
  EXPECT_NEAR(std::get<Decimal>(cell_of(places, 5, "rate_low")).value, evidence::poisson_interval(200).low, 1e-9);
  EXPECT_EQ(section_of(ranked, "places").tables.back().rows.size(), 3U);
  EXPECT_EQ(section_of(ranked, "funnel").tables.front().rows.size(), 20U);
  counts(thirty_areas("yes"));
  const Report unranked = done();
  EXPECT_THAT(section_of(unranked, "places").notes, Contains(HasSubstr("activity_is_not_ranked")));
  for (const Section& section : unranked.sections) EXPECT_NE(section.name, "funnel");
  EXPECT_EQ(cell_of(section_of(unranked, "places").tables.front(), 5, "place"), Value("far above"));
}

// Rates of 100 everywhere, so that whoever counts nothing twice finds 100 with the people of one level.
std::string areas_of_100(const std::vector<std::pair<std::string, int>>& thousands) {
  std::string text = "area,period,count,population\n";
  for (const auto& [area, people] : thousands) {
    fmt::format_to(std::back_inserter(text), "\"{}\",2023,{},{}\n", area, people, people * 1000);
  }
  return text;
}

std::vector<std::string> areas_held(const Report& report) {
  std::vector<std::string> areas;
  const Table& places = section_of(report, "places").tables.front();
  for (std::size_t row = 0; row < places.rows.size(); ++row) areas.push_back(flat(cell_of(places, row, "area")));
  return areas;
}

TEST_F(TrendVerb, holds_no_region_against_the_forces_within_it) {
  request.is_by_place = true;
  const std::vector<std::pair<std::string, int>> regions{
      {"England", 9000}, {"North East", 1000}, {"North West", 3000}, {"West Midlands", 2000}, {"Wales", 1500}};
  counts(areas_of_100(regions));
  EXPECT_THAT(areas_held(done()), testing::ElementsAre("North East", "North West", "Wales", "West Midlands"));
  std::vector<std::pair<std::string, int>> all = regions;
  for (const char* force : {"Cleveland", "Durham", "Cheshire", "Cumbria", "Lancashire"}) all.emplace_back(force, 400);
  counts(areas_of_100(all));
  const Report mixed = done();
  EXPECT_THAT(areas_held(mixed), testing::ElementsAre("Cheshire", "Cleveland", "Cumbria", "Durham", "Lancashire"));
  const std::string left_out = flat(section_of(mixed, "places").tables.back());
  for (const char* whole : {"England", "North East", "Wales", "West Midlands"}) {
    EXPECT_THAT(left_out, HasSubstr(fmt::format("{} | It is a whole", whole)));
  }
  // Among forces alone the West Midlands are one of them.
  counts(areas_of_100({{"Cleveland", 400}, {"Durham", 500}, {"West Midlands", 2900}}));
  EXPECT_THAT(areas_held(done()), testing::ElementsAre("Cleveland", "Durham", "West Midlands"));
  counts(areas_of_100({{"England", 56000}, {"Wales", 3000}, {"England and Wales", 59000}}));
  EXPECT_THAT(areas_held(done()), testing::ElementsAre("England", "Wales"));
}

TEST_F(TrendVerb, of_the_regions_and_forces_of_a_published_series_keeps_one_level) {
  request.published = "knife_crime";
  request.to = "2018/19";
  request.is_by_place = true;
  const Report report = done();
  EXPECT_THAT(areas_held(report), testing::SizeIs(9));
  EXPECT_THAT(areas_held(report), Contains("West Midlands"));
  EXPECT_THAT(flat(section_of(report, "places").tables.back()), HasSubstr("Kent | It is a part of others"));
}

TEST_F(TrendVerb, holds_areas_against_one_another_in_the_last_year_that_is_complete) {
  request.published = "drug_deaths_by_region.poisoning";
  request.is_by_place = true;
  const Report report = done();
  const Section places = section_of(report, "places");
  EXPECT_THAT(flat(section_of(report, "trend")), HasSubstr("is not complete: areas are held against one another in"));
  EXPECT_THAT(places.notes, testing::Not(Contains(HasSubstr("latest_period_is_incomplete"))));
  EXPECT_FALSE(section_of(report, "funnel").tables.front().rows.empty());
  const auto incomplete = std::ranges::find(places.facts, "incomplete", &Fact::name);
  ASSERT_NE(incomplete, places.facts.end());
  request.to = flat(incomplete->value);
  const Report asked = done();
  EXPECT_THAT(section_of(asked, "places").notes, Contains(HasSubstr("latest_period_is_incomplete")));
  EXPECT_THAT(section_of(asked, "places").tables.front().columns, testing::SizeIs(8));
  for (const Section& section : asked.sections) EXPECT_NE(section.name, "funnel");
  request.is_by_place = false;
  request.is_ranked = true;
  EXPECT_EQ(refused().code, "latest_period_is_incomplete");
}

TEST_F(TrendVerb, says_that_published_series_follow_no_date) {
  request.published = "drug_deaths.misuse";
  const auto told = Contains(HasSubstr("as the program carries them"));
  EXPECT_THAT(section_of(done(), "trend").notes, testing::Not(told));
  settings.as_of = base::parse_iso_date("2015-01-01");
  EXPECT_THAT(section_of(done(), "trend").notes, told);
}

TEST_F(TrendVerb, holds_no_area_against_another_where_definitions_differ) {
  request.published = "homicide_eurostat";
  request.is_by_place = true;
  const Report report = done();
  EXPECT_THAT(section_of(report, "places").notes, Contains(HasSubstr("levels_are_not_compared")));
  EXPECT_THAT(section_of(report, "places").tables.front().columns, testing::SizeIs(8));
}

TEST_F(TrendVerb, names_beside_each_change_the_known_breaks_that_it_is_across) {
  request.published = "knife_crime";
  request.to = "2018/19";
  const Report report = done();
  const Table& changes = section_of(report, "trend").tables.front();
  ASSERT_GT(changes.rows.size(), 5U);
  for (std::size_t row = 0; row < changes.rows.size(); ++row) {
    EXPECT_EQ(cell_of(changes, row, "breaks"), Value("2018/19")) << row;
  }
  EXPECT_THAT(section_of(report, "trend").notes, Contains(HasSubstr("Known break from 2018/19 on: Forces began")));
  request.to = "2017/18";
  EXPECT_EQ(cell_of(section_of(done(), "trend").tables.front(), 0, "breaks"), Value());
}

TEST_F(TrendVerb, lists_what_it_can_be_asked_of_and_can_be_asked_of_all_of_it) {
  request.is_list = true;
  const Section lines = section_of(done(), "lines");
  const Table& table = lines.tables.front();
  ASSERT_GT(table.rows.size(), 20U);
  std::set<std::string> listed;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const TrendRequest one{.published = flat(cell_of(table, row, "line")), .area = flat(cell_of(table, row, "widest"))};
    listed.insert(one.published);
    const base::Result<Report> report = trend(outside, settings, one);
    ASSERT_TRUE(report.ok()) << one.published;
    EXPECT_EQ(section_of(report.value(), "trend").tables.front().rows.size(), 1U) << one.published;
    const Table& points = section_of(report.value(), "line").tables.front();
    EXPECT_EQ(cell_of(points, points.rows.size() - 1, "period"), cell_of(table, row, "runs_to")) << one.published;
    if (row == 2) break;  // The search for breaks takes its time.
  }
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string line = flat(cell_of(table, row, "line"));
    EXPECT_TRUE(published_batches(line.substr(0, line.find('.'))).ok()) << line;
  }
  EXPECT_FALSE(listed.contains("drug_use_last_year.class_a_16_59"));
  EXPECT_THAT(flat(lines.tables.back()), HasSubstr("drug_deaths_by_authority.poisoning | Croydon | 2009 | 2020"));
}

TEST_F(TrendVerb, divides_deaths_by_the_residents_that_the_workspace_holds) {
  static_cast<void>(founded());
  read_boroughs({"reference/population_lad_pfa_mid_year.csv.gz"});
  request.published = "drug_deaths_by_authority.poisoning";
  request.area = "Croydon";
  const Table without = section_of(done(), "line").tables.front();
  EXPECT_EQ(cell_of(without, without.rows.size() - 1, "rate"), Value());
  request.has_workspace_residents = true;
  const Report report = done();
  const Table& points = section_of(report, "line").tables.front();
  const auto count = std::get<std::int64_t>(cell_of(points, points.rows.size() - 1, "count"));
  const double rate = std::get<Decimal>(cell_of(points, points.rows.size() - 1, "rate")).value;
  EXPECT_GT(1e5 * static_cast<double>(count) / rate, 300'000);
  EXPECT_LT(1e5 * static_cast<double>(count) / rate, 450'000);
  EXPECT_THAT(section_of(report, "trend").notes, Contains(HasSubstr("mid-year estimates that the workspace holds")));
}

TEST_F(TrendVerb, gives_rates_in_a_standard_population) {
  request.standard = put("standard.csv", "age,people\nyoung,600\nold,400\n");
  counts("area,period,age,count,population\nA,2023,young,10,1000\nA,2023,old,40,500\n");
  const Table rates = section_of(done(), "standardised").tables.front();
  EXPECT_NEAR(std::get<Decimal>(cell_of(rates, 0, "standardised")).value, 1e5 * (0.6 * 0.01 + 0.4 * 0.08), 1e-9);
  counts("area,period,age,count,population\nA,2023,young,10,1000\n");
  EXPECT_EQ(refused().code, "age_unlike");
  counts("area,period,age,count,population\nA,2023,young,10,0\n");
  EXPECT_EQ(refused().code, "people_none");
  counts("area,period,age,count,population\nA,2023,young,10,0.5\n");
  EXPECT_EQ(refused().code, "out_of_range");
  counts("area,period,age,count,population\nA,2023,young,10,10000000001\n");
  EXPECT_EQ(refused().code, "out_of_range");
  counts("area,period,age,count,population\nA,last summer,young,10,1000\n");
  EXPECT_EQ(refused().code, "period_malformed");
}

struct Bad {
  std::string text;
  std::string code;
};

TEST_F(TrendVerb, says_what_is_wrong_with_a_table) {
  const std::vector<Bad> table{{"period,count\n2024-02,5\n2024-02,5\n", "row_twice"},
                               {"period,count\n2023,-5\n", "count_not_whole"},
                               {"period,count,population\n2023,5,0\n", "people_none"},
                               {"period,count\n2023,5\n2024-01,5\n", "period_kinds_mixed"},
                               {"period,count\nsoon,5\n", "period_malformed"},
                               {"period,number\n2023,5\n", "column_missing"}};
  for (const Bad& row : table) {
    counts(row.text);
    EXPECT_EQ(refused().code, row.code) << row.text;
  }
  request.input.clear();
  EXPECT_EQ(refused().code, "trend_not_said");
  request.published = "drug_deaths.misus";
  EXPECT_EQ(refused().code, "line_unknown");
  EXPECT_THAT(refused().remedy, HasSubstr("misuse"));
  request.published = "drug_deaths.misuse";
  request.area = "Wales";
  EXPECT_EQ(refused().code, "area_unknown");
}

TEST_F(TrendVerb, says_that_an_absent_month_breaks_the_line_and_has_no_year) {
  counts("period,count\n2023-01,5\n2023-03,6\n2023-04,7\n");
  const Report report = done();
  EXPECT_THAT(section_of(report, "line").notes, Contains(HasSubstr("absent_months_break_lines")));
  EXPECT_THAT(section_of(report, "line").notes, Contains(HasSubstr("absent_months_are_not_summed")));
}

TEST_F(TrendVerb, counts_a_workspace_and_knows_the_break_of_its_source) {
  static_cast<void>(founded());
  read_boroughs();
  request.measure = "borough-offences";
  request.category = "trafficking-of-drugs";
  request.area = "Croydon";
  const Report report = done();
  EXPECT_EQ(section_of(report, "trend").tables.front().rows.size(), 1U);
  EXPECT_THAT(flat(section_of(report, "breaks").tables.front()), HasSubstr("2024-02 | known"));
  EXPECT_THAT(section_of(report, "trend").notes, Contains(HasSubstr("activity_is_not_incidence")));
}

}  // namespace
}  // namespace throughline::app
