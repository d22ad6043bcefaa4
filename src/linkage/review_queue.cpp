#include "linkage/review_queue.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/check.h"

namespace throughline::linkage {

std::int64_t pairs_parted(const PairWithin& pair, const WeightBetween& weight) {
  CHECK(pair.one != pair.other && pair.one < pair.records && pair.other < pair.records);
  std::int64_t with_one = 0;
  for (std::int64_t each = 0; each < pair.records; ++each) {
    if (each == pair.other) continue;
    with_one += each == pair.one || weight(each, pair.one) >= weight(each, pair.other) ? 1 : 0;
  }
  return with_one * (pair.records - with_one);
}

double expected_gain(const Reviewable& pair, double probability_min) {
  const double wrong = pair.is_together ? 1 - pair.probability : pair.probability;
  const double farthest = std::max(probability_min, 1 - probability_min);
  const double closeness = 1 - std::abs(pair.probability - probability_min) / farthest;
  return wrong * static_cast<double>(pair.pairs_changed) * closeness;
}

std::vector<std::size_t> review_order(std::span<const Reviewable> pairs, double probability_min,
                                      std::int64_t pairs_max) {
  std::vector<std::pair<bool, double>> ranks;
  ranks.reserve(pairs.size());
  for (const Reviewable& pair : pairs) ranks.emplace_back(pair.has_own, expected_gain(pair, probability_min));
  std::vector<std::size_t> order(pairs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t place) { return ranks[place]; });
  if (static_cast<std::int64_t>(order.size()) > pairs_max) order.resize(static_cast<std::size_t>(pairs_max));
  return order;
}

std::optional<std::size_t> first_to_review(std::span<Reviewable> pairs, double probability_min,
                                           const PartedBy& parted_by) {
  const std::vector<std::size_t> by_most = review_order(pairs, probability_min, std::ssize(pairs));
  const auto rank = [&](std::size_t place) {
    return std::pair(pairs[place].has_own, expected_gain(pairs[place], probability_min));
  };
  std::optional<std::size_t> best;
  std::int64_t asked = 0;
  for (const std::size_t place : by_most) {
    // Those that follow cannot do more than their most.
    if (best && rank(place) < rank(*best)) break;
    if (pairs[place].is_together) {
      if (asked++ == k_parted_asked_max) break;
      pairs[place].pairs_changed = parted_by(place);
    }
    if (!best || rank(place) > rank(*best) || (rank(place) == rank(*best) && place < *best)) best = place;
  }
  return best;
}

}  // namespace throughline::linkage
