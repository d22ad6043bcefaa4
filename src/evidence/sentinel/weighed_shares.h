// Shares by period with the weight of each: what the courses of a share are fitted to.
//
// - Sources: weights for binomial counts with extra spread (Williams 1982); the extra spread by moments of the
//   differences of neighbours, which a level, a step or a drift hardly move; at least five expected (Cochran 1954).
// - Assumptions: neighbouring periods mostly have one share, and spread about it alike.
// - Bias: periods that hang together show too little extra spread.
// - Undecidable: nothing; see left_out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace throughline::evidence {

struct WeighedShares {
  std::vector<std::size_t> places;  // Of the periods that count.
  std::vector<double> times;        // Their places as numbers.
  std::vector<double> shares;
  std::vector<double> weights;  // One over the variance, were the pooled share the true one.
};

// REQUIRES: equally long, 0 <= part <= whole.
[[nodiscard]] WeighedShares weighed_shares(std::span<const std::int64_t> part, std::span<const std::int64_t> whole);

// Weighed sums of squares about the best line, and about the best line that bends once with at least so many periods on
// either side. REQUIRES: two periods at least.
[[nodiscard]] double squares_about_line(const WeighedShares& shares);
[[nodiscard]] double squares_about_bend(const WeighedShares& shares, std::size_t stretch_min);

}  // namespace throughline::evidence
