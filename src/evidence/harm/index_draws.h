// How sure the Drug Harms Index is: drawn again and again, each harm as uncertain as its row says.
//
// A count is Poisson about itself; a survey's volume is normal with its standard error, never below zero; a unit cost
// and a share are triangular between their least and most, with the figure given as the likeliest. One draw of a harm's
// cost, and one of its share, holds for all periods: where in its range the truth lies is not drawn anew each year,
// which would make up change that nobody claims.
//
// - Source: the spread of a triangular: Johnson 1997.
// - Assumptions: harms are uncertain independently of each other.
// - Bias: only what a row says is uncertain is; a cost without a range is taken as exact.
#pragma once

#include <cstdint>
#include <vector>

#include "evidence/harm/drug_harm_index.h"

namespace throughline::evidence {

struct DrawOptions {
  std::int64_t draws = 10'000;
  std::uint64_t seed = 1;
  Confidence confidence{};
};

struct DrawnPoint {
  Interval chained{};
  double fell = 0;        // The share of draws in which the index is below that of the period before; 0 for the first.
  double below_base = 0;  // In which it is below 100.
};

struct DrawnIndex {
  std::vector<DrawnPoint> points;  // By period.
  std::int64_t undefined = 0;      // Draws left out because a value to be divided by came out as zero.
};

// The number for a harm, a period and a draw depends on their names, the seed and nothing else: the same bytes at any
// number of threads, in any order of rows, and a harm's draws do not move when another is left out. REQUIRES: draws >=
// 100; drug_harm_index gives an index.
[[nodiscard]] DrawnIndex draw_index(const HarmTable& table, std::size_t base, const DrawOptions& options = {});

// The value below which a triangular variable falls with the probability. REQUIRES: low <= mode <= high.
struct Triangle {
  double low = 0;
  double mode = 0;
  double high = 0;
};
[[nodiscard]] double triangular_quantile(const Triangle& triangle, double probability);

}  // namespace throughline::evidence
