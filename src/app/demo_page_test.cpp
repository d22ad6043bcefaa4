#include "app/demo_page.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "evidence/caveats.h"
#include "records/gss.h"

namespace throughline::app {
namespace {

const evidence::AreaCode k_otherford = *records::GssCode::parse("E23000901");

base::Month month(int year, int number) {
  return base::Month(year * 12 + number - 1);
}

evidence::Areas areas() {
  evidence::AreaTables tables;
  tables.areas.push_back(
      {.code = k_otherford, .name = "Otherford", .kind = evidence::AreaKind::force, .vintage = 2016});
  return evidence::Areas::build(std::move(tables));
}

// Counts of drugs by month in Otherford; a negative one is a month that never came.
evidence::Series drugs(const std::vector<std::int64_t>& counts) {
  evidence::SeriesRequest request;
  request.measure = evidence::find_measure("crimes");
  request.category = "drugs";
  request.areas = {k_otherford};
  request.span = {.begin = month(2025, 1), .end = month(2025, 1) + static_cast<int>(counts.size())};
  evidence::Evidence evidence;
  evidence.categories = {{.slug = "drugs", .words = "Drugs", .first = month(2025, 1), .last = month(2025, 1)}};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] < 0) continue;
    const base::Month at = month(2025, 1) + static_cast<int>(i);
    evidence.coverage.add(k_otherford, at);
    evidence.counts.push_back({.area = k_otherford, .month = at, .count = counts[i]});
  }
  return evidence::build_series(request, evidence, areas());
}

DemoFindings found(const std::vector<std::int64_t>& counts) {
  DemoFindings findings;
  findings.files_new = 3;
  findings.areas = areas();
  findings.figures.by_force = {drugs(counts)};
  records::SourceQuality street;
  street.source = "police-uk-street";
  street.extracts = 3;
  street.rows_read = 100;
  street.rows_rejected = 2;
  street.first_month = month(2025, 1);
  street.last_month = month(2025, 3);
  street.rejections = {{.column = "Month", .rule = records::RejectionRule::not_a_month, .faults = 2}};
  findings.sources = {street};
  findings.log_entries = 12;
  return findings;
}

// By value: the report may be a temporary.
Section section_of(const Report& report, const std::string& name) {
  const auto at = std::ranges::find(report.sections, name, &Section::name);
  EXPECT_NE(at, report.sections.end()) << name;
  return *at;
}

TEST(DemoPage, adds_up_the_months_of_a_force_when_all_were_received) {
  const Report report = demo_page(found({10, 20, 30}), {});
  const Table table = section_of(report, "figures").tables.front();
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(table.title, "Drugs  (crimes/drugs/CODE/MONTH)");
  EXPECT_EQ(table.columns[2].heading, "Jan");
  EXPECT_EQ(table.rows[0], (std::vector<Value>{std::string("Otherford"), std::string("E23000901"), std::int64_t{10},
                                               std::int64_t{20}, std::int64_t{30}, std::int64_t{60}}));
}

TEST(DemoPage, a_month_that_never_came_is_no_nought_and_leaves_no_total) {
  const Report report = demo_page(found({10, -1, 30}), {});
  const auto row = section_of(report, "figures").tables.front().rows.front();
  EXPECT_EQ(row[3], Value(std::monostate{}));
  EXPECT_EQ(row[5], Value(std::monostate{}));
}

TEST(DemoPage, says_that_the_figures_are_police_activity_and_what_was_rejected) {
  const Report report = demo_page(found({10, 20, 30}), {});
  const auto notes = section_of(report, "figures").notes;
  EXPECT_TRUE(
      std::ranges::any_of(notes, [](const std::string& note) { return note.starts_with("POLICE_ACTIVITY: "); }));
  EXPECT_EQ(section_of(report, "read").notes.front(), "Rejected of police-uk-street: Month is not a month in 2 rows.");
}

TEST(DemoPage, its_commands_name_the_program_and_the_workspace_in_use) {
  Settings settings;
  settings.program = "./throughline";
  settings.workspace = "demo-workspace";
  const Report page = demo_page(found({10, 20, 30}), settings);
  const Section next = section_of(page, "next");
  ASSERT_GE(next.commands.size(), 4U);
  EXPECT_EQ(next.commands.front().line, "./throughline trace crimes/drugs/E23000901/2025-01 -w demo-workspace");
}

TEST(DemoPage, a_log_that_does_not_fit_is_a_finding) {
  DemoFindings findings = found({10, 20, 30});
  EXPECT_EQ(demo_page(findings, {}).outcome, Outcome::done);
  findings.log_fault = "entry 7 does not fit";
  EXPECT_EQ(demo_page(findings, {}).outcome, Outcome::done_with_findings);
}

}  // namespace
}  // namespace throughline::app
