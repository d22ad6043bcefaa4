#include "app/figure_report.h"

#include <gtest/gtest.h>

#include <algorithm>

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

// January with twelve offences, February with three, March never came.
evidence::Series drugs(bool is_rate = false) {
  evidence::SeriesRequest request;
  request.measure = evidence::find_measure("crimes");
  request.category = "drugs";
  request.areas = {k_otherford};
  request.span = {.begin = month(2025, 1), .end = month(2025, 4)};
  request.is_rate = is_rate;
  evidence::Evidence evidence;
  evidence.categories = {{.slug = "drugs", .words = "Drugs", .first = month(2025, 1), .last = month(2025, 2)}};
  for (const auto& [number, count] : {std::pair(1, 12), std::pair(2, 3)}) {
    evidence.coverage.add(k_otherford, month(2025, number));
    evidence.counts.push_back({.area = k_otherford, .month = month(2025, number), .count = count});
  }
  return evidence::build_series(request, evidence, areas());
}

std::size_t column(const Table& table, const std::string& name) {
  const auto at = std::ranges::find(table.columns, name, &Column::name);
  EXPECT_NE(at, table.columns.end()) << name;
  return static_cast<std::size_t>(at - table.columns.begin());
}

TEST(FigureReport, every_figure_has_its_cell_its_count_and_its_interval) {
  const Section section = figure_section(drugs(), FigureRows::months, areas());
  EXPECT_EQ(section.name, "measure");
  const Table& table = section.tables.front();
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(table.rows[0][0], Value(std::string("crimes/drugs/E23000901/2025-01")));
  EXPECT_EQ(table.rows[0][column(table, "area")], Value(std::string("Otherford")));
  EXPECT_EQ(table.rows[0][column(table, "count")], Value(std::int64_t{12}));
  const auto low = std::get<Decimal>(table.rows[0][column(table, "low")]);
  EXPECT_NEAR(low.value, 6.2, 0.05);
}

TEST(FigureReport, a_refused_figure_shows_its_rule_in_its_place_and_its_reason_below) {
  const Section section = figure_section(drugs(), FigureRows::months, areas());
  const Table& table = section.tables.front();
  EXPECT_EQ(table.rows[2][column(table, "count")], Value(std::monostate{}));
  EXPECT_EQ(table.rows[2][column(table, "refused")], Value(std::string("nothing_received")));
  EXPECT_EQ(section.notes.front(),
            "Not given (nothing_received): Nothing was received for Otherford in 2025-03; that is an absence, not a "
            "nought. Ingest the missing files.");
}

TEST(FigureReport, caveats_of_one_figure_stand_beside_it_and_those_of_all_below) {
  const Section section = figure_section(drugs(), FigureRows::months, areas());
  const Table& table = section.tables.front();
  EXPECT_EQ(table.rows[0][column(table, "caveats")], Value(std::monostate{}));
  EXPECT_EQ(table.rows[1][column(table, "caveats")], Value(std::string("SMALL_COUNT")));
  EXPECT_TRUE(std::ranges::any_of(section.notes, [](const std::string& note) {
    return note.starts_with("POLICE_ACTIVITY: This shows what the police found and recorded;");
  }));
}

TEST(FigureReport, a_rate_without_residents_is_refused_beside_the_count) {
  const Section section = figure_section(drugs(true), FigureRows::months, areas());
  const Table& table = section.tables.front();
  EXPECT_EQ(table.rows[0][column(table, "count")], Value(std::int64_t{12}));
  EXPECT_EQ(table.rows[0][column(table, "rate")], Value(std::monostate{}));
  EXPECT_EQ(table.rows[0][column(table, "refused")], Value(std::string("rate_needs_denominator")));
}

TEST(FigureReport, many_details_of_one_caveat_are_left_to_the_traces) {
  evidence::Caveats caveats;
  for (const char* detail : {"a", "b", "c", "d"}) caveats.add(evidence::Caveat::vintage, detail);
  EXPECT_EQ(caveat_notes(caveats),
            (std::vector<std::string>{"VINTAGE: Boundaries, populations or figures of different editions meet here. "
                                      "What it is about differs from figure to figure; trace one to see."}));
  evidence::Caveats few;
  for (const char* detail : {"a", "b"}) few.add(evidence::Caveat::vintage, detail);
  EXPECT_TRUE(caveat_notes(few).front().ends_with(" Here: a; b."));
}

TEST(FigureReport, caveats_of_all_figures_are_parted_from_those_of_some) {
  const PartedCaveats both = parted(drugs().figures);
  EXPECT_EQ(both.common.codes(), "POLICE_ACTIVITY SNAPPED_LOCATION");
  EXPECT_EQ(both.single.codes(), "SMALL_COUNT ABSENT_NOT_ZERO");
}

TEST(FigureReport, figures_of_several_categories_stand_under_one_another) {
  const Section section = category_section({drugs(), drugs()}, areas());
  const Table& table = section.tables.front();
  EXPECT_EQ(table.rows.size(), 6U);
  EXPECT_EQ(table.rows[0][column(table, "category")], Value(std::string("Drugs")));
}

}  // namespace
}  // namespace throughline::app
