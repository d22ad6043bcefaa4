// The Early Aberration Reporting System's three statistics, for series too short for a season.
//
// - Source: Hutwagner, Thompson, Seeman and Treadwell 2003. C1 compares a count with the mean and standard deviation of
//   the seven before it; C2 leaves out the two just before; C3 adds up by how much C2 exceeded one in the last three.
// - Where this differs: they are alerts at 3, 3 and 2, whose false alarms hang on how the series varies. Here C1 and C2
//   are alerts where the count is beyond the limit that its seven counts predict at the level asked for
//   (predictive.h), and C3 where the sum of the three scores' excesses is beyond that of quiet normal counts.
// - Cannot tell: a season from a rise. Use it where there are no three years of counts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "evidence/watch/baseline.h"

namespace throughline::evidence {

// As published. Nothing where a count is absent, or where the seven are all equal.
struct EarsStatistics {
  std::optional<double> c1;
  std::optional<double> c2;
  std::optional<double> c3;
};
[[nodiscard]] EarsStatistics ears_statistics(std::span<const std::optional<std::int64_t>> history, std::size_t at);

// The seven counts before, with or without the two just before.
[[nodiscard]] BaselineRule ears_baseline(int gap);

// The sum of the last three scores' excesses over one.
[[nodiscard]] double c3_sum(const std::array<double, 3>& scores);

// What that sum exceeds in a quiet period with the probability of the level: of 100,000 drawn runs of normal counts, by
// the seed. Cost: some hundredths of a second.
[[nodiscard]] double c3_limit(double level, std::uint64_t seed);

}  // namespace throughline::evidence
