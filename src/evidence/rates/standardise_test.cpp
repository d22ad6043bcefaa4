#include "evidence/rates/standardise.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace throughline::evidence {
namespace {

// Births with Down's syndrome among fifth and later births, by age of the mother (Stark and Mantell 1966; Fleiss 1981,
// table 14.4), standardised to all births: the example of Fay and Feuer 1997. The expected values are those that the R
// package dsrTest prints in its vignette.
TEST(directly_standardised, gives_the_published_rate_and_interval_of_the_example_of_its_authors) {
  const std::vector<Stratum> fifth{{0, 327, 319933},      {8, 30666, 931318},    {63, 123419, 786511},
                                   {112, 149919, 488235}, {262, 104088, 237863}, {295, 34392, 61313}};
  const Rate rate = directly_standardised(fifth);
  EXPECT_NEAR(rate.value, 75.52901, 5e-6);
  EXPECT_NEAR(rate.interval.low, 67.70212, 5e-6);
  EXPECT_NEAR(rate.interval.high, 188.30017, 5e-6);
}

TEST(directly_standardised, of_one_stratum_is_the_crude_rate_with_its_exact_interval) {
  const Rate crude = rate(17, {.base = 4200});
  const Rate standard = directly_standardised({{17, 4200, 1}});
  EXPECT_NEAR(standard.value, crude.value, 1e-9);
  EXPECT_NEAR(standard.interval.low, crude.interval.low, 1e-7);
  EXPECT_NEAR(standard.interval.high, crude.interval.high, 1e-7);
}

TEST(directly_standardised, without_an_event_is_nought_and_still_has_an_upper_limit) {
  const Rate none = directly_standardised({{0, 1000, 1}, {0, 4000, 3}});
  EXPECT_EQ(none.value, 0);
  EXPECT_EQ(none.interval.low, 0);
  EXPECT_NEAR(none.interval.high, 3.6889 * 25, 1e-2);
}

RC_GTEST_PROP(directly_standardised, does_not_change_with_the_size_of_the_standard, ()) {
  std::vector<Stratum> strata;
  std::vector<Stratum> larger;
  for (int i = 0; i < 4; ++i) {
    const Stratum each{*rc::gen::inRange<std::int64_t>(1, 50), 1000.0 + 500 * i, 1.0 + i};
    strata.push_back(each);
    larger.push_back({each.events, each.people, 1000 * each.standard});
  }
  const Rate one = directly_standardised(strata);
  const Rate other = directly_standardised(larger);
  RC_ASSERT(std::abs(one.value - other.value) < 1e-9 * one.value);
  RC_ASSERT(std::abs(one.interval.high - other.interval.high) < 1e-7 * one.interval.high);
  RC_ASSERT(one.interval.low < one.value && one.value < one.interval.high);
}

}  // namespace
}  // namespace throughline::evidence
