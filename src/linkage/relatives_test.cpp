#include "linkage/relatives.h"

#include <gtest/gtest.h>

namespace throughline::linkage {
namespace {

Pattern pattern_with(NameLevel given, NameLevel family, int birth) {
  Pattern pattern;
  const auto names = static_cast<int>(given) * 8 + static_cast<int>(family);
  pattern.levels[static_cast<std::size_t>(Comparison::names)] = static_cast<std::uint8_t>(names);
  pattern.levels[static_cast<std::size_t>(Comparison::birth)] = static_cast<std::uint8_t>(birth);
  return pattern;
}
constexpr int k_birth_equal = 1 * 16 + 1 * 4 + 1;
constexpr int k_birth_missing = 0;

TEST(Relatives, twins_of_unlike_names_are_no_link_however_much_else_agrees) {
  const RelativeWeight twins = weigh_relatives(pattern_with(NameLevel::different, NameLevel::exact, k_birth_equal), 40);
  EXPECT_TRUE(twins.is_lowered);
  EXPECT_NEAR(twins.probability, 1 / (1 + 0.95 / 0.005 * 3 * 0.012 / 0.9), 1e-9);
  EXPECT_LT(twins.probability, 0.2);
}

TEST(Relatives, without_a_date_of_birth_weigh_more_than_twins) {
  const RelativeWeight lone =
      weigh_relatives(pattern_with(NameLevel::different, NameLevel::exact, k_birth_missing), 40);
  EXPECT_LT(lone.probability, 0.01);
}

TEST(Relatives, leave_alone_what_speaks_for_itself) {
  for (const NameLevel given : {NameLevel::missing, NameLevel::exact, NameLevel::initial, NameLevel::near}) {
    const RelativeWeight same = weigh_relatives(pattern_with(given, NameLevel::exact, k_birth_equal), 5);
    EXPECT_FALSE(same.is_lowered);
    EXPECT_EQ(same.weight_bits, 5);
  }
  EXPECT_FALSE(weigh_relatives(pattern_with(NameLevel::different, NameLevel::different, k_birth_equal), 5).is_lowered);
  Pattern numbered = pattern_with(NameLevel::different, NameLevel::exact, k_birth_equal);
  numbered.levels[static_cast<std::size_t>(Comparison::identifier)] = 1;
  EXPECT_FALSE(weigh_relatives(numbered, 5).is_lowered);
  Pattern swapped;
  swapped.levels[static_cast<std::size_t>(Comparison::names)] = k_names_swapped;
  EXPECT_FALSE(weigh_relatives(swapped, 5).is_lowered);
}

TEST(Relatives, never_raise_a_weight) {
  for (double weight = -30; weight <= 30; weight += 1) {
    EXPECT_LE(weigh_relatives(pattern_with(NameLevel::different, NameLevel::exact, k_birth_equal), weight).weight_bits,
              weight);
  }
}

}  // namespace
}  // namespace throughline::linkage
