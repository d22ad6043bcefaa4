// The figures of the source reports, each with a status. Spot checks were worked out by hand.

#include "evidence/claims/check_table.h"
#include "base/source_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace throughline::evidence {
namespace {

using testing::HasSubstr;

std::vector<ReportRow> rows_of(std::string_view text, const std::string& name) {
  auto table = read_text_table(text, name);
  EXPECT_TRUE(table.ok());
  auto rows = report_rows(table.value());
  EXPECT_TRUE(rows.ok());
  return rows.ok() ? rows.value() : std::vector<ReportRow>();
}

std::vector<ReportRow> bundled_rows() {
  for (const SeriesText& text : series_texts()) {
    if (text.file == "report_values.csv") return rows_of(text.text, "report_values.csv");
  }
  return {};
}

// The tables that the bundled figures were carried over from, where they lie beside the repository.
std::vector<ReportRow> seed_rows() {
  std::vector<ReportRow> rows;
  for (const char* way : {"../shared/data/uk/seed_tables", "../../shared/data/uk/seed_tables"}) {
    const std::filesystem::path folder = std::filesystem::path(base::k_source_folder) / way;
    if (!std::filesystem::is_directory(folder)) continue;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files);
    for (const auto& path : files) {
      std::ifstream file(path, std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
      const auto table = read_text_table(text, path.filename().string());
      if (!table.ok() || !table.value().column("value")) continue;
      const auto more = report_rows(table.value());
      if (more.ok()) rows.insert(rows.end(), more.value().begin(), more.value().end());
    }
    return rows;
  }
  return rows;
}

std::int64_t decided_by(const CheckedTable& checked, DecidedBy by) {
  return std::ranges::count(checked.statuses, by, &RowStatus::by);
}

struct Table {
  std::vector<ReportRow> rows;
  CheckedTable checked;

  explicit Table(std::vector<ReportRow> given)
      : rows(std::move(given)), checked(check_table(rows, built_in_catalogue())) {}

  [[nodiscard]] const RowStatus& status(std::string_view label, std::string_view area, std::string_view value) const {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].label == label && rows[i].area == area && rows[i].value == value) return checked.statuses[i];
    }
    ADD_FAILURE() << "no row " << label << ", " << area << ", " << value;
    return checked.statuses.front();
  }
};

const Table& bundled() {
  static const Table table(bundled_rows());
  return table;
}

constexpr std::string_view k_header = "source,page_or_para,series,area,period,value,unit\n";

Table small_table(const std::string& rows) {
  return Table(rows_of(std::string(k_header) + rows, "small.csv"));
}

TEST(check_table, every_figure_of_the_reports_gets_a_status_and_enough_are_decided) {
  ASSERT_EQ(bundled().rows.size(), 245U);
  ASSERT_EQ(bundled().checked.statuses.size(), 245U);
  EXPECT_GE(decided_by(bundled().checked, DecidedBy::series), 35);
  EXPECT_GE(decided_by(bundled().checked, DecidedBy::arithmetic) + decided_by(bundled().checked, DecidedBy::conflict),
            25);
  for (const RowStatus& status : bundled().checked.statuses) EXPECT_FALSE(status.why.empty());
}

TEST(check_table, the_tables_as_they_first_were_get_the_same_statuses) {
  const std::vector<ReportRow> rows = seed_rows();
  if (rows.empty()) GTEST_SKIP() << "the tables are not beside the repository";
  const Table seeds(rows);
  ASSERT_EQ(seeds.rows.size(), bundled().rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].value, bundled().rows[i].value);
    EXPECT_EQ(code_of(seeds.checked.statuses[i].verdict), code_of(bundled().checked.statuses[i].verdict))
        << rows[i].label;
  }
}

TEST(check_table, a_figure_that_nothing_decides_names_what_would) {
  const RowStatus& status = bundled().status("drug misuse death rate", "North East England", "96.3");
  EXPECT_EQ(status.verdict, Verdict::no_data);
  EXPECT_THAT(status.why, HasSubstr("Needed: drug misuse death rate, North East England, 2018"));
}

TEST(check_table, homicide_in_spain_fell_by_19_per_cent_as_eurostat_counts_too) {
  const RowStatus& status = bundled().status("homicides that the police recorded", "Spain", "-19");
  EXPECT_EQ(status.verdict, Verdict::holds);
  EXPECT_THAT(status.why, HasSubstr("(323 − 401) / 401 = −19.5 %"));
}

TEST(check_table, a_change_to_2018_is_not_decided_by_a_series_that_ends_in_2017) {
  const RowStatus& status = bundled().status("homicides that the police recorded", "Sweden", "42");
  EXPECT_EQ(status.verdict, Verdict::consistent);
  EXPECT_THAT(status.why, HasSubstr("(113 − 87) / 87 = +29.9 %"));
}

TEST(check_table, robbery_holds_by_severity_where_counts_are_not_stored) {
  const RowStatus& status = bundled().status("robberies that the police recorded", "England and Wales", "-23");
  EXPECT_EQ(status.verdict, Verdict::holds_on_another_basis);
  EXPECT_THAT(status.basis, HasSubstr("weighted by severity"));
}

TEST(check_table, a_share_of_londoners_is_held_against_the_residents) {
  const RowStatus& status = bundled().status("problem drug users as share of Londoners", "London", "1");
  EXPECT_EQ(status.verdict, Verdict::holds);
  EXPECT_THAT(status.why, HasSubstr("74,417 / 7,432,730 residents"));
}

