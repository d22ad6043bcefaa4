#include "evidence/hidden/existence.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "evidence/hidden/made_up_lists.h"
#include "evidence/hidden/refusal.h"

namespace throughline::evidence {
namespace {

const ListModel k_all_of_three{.pairs = {{0, 1}, {0, 2}, {1, 2}}};

// Worked by hand. The lists' totals add up to the cases seen, so that no case can be on two lists in any table with
// these totals: four of the histories must stay empty.
TEST(Existence, lists_that_share_no_case_have_no_finite_estimate) {
  const ListTable table = made_up_lists(3, {{"A", 10}, {"B", 10}, {"C", 10}});
  EXPECT_EQ(existence_of(table, {}), Existence::not_finite);
  EXPECT_FALSE(existing_fit(table, {}).has_value());
}

// Totals 32 over 12, 12 and 10: two cases more than seen once each. They can be spread over AB, AC, BC and ABC.
TEST(Existence, one_pair_that_overlaps_is_enough_without_dependence) {
  const ListTable table = made_up_lists(3, {{"A", 10}, {"B", 10}, {"C", 10}, {"AB", 2}});
  EXPECT_EQ(existence_of(table, {}), Existence::exists);
}

// With the pair AB in the model its two cases are spoken for, and nothing is left for AC, BC and ABC.
TEST(Existence, the_only_overlapping_pair_cannot_be_in_the_model) {
  const ListTable table = made_up_lists(3, {{"A", 10}, {"B", 10}, {"C", 10}, {"AB", 2}});
  EXPECT_EQ(existence_of(table, {.pairs = {{0, 1}}}), Existence::not_finite);
  EXPECT_FALSE(existing_fit(table, {.pairs = {{0, 1}}}).has_value());
}

// The same totals reached through ABC: one case each on AB and ABC, halves on AC and BC, are such a table.
TEST(Existence, an_overlap_through_all_three_lists_leaves_room) {
  const ListTable table = made_up_lists(3, {{"A", 5}, {"B", 5}, {"C", 5}, {"ABC", 2}});
  EXPECT_EQ(existence_of(table, {.pairs = {{0, 1}}}), Existence::exists);
}

// A, B, C and AB are left, four histories for five terms.
TEST(Existence, two_empty_pairs_and_the_third_in_the_model_are_not_unique) {
  const ListTable table = made_up_lists(3, {{"A", 10}, {"B", 10}, {"C", 10}, {"AB", 2}});
  EXPECT_EQ(existence_of(table, k_all_of_three), Existence::not_unique);
  EXPECT_EQ(existence_of(table, {.pairs = {{0, 2}, {1, 2}}}), Existence::exists);
}

// Six histories are left beside the empty BC, whose pair is at minus infinity: A, B, C, AB, AC for the six terms of
// which the intercept, A, B, C, AB and AC remain: five for six.
TEST(Existence, with_one_empty_pair_all_pairs_of_three_lists_are_not_unique) {
  const ListTable table = made_up_lists(3, {{"A", 10}, {"B", 10}, {"C", 10}, {"AB", 2}, {"AC", 3}});
  EXPECT_EQ(existence_of(table, k_all_of_three), Existence::not_unique);
}

TEST(Existence, all_pairs_of_three_lists_exist_where_every_pair_overlaps) {
  const ListTable table = made_up_lists(3, {{"A", 10}, {"B", 10}, {"C", 10}, {"AB", 2}, {"AC", 3}, {"BC", 1}});
  // ABC is empty, but one case fewer on each pair and one more on each list and on ABC keeps all totals but one: with
  // seven histories and seven terms the table is the only one with its totals, and it has an empty history.
  EXPECT_EQ(existence_of(table, k_all_of_three), Existence::not_finite);
  EXPECT_EQ(existence_of(made_up_lists(3, {{"A", 10}, {"B", 9}, {"C", 8}, {"AB", 2}, {"AC", 3}, {"BC", 1}, {"ABC", 1}}),
                         k_all_of_three),
            Existence::exists);
}

// A fit whose expected counts are all above zero proves existence by itself; the programme must agree.
RC_GTEST_PROP(Existence, the_programme_agrees_with_fits_that_prove_themselves, ()) {
  ListTable table = made_up_lists(4, {});
  for (std::size_t h = 1; h < table.counts.size(); ++h) {
    table.counts[h] = std::max<std::int64_t>(0, *rc::gen::inRange<std::int64_t>(-4, 6));
  }
  table.counts[1] += 1;
  ListModel model;
  for (const ListPair pair : all_pairs(4)) {
    if (*rc::gen::arbitrary<bool>()) model.pairs.push_back(pair);
  }
  const std::optional<ListFit> fit = fit_lists(table, model);
  const Existence existence = existence_of(table, model);
  const bool is_proof = fit.has_value() && std::ranges::all_of(fit->fitted, [](double m) { return m > 1e-3; });
  if (is_proof) RC_ASSERT(existence == Existence::exists);
  if (existence == Existence::exists) RC_ASSERT(fit.has_value());
}

TEST(Refusal, too_few_shared_cases_are_refused_with_their_number) {
  const NoEstimate refusal = refuse_estimate(made_up_lists(3, {{"A", 40}, {"B", 30}, {"C", 20}, {"AB", 6}})).value();
  EXPECT_EQ(refusal.code, "overlap_too_small");
  EXPECT_EQ(refusal.reason,
            "Only 6 of 96 cases are on two lists or more; under 7 the lists say too little about whom they miss.");
  EXPECT_FALSE(refuse_estimate(made_up_lists(3, {{"A", 40}, {"B", 30}, {"C", 20}, {"AB", 7}})).has_value());
}

// Every case on C is on A and B as well and nothing else overlaps: A + B + C adds up to no more room than ABC itself.
TEST(Refusal, lists_without_an_estimate_are_refused_however_many_cases_they_share) {
  const ListTable table = made_up_lists(3, {{"ABC", 50}});
  const NoEstimate refusal = refuse_estimate(table).value();
  EXPECT_EQ(refusal.code, "no_estimate_exists");
  EXPECT_EQ(refusal.reason, "Even without dependence between lists the estimate is not finite.");
}

TEST(Refusal, warns_of_a_list_apart_and_of_empty_pairs) {
  const auto warnings = overlap_warnings(made_up_lists(3, {{"A", 40}, {"B", 30}, {"C", 20}, {"AB", 9}}));
  ASSERT_EQ(warnings.size(), 2U);
  EXPECT_EQ(warnings[0], "C shares no case with any other list: it says nothing of whom they miss.");
  EXPECT_EQ(warnings[1], "Pairs of lists that share no case: A:C, B:C.");
}

}  // namespace
}  // namespace throughline::evidence
