#include "simulate/ensemble/displacement.h"

#include <gtest/gtest.h>

namespace throughline::simulate {
namespace {

// A published worked example: control 308 to 318, treated 207 to 110, beside it 178 to 157, its control 150 to 140.
const DisplacementCounts k_published{.treated = {.before = 207, .after = 110},
                                     .beside = {.before = 178, .after = 157},
                                     .control = {.before = 308, .after = 318}};

TEST(Displacement, quotient_and_difference_are_those_published) {
  EXPECT_NEAR(displacement_quotient(k_published).value(), 0.2581856883, 1e-9);
  const DisplacementDifference found = displacement_difference(k_published, {.before = 150, .after = 140});
  EXPECT_DOUBLE_EQ(found.difference, -118);
  EXPECT_NEAR(found.standard_error, 39.59797975, 1e-8);
}

TEST(Displacement, is_nothing_where_nothing_fell_or_a_control_is_nought) {
  DisplacementCounts counts = k_published;
  counts.treated.after = 300;
  EXPECT_FALSE(displacement_quotient(counts).has_value());
  counts = k_published;
  counts.control.before = 0;
  EXPECT_FALSE(displacement_quotient(counts).has_value());
}

}  // namespace
}  // namespace throughline::simulate
