#include "evidence/hidden/draw.h"

#include <algorithm>

#include "base/check.h"

namespace throughline::evidence {

std::vector<std::int64_t> draw_counts(base::Random& random, std::int64_t cases, std::span<const double> weights) {
  // What is left is summed from the end, so that the last place with a weight takes all that is left.
  std::vector<double> rest(weights.size() + 1, 0.0);
  for (std::size_t i = weights.size(); i-- > 0;) rest[i] = rest[i + 1] + weights[i];
  CHECK(rest.front() > 0);
  std::vector<std::int64_t> counts(weights.size(), 0);
  for (std::size_t i = 0; i < weights.size() && cases > 0; ++i) {
    if (weights[i] <= 0) continue;
    counts[i] = rest[i + 1] <= 0 ? cases : random.binomial(cases, std::min(1.0, weights[i] / rest[i]));
    cases -= counts[i];
  }
  return counts;
}

}  // namespace throughline::evidence
