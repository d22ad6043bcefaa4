#include "evidence/hidden/combined.h"

#include <cmath>

#include <gtest/gtest.h>

#include "evidence/hidden/made_up_lists.h"

namespace throughline::evidence {
namespace {

// Two tables that are alike: what one says, on the logarithm of all cases.
TEST(Combined, of_tables_that_agree_has_the_error_of_one) {
  const ListTable table = five_lists_of_2013();
  const ListFit fit = stepwise_fit(table)->fit;
  const CombinedEstimate combined = combined_estimate(std::vector<ListTable>(2, table)).value();
  EXPECT_NEAR(combined.estimate, fit.estimate(), 1e-6);
  EXPECT_NEAR(combined.between_share, 0, 1e-12);
  const double error = (fit.estimate() - 2744) * fit.log_unseen_error / fit.estimate();
  EXPECT_NEAR(std::log(combined.interval.high / combined.estimate), 1.959963984540054 * error, 1e-9);
}

// Worked by hand: logarithms x and y, so that the variance between is (x - y)^2 / 2, times one and a half.
TEST(Combined, of_tables_that_differ_carries_the_difference) {
  const ListTable one = five_lists_of_2013();
  ListTable other = one;
  other.counts[3] += 20;
  const ListFit a = stepwise_fit(one)->fit;
  const ListFit b = stepwise_fit(other)->fit;
  const auto variance = [](const ListFit& fit) {
    const double error = (fit.estimate() - static_cast<double>(fit.seen)) * fit.log_unseen_error / fit.estimate();
    return error * error;
  };
  const double apart = std::log(a.estimate() / b.estimate());
  const double between = apart * apart / 2 * 1.5;
  const double within = (variance(a) + variance(b)) / 2;
  const CombinedEstimate combined = combined_estimate(std::vector<ListTable>{one, other}).value();
  EXPECT_NEAR(combined.between_share, between / (within + between), 1e-9);
  EXPECT_NEAR(combined.estimate, std::sqrt(a.estimate() * b.estimate()), 1e-6);
}

TEST(Combined, is_not_given_where_half_of_the_tables_have_no_estimate) {
  const ListTable good = five_lists_of_2013();
  const ListTable bad = made_up_lists(5, {{"A", 9}, {"B", 9}, {"C", 9}, {"D", 9}, {"E", 9}});
  EXPECT_FALSE(combined_estimate(std::vector<ListTable>{good, good, bad, bad, bad}).has_value());
  EXPECT_EQ(combined_estimate(std::vector<ListTable>{good, good, bad}).value().with_estimate, 2);
  EXPECT_FALSE(combined_estimate(std::vector<ListTable>{good}).has_value());
}

}  // namespace
}  // namespace throughline::evidence
