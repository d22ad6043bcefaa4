#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/source_folder.h"
#include "records/mapping.h"
#include "records/mapping_draft.h"
#include "records/readers/raw_rows.h"

namespace throughline::records {
namespace {

namespace fs = std::filesystem;

const fs::path k_examples = std::string(base::k_source_folder) + "/examples";

// The mapping that the file's header leads to, having checked that its columns can be bound and none is left over.
std::string detected(const fs::path& path) {
  auto rows = open_rows(path.string(), {.block_bytes = 16'384});
  if (!rows.ok()) return rows.error().message();
  const auto& header = rows.value()->header();
  const auto mapping = detect_mapping(header, rows.value()->content_name());
  if (!mapping.ok()) return mapping.error().message();
  const auto bound = bind_columns(mapping.value(), header, rows.value()->content_name());
  if (!bound.ok()) return bound.error().message();
  EXPECT_TRUE(bound.value().unmapped.empty()) << path << " has " << bound.value().unmapped.front();
  return mapping.value().name;
}

TEST(DetectMapping, finds_the_right_one_for_every_agency_example) {
  EXPECT_EQ(detected(k_examples / "agencies/crime_reports.csv"), "crime-reports");
  EXPECT_EQ(detected(k_examples / "agencies/intelligence_reports.csv"), "intelligence-3x5x2");
  EXPECT_EQ(detected(k_examples / "agencies/missing_episodes.csv"), "missing-episodes");
  EXPECT_EQ(detected(k_examples / "agencies/2025-09-otherford-outcomes.csv"), "police-uk-outcomes");
  for (const std::string name :
       {"custody-records", "nrm-referrals", "support-referrals", "call-records", "drug-seizures", "anpr-reads",
        "drug-treatment", "emergency-attendances", "hospital-admissions", "school-attendance", "school-exclusions",
        "antisocial-behaviour", "premises-closures", "cash-seizures", "prison-releases"}) {
    std::string file = name;
    std::ranges::replace(file, '-', '_');
    EXPECT_EQ(detected(k_examples / ("agencies/" + file + ".csv")), name);
  }
}

TEST(DetectMapping, finds_the_right_one_for_every_look_up_and_count) {
  const fs::path home = k_examples / "home_counties";
  EXPECT_EQ(detected(home / "borough_counts/mps_borough_month_drugs_weapons_robbery_violence.csv.gz"),
            "borough-counts");
  EXPECT_EQ(detected(home / "reference/lad_csp_pfa_lookup_dec2016.csv.gz"), "force-areas-look-up");
  EXPECT_EQ(detected(home / "reference/lsoa2021_ward2024_lad2024_lookup.csv.gz"), "lsoa-look-up");
  EXPECT_EQ(detected(home / "reference/lsoa2011_lsoa2021_lad2022_exact_fit.csv.gz"), "lsoa-editions");
  EXPECT_EQ(detected(home / "reference/lsoa2021_pop_weighted_centroids_ew.csv.gz"), "lsoa-centroids");
  EXPECT_EQ(detected(home / "reference/population_lad_pfa_mid_year.csv.gz"), "population-mid-year");
}

// One file of each force, so that the test stays quick; their headers are the same in every month.
TEST(DetectMapping, finds_the_right_one_for_every_force) {
  int files = 0;
  for (const std::string force : {"city-of-london", "essex", "hertfordshire", "kent", "surrey"}) {
    const fs::path home = k_examples / "home_counties";
    EXPECT_EQ(detected(home / ("street/2025-01-" + force + "-street.csv.gz")), "police-uk-street");
    EXPECT_EQ(detected(home / ("stop_search/2020-05-" + force + "-stop-and-search.csv.gz")),
              "police-uk-stop-and-search");
    ++files;
  }
  EXPECT_EQ(files, 5);
}

TEST(DetectMapping, names_the_nearest_and_what_the_file_lacks) {
  const std::vector<std::string> header{
      "Crime ID",  "Month",     "Reported by",           "Longitude", "Latitude", "Location",
      "LSOA code", "LSOA name", "Last outcome category", "Context"};
  EXPECT_EQ(
      detect_mapping(header, "odd.csv").error().message(),
      "no built-in mapping fits the columns of this file; police-uk-street comes nearest, but the file lacks "
      "\"Falls within\", \"Crime type\" (odd.csv). Name a mapping with --map; \"throughline mappings list\" shows "
      "the built-in ones, and docs/reference/mappings.md says how to write one.");
  EXPECT_EQ(detect_mapping({"Colour"}, "odd.csv").error().what, "no built-in mapping knows any column of this file");
}

TEST(DetectMapping, is_not_led_astray_by_a_few_common_names) {
  EXPECT_EQ(detect_mapping({"Type", "Date", "Room"}, "x.csv").error().what,
            "no built-in mapping fits the columns of this file; police-uk-stop-and-search comes nearest, but the file "
            "has only 2 of its 15 columns");
}

Mapping built_in(const std::string& name) {
  return find_mapping(name).value();
}

TEST(BindColumns, forgives_case_doubled_blanks_and_blanks_at_the_ends) {
  const auto bound = bind_columns(built_in("population-mid-year"),
                                  {" CODE", "Name", "YEAR\u00A0", "popu\uFB01x", "Population"}, "population.csv");
  ASSERT_TRUE(bound.ok());
  EXPECT_EQ(bound.value().file_columns, (std::vector<std::int32_t>{0, 2, 4}));
  EXPECT_EQ(bound.value().unmapped, std::vector<std::string>{"popu\uFB01x"});
  const auto street = bind_columns(built_in("police-uk-street"), {"month", "falls  within", "CRIME TYPE"}, "a.csv");
  ASSERT_TRUE(street.ok());
  EXPECT_EQ(street.value().file_columns[1], 0);
  EXPECT_EQ(street.value().file_columns[0], -1);
}

TEST(BindColumns, prefers_the_very_name_and_the_first_that_a_rule_gives) {
  const auto checked = check_mapping(
      "name = \"a\"\ntitle = \"A\"\ndata_class = \"published\"\nretention = \"published\"\n[[item]]\ntable = "
      "\"event\"\nkind = \"x\"\n[[column]]\nname = \"When\"\nalso = [\"Date\", \"Day\"]\nto = \"event.start\"\n",
      "a.toml");
  ASSERT_TRUE(checked.mapping.has_value());
  const auto place = [&](const std::vector<std::string>& header) {
    return bind_columns(*checked.mapping, header, "a.csv").value().file_columns.front();
  };
  EXPECT_EQ(place({"when", "When"}), 1);
  EXPECT_EQ(place({"Day", "Date"}), 1);
  EXPECT_EQ(place({"Day", "x"}), 0);
  EXPECT_EQ(place({"x"}), -1);
}

TEST(BindColumns, names_every_missing_column_and_the_nearest_that_the_file_has) {
  const auto error = bind_columns(built_in("police-uk-street"), {"Crime ID", "Mnth", "Crime typ", "Force"}, "a.csv");
  EXPECT_EQ(error.error().code, "columns_missing");
  EXPECT_EQ(
      error.error().what,
      "mapping police-uk-street needs columns that the file does not have: \"Month\" (nearest: \"Mnth\"), \"Falls "
      "within\", \"Crime type\" (nearest: \"Crime typ\")");
}

TEST(BindColumns, reads_parts_of_the_name_of_a_file) {
  const Mapping searches = built_in("police-uk-stop-and-search");
  const auto bound = bind_columns(searches, {"Type", "Date"}, "in/2019-03-city-of-london-stop-and-search.CSV.gz");
  ASSERT_TRUE(bound.ok());
  EXPECT_EQ(bound.value().from_file_name[0], "2019-03");
  EXPECT_EQ(bound.value().from_file_name[1], "city-of-london");
  EXPECT_EQ(bound.value().from_file_name[2], "");
  EXPECT_EQ(searches.columns[1].replace.at("city-of-london"), "City of London Police");
  const auto error = bind_columns(searches, {"Type", "Date"}, "searches of March.csv").error();
  EXPECT_EQ(error.code, "file_name_unfit");
  EXPECT_EQ(error.what,
            "mapping police-uk-stop-and-search reads something from the file's name, which must have the "
            "form {month}-{force}-stop-and-search.csv");
  // Where nothing is read from the name, any name will do.
  EXPECT_TRUE(bind_columns(built_in("police-uk-street"), {"Month", "Falls within", "Crime type"}, "x.csv").ok());
}

TEST(FileNames, fit_a_pattern_or_do_not) {
  const auto parts = [](std::string_view pattern, std::string_view name) {
    const auto parsed = parse_file_name_pattern(pattern);
    std::string text;
    const auto found = match_file_name(std::get<FileNamePattern>(parsed), name);
    if (!found) return std::string("no");
    for (const auto& [part, value] : *found) text.append(part).append("=").append(value).append(" ");
    return text;
  };
  EXPECT_EQ(parts("{month}-{force}-street.csv", "2025-01-essex-street.csv"), "force=essex month=2025-01 ");
  EXPECT_EQ(parts("{month}-{force}-street.csv", "2025-01-street-street-street.zip"),
            "force=street-street month=2025-01 ");
  EXPECT_EQ(parts("{month}-{force}-street.csv", "2025-13-essex-street.csv"), "no");
  EXPECT_EQ(parts("{month}-{force}-street.csv", "2025-01--street.csv"), "no");
  EXPECT_EQ(parts("{month}-{force}-street.csv", "2025-01-essex-street-2.csv"), "no");
  EXPECT_EQ(parts("{a} {b}", "x y z.xlsx"), "a=x b=y z ");
  EXPECT_EQ(parts("{a}", ".csv"), "a=.csv ");
  EXPECT_EQ(parts("v{a}.txt", "w1.txt"), "no");
}

RC_GTEST_PROP(FileNames, that_are_put_together_are_taken_apart_again, ()) {
  const auto word = [] { return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::element('a', 'b', 'z'))); };
  const std::string one = word();
  const std::string other = word();
  const auto pattern = std::get<FileNamePattern>(parse_file_name_pattern("{one}_{other}-end.csv"));
  const auto found = match_file_name(pattern, one + "_" + other + "-end.csv.gz");
  RC_ASSERT(found.has_value());
  RC_ASSERT(found->at("one") == one);
  RC_ASSERT(found->at("other") == other);
}

}  // namespace
}  // namespace throughline::records
