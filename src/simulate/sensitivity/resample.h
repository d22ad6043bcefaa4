// Limits of an estimate from units drawn again with replacement (Efron, 1979).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace throughline::simulate {

struct Limits {
  double low = 0;
  double high = 0;
};

inline constexpr int k_resamples = 1000;

// Each estimate as often as k_resamples says: estimate(units) is called with the numbers of the units drawn and gives
// one value for each of so many estimates. The limits are the 2.5 and 97.5 per cent points. The same seed gives the
// same limits.
struct ResampleWanted {
  std::int64_t units = 0;
  std::size_t estimates = 0;
  std::uint64_t seed = 1;
};
using Estimate = std::function<std::vector<double>(std::span<const std::int64_t> units)>;
[[nodiscard]] std::vector<Limits> resampled_limits(const ResampleWanted& wanted, const Estimate& estimate);

}  // namespace throughline::simulate
