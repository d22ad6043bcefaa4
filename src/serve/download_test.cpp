#include "serve/download.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/csv_cell.h"
#include "serve/json_answer.h"

namespace throughline::serve {
namespace {

app::Table table_of(std::vector<app::Value> cells) {
  app::Table table{.name = "t", .title = "", .columns = {}, .rows = {}, .empty_text = ""};
  for (std::size_t i = 0; i < cells.size(); ++i) table.columns.push_back({"c", "C"});
  table.rows.push_back(std::move(cells));
  return table;
}

// The fields of one row, by the rules of RFC 4180: a second reading of what csv_of writes.
std::vector<std::string> row_read(std::string_view text) {
  std::vector<std::string> fields(1);
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      fields.back() += text[i++];
    } else if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      fields.emplace_back();
    } else if (c == '\r' && !is_quoted) {
      break;
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

std::string second_line(const std::string& csv) {
  return csv.substr(csv.find("\r\n") + 2);
}

TEST(Csv, GivesBackWhatWasPutIn) {
  rc::check([](const std::string& one, const std::string& other) {
    const std::vector<std::string> read = row_read(second_line(csv_of(table_of({one, other}))));
    RC_ASSERT(read.size() == 2U);
    RC_ASSERT(read[0] == base::defused(one));
    RC_ASSERT(read[1] == base::defused(other));
  });
}

TEST(Csv, NeverHoldsAFieldThatBeginsAFormula) {
  rc::check([](const std::string& text) {
    const std::string given = *rc::gen::element<std::string>("=", "+", "-", "@", "\t", " =") + text;
    const std::string field = row_read(second_line(csv_of(table_of({given, std::string("x")})))).front();
    const bool is_number = given.find_first_not_of("+-.0123456789") == std::string::npos;
    RC_ASSERT(is_number || field.starts_with('\''));
  });
}

TEST(Csv, WritesNothingForWhatIsNotKnownAndNumbersAsTheyAreShown) {
  const app::Table table = table_of({app::Value(), std::int64_t{-5}, app::Decimal{.value = 2.25, .decimals = 1}});
  EXPECT_EQ(second_line(csv_of(table)), ",-5,2.2\r\n");
}

TEST(Workbook, IsAZipThatHoldsNoFormula) {
  const Download download{.name = "n",
                          .about = {{"a", "A", std::string("=1")}},
                          .notes = {"@note"},
                          .table = table_of({std::string("=HYPERLINK(\"http://example.org\")"), std::int64_t{3}})};
  const auto bytes = xlsx_of(download);
  ASSERT_TRUE(bytes.ok());
  EXPECT_TRUE(bytes.value().starts_with("PK"));
  EXPECT_NE(bytes.value().find("xl/worksheets/sheet2.xml"), std::string::npos);
  EXPECT_EQ(bytes.value().find("xl/worksheets/sheet3.xml"), std::string::npos);
}

TEST(Download, OfATableThatIsNotThereOffersTheNearest) {
  app::Report report{.verb = "home", .sections = {}};
  report.sections.push_back(
      {.name = "s", .title = "", .facts = {}, .tables = {table_of({std::int64_t{1}})}, .notes = {}});
  EXPECT_TRUE(download_of(report, "").ok());
  EXPECT_TRUE(download_of(report, "t").ok());
  EXPECT_EQ(download_of(report, "tt").error().code, "table_unknown");
}

TEST(Download, CarriesTheLimitsThatAnotherSectionStates) {
  app::Report report{.verb = "trend", .sections = {}};
  report.sections.push_back({.name = "trend",
                             .title = "",
                             .facts = {},
                             .tables = {},
                             .notes = {"POLICE_ACTIVITY: This shows what the police did.", "How to read it: by name.",
                                       "activity_is_not_ranked: Areas may not be ranked."}});
  report.sections.push_back({.name = "line",
                             .title = "",
                             .facts = {},
                             .tables = {table_of({std::int64_t{1}})},
                             .notes = {"POLICE_ACTIVITY: This shows what the police did."}});
  const auto download = download_of(report, "t");
  ASSERT_TRUE(download.ok());
  EXPECT_EQ(download.value().notes, (std::vector<std::string>{"POLICE_ACTIVITY: This shows what the police did.",
                                                              "activity_is_not_ranked: Areas may not be ranked."}));
  const auto csv = download_response(download.value(), "csv");
  ASSERT_TRUE(csv.ok());
  EXPECT_EQ(*csv.value().body, "\uFEFFC,Limits\r\n1,POLICE_ACTIVITY activity_is_not_ranked\r\n");
}

TEST(Download, HasANameThatIsSafeInAHeader) {
  EXPECT_EQ(disposition_of("figures-crimes\"\r\nX: y", "csv"), "attachment; filename=\"figures-crimes-x-y.csv\"");
  EXPECT_EQ(disposition_of("../..", "csv"), "attachment; filename=\"table.csv\"");
}

TEST(ReportJson, KeepsDecimalsAndWhatIsNotKnownApart) {
  app::Report report{.verb = "v", .sections = {}};
  report.sections.push_back({.name = "s",
                             .title = "",
                             .facts = {{"f", "F", app::Decimal{.value = 1.5, .decimals = 1}}},
                             .tables = {table_of({app::Value(), std::string("\xFF")})},
                             .notes = {}});
  const std::string json = json_of(report);
  EXPECT_NE(json.find(R"("value":{"value":1.5,"decimals":1})"), std::string::npos);
  EXPECT_NE(json.find("[[null,\"\uFFFD\"]]"), std::string::npos);
}

}  // namespace
}  // namespace throughline::serve
