#include "evidence/hidden/loglinear.h"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "evidence/hidden/existence.h"
#include "evidence/hidden/made_up_lists.h"

namespace throughline::evidence {
namespace {

TEST(ListTables, count_cases_on_lists_whatever_else_holds_them) {
  const ListTable table = made_up_lists(3, {{"A", 5}, {"AB", 3}, {"ABC", 2}, {"C", 1}});
  EXPECT_EQ(cases_seen(table), 11);
  EXPECT_EQ(cases_on(table, history_of({0, 1})), 5);
  EXPECT_EQ(cases_on(table, history_of({1, 2})), 2);
  EXPECT_EQ(cases_on_several(table), 5);
  EXPECT_EQ(all_pairs(3), (std::vector<ListPair>{{0, 1}, {0, 2}, {1, 2}}));
  EXPECT_EQ(name_of(table, {0, 2}), "A:C");
}

// Independent lists with chances 1/2, 1/3 and 1/4 over 240 cases give these whole counts; the 60 unseen follow.
TEST(LogLinear, finds_the_unseen_of_a_table_that_fits_independence_exactly) {
  const ListTable table =
      made_up_lists(3, {{"A", 60}, {"B", 30}, {"C", 20}, {"AB", 30}, {"AC", 20}, {"BC", 10}, {"ABC", 10}});
  const ListFit fit = fit_lists(table, {}).value();
  EXPECT_NEAR(fit.estimate(), 240, 1e-9);
  for (std::size_t i = 0; i < fit.fitted.size(); ++i) {
    EXPECT_NEAR(fit.fitted[i], static_cast<double>(table.counts[fit.design.histories[i]]), 1e-9);
  }
}

// With both empty pairs at minus infinity four histories and four terms are left: the unseen are a b / ab, whatever C.
TEST(LogLinear, leaves_out_histories_of_pairs_that_share_no_case) {
  for (const std::int64_t c : {3, 300}) {
    const ListTable table = made_up_lists(3, {{"A", 12}, {"B", 30}, {"C", c}, {"AB", 9}});
    const ListFit fit = fit_lists(table, {.pairs = {{0, 2}, {1, 2}}}).value();
    EXPECT_EQ(fit.design.empty_pairs.size(), 2U);
    EXPECT_EQ(fit.design.histories.size(), 4U);
    EXPECT_NEAR(std::exp(fit.log_unseen), 12.0 * 30 / 9, 1e-8);
    // The variance of a logarithm of Poisson counts: each adds one over itself.
    EXPECT_NEAR(fit.log_unseen_error, std::sqrt(1.0 / 12 + 1.0 / 30 + 1.0 / 9), 1e-9);
  }
}

// Its definition: at a limit, twice the likelihood lost is the chi-square quantile 3.841459.
TEST(LogLinear, profile_limits_lie_where_the_likelihood_has_fallen_by_the_quantile) {
  const ListTable table = five_lists_of_2013();
  const ListFit fit = fit_lists(table, {}).value();
  const Interval limits = profile_interval(table, fit).value();
  EXPECT_TRUE(profile_holds(table, fit, limits.low + 0.01));
  EXPECT_FALSE(profile_holds(table, fit, limits.low - 0.01));
  EXPECT_TRUE(profile_holds(table, fit, limits.high - 0.01));
  EXPECT_FALSE(profile_holds(table, fit, limits.high + 0.01));
  EXPECT_FALSE(profile_holds(table, fit, 100));
  // Skewed as counts are: further up than down.
  EXPECT_GT(limits.high - fit.estimate(), fit.estimate() - limits.low);
}

TEST(LogLinear, a_dependence_held_at_what_was_fitted_changes_nothing) {
  const ListTable table = six_lists_of_2013();
  const ListPair pair{0, 1};
  const ListFit fit = fit_lists(table, {.pairs = {pair}}).value();
  const ListFit held = fit_lists(table, {.pairs = {pair}}, AssumedDependence{pair, fit.values.back()}).value();
  EXPECT_NEAR(held.estimate(), fit.estimate(), 1e-4);
}

RC_GTEST_PROP(LogLinear, keeps_the_totals_of_every_term, ()) {
  ListTable table = made_up_lists(4, {});
  for (std::size_t h = 1; h < table.counts.size(); ++h) table.counts[h] = *rc::gen::inRange<std::int64_t>(1, 200);
  ListModel model;
  for (const ListPair pair : all_pairs(4)) {
    if (*rc::gen::arbitrary<bool>()) model.pairs.push_back(pair);
  }
  const ListFit fit = fit_lists(table, model).value();
  for (const History term : fit.design.terms) {
    double sum = 0;
    for (std::size_t i = 0; i < fit.fitted.size(); ++i) {
      if ((fit.design.histories[i] & term) == term) sum += fit.fitted[i];
    }
    RC_ASSERT(std::abs(sum - static_cast<double>(cases_on(table, term))) < 1e-5);
  }
}

}  // namespace
}  // namespace throughline::evidence