TEST(check_table, deaths_of_opiates_or_cocaine_are_bounded_not_added) {
  const RowStatus& status =
      bundled().status("share of deaths related to opiates and cocaine", "England and Wales", "62");
  EXPECT_EQ(status.verdict, Verdict::consistent);
  EXPECT_THAT(status.why, HasSubstr("between 50.7 and 65.3 %"));
}

TEST(check_table, parts_that_add_up_hold_and_a_total_that_is_not_their_sum_does_not) {
  EXPECT_EQ(bundled().status("of whom girls", "England", "12200").verdict, Verdict::holds);
  const RowStatus& total = bundled().status("children at immediate risk from gangs (total)", "England", "100000");
  EXPECT_EQ(total.verdict, Verdict::does_not_hold);
  EXPECT_THAT(total.why, HasSubstr("27,000 + 33,000 + 34,000 = 94,000; printed: 100,000"));
}

TEST(check_table, counts_and_shares_of_one_whole_add_up) {
  const RowStatus& status = bundled().status("without a strategy on drugs", "FOI respondents", "34");
  EXPECT_EQ(status.verdict, Verdict::holds);
  EXPECT_THAT(status.why, HasSubstr("10 + 2 + 12 + 5 = 29"));
}

TEST(check_table, sixty_six_of_172_is_not_two_thirds) {
  const RowStatus& status = bundled().status("criminal networks that deal in drugs", "MPS", "67");
  EXPECT_EQ(status.verdict, Verdict::conflicts);
  EXPECT_THAT(status.why, HasSubstr("66 of 172 is 38 %"));
}

TEST(check_table, a_cost_for_each_times_how_many_is_the_whole_cost) {
  const RowStatus& status = bundled().status("cost of problem drug use in a year", "London", "3.3");
  EXPECT_EQ(status.verdict, Verdict::holds);
  EXPECT_THAT(status.why, HasSubstr("74,417 × 44,231 = 3.29 billion"));
}

TEST(check_table, rival_figures_are_kept_with_their_scope) {
  std::vector<std::string> scopes;
  for (const RivalFigures& rivals : bundled().checked.rivals) scopes.push_back(rivals.scope);
  EXPECT_THAT(scopes, testing::Contains(testing::AllOf(HasSubstr("9 GBP"), HasSubstr("9.5 GBP (at least)"))));
  EXPECT_THAT(scopes, testing::Contains(testing::AllOf(HasSubstr("34000"), HasSubstr("27000"), HasSubstr("46000"))));
  EXPECT_THAT(scopes, testing::Contains(testing::AllOf(HasSubstr("1.5 GBP billion"), HasSubstr("1.2 GBP billion"))));
}

TEST(check_table, figures_of_different_periods_or_areas_are_no_rivals) {
  const Table table = small_table(
      "R,1,forces with a plan,England,2015,7,forces\nR,1,forces with a plan,England,2017,43,forces\n"
      "R,1,forces with a plan,Wales,2017,4,forces\n");
  EXPECT_TRUE(table.checked.rivals.empty());
}

TEST(check_table, ranges_and_comparisons_are_figures_not_errors) {
  const Table table = small_table(
      "R,1,homicides,England and Wales,2003/04,700-1000,homicides\nR,1,homicides,England and "
      "Wales,2010/11,>600,homicides\n"
      "R,1,homicides,England and Wales,2010/11,many,homicides\n");
  EXPECT_EQ(table.checked.statuses[0].verdict, Verdict::holds);
  EXPECT_EQ(table.checked.statuses[1].verdict, Verdict::holds);
  EXPECT_EQ(table.checked.statuses[2].verdict, Verdict::no_data);
  EXPECT_THAT(table.checked.statuses[2].why, HasSubstr("“many” is no number"));
}

TEST(check_table, a_row_without_a_base_year_says_so) {
  const Table table = small_table("R,1,homicides,England and Wales,2018,33,% increase\n");
  EXPECT_EQ(table.checked.statuses[0].verdict, Verdict::no_data);
  EXPECT_THAT(table.checked.statuses[0].why, HasSubstr("names no year that the change is measured from"));
}

TEST(check_table, a_share_that_no_whole_count_gives_does_not_hold) {
  const Table table = small_table("R,1,plans with a chapter,X,2019,36,% of 29\nR,1,plans without,X,2019,34,% of 29\n");
  EXPECT_EQ(table.checked.statuses[0].verdict, Verdict::does_not_hold);
  EXPECT_THAT(table.checked.statuses[0].why, HasSubstr("No whole count of 29 is 36"));
}

TEST(check_table, the_column_of_caveats_is_not_read) {
  const std::string with =
      "source,page_or_para,series,area,period,value,unit,caveat\nR,1,homicides,England and "
      "Wales,2010/11,639,homicides,";
  const Table one(rows_of(with + "right\n", "a.csv"));
  const Table other(rows_of(with + "CONFLICT\n", "a.csv"));
  EXPECT_EQ(one.checked.statuses[0].why, other.checked.statuses[0].why);
  EXPECT_EQ(one.checked.statuses[0].verdict, other.checked.statuses[0].verdict);
}

TEST(report_rows, a_missing_column_is_named) {
  const auto table = read_text_table("source,series,area,period,value\nR,x,y,2018,1\n", "own.csv");
  const auto rows = report_rows(table.value());
  ASSERT_FALSE(rows.ok());
  EXPECT_EQ(rows.error().code, "column_missing");
  EXPECT_THAT(rows.error().message(), HasSubstr("There is no column “page_or_para”"));
}

}  // namespace
}  // namespace throughline::evidence
