#include "linkage/review_order.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/check.h"

namespace throughline::linkage {
namespace {

using Places = std::pair<std::uint32_t, std::uint32_t>;

Places places_of(const WeighedPair& pair) {
  return {pair.one, pair.other};
}

class Order {
 public:
  explicit Order(const ReviewInputs& inputs) : inputs_(inputs), size_(inputs.first_of_cluster.size(), 0) {
    for (const std::uint32_t first : inputs.first_of_cluster) ++size_[first];
    for (std::uint32_t i = 0; i < size_.size(); ++i) by_cluster_.emplace_back(inputs.first_of_cluster[i], i);
    std::ranges::sort(by_cluster_);
    pairs_.assign(inputs.pairs.begin(), inputs.pairs.end());
    std::ranges::sort(pairs_, {}, places_of);
  }

  [[nodiscard]] double pairs_changed(const WeighedPair& pair) const {
    const std::uint32_t one = inputs_.first_of_cluster[pair.one];
    const std::uint32_t other = inputs_.first_of_cluster[pair.other];
    const double probability = pair.probability;
    if (one == other) return (1 - probability) * pairs_parted(pair, one);
    return probability * static_cast<double>(size_[one]) * static_cast<double>(size_[other]);
  }

 private:
  // Each member of the cluster goes with the one of the two that it is closer to; with the first where it is with both.
  [[nodiscard]] double pairs_parted(const WeighedPair& pair, std::uint32_t cluster) const {
    std::int64_t with_one = 0;
    auto at = std::ranges::lower_bound(by_cluster_, Places{cluster, 0});
    for (; at != by_cluster_.end() && at->first == cluster; ++at) {
      const std::uint32_t member = at->second;
      if (member == pair.other) continue;
      with_one += member == pair.one || weight(member, pair.one) >= weight(member, pair.other) ? 1 : 0;
    }
    return static_cast<double>(with_one) * static_cast<double>(size_[cluster] - with_one);
  }

  // A pair that nobody weighed is weaker than any that was.
  [[nodiscard]] double weight(std::uint32_t one, std::uint32_t other) const {
    constexpr double k_not_weighed = -1e6;
    const Places wanted = std::minmax(one, other);
    const auto found = std::ranges::lower_bound(pairs_, wanted, {}, places_of);
    return found != pairs_.end() && places_of(*found) == wanted ? found->weight_bits : k_not_weighed;
  }

  const ReviewInputs& inputs_;
  std::vector<std::int64_t> size_;  // Of the cluster, by its first record.
  std::vector<Places> by_cluster_;  // First of the cluster, record.
  std::vector<WeighedPair> pairs_;
};

}  // namespace

std::vector<ReviewPair> review_order(const ReviewInputs& inputs, std::int64_t pairs_max) {
  CHECK(pairs_max >= 0);
  std::vector<Places> judged(inputs.judged.begin(), inputs.judged.end());
  std::ranges::sort(judged);
  const Order order(inputs);
  std::vector<ReviewPair> all;
  for (const WeighedPair& pair : inputs.pairs) {
    CHECK(pair.one < pair.other && pair.other < inputs.first_of_cluster.size());
    if (std::ranges::binary_search(judged, places_of(pair))) continue;
    const double changed = order.pairs_changed(pair);
    if (changed <= 0) continue;
    all.push_back({.one = pair.one, .other = pair.other, .probability = pair.probability, .pairs_changed = changed});
  }
  std::ranges::sort(all, {},
                    [](const ReviewPair& pair) { return std::tuple(-pair.pairs_changed, pair.one, pair.other); });
  if (std::ssize(all) > pairs_max) all.resize(static_cast<std::size_t>(pairs_max));
  return all;
}

}  // namespace throughline::linkage
