// Events of two groups compared: the ratio of their risks, and of their odds.
//
// - Sources: Katz, Baptista, Azen and Pike 1978 (logarithmic interval of a ratio of two proportions); Cornfield 1956
//   (odds ratio and its exact interval, both margins given); Woolf 1955 (its logarithmic interval); Przyborowski and
//   Wilenski 1940 (exact interval of a ratio of two Poisson rates).
// - Assumptions: events are independent of one another, and each person has at most one. Searches break both: one
// person
//   can be searched often, and operations search many at once. Then every interval here is too narrow.
// - Bias: the odds ratio is the conditional estimate, which lies a little nearer to one than the product of the cells;
//   exact intervals hold at least the stated confidence, and are wider than need be at small counts.
// - Undecidable: two groups without an event say nothing of their ratio; a group with more events than people has no
//   odds. Both are refused.
#pragma once

#include <cstdint>
#include <string_view>

#include "evidence/caveats.h"
#include "evidence/intervals.h"

namespace throughline::evidence {

// How many events befell a group, and how many people it has. With outcomes: how many searches found something, and how
// many there were.
struct GroupCount {
  std::int64_t events = 0;
  std::int64_t people = 0;
};

// A group, and the one that it is held against.
struct GroupPair {
  GroupCount group;
  GroupCount reference;
};

// No count is larger, so that a double holds it; those who read counts refuse far smaller ones.
inline constexpr std::int64_t k_group_count_max = 1'000'000'000'000'000;
// Where every cell is above this, the odds ratio and the test of one share are approximate: the exact ones cost as the
// square root of the smallest cell, and differ from them in digits that are not shown.
inline constexpr std::int64_t k_exact_cell_max = 1'000'000;

enum class RatioMethod {
  itself,             // Of the reference to itself: one, and no estimate.
  logarithmic,        // Katz 1978.
  exact_poisson,      // Of two rates, given the sum of their counts.
  exact_conditional,  // Cornfield 1956.
  logarithmic_odds,   // Woolf 1955.
};

// "logarithmic (Katz 1978)".
[[nodiscard]] std::string_view name_of(RatioMethod method);

struct RatioEstimate {
  double value = 0;   // Infinity where the reference group has no event.
  Interval interval;  // Of the ratio; `high` may be infinity.
  RatioMethod method = RatioMethod::logarithmic;
};

// (events / people) over (events / people) of the reference. The interval is exact where either group has fewer than
// ten events, or more events than people; where one has fewer than ten people without an event it is that of two
// Poisson rates, which is wider than need be and never of no width; else logarithmic. REQUIRES events >= 0 and people >
// 0 in both.
[[nodiscard]] OrRefusal<RatioEstimate> risk_ratio(const GroupPair& pair, Confidence confidence = {});

// The odds of an event over those in the reference: the conditional estimate of greatest likelihood and its exact
// interval; where every cell is above k_exact_cell_max the product of the cells and its logarithmic interval. Cost:
// grows as the square root of the events. REQUIRES as above.
[[nodiscard]] OrRefusal<RatioEstimate> odds_ratio(const GroupPair& pair, Confidence confidence = {});

// The probability of a table as far from one share as this one where both groups have the same: twice the smaller tail
// given both margins (Fisher 1935), of the score test (Pearson 1900) where every cell is above k_exact_cell_max; nought
// where it is under the smallest that is summed. One where a margin leaves no choice. REQUIRES events <= people.
[[nodiscard]] double same_share_p(const GroupPair& pair);

}  // namespace throughline::evidence
