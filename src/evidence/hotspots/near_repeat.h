// Whether events come close to one another in space and time more often than their places and days by themselves make
// them: the Knox test, for near repeats.
//
// - Source: Knox 1964; days dealt out again among the places, as Townsley, Homel and Chaseling (2003) and Johnson and
//   others (2007) use it for burglary.
// - Assumptions: places are where it happened and days are when. Points that a publisher moved to the middle of a
// street,
//   and events of which only the month is known, have neither: the answer would be of the moving, and is refused.
// - Bias: a change of the whole pattern over the period (a town that grows) looks like interaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evidence/caveats.h"

namespace throughline::evidence {

struct DatedPoint {
  double x = 0;  // Metres.
  double y = 0;
  std::int32_t day = 0;  // Counted from any day.
};

struct NearRepeatRule {
  double metres = 200;     // Near, this included.
  std::int32_t days = 14;  // Soon, this included.
  std::int64_t permutations = 999;
  std::uint64_t seed = 1;
};

struct NearRepeat {
  std::int64_t pairs = 0;       // Near and soon.
  double expected = 0;          // The mean of the permutations.
  double ratio = 0;             // pairs / expected; infinity over nought.
  double p_value = 1;           // One-sided: as many or more, this one counted among the permutations.
  std::int64_t near_pairs = 0;  // Near, whenever.
};

// More than half of the points share their very coordinates with another: no such places are known other than points
// that were moved. Needs 20 points.
[[nodiscard]] std::optional<Refusal> refuse_moved_points(const std::vector<DatedPoint>& points);

// Cost: points squared once, then near pairs for each permutation.
[[nodiscard]] NearRepeat near_repeat(const std::vector<DatedPoint>& points, const NearRepeatRule& rule = {});

}  // namespace throughline::evidence
