#include <algorithm>

#include <gtest/gtest.h>

#include "app/verbs.h"
#include "records/mapping.h"
#include "store/testing_folder.h"

namespace throughline::app {
namespace {

const std::string& text_of(const Value& value) {
  return std::get<std::string>(value);
}

TEST(MappingsVerb, lists_every_built_in_mapping) {
  const Report report = mappings({}).value();
  const Table& table = report.sections.front().tables.front();
  ASSERT_EQ(table.rows.size(), records::built_in_mappings().size());
  const auto row_of = [&](const std::string& name) {
    return *std::ranges::find_if(table.rows, [&](const auto& row) { return text_of(row[0]) == name; });
  };
  EXPECT_EQ(text_of(row_of("borough-counts")[2]), "observation");
  EXPECT_EQ(text_of(row_of("borough-counts")[3]), "published");
  EXPECT_EQ(text_of(row_of("drug-treatment")[3]), "sensitive");
  EXPECT_EQ(report.outcome, Outcome::done);
}

TEST(MappingsVerb, shows_what_each_column_fills_and_by_which_rules) {
  const Report report = mappings({.act = "show", .name = "crime-reports"}).value();
  const Section& section = report.sections.front();
  EXPECT_EQ(section.title, "crime-reports 1");
  const Table& items = section.tables[0];
  EXPECT_EQ(text_of(items.rows[1][0]), "victim");
  EXPECT_EQ(text_of(items.rows[1][3]), "victim");
  const Table& columns = section.tables[1];
  EXPECT_EQ(text_of(columns.rows[0][0]), "Crime reference");
  EXPECT_EQ(text_of(columns.rows[0][2]), "event.reference");
  EXPECT_EQ(text_of(columns.rows[0][3]), "required; 40 bytes at most");
  EXPECT_EQ(text_of(columns.rows[4][3]), "required; day first");
  for (const auto& row : columns.rows) EXPECT_EQ(row.size(), columns.columns.size());
}

TEST(MappingsVerb, names_the_nearest_where_there_is_no_such_mapping) {
  const auto error = mappings({.act = "show", .name = "crime-report"}).error();
  EXPECT_EQ(error.what, "no built-in mapping is called \"crime-report\" (nearest: \"crime-reports\")");
  EXPECT_EQ(mappings({.act = "show", .name = ""}).error().message(),
            "mappings show needs a name. “throughline mappings list” shows the names.");
  EXPECT_EQ(mappings({.act = "shwo", .name = ""}).error().message(),
            "mappings can list, show and check, not “shwo”. Did you mean “show”?");
}

TEST(MappingsVerb, checks_a_file_and_shows_every_fault_with_its_line) {
  const store::TestingFolder folder;
  const std::string path = (folder.path() / "own.toml").string();
  store::put_bytes(path, "name = \"own\"\ntitel = \"Own\"\n");
  const Report report = mappings({.act = "check", .name = path}).value();
  EXPECT_EQ(report.outcome, Outcome::done_with_findings);
  const Table& table = report.sections.front().tables.front();
  ASSERT_EQ(table.rows.size(), 6);
  EXPECT_EQ(std::get<std::int64_t>(table.rows.back()[0]), 2);
  EXPECT_EQ(text_of(table.rows.back()[1]), "\"titel\" is no key of a mapping (nearest: \"title\")");
  store::put_bytes(path, records::built_in_mappings().front().toml);
  EXPECT_EQ(mappings({.act = "check", .name = path}).value().outcome, Outcome::done);
  EXPECT_EQ(mappings({.act = "check", .name = path + ".not"}).error().code, "file_unavailable");
}

}  // namespace
}  // namespace throughline::app
