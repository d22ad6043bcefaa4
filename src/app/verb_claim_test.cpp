// The verb of claims: what it answers, writes and refuses.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/claim_verb.h"
#include "app/made_up_world.h"
#include "store/testing_folder.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Answer asked(const ClaimRequest& request) {
  MadeUpWorld world;
  return claim(world.outside, world.settings, request);
}

std::string text_of_fact(const Report& report, std::string_view name) {
  for (const Fact& fact : report.sections.front().facts) {
    if (fact.name == name) return std::get<std::string>(fact.value);
  }
  return "no such fact";
}

const Table& table_of(const Report& report, std::string_view name) {
  for (const Table& table : report.sections.front().tables) {
    if (table.name == name) return table;
  }
  ADD_FAILURE() << "no table " << name;
  return report.sections.front().tables.front();
}

TEST(claim_verb, a_statement_is_answered_with_its_verdict_every_basis_and_the_limits) {
  const Report report = asked({.statement = "drug stop and search fell 61 per cent 2012-18"}).value();
  EXPECT_EQ(text_of_fact(report, "code"), "holds_on_another_basis");
  EXPECT_EQ(table_of(report, "readings").rows.size(), 4U);
  EXPECT_EQ(std::get<std::string>(table_of(report, "caveats").rows.front()[0]), "POLICE_ACTIVITY");
}

TEST(claim_verb, the_list_says_of_every_line_up_to_when_it_runs) {
  const Report report = asked({.is_list = true}).value();
  const Table& table = table_of(report, "series");
  ASSERT_GT(table.rows.size(), 30U);
  for (const auto& row : table.rows) {
    ASSERT_EQ(row.size(), table.columns.size());
    EXPECT_TRUE(std::holds_alternative<std::string>(row[3]));
  }
}

TEST(claim_verb, the_figures_of_the_reports_and_their_rivals_are_told) {
  const Report report = asked({.is_reports = true}).value();
  EXPECT_EQ(table_of(report, "rows").rows.size(), 245U);
  std::int64_t counted = 0;
  for (const auto& row : table_of(report, "counts").rows) counted += std::get<std::int64_t>(row[2]);
  EXPECT_EQ(counted, 245);
  EXPECT_EQ(table_of(asked({.is_conflicts = true}).value(), "conflicts").name, "conflicts");
}

TEST(claim_verb, a_table_of_ones_own_is_written_with_a_status_for_each_row) {
  const store::TestingFolder folder;
  const std::string own = (folder.path() / "own.csv").string();
  const std::string output = (folder.path() / "statuses.csv").string();
  store::put_bytes(
      own, "source,place,label,area,period,value,unit\nR,1,homicides,England and Wales,2010/11,639,homicides\n");
  const Report report = asked({.tables = {own}, .output = output}).value();
  EXPECT_EQ(text_of_fact(report, "output"), output);
  const std::string written = store::bytes_of(output);
  EXPECT_THAT(written,
              StartsWith("source,page_or_para,series,area,period,value,unit,status,decided_by,basis,working\n"));
  EXPECT_THAT(written, HasSubstr("R,1,homicides,England and Wales,2010/11,639,homicides,holds,stored series,"));
}

TEST(claim_verb, nothing_asked_and_a_table_that_is_none_are_errors) {
  EXPECT_EQ(asked({}).error().message(),
            "There is no statement to check. Give one in quotes, or --table FILE, --reports, --conflicts or --list.");
  EXPECT_EQ(asked({.statement = "homicides fell", .is_list = true}).error().code, "claim_ambiguous");
  EXPECT_EQ(asked({.output = "x.csv", .is_list = true}).error().code, "output_without_table");
  const store::TestingFolder folder;
  const std::string own = (folder.path() / "own.csv").string();
  store::put_bytes(own, "a,b\n1,2\n");
  EXPECT_EQ(asked({.tables = {own}}).error().code, "column_missing");
  store::put_bytes(own, std::string(9 << 20, 'x'));
  EXPECT_EQ(asked({.tables = {own}}).error().code, "table_too_large");
  EXPECT_EQ(asked({.tables = {"/nowhere/at/all.csv"}}).error().kind, base::ErrorKind::world);
}

}  // namespace
}  // namespace throughline::app
