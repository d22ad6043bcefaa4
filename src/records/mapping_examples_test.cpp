// The deliberate faults of examples/agencies, each found by the mapping of its file.
#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "base/source_folder.h"
#include "records/mapping.h"
#include "records/readers/raw_rows.h"
#include "records/typing.h"

namespace throughline::records {
namespace {

const std::string k_folder = std::string(base::k_source_folder) + "/examples/agencies/";

struct Typed {
  Mapping mapping;
  BoundColumns bound;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  // Those that were not ragged.
  std::vector<Place> places;
  std::vector<RowFault> faults;
  std::vector<std::set<std::uint64_t>> new_words;

  [[nodiscard]] std::int32_t column(const std::string& name) const {
    return static_cast<std::int32_t>(std::ranges::find(header, name) - header.begin());
  }
  // The record that begins on that line of the file.
  [[nodiscard]] const std::vector<std::string>& row_at(std::int64_t line) const {
    return rows.at(static_cast<std::size_t>(std::ranges::find(places, line, &Place::line) - places.begin()));
  }
  [[nodiscard]] std::string rule_at(std::int64_t line, std::int32_t column) const {
    std::string rules;
    for (const RowFault& fault : faults) {
      if (fault.line == line && (column < 0 || fault.column == column)) rules += std::string(code_of(fault.rule)) + " ";
    }
    return rules;
  }
  [[nodiscard]] bool is_new_word(std::int32_t column, const std::string& word) const {
    for (std::size_t rule = 0; rule < bound.file_columns.size(); ++rule) {
      if (bound.file_columns[rule] != column) continue;
      if (new_words[rule].contains(std::hash<std::string_view>()(word))) return true;
    }
    return false;
  }
};

Typed typed(const std::string& file) {
  auto source = open_rows(k_folder + file).value();
  Typed result;
  result.header = source->header();
  result.mapping = detect_mapping(result.header, file).value();
  result.bound = bind_columns(result.mapping, result.header, file).value();
  result.new_words.resize(result.mapping.columns.size());
  const Typer typer(result.mapping, result.bound);
  while (auto window = source->next().value()) {
    RawRows raw = source->parse(*window);
    for (std::int64_t row = 0; row < raw.rows(); ++row) {
      std::vector<std::string> fields;
      for (std::int32_t column = 0; column < raw.columns; ++column) fields.emplace_back(raw.field(row, column));
      result.rows.push_back(std::move(fields));
      result.places.push_back(raw.places[static_cast<std::size_t>(row)]);
    }
    const TypedWindow typed = typer.type(std::move(raw));
    result.faults.insert(result.faults.end(), typed.faults.begin(), typed.faults.end());
    for (std::size_t rule = 0; rule < typed.new_words.size(); ++rule) {
      result.new_words[rule].insert(typed.new_words[rule].begin(), typed.new_words[rule].end());
    }
  }
  return result;
}

struct Listed {
  std::int64_t line = 0;
  std::string column;
  std::string kind;
};

std::vector<Listed> listed_in(const std::string& file) {
  auto source = open_rows(k_folder + "faults.csv").value();
  std::vector<Listed> listed;
  while (auto window = source->next().value()) {
    const RawRows raw = source->parse(*window);
    for (std::int64_t row = 0; row < raw.rows(); ++row) {
      if (raw.field(row, 0) != file) continue;
      listed.push_back(
          {std::stoll(std::string(raw.field(row, 1))), std::string(raw.field(row, 3)), std::string(raw.field(row, 4))});
    }
  }
  return listed;
}

class AgencyExample : public testing::TestWithParam<std::string> {};

TEST_P(AgencyExample, has_each_fault_found_and_nothing_else) {
  const Typed file = typed(GetParam());
  const std::vector<Listed> listed = listed_in(GetParam());
  ASSERT_FALSE(listed.empty());
  std::set<std::int64_t> refused;
  for (const Listed& each : listed) {
    const std::string where = GetParam() + ":" + std::to_string(each.line) + " " + each.column;
    const std::int32_t column = each.column.empty() ? -1 : file.column(each.column);
    if (each.kind == "cannot be typed" || each.kind == "too long") {
      // A point outside the country is outside by either of its numbers.
      const bool is_point = each.column == "Longitude" || each.column == "Latitude";
      EXPECT_NE(file.rule_at(each.line, is_point ? -1 : column), "") << where;
      refused.insert(each.line);
    } else {
      EXPECT_EQ(file.rule_at(each.line, -1), "") << where;
    }
    if (each.kind == "new category") {
      EXPECT_TRUE(file.is_new_word(column, file.row_at(each.line)[static_cast<std::size_t>(column)])) << where;
    }
    const std::string rule = file.rule_at(each.line, column);
    EXPECT_TRUE(each.kind != "too long" || rule == "text_too_long ") << where;
  }
  for (const RowFault& fault : file.faults) {
    EXPECT_TRUE(refused.contains(fault.line)) << GetParam() << ":" << fault.line << " " << code_of(fault.rule);
  }
}

TEST_P(AgencyExample, has_no_new_word_but_those_listed) {
  const Typed file = typed(GetParam());
  std::int64_t listed = 0;
  for (const Listed& each : listed_in(GetParam())) listed += each.kind == "new category" ? 1 : 0;
  std::int64_t found = 0;
  // A word outside a closed list is a rejection, and listed as one.
  for (std::size_t rule = 0; rule < file.new_words.size(); ++rule) {
    if (!file.mapping.columns[rule].is_closed) found += static_cast<std::int64_t>(file.new_words[rule].size());
  }
  EXPECT_EQ(found, listed);
}

INSTANTIATE_TEST_SUITE_P(All, AgencyExample,
                         testing::Values("crime_reports.csv", "intelligence_reports.csv", "missing_episodes.csv",
                                         "2025-09-otherford-outcomes.csv", "custody_records.csv", "nrm_referrals.csv",
                                         "support_referrals.csv", "call_records.csv", "drug_seizures.csv",
                                         "anpr_reads.csv", "drug_treatment.csv", "emergency_attendances.csv",
                                         "hospital_admissions.csv", "school_attendance.csv", "school_exclusions.csv",
                                         "antisocial_behaviour.csv", "premises_closures.csv", "cash_seizures.csv",
                                         "prison_releases.csv"),
                         [](const auto& file) {
                           std::string name = file.param.substr(0, file.param.find('.'));
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(AgencyExamples, break_the_rules_that_their_columns_state) {
  const Typed crimes = typed("crime_reports.csv");
  EXPECT_EQ(crimes.rule_at(15, crimes.column("Occurred from")), "not_a_date ");
  EXPECT_EQ(crimes.rule_at(31, crimes.column("Latitude")), "outside_country ");
  EXPECT_EQ(crimes.rule_at(42, crimes.column("Latitude")), "not_a_number ");
  EXPECT_EQ(crimes.rule_at(66, crimes.column("Occurred from")), "not_a_date ");
  EXPECT_EQ(crimes.rule_at(85, crimes.column("Reported date")), "required_is_blank ");
  EXPECT_EQ(crimes.rule_at(90, crimes.column("Location postcode")), "text_too_long ");
  EXPECT_EQ(crimes.rule_at(106, -1), "ragged_row ");
  const Typed reports = typed("intelligence_reports.csv");
  EXPECT_EQ(reports.rule_at(11, reports.column("Source evaluation")), "bad_grade ");
  EXPECT_EQ(reports.rule_at(16, reports.column("Intelligence assessment")), "bad_grade ");
  EXPECT_EQ(reports.rule_at(23, reports.column("Handling conditions")), "conditions_missing ");
  EXPECT_EQ(reports.rule_at(30, reports.column("Handling conditions")), "conditions_forbidden ");
  EXPECT_EQ(reports.rule_at(34, reports.column("Handling conditions")), "unknown_condition ");
  EXPECT_EQ(reports.rule_at(64, reports.column("Source evaluation")), "required_is_blank ");
  const Typed calls = typed("call_records.csv");
  EXPECT_EQ(calls.rule_at(16, calls.column("Authority reference")), "required_is_blank ");
  EXPECT_EQ(calls.rule_at(20, calls.column("How obtained")), "not_in_vocabulary ");
  EXPECT_EQ(calls.rule_at(24, calls.column("Calling IMEI")), "wrong_digits ");
  EXPECT_EQ(calls.rule_at(26, calls.column("Calling IMSI")), "wrong_digits ");
  EXPECT_EQ(calls.rule_at(28, calls.column("First cell latitude")), "outside_country ");
  EXPECT_EQ(calls.rule_at(30, calls.column("First cell longitude")), "half_a_point ");
  EXPECT_EQ(calls.rule_at(32, calls.column("Seconds")), "not_a_number ");
  const Typed seizures = typed("drug_seizures.csv");
  EXPECT_EQ(seizures.rule_at(24, seizures.column("Purity per cent")), "out_of_range ");
  EXPECT_EQ(seizures.rule_at(26, seizures.column("Weight grams")), "not_a_number ");
  EXPECT_EQ(seizures.rule_at(32, seizures.column("Weight grams")), "out_of_range ");
  const Typed outcomes = typed("2025-09-otherford-outcomes.csv");
  EXPECT_EQ(outcomes.rule_at(32, outcomes.column("LSOA code")), "not_a_code ");
}

// A list of columns stands in the README beside the example: every column of the mapping, in order, and whether it must
// be there.
TEST(AgencyExamples, have_their_columns_listed_as_the_mapping_reads_them) {
  std::ifstream file(k_folder + "README.md");
  const std::string page((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  int listed = 0;
  for (const Mapping& mapping : built_in_mappings()) {
    const std::size_t at = page.find("Mapping `" + mapping.name + "`.");
    if (at == std::string::npos) continue;
    ++listed;
    std::istringstream section(page.substr(at, page.find("\n## ", at) - at));
    std::vector<std::string> rows;
    for (std::string line; std::getline(section, line);) {
      if (line.starts_with("| ")) rows.push_back(line);
    }
    ASSERT_EQ(rows.size(), mapping.columns.size() + 1) << mapping.name;
    for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
      EXPECT_TRUE(rows[i + 1].starts_with("| " + mapping.columns[i].names.front() + " | ")) << rows[i + 1];
      EXPECT_EQ(rows[i + 1].ends_with("| yes |"), mapping.columns[i].is_required) << rows[i + 1];
    }
  }
  EXPECT_EQ(listed, 15);
}

}  // namespace
}  // namespace throughline::records
