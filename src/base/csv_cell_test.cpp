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

}  // namespace
}  // namespace throughline::base
