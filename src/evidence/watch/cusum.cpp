#include "evidence/watch/cusum.h"

#include <algorithm>

#include "base/check.h"
#include "base/portable_math.h"

namespace throughline::evidence {

namespace {

// Siegmund's correction for what a sum jumps beyond its limit.
constexpr double k_overshoot = 1.166;

double run_length(double limit) {
  const double scaled = 2 * k_cusum_slack * (limit + k_overshoot);
  return (base::portable_exp(scaled) - scaled - 1) / (2 * k_cusum_slack * k_cusum_slack);
}

}  // namespace

double cusum_limit(double level) {
  CHECK(level > 0 && level < 0.2);
  double low = 0;
  double high = 50;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = (low + high) / 2;
    (run_length(middle) < 1 / level ? low : high) = middle;
  }
  return high;
}

void CusumSums::add(double score) {
  rise = std::max(0.0, rise + score - k_cusum_slack);
  fall = std::max(0.0, fall - score - k_cusum_slack);
}

}  // namespace throughline::evidence
