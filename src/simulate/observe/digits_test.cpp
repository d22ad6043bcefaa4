#include "simulate/observe/digits.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace throughline::simulate {

namespace {

std::string fixed(double value, int decimals) {
  std::string text;
  append_fixed(text, value, decimals);
  return text;
}

}  // namespace

TEST(Digits, are_as_many_as_asked_for_and_more_where_the_number_has_more) {
  EXPECT_EQ(Digits(0).text(), "0");
  EXPECT_EQ(Digits(7, 3).text(), "007");
  EXPECT_EQ(Digits(1'234, 3).text(), "1234");
  EXPECT_EQ(Digits(INT64_MAX, 20).text(), "09223372036854775807");
}

TEST(Digits, of_a_fraction_are_rounded_as_format_fixed_rounds_them) {
  for (const double value :
       {0.0, -0.0, 0.5, 2.5, 0.125, 0.375, 1.005, -0.004, 51.123455, 99.995, 999'999.999'999, 1e12}) {
    for (const int decimals : {1, 2, 5, 6}) EXPECT_EQ(fixed(value, decimals), base::format_fixed(value, decimals));
  }
}

RC_GTEST_PROP(DigitsOfAFraction, are_those_of_format_fixed, ()) {
  const auto units = *rc::gen::inRange<std::int64_t>(-2'000'000'000, 2'000'000'000);
  const auto divisor = *rc::gen::element(1.0, 2.0, 8.0, 1e3, 1e5, 3e6, 7.0);
  const auto decimals = *rc::gen::inRange(1, 7);
  const double value = static_cast<double>(units) / divisor;
  RC_ASSERT(fixed(value, decimals) == base::format_fixed(value, decimals));
}

}  // namespace throughline::simulate
