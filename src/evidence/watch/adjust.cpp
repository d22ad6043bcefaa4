#include "evidence/watch/adjust.h"

#include <algorithm>
#include <numeric>

namespace throughline::evidence {

std::vector<double> false_discovery_rates(std::span<const double> probabilities) {
  std::vector<std::size_t> order(probabilities.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return probabilities[i]; });
  std::vector<double> rates(probabilities.size(), 1.0);
  double smallest = 1;
  for (std::size_t rank = order.size(); rank-- > 0;) {
    const double rate = probabilities[order[rank]] * static_cast<double>(order.size()) / static_cast<double>(rank + 1);
    smallest = std::min(smallest, rate);
    rates[order[rank]] = smallest;
  }
  return rates;
}

}  // namespace throughline::evidence
