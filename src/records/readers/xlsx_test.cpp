#include "records/readers/xlsx.h"

#include <gtest/gtest.h>

#include "records/readers/made_up_files.h"
#include "records/readers/xlsx_cells.h"

namespace throughline::records {
namespace {

using Fields = std::vector<std::string>;

struct MadeUpBook {
  std::string rows;
  std::string properties = "";
  std::string first_state = "";
};

std::string book(const MadeUpBook& made) {
  return zipped({
      {"xl/workbook.xml", "<workbook>" + made.properties + "<sheets><sheet name=\"First\" r:id=\"r1\"" +
                              made.first_state + "/><sheet name=\"Second\" r:id=\"r2\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/>"
       "<Relationship Id=\"r2\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"},
      {"xl/sharedStrings.xml",
       "<sst><si><t>day</t></si><si><r><t>Made</t></r><r><t>-up</t></r><rPh><t>x</t></rPh></si></sst>"},
      {"xl/styles.xml",
       "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy hh:mm\"/></numFmts>"
       "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"},
      {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + made.rows + "</sheetData></worksheet>"},
      {"xl/worksheets/sheet2.xml",
       "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>other</t></is></c></row>"
       "</sheetData></worksheet>"},
  });
}

const std::string k_header =
    "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c>"
    "<c r=\"C2\" t=\"inlineStr\"><is><t>n</t></is></c></row>";

ReadAll read_book(const MadeUpBook& made, const std::string& part = "") {
  const ScratchFolder folder;
  return read_all(folder.write("book.xlsx", book(made)) + part);
}

TEST(xlsx, strings_numbers_dates_truth_and_formulas_become_text) {
  const ReadAll all = read_book({.rows = k_header + "<row r=\"4\"><c r=\"A4\" s=\"1\"><v>45717</v></c><c r=\"B4\" "
                                                    "t=\"b\"><v>1</v></c><c r=\"C4\"><v>0.1</v></c></row>"
                                                    "<row r=\"5\"><c r=\"A5\" s=\"2\"><v>45717.604166666664</v></c><c "
                                                    "r=\"C5\" t=\"str\"><f>A1</f><v>kept</v></c></row>"});
  ASSERT_EQ(all.error_message, "");
  EXPECT_EQ(all.header, (Fields{"day", "Made-up", "n"}));
  ASSERT_EQ(all.rows.size(), 2U);
  EXPECT_EQ(all.rows[0].fields, (Fields{"2025-03-01", "true", "0.1"}));
  EXPECT_EQ(all.rows[0].place, (Place{4, 0, 4}));
  EXPECT_EQ(all.rows[1].fields, (Fields{"2025-03-01T14:30:00", "<absent>", "kept"}));
}

TEST(xlsx, the_1904_system_is_four_years_and_a_day_later) {
  const ReadAll all = read_book(
      {.rows = k_header + "<row><c s=\"1\"><v>44255</v></c></row>", .properties = "<workbookPr date1904=\"1\"/>"});
  ASSERT_EQ(all.rows.size(), 1U);
  EXPECT_EQ(all.rows[0].fields[0], "2025-03-01");
}

TEST(xlsx, a_hidden_sheet_is_passed_over_and_told) {
  const ReadAll all = read_book({.rows = k_header, .first_state = " state=\"hidden\""});
  EXPECT_EQ(all.header, Fields{"other"});
  ASSERT_EQ(all.findings.size(), 2U);
  EXPECT_EQ(all.findings[0].text, "the sheet \"First\" is hidden");
}

TEST(xlsx, a_sheet_can_be_named_and_a_misspelt_one_is_told) {
  EXPECT_EQ(read_book({.rows = k_header}, ":Second").header, Fields{"other"});
  const std::string said = read_book({.rows = k_header}, ":Secnd").error_message;
  EXPECT_NE(said.find("the workbook has no sheet \"Secnd\""), std::string::npos);
  EXPECT_NE(said.find("Did you mean \"Second\"?"), std::string::npos);
}

TEST(xlsx, a_row_wider_than_the_header_is_a_fault) {
  const ReadAll all = read_book({.rows = k_header + "<row r=\"9\"><c r=\"E9\"><v>1</v></c></row>"});
  ASSERT_EQ(all.faults.size(), 1U);
  EXPECT_EQ(all.faults[0].message(), "has 5 fields where the header has 3");
  EXPECT_EQ(all.faults[0].place.line, 9);
}

TEST(xlsx, a_locked_or_damaged_workbook_is_refused) {
  const ScratchFolder folder;
  EXPECT_EQ(read_all(folder.write("a.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more")).error,
            "this workbook is locked with a password, or of the old kind (.xls)");
  EXPECT_TRUE(
      read_book({.rows = "<row><c>"}).error.starts_with("the workbook's part xl/worksheets/sheet1.xml is broken"));
  EXPECT_EQ(read_book({.rows = ""}).error, "the sheet holds no header and no rows");
}

TEST(xlsx_cells, references_name_columns) {
  EXPECT_EQ(column_of_reference("A1"), 0);
  EXPECT_EQ(column_of_reference("AB12"), 27);
  EXPECT_EQ(column_of_reference("XFD1"), 16383);
  EXPECT_EQ(column_of_reference("XFE1"), std::nullopt);
  EXPECT_EQ(column_of_reference("12"), std::nullopt);
}

TEST(xlsx_cells, formats_show_dates_by_their_letters_alone) {
  for (const char* date : {"dd/mm/yyyy", "[$-809]d mmm yy", "[h]:mm", "yyyy\\-mm"})
    EXPECT_TRUE(shows_date(date)) << date;
  for (const char* number : {"0.00", "[Red]0", "\"days\" 0", "#,##0;[Red]-#,##0", "General\\d"}) {
    EXPECT_EQ(shows_date(number), false) << number;
  }
}

TEST(xlsx_cells, the_day_that_never_was_is_no_date) {
  EXPECT_EQ(date_of_serial(59, false), "1900-02-28");
  EXPECT_EQ(date_of_serial(60, false), std::nullopt);
  EXPECT_EQ(date_of_serial(61, false), "1900-03-01");
  EXPECT_EQ(date_of_serial(0.5, false), "12:00:00");
  EXPECT_EQ(date_of_serial(0, true), "1904-01-01");
  EXPECT_EQ(date_of_serial(-1, false), std::nullopt);
  EXPECT_EQ(date_of_serial(3e6, false), std::nullopt);
}

}  // namespace
}  // namespace throughline::records
