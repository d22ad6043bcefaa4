#include "app/profile_verb.h"

#include <algorithm>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/made_up_world.h"

namespace throughline::app {
namespace {

using testing::Contains;
using testing::HasSubstr;

// One workspace for all: reading the boroughs takes longer than anything here.
struct Profile : testing::Test {
  static void SetUpTestSuite() {
    world = new MadeUpWorld();
    static_cast<void>(world->founded());
    world->read_boroughs();
  }
  static void TearDownTestSuite() {
    delete world;
    world = nullptr;
  }
  static Report done(const ProfileRequest& request) {
    return profile(world->outside, world->settings, request).value();
  }
  // The market profile of Newham, made once.
  static const Report& newham() {
    static const Report k_report = done({.area = "Newham"});
    return k_report;
  }
  static base::Error refused(const ProfileRequest& request) {
    return profile(world->outside, world->settings, request).error();
  }
  static Report planned(const std::string& text) {
    store::put_bytes(world->path("plan.toml"), text);
    return plan(world->outside, world->settings, {.file = world->path("plan.toml")}).value();
  }
  // The row of a panel's table with that indicator's title.
  static std::size_t row_of(const Table& table, const std::string& title) {
    const auto found = std::ranges::find_if(table.rows, [&](const auto& row) { return row.front() == Value(title); });
    return static_cast<std::size_t>(found - table.rows.begin());
  }
  static MadeUpWorld* world;
};
MadeUpWorld* Profile::world = nullptr;

TEST_F(Profile, shows_what_is_known_of_a_borough_and_says_what_is_not) {
  const Report& report = newham();
  const Table& violence = section_of(report, "violence").tables.front();
  const std::size_t injury = row_of(violence, "Violence with injury recorded");
  EXPECT_EQ(cell_of(violence, injury, "of"), Value("Newham"));
  const Table& sources = section_of(report, "violence").tables.at(1);
  EXPECT_THAT(std::get<std::string>(cell_of(sources, injury, "source")), HasSubstr("borough-offences/violence-with"));
  EXPECT_TRUE(std::holds_alternative<Decimal>(cell_of(violence, injury, "percent")));
  const std::size_t street = row_of(violence, "Robbery recorded");
  EXPECT_EQ(cell_of(violence, street, "value"), Value());
  EXPECT_EQ(cell_of(sources, street, "why_not"), Value("nothing of it was received"));
  const Table& demand = section_of(report, "demand").tables.front();
  const std::size_t deaths = row_of(demand, "Deaths related to drug poisoning");
  EXPECT_EQ(cell_of(demand, deaths, "of"), Value("Newham"));
  // The latest year is not told while registrations still come in.
  EXPECT_EQ(cell_of(demand, deaths, "period"), Value("2019"));
  const std::size_t treatment = row_of(demand, "People in treatment for drugs");
  EXPECT_THAT(std::get<std::string>(cell_of(section_of(report, "demand").tables.at(1), treatment, "why_not")),
              HasSubstr("ask the commissioner"));
}

TEST_F(Profile, reads_no_change_of_police_activity_as_more_or_less_crime) {
  const Report& report = newham();
  const Table& supply = section_of(report, "supply").tables.front();
  const std::size_t row = row_of(supply, "Trafficking offences recorded");
  const Value words = cell_of(supply, row, "reads");
  ASSERT_TRUE(std::holds_alternative<std::string>(words));
  EXPECT_THAT(std::get<std::string>(words), testing::AnyOf(HasSubstr("recorded: read it beside"), HasSubstr("chance")));
  EXPECT_THAT(section_of(report, "supply").notes, Contains(HasSubstr("POLICE_ACTIVITY")));
}

TEST_F(Profile, gives_an_index_with_its_parts_for_a_borough_and_none_elsewhere) {
  const Report& report = newham();
  const Section& index = section_of(report, "index");
  ASSERT_EQ(index.tables.size(), 3);
  EXPECT_GE(index.tables.front().rows.size(), 10);
  EXPECT_EQ(cell_of(index.tables.front(), 0, "index"), (Value(Decimal{.value = 100, .decimals = 1})));
  EXPECT_EQ(index.tables.at(1).rows.size(), 3);
  const Report essex = done({.area = "Essex"});
  const Section& none = section_of(essex, "index");
  EXPECT_TRUE(none.tables.empty());
  EXPECT_THAT(none.notes, Contains(HasSubstr("Cannot tell")));
}

TEST_F(Profile, of_a_needs_assessment_begins_with_violence_and_says_who_has_brought_what) {
  const Report report = done({.area = "Newham", .kind = "needs"});
  EXPECT_EQ(report.sections.at(1).name, "violence");
  const Table& partners = section_of(report, "partners").tables.front();
  EXPECT_EQ(cell_of(partners, 0, "partner"), Value("Police"));
  EXPECT_EQ(cell_of(partners, 0, "extracts"), Value(std::int64_t{0}));
}

TEST_F(Profile, takes_indicators_of_the_areas_own) {
  store::put_bytes(
      world->path("ours.toml"),
      "name = \"ours\"\nversion = \"1\"\n[[indicator]]\nid = \"shops\"\ntitle = \"Shops robbed\"\n"
      "panel = \"violence\"\nmeasure = \"borough-offences\"\ncategory = \"robbery-of-business-property\"\n");
  const Report report = done({.area = "Newham", .basket = world->path("ours.toml")});
  const Table& violence = section_of(report, "violence").tables.front();
  EXPECT_LT(row_of(violence, "Shops robbed"), violence.rows.size());
  EXPECT_EQ(fact_of(report, "profile", "basket"), Value("central and ours, version 1 and 1"));
}

TEST_F(Profile, refuses_an_area_or_a_kind_that_does_not_exist) {
  EXPECT_EQ(refused({.area = "Newhan"}).code, "area_unknown");
  EXPECT_THAT(refused({.area = "Newhan"}).message(), HasSubstr("Newham"));
  EXPECT_EQ(refused({.area = "Newham", .kind = "marketing"}).code, "kind_unknown");
}

// A workspace that knows the areas, and missing episodes of Essex: so many of July 2025, and one of the date given.
struct MissingEpisodes : MadeUpWorld {
  MissingEpisodes(int episodes, const std::string& stray) {
    static_cast<void>(founded());
    std::string text =
        "Episode reference,Force,Local authority,Forename,Surname,Known as,Date of birth,Sex,Ethnicity,Phone,Home "
        "address,Home postcode,Placement type,Category,Risk level,Missing from,Reported at,Reported by,Found at,Found "
        "where,Found postcode,Return interview offered,Return interview offered at,Return interview held at,Return "
        "interview held by,Return interview summary\n";
    const auto add = [&](int number, const std::string& date) {
      text += fmt::format(
          "E-{},Essex Police,Essex County Council,Supp,Specimstead,,2010-12-10,F,B2,,,,,Missing from "
          "home,High,{} 21:00,{} 23:30,Parent or carer,,,,,,,,\n",
          number, date, date);
    };
    for (int i = 0; i < episodes; ++i) add(i, "2025-07-15");
    add(episodes, stray);
    store::put_bytes(path("episodes.csv"), text);
    const std::string look_up = "/examples/home_counties/reference/lad_csp_pfa_lookup_dec2016.csv.gz";
    const std::string source(base::k_source_folder);
    static_cast<void>(
        ingest(outside, settings, {.files = {source + look_up}, .mapping = {}, .supersedes = {}, .received = {}})
            .value());
    static_cast<void>(
        ingest(outside, settings,
               {.files = {path("episodes.csv")}, .mapping = "missing-episodes", .supersedes = {}, .received = {}})
            .value());
  }
};

TEST(ProfileOfRecords, is_not_moved_by_a_record_dated_after_today_and_says_that_it_was_left_out) {
  MissingEpisodes world(12, "2095-01-01");
  const Report report = profile(world.outside, world.settings, {.area = "Essex"}).value();
  const Table& figures = section_of(report, "exploitation").tables.at(0);
  const Table& sources = section_of(report, "exploitation").tables.at(1);
  const std::size_t row = Profile::row_of(figures, "Missing episodes that forces sent");
  ASSERT_LT(row, figures.rows.size());
  EXPECT_EQ(cell_of(figures, row, "period"), Value("2024-08..2025-07"));
  EXPECT_EQ(cell_of(figures, row, "value"), (Value(Decimal{.value = 12, .decimals = 0})));
  EXPECT_THAT(std::get<std::string>(cell_of(sources, row, "why_not")), HasSubstr("some dated later than"));
}

TEST(ProfileOfRecords, refuses_a_kind_of_record_that_there_is_not) {
  MissingEpisodes world(1, "2025-07-15");
  store::put_bytes(world.path("ours.toml"),
                   "name = \"ours\"\nversion = \"1\"\n[[indicator]]\nid = \"gone\"\ntitle = \"Gone\"\n"
                   "panel = \"exploitation\"\nrecords = \"mising-episode\"\n");
  const auto answer = profile(world.outside, world.settings, {.area = "Essex", .basket = world.path("ours.toml")});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, "record_kind_unknown");
  EXPECT_THAT(answer.error().message(), HasSubstr("ours.toml line 3"));
  EXPECT_THAT(answer.error().message(), HasSubstr("Did you mean “missing-episode”?"));
}

// The force of the West Midlands has half the people of the region of that name.
TEST(ProfileOfRecords, does_not_give_a_force_that_is_named_as_a_region_the_regions_figures) {
  MissingEpisodes world(1, "2025-07-15");
  const Report report = profile(world.outside, world.settings, {.area = "E23000014"}).value();
  EXPECT_EQ(fact_of(report, "profile", "area"), Value("West Midlands"));
  const Table& demand = section_of(report, "demand").tables.front();
  const std::size_t deaths = Profile::row_of(demand, "Deaths related to drug poisoning");
  EXPECT_EQ(cell_of(demand, deaths, "of"), Value("England and Wales"));
  const Table& supply = section_of(report, "supply").tables.front();
  const std::size_t seizures = Profile::row_of(supply, "Seizures of Class A drugs");
  EXPECT_EQ(cell_of(supply, seizures, "of"), Value("West Midlands"));
}

constexpr const char* k_plan =
    "title = \"Plan\"\narea = \"Newham\"\n"
    "[[target]]\nindicator = \"violence-with-injury\"\nowner = \"Head of safety\"\nbaseline = \"2022\"\ndue = "
    "\"2023\"\n"
    "change_from = -90\nchange_to = 90\n"
    "[[target]]\nindicator = \"possession-recorded\"\nowner = \"Commander\"\nbaseline = \"2022\"\ndue = \"2023\"\n"
    "change_from = -99\nchange_to = -90\n"
    "[[target]]\nindicator = \"homicide\"\nowner = \"Commander\"\nbaseline = \"2022\"\ndue = \"2031\"\n"
    "change_from = -50\nchange_to = 0\n";

TEST_F(Profile, of_a_plan_says_which_targets_are_as_expected_and_which_cannot_be_told) {
  const Report report = planned(k_plan);
  EXPECT_EQ(report.outcome, Outcome::done_with_findings);
  const Table& targets = section_of(report, "plan").tables.front();
  ASSERT_EQ(targets.rows.size(), 3);
  EXPECT_EQ(cell_of(targets, 0, "state"), Value("as expected"));
  EXPECT_EQ(cell_of(targets, 1, "state"), Value("more than expected"));
  EXPECT_EQ(cell_of(targets, 2, "state"), Value("cannot tell"));
  EXPECT_TRUE(std::holds_alternative<std::string>(cell_of(targets, 2, "why")));
}

TEST_F(Profile, of_no_plan_says_that_there_is_none) {
  const base::Error error = plan(world->outside, world->settings, {}).error();
  EXPECT_EQ(error.code, "plan_missing");
  EXPECT_EQ(error.kind, base::ErrorKind::bad_command);
}

TEST_F(Profile, of_a_plan_flags_a_target_that_less_looking_would_meet) {
  const Report report = planned(k_plan);
  const Table& incentives = section_of(report, "incentives").tables.front();
  EXPECT_THAT(std::get<std::string>(cell_of(incentives, 0, "improving")),
              HasSubstr("may not be reported as an improvement"));
  // The independent series it would be read beside has no figures of these years: that is no pair.
  EXPECT_THAT(
      std::get<std::string>(cell_of(incentives, 1, "improving")),
      testing::AllOf(HasSubstr("may not be reported as an improvement"),
                     HasSubstr("of Metropolitan Police has no figures of these months; its last are of 2018/19")));
  EXPECT_EQ(cell_of(incentives, 1, "activity"), Value("yes"));
}

}  // namespace
}  // namespace throughline::app
