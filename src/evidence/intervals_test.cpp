#include "evidence/intervals.h"

#include <array>
#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "evidence/special_functions.h"

namespace throughline::evidence {
namespace {

// Independent of the product: plain summation of the distribution, upwards from its smallest term, in extended
// precision.
long double poisson_at_most(std::int64_t count, long double mean) {
  long double sum = 0;
  for (std::int64_t k = 0; k <= count; ++k) {
    sum += std::exp(static_cast<long double>(k) * std::log(mean) - mean - std::lgamma(static_cast<long double>(k) + 1));
  }
  return sum;
}

long double binomial_at_most(Share share, long double p) {
  const auto n = static_cast<long double>(share.trials);
  long double sum = 0;
  for (std::int64_t i = 0; i <= share.successes; ++i) {
    const auto k = static_cast<long double>(i);
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(p) +
                    (n - k) * std::log1p(-p));
  }
  return sum;
}

struct Published {
  std::int64_t count;
  double low;
  double high;
};

TEST(Intervals, agree_with_the_published_table_of_poisson_limits_at_95_per_cent) {
  constexpr std::array<Published, 10> k_table{{{0, 0.0, 3.689},
                                               {1, 0.0253, 5.572},
                                               {2, 0.242, 7.225},
                                               {3, 0.619, 8.767},
                                               {4, 1.090, 10.242},
                                               {5, 1.623, 11.668},
                                               {10, 4.795, 18.390},
                                               {20, 12.217, 30.888},
                                               {50, 37.111, 65.919},
                                               {100, 81.364, 121.627}}};
  for (const Published& row : k_table) {
    const Interval interval = poisson_interval(row.count);
    EXPECT_NEAR(interval.low, row.low, 0.001) << row.count;
    EXPECT_NEAR(interval.high, row.high, 0.001) << row.count;
  }
}

TEST(Intervals, leave_exactly_the_stated_tails_by_direct_summation) {
  for (const std::int64_t count : {1, 2, 3, 7, 9, 10, 19, 20, 21, 55, 144, 400}) {
    for (const double level : {0.8, 0.95, 0.99, 0.9999}) {
      const Interval interval = poisson_interval(count, {.level = level});
      const auto tail = static_cast<long double>((1 - level) / 2);
      EXPECT_NEAR(static_cast<double>(poisson_at_most(count, interval.high) / tail), 1, 1e-10) << count;
      const long double below = poisson_at_most(count - 1, interval.low);
      EXPECT_NEAR(static_cast<double>(below), 1 - static_cast<double>(tail), 1e-12) << count;
    }
  }
}

// The same from the largest term downwards or upwards, for counts at which a whole sum would take too long.
TEST(Intervals, of_large_counts_are_exact_to_thirteen_digits) {
  for (const std::int64_t count : {10'000, 1'000'000}) {
    const Interval interval = poisson_interval(count);
    const auto term_at = [](long double k, long double mean) {
      return std::exp(k * std::log(mean) - mean - std::lgamma(k + 1));
    };
    long double at_most = 0;
    auto k = static_cast<long double>(count);
    for (long double term = term_at(k, interval.high); term > at_most * 1e-22L; --k) {
      at_most += term;
      term *= k / interval.high;
    }
    const long double miss_high = (at_most - 0.025L) / term_at(static_cast<long double>(count), interval.high);
    EXPECT_LT(std::abs(static_cast<double>(miss_high)) / interval.high, 1e-13) << count;
    long double at_least = 0;
    k = static_cast<long double>(count);
    for (long double term = term_at(k, interval.low); term > at_least * 1e-22L; ++k) {
      at_least += term;
      term *= interval.low / (k + 1);
    }
    const long double miss_low = (at_least - 0.025L) / term_at(static_cast<long double>(count) - 1, interval.low);
    EXPECT_LT(std::abs(static_cast<double>(miss_low)) / interval.low, 1e-13) << count;
  }
}

TEST(Intervals, at_zero_have_a_lower_limit_of_nought_and_the_logarithm_as_upper_limit) {
  const Interval interval = poisson_interval(0);
  EXPECT_EQ(interval.low, 0);
  EXPECT_NEAR(interval.high, -std::log(0.025), 1e-12);
}

TEST(Intervals, do_not_jump_where_the_expansion_takes_over) {
  // 10^8 is iterated, 10^8 + 1 expanded: the limits must differ by one event and the change of the square root.
  const Interval below = poisson_interval(100'000'000);
  const Interval above = poisson_interval(100'000'001);
  EXPECT_NEAR(above.low - below.low, 1 - 0.5 * 1.959963984540054e-4, 1e-4);
  EXPECT_NEAR(above.high - below.high, 1 + 0.5 * 1.959963984540054e-4, 1e-4);
}

TEST(Intervals, of_huge_counts_are_close_to_the_normal_approximation) {
  const Interval interval = poisson_interval(1'000'000'000'000);
  EXPECT_NEAR(interval.low, 1e12 - 1.959963984540054e6, 3);
  EXPECT_NEAR(interval.high, 1e12 + 1.959963984540054e6, 3);
}

TEST(Intervals, of_a_rate_scale_with_the_population) {
  const Rate drawn = rate(10, {.base = 50'000, .per = 100'000});
  EXPECT_DOUBLE_EQ(drawn.value, 20);
  EXPECT_NEAR(drawn.interval.low, 9.591, 0.002);
  EXPECT_NEAR(drawn.interval.high, 36.781, 0.002);
}

TEST(Intervals, of_a_proportion_leave_exactly_the_stated_tails_by_direct_summation) {
  for (const std::int64_t trials : {1, 2, 10, 37, 250}) {
    for (std::int64_t k = 0; k <= trials; k += 1 + trials / 7) {
      const Interval interval = proportion_interval({.successes = k, .trials = trials});
      if (k > 0) {
        const long double below = binomial_at_most({.successes = k - 1, .trials = trials}, interval.low);
        EXPECT_NEAR(static_cast<double>(below), 0.975, 1e-11) << k << " of " << trials;
      }
      if (k < trials) {
        const long double at_most = binomial_at_most({.successes = k, .trials = trials}, interval.high);
        EXPECT_NEAR(static_cast<double>(at_most), 0.025, 1e-11) << k << " of " << trials;
      }
    }
  }
}

TEST(Intervals, of_a_proportion_agree_with_published_values) {
  // The closed form for no successes, and the often-printed limits for 1 and 5 out of 10.
  EXPECT_NEAR(proportion_interval({.successes = 0, .trials = 10}).high, 1 - std::pow(0.025, 0.1), 1e-12);
  EXPECT_NEAR(proportion_interval({.successes = 1, .trials = 10}).low, 0.0025286, 1e-6);
  EXPECT_NEAR(proportion_interval({.successes = 1, .trials = 10}).high, 0.4450161, 1e-6);
  EXPECT_NEAR(proportion_interval({.successes = 5, .trials = 10}).low, 0.1870860, 1e-6);
  EXPECT_EQ(proportion_interval({.successes = 0, .trials = 0}), (Interval{.low = 0, .high = 1}));
}

TEST(Intervals, compare_two_counts_by_the_exact_conditional_test) {
  const auto same = compare_counts({.before = 20, .after = 20});
  ASSERT_TRUE(same.has_value());
  EXPECT_DOUBLE_EQ(same->ratio, 1);
  EXPECT_DOUBLE_EQ(same->p_value, 1);
  // 10 after 20 is binomial, 10 or fewer of 30 at one half: 2 * 0.0493685737.
  const auto halved = compare_counts({.before = 20, .after = 10});
  ASSERT_TRUE(halved.has_value());
  EXPECT_NEAR(halved->p_value, 2 * 0.0493685737, 1e-9);
  EXPECT_LT(halved->interval.low, 0.5);
  EXPECT_GT(halved->interval.high, 1);
}

TEST(Intervals, cannot_compare_nothing_with_nothing) {
  EXPECT_FALSE(compare_counts({.before = 0, .after = 0}).has_value());
}

TEST(Intervals, have_no_upper_limit_for_a_ratio_to_nothing) {
  const auto from_zero = compare_counts({.before = 0, .after = 8});
  ASSERT_TRUE(from_zero.has_value());
  EXPECT_TRUE(std::isinf(from_zero->ratio));
  EXPECT_TRUE(std::isinf(from_zero->interval.high));
  EXPECT_GT(from_zero->interval.low, 1);
  EXPECT_NEAR(from_zero->p_value, 2 * std::pow(0.5, 8), 1e-12);
}

RC_GTEST_PROP(Intervals, contain_the_count_and_grow_with_it_and_with_confidence, ()) {
  const auto count = *rc::gen::inRange<std::int64_t>(0, 50'000);
  const Interval narrow = poisson_interval(count, {.level = 0.9});
  const Interval wide = poisson_interval(count, {.level = 0.99});
  const Interval next = poisson_interval(count + 1, {.level = 0.9});
  RC_ASSERT(narrow.low <= static_cast<double>(count) && static_cast<double>(count) < narrow.high);
  RC_ASSERT(wide.low <= narrow.low && narrow.high < wide.high);
  RC_ASSERT(narrow.low < next.low && narrow.high < next.high);
}

RC_GTEST_PROP(Intervals, of_a_ratio_exclude_one_exactly_when_the_test_rejects, ()) {
  const auto before = *rc::gen::inRange<std::int64_t>(0, 300);
  const auto after = *rc::gen::inRange<std::int64_t>(0, 300);
  const auto compared = compare_counts({.before = before, .after = after, .exposure_before = 3, .exposure_after = 2});
  RC_PRE(compared.has_value());
  const bool is_excluded = compared->interval.low > 1 || compared->interval.high < 1;
  RC_ASSERT(is_excluded == (compared->p_value < 0.05));
}

TEST(SpecialFunctions, have_tails_that_add_up_to_one) {
  for (const double shape : {0.5, 1.0, 3.0, 17.0, 1000.0, 1e6}) {
    for (const double factor : {0.5, 0.9, 1.0, 1.1, 2.0}) {
      const Tails tails = gamma_tails(shape, shape * factor);
      EXPECT_NEAR(tails.lower + tails.upper, 1, 1e-12);
    }
  }
}

TEST(SpecialFunctions, of_either_side_of_the_switch_between_series_and_fraction_agree) {
  for (const double shape : {2.0, 40.0, 5000.0, 1e6}) {
    const double x = shape + 1;
    const Tails by_series = gamma_tails(shape, x * (1 - 1e-13));
    const Tails by_fraction = gamma_tails(shape, x * (1 + 1e-13));
    EXPECT_NEAR(by_series.lower, by_fraction.lower, 1e-10);
  }
}

}  // namespace
}  // namespace throughline::evidence
