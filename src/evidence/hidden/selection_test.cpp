#include "evidence/hidden/selection.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "evidence/hidden/dependence.h"
#include "evidence/hidden/made_up_lists.h"

namespace throughline::evidence {
namespace {

std::string chosen_pairs(const ListTable& table, const StepwiseFit& fit) {
  std::string names;
  for (const ChosenPair& chosen : fit.chosen) names += name_of(table, chosen.pair) + " ";
  return names;
}

// Published by the Home Office in 2014 as "between 10 thousand and 13 thousand"; the figures to four digits and more
// are those of SparseMSE 2.0.1 (estimatepopulation.0) on the same tables.
TEST(Selection, gives_the_published_estimates_of_2013_with_main_effects) {
  const ListFit six = existing_fit(six_lists_of_2013(), {}).value();
  EXPECT_NEAR(six.estimate(), 12214.0, 0.05);
  EXPECT_NEAR(wald_interval(six).low, 10988.8, 0.05);
  EXPECT_NEAR(wald_interval(six).high, 13621.3, 0.05);
  const ListFit five = existing_fit(five_lists_of_2013(), {}).value();
  EXPECT_NEAR(five.estimate(), 13444.1, 0.05);
  EXPECT_NEAR(wald_interval(five).low, 11985.2, 0.05);
  EXPECT_NEAR(wald_interval(five).high, 15133.4, 0.05);
}

TEST(Selection, gives_the_published_estimates_of_2013_chosen_stepwise) {
  const ListTable six_lists = six_lists_of_2013();
  const StepwiseFit six = stepwise_fit(six_lists).value();
  EXPECT_NEAR(six.fit.estimate(), 11418.0, 0.05);
  EXPECT_NEAR(wald_interval(six.fit).low, 9977.3, 0.05);
  EXPECT_NEAR(wald_interval(six.fit).high, 13145.7, 0.05);
  // PF:NCA LA:NG NG:GP LA:PF PF:GP GO:GP NG:GO.
  EXPECT_EQ(chosen_pairs(six_lists, six), "C:F A:B B:E A:C C:E D:E B:D ");
  const ListTable five_lists = five_lists_of_2013();
  const StepwiseFit five = stepwise_fit(five_lists).value();
  EXPECT_NEAR(five.fit.estimate(), 11313.0, 0.05);
  EXPECT_NEAR(wald_interval(five.fit).low, 9884.4, 0.05);
  EXPECT_NEAR(wald_interval(five.fit).high, 13027.4, 0.05);
  // LA:NG NG:GP PFNCA:GP LA:PFNCA GO:GP NG:GO.
  EXPECT_EQ(chosen_pairs(five_lists, five), "A:B B:E C:E A:C D:E B:D ");
}

// Halfway between 0.0189 of NG:GO and the pair before: with a stricter threshold that pair stays out.
TEST(Selection, stops_at_the_threshold_that_it_is_given) {
  const ListTable table = six_lists_of_2013();
  EXPECT_EQ(chosen_pairs(table, stepwise_fit(table, 0.01).value()), "C:F A:B B:E A:C C:E D:E ");
  EXPECT_TRUE(stepwise_fit(table, 0).value().chosen.empty());
}

TEST(Selection, never_takes_in_a_pair_that_would_leave_no_estimate) {
  const ListTable table = made_up_lists(3, {{"A", 100}, {"B", 100}, {"C", 100}, {"AB", 40}});
  const StepwiseFit fit = stepwise_fit(table).value();
  for (const ChosenPair& chosen : fit.chosen) EXPECT_NE(chosen.pair, (ListPair{0, 1}));
  EXPECT_EQ(existence_of(table, fit.fit.model), Existence::exists);
}

TEST(Averaging, weighs_models_by_their_bic) {
  const AveragedEstimate averaged = averaged_estimate(six_lists_of_2013()).value();
  ASSERT_GT(averaged.models.size(), 2U);
  double weights = 0;
  double estimate = 0;
  for (const WeightedModel& model : averaged.models) {
    weights += model.weight;
    estimate += model.weight * model.fit.estimate();
    EXPECT_NEAR(model.weight / averaged.models.front().weight,
                std::exp((averaged.models.front().fit.bic - model.fit.bic) / 2), 1e-12);
    EXPECT_LE(model.fit.bic, averaged.models.front().fit.bic + 2 * std::log(20) + 1e-9);
  }
  EXPECT_NEAR(weights, 1, 1e-12);
  EXPECT_NEAR(averaged.estimate, estimate, 1e-6);
  EXPECT_LT(averaged.interval.low, averaged.estimate);
  EXPECT_GT(averaged.interval.high, averaged.estimate);
}

// Every model of four lists and six pairs, fitted one by one, gives the same set as the window found by its neighbours.
TEST(Averaging, finds_every_model_near_the_best) {
  const ListTable table = made_up_lists(4, {{"A", 210},
                                            {"B", 160},
                                            {"C", 120},
                                            {"D", 90},
                                            {"AB", 40},
                                            {"AC", 21},
                                            {"AD", 14},
                                            {"BC", 12},
                                            {"BD", 19},
                                            {"CD", 8},
                                            {"ABC", 5},
                                            {"ABD", 4},
                                            {"ACD", 2},
                                            {"BCD", 1}});
  const AveragedEstimate averaged = averaged_estimate(table).value();
  std::vector<double> within;
  double best = averaged.models.front().fit.bic;
  const std::vector<ListPair> pairs = all_pairs(4);
  for (unsigned bits = 0; bits < 64; ++bits) {
    ListModel model;
    for (unsigned i = 0; i < 6; ++i) {
      if ((bits >> i & 1U) != 0) model.pairs.push_back(pairs[i]);
    }
    const std::optional<ListFit> fit = existing_fit(table, model);
    if (fit.has_value() && fit->bic <= best + 2 * std::log(20)) within.push_back(fit->bic);
  }
  EXPECT_EQ(within.size(), averaged.models.size());
  EXPECT_NEAR(*std::ranges::min_element(within), best, 1e-9);
}

TEST(Dependence, holds_each_odds_ratio_and_says_what_was_fitted) {
  const ListTable table = six_lists_of_2013();
  const StepwiseFit fit = stepwise_fit(table).value();
  const std::vector<DependenceRow> rows = dependence_rows(table, fit.fit);
  ASSERT_EQ(rows.size(), 15U);
  for (const DependenceRow& row : rows) {
    // More dependence assumed between two lists, more cases neither saw.
    for (std::size_t i = 1; i < row.estimates.size(); ++i) EXPECT_GT(row.estimates[i], row.estimates[i - 1]);
    const bool is_in_model = std::ranges::find(fit.fit.model.pairs, row.pair) != fit.fit.model.pairs.end();
    EXPECT_EQ(row.fitted_odds.has_value(), is_in_model);
    // Independence of a pair that the model leaves out is what the model says.
    if (!is_in_model) {
      EXPECT_NEAR(row.estimates[2].value(), fit.fit.estimate(), 1e-4);
    }
  }
  const Interval range = estimate_range(rows, fit.fit.estimate());
  EXPECT_LT(range.low, 10000);
  EXPECT_GT(range.high, 15000);
}

}  // namespace
}  // namespace throughline::evidence
