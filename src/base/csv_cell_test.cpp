#include "base/csv_cell.h"

#include <gtest/gtest.h>

namespace throughline::base {
namespace {

std::string cell_of(std::string_view text) {
  std::string line = "before,";
  append_csv_cell(line, text);
  return line;
}

TEST(csv_cell, is_quoted_only_where_it_must_be) {
  EXPECT_EQ(cell_of(""), "before,");
  EXPECT_EQ(cell_of("plain words; 'and' more"), "before,plain words; 'and' more");
  EXPECT_EQ(cell_of("one, two"), "before,\"one, two\"");
  EXPECT_EQ(cell_of("said \"so\""), "before,\"said \"\"so\"\"\"");
  EXPECT_EQ(cell_of("two\nlines"), "before,\"two\nlines\"");
  EXPECT_EQ(cell_of("a return\r"), "before,\"a return\r\"");
}

// Bytes are looked at several at a time: none may be passed over, and none taken for another.
TEST(csv_cell, is_quoted_for_one_byte_wherever_it_stands) {
  for (std::size_t size = 1; size <= 20; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string cell(size, 'a');
        cell[at] = static_cast<char>(byte);
        std::string line;
        append_csv_cell(line, cell);
        const bool needs = byte == ',' || byte == '"' || byte == '\r' || byte == '\n';
        ASSERT_EQ(line.starts_with('"'), needs) << size << " " << at << " " << byte;
      }
    }
  }
}

TEST(csv_cell, is_led_by_an_apostrophe_where_it_begins_a_formula_and_is_no_number) {
  EXPECT_EQ(defused("=1+1"), "'=1+1");
  EXPECT_EQ(defused("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(defused("+44 20"), "'+44 20");
  EXPECT_EQ(defused("-cmd"), "'-cmd");
  EXPECT_EQ(defused("\tx"), "'\tx");
  EXPECT_EQ(defused("\rx"), "'\rx");
  EXPECT_EQ(defused("  =1"), "'  =1");
  EXPECT_EQ(defused("\uFF1D1"), "'\uFF1D1");
  EXPECT_EQ(defused("-12.5"), "-12.5");
  EXPECT_EQ(defused("+3"), "+3");
  EXPECT_EQ(defused("-1-1"), "'-1-1");
  EXPECT_EQ(defused("Southend-on-Sea"), "Southend-on-Sea");
  EXPECT_EQ(defused(""), "");
}

}  // namespace
}  // namespace throughline::base
