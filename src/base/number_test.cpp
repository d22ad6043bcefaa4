#include "base/number.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <cstdint>
#include <limits>

namespace throughline::base {
namespace {

static_assert(narrow<std::int8_t>(127) == 127);
static_assert(narrow<std::uint64_t>(std::int64_t{5}) == 5U);

TEST(NarrowDeathTest, a_value_that_would_be_lost_ends_the_program) {
  EXPECT_DEATH((void)narrow<std::int8_t>(128), "internal check failed");
  EXPECT_DEATH((void)narrow<std::uint32_t>(-1), "internal check failed");
  EXPECT_DEATH((void)narrow<std::int64_t>(std::numeric_limits<std::uint64_t>::max()), "internal check failed");
}

TEST(FormatDouble, is_the_shortest_text_that_reads_back) {
  EXPECT_EQ(format_double(0.1), "0.1");
  EXPECT_EQ(format_double(1e21), "1e+21");
  EXPECT_EQ(format_double(-0.0), "-0");
  EXPECT_EQ(format_double(1.0), "1");
  EXPECT_EQ(format_double(std::numeric_limits<double>::quiet_NaN()), "nan");
  EXPECT_EQ(format_double(-std::numeric_limits<double>::infinity()), "-inf");
}

RC_GTEST_PROP(FormatDouble, every_double_reads_back_as_itself, (double value)) {
  RC_ASSERT(parse_double(format_double(value)) == value);
}

TEST(FormatFixed, rounds_to_the_decimals_asked_for) {
  EXPECT_EQ(format_fixed(12.5, 2), "12.50");
  EXPECT_EQ(format_fixed(0.125, 2), "0.12");
  EXPECT_EQ(format_fixed(2.675, 2), "2.67");  // The double nearest to 2.675 lies below it.
  EXPECT_EQ(format_fixed(1e6, 0), "1000000");
  EXPECT_EQ(format_fixed(-std::numeric_limits<double>::max(), 30).size(), 341U);
}

TEST(FormatInteger, groups_digits_by_three) {
  EXPECT_EQ(format_integer(0), "0");
  EXPECT_EQ(format_integer(999), "999");
  EXPECT_EQ(format_integer(-1000), "-1,000");
  EXPECT_EQ(format_integer(1234567), "1,234,567");
  EXPECT_EQ(format_integer(1234567, Thousands::thin_space),
            "1\u2009"
            "234\u2009"
            "567");
  EXPECT_EQ(format_integer(1234567, Thousands::none), "1234567");
  EXPECT_EQ(format_integer(std::numeric_limits<std::int64_t>::min()), "-9,223,372,036,854,775,808");
}

TEST(FormatBytes, uses_the_unit_people_would) {
  EXPECT_EQ(format_bytes(1), "1 byte");
  EXPECT_EQ(format_bytes(1023), "1,023 bytes");
  EXPECT_EQ(format_bytes(1024), "1.0 KiB");
  EXPECT_EQ(format_bytes(1024 * 1024 - 1), "1.0 MiB");
  EXPECT_EQ(format_bytes(std::int64_t{1536} * 1024 * 1024), "1.5 GiB");
  EXPECT_EQ(format_bytes(std::numeric_limits<std::int64_t>::max()), "8.0 EiB");
}

TEST(Parse, takes_whole_numbers_and_nothing_else) {
  EXPECT_EQ(parse_integer("-42"), -42);
  EXPECT_EQ(parse_integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  for (const char* text : {"", "+1", " 1", "1 ", "1.0", "0x1", "9223372036854775808", "1,000", "-"}) {
    EXPECT_FALSE(parse_integer(text)) << text;
  }
  EXPECT_EQ(parse_double("-1.5e3"), -1500.0);
  EXPECT_EQ(parse_double("7"), 7.0);
  for (const char* text : {"", "+1", " 1", "1 ", "nan", "inf", "-inf", "0x1p3", "1e999", "1,5", "e3"}) {
    EXPECT_FALSE(parse_double(text)) << text;
  }
}

}  // namespace
}  // namespace throughline::base
