#include "simulate/sensitivity/resample.h"

#include <algorithm>

#include "base/check.h"
#include "base/quantile.h"
#include "simulate/chance.h"

namespace throughline::simulate {

std::vector<Limits> resampled_limits(const ResampleWanted& wanted, const Estimate& estimate) {
  std::vector<std::vector<double>> values(wanted.estimates);
  std::vector<std::int64_t> units(static_cast<std::size_t>(wanted.units));
  for (int round = 0; round < k_resamples; ++round) {
    base::Random random = chance(wanted.seed, {.purpose = Purpose::resample, .subject = 0, .day = round});
    for (std::int64_t& unit : units) {
      unit = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(wanted.units)));
    }
    const std::vector<double> estimates = estimate(units);
    CHECK(estimates.size() == wanted.estimates);
    for (std::size_t i = 0; i < estimates.size(); ++i) values[i].push_back(estimates[i]);
  }
  std::vector<Limits> limits;
  for (std::vector<double>& drawn : values) {
    std::ranges::sort(drawn);
    limits.push_back({.low = base::quantile_of_sorted(drawn, 0.025), .high = base::quantile_of_sorted(drawn, 0.975)});
  }
  return limits;
}

}  // namespace throughline::simulate
