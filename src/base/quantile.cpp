#include "base/quantile.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace throughline::base {

double quantile_of_sorted(std::span<const double> sorted, double probability) {
  CHECK(!sorted.empty() && probability >= 0 && probability <= 1);
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const double beyond = place - static_cast<double>(below);
  if (beyond == 0) return sorted[below];
  const double next = sorted[std::min(below + 1, sorted.size() - 1)];
  if (!std::isfinite(next)) return std::numeric_limits<double>::infinity();
  return sorted[below] + beyond * (next - sorted[below]);
}

}  // namespace throughline::base
