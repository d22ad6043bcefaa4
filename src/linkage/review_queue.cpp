#include "linkage/review_queue.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace throughline::linkage {

double expected_gain(const Reviewable& pair, double probability_min) {
  const double wrong = pair.is_together ? 1 - pair.probability : pair.probability;
  // Within one entity a pair speaks for each of the others' ways to it; between two it joins every pair across.
  const std::int64_t hanging =
      pair.is_together ? std::max<std::int64_t>(pair.size_one - 1, 1) : pair.size_one * pair.size_other;
  const double farthest = std::max(probability_min, 1 - probability_min);
  const double closeness = 1 - std::abs(pair.probability - probability_min) / farthest;
  return wrong * static_cast<double>(hanging) * closeness;
}

std::vector<std::size_t> review_order(std::span<const Reviewable> pairs, double probability_min,
                                      std::int64_t pairs_max) {
  std::vector<double> gains;
  for (const Reviewable& pair : pairs) gains.push_back(expected_gain(pair, probability_min));
  std::vector<std::size_t> order(pairs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t place) { return gains[place]; });
  if (static_cast<std::int64_t>(order.size()) > pairs_max) order.resize(static_cast<std::size_t>(pairs_max));
  return order;
}

}  // namespace throughline::linkage
