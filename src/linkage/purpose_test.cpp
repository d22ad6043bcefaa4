#include "linkage/purpose.h"

#include <gtest/gtest.h>

namespace throughline::linkage {
namespace {

TEST(Purpose, has_a_threshold_and_terms_of_its_own) {
  const double protect = terms_of(ledger::Purpose::protect).value().probability_min;
  const double investigate = terms_of(ledger::Purpose::investigate).value().probability_min;
  EXPECT_LT(protect, investigate);
  for (const PurposeTerms& terms : all_terms()) EXPECT_FALSE(terms.terms.empty());
}

TEST(Purpose, is_asked_for) {
  const base::Error error = terms_of(ledger::Purpose::unstated).error();
  EXPECT_EQ(error.code, "purpose_needed");
  EXPECT_EQ(error.remedy, "Say PROTECT, INVESTIGATE, COUNT or GOVERN");
  EXPECT_FALSE(terms_of(ledger::Purpose::operate).ok());
}

TEST(ExpectedErrors, follow_from_the_probabilities_on_both_sides_of_the_threshold) {
  const std::vector<WeighedPair> pairs = {{.probability = 0.75F}, {.probability = 0.5F}, {.probability = 0.25F}};
  const ExpectedErrors errors = expected_errors(pairs, 0.5);
  EXPECT_EQ(errors.links, 2);
  EXPECT_DOUBLE_EQ(errors.false_links, 0.75);
  EXPECT_DOUBLE_EQ(errors.missed_links, 0.25);
}

}  // namespace
}  // namespace throughline::linkage
