#include "base/portable_math.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/random.h"

namespace throughline::base {
namespace {

// The distance from the long double answer in units of the last place of the double.
double units_off(double answer, long double truth) {
  const auto rounded = static_cast<double>(truth);
  const double unit = std::nextafter(std::fabs(rounded), INFINITY) - std::fabs(rounded);
  return static_cast<double>(std::fabs(static_cast<long double>(answer) - truth)) / unit;
}

TEST(PortableMath, the_logarithm_is_within_one_unit_in_the_last_place) {
  Random random({.seed = 1});
  for (int i = 0; i < 20'000; ++i) {
    const double near_one = 1.0 + (random.uniform01() - 0.5) * std::ldexp(1.0, -(i % 40));
    const double anywhere = std::ldexp(1.0 + random.uniform01(), static_cast<int>(random.uniform_int(-1020, 1020)));
    if (near_one != 1.0) {
      ASSERT_LE(units_off(portable_log(near_one), std::log(static_cast<long double>(near_one))), 1.0) << near_one;
    }
    ASSERT_LE(units_off(portable_log(anywhere), std::log(static_cast<long double>(anywhere))), 1.0) << anywhere;
  }
}

TEST(PortableMath, the_exponential_is_within_one_unit_in_the_last_place) {
  Random random({.seed = 2});
  for (int i = 0; i < 20'000; ++i) {
    const double x = (random.uniform01() - 0.5) * (i % 2 == 0 ? 1400.0 : 2.0);
    ASSERT_LE(units_off(portable_exp(x), std::exp(static_cast<long double>(x))), 1.0) << x;
  }
}

TEST(PortableMath, the_edges_are_what_they_should_be) {
  constexpr double k_infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(portable_log(0.0), -k_infinity);
  EXPECT_EQ(portable_log(1.0), 0.0);
  EXPECT_EQ(portable_log(k_infinity), k_infinity);
  EXPECT_TRUE(std::isnan(portable_log(-1.0)));
  EXPECT_EQ(portable_exp(0.0), 1.0);
  EXPECT_EQ(portable_exp(-k_infinity), 0.0);
  EXPECT_EQ(portable_exp(k_infinity), k_infinity);
  EXPECT_TRUE(std::isnan(portable_exp(std::nan(""))));
  EXPECT_NEAR(portable_log(5e-324), std::log(5e-324), 1e-12);
}

// A change of a single bit here changes results that were published with a seed.
TEST(PortableMath, the_bits_are_fixed) {
  EXPECT_EQ(portable_log(2.0), 0x1.62e42fefa39efp-1);
  EXPECT_EQ(portable_exp(1.0), 0x1.5bf0a8b14576ap+1);  // The double nearest to e is the one below.
}

TEST(PortableMath, log_factorials_agree_with_the_gamma_function) {
  EXPECT_EQ(portable_log_factorial(0.0), 0.0);
  EXPECT_EQ(portable_log_factorial(1.0), 0.0);
  for (double n = 2.0; n < 1e9; n = std::floor(n * 1.1) + 1.0) {
    const double truth = static_cast<double>(std::lgamma(static_cast<long double>(n) + 1.0L));
    ASSERT_NEAR(portable_log_factorial(n) / truth, 1.0, 1e-14) << n;
  }
}

TEST(PortableMath, the_normal_quantile_undoes_the_distribution) {
  for (const double p :
       {1e-300, 1e-100, 1e-17, 1e-9, 1e-4, 0.02, 0.074, 0.0751, 0.3, 0.5, 0.7, 0.93, 0.999, 1.0 - 1e-9}) {
    const double x = portable_normal_quantile(p);
    const auto back = static_cast<double>(0.5L * std::erfc(-static_cast<long double>(x) / std::sqrt(2.0L)));
    // An error of x grows by the slope of log p, which is about |x| in the tail.
    EXPECT_NEAR(back / p, 1.0, 4e-15 * (1.0 + x * x)) << p;
  }
  EXPECT_EQ(portable_normal_quantile(0.5), 0.0);
  EXPECT_NEAR(portable_normal_quantile(0.975), 1.959963984540054, 1e-15);
}

}  // namespace
}  // namespace throughline::base
