#include "linkage/link_graph.h"

#include <algorithm>

namespace throughline::linkage {

namespace {

struct Side {
  std::uint32_t member = 0;
  std::size_t link = 0;
};
using Beside = std::vector<std::vector<Side>>;

Beside beside_of(std::int64_t members, std::span<const GraphLink> links) {
  Beside beside(static_cast<std::size_t>(members));
  for (std::size_t i = 0; i < links.size(); ++i) {
    beside[links[i].one].push_back({links[i].other, i});
    beside[links[i].other].push_back({links[i].one, i});
  }
  return beside;
}

// One walk in depth, without recursion: an entity may be a long chain.
class BridgeSearch {
 public:
  BridgeSearch(std::int64_t members, std::span<const GraphLink> links)
      : beside_(beside_of(members, links)),
        order_(beside_.size(), 0),
        low_(beside_.size(), 0),
        below_(beside_.size(), 1) {}

  std::vector<Bridge> run() {
    for (std::uint32_t member = 0; member < beside_.size(); ++member) {
      if (order_[member] == 0) walk(member);
    }
    std::ranges::sort(found_, {}, &Bridge::link);
    return std::move(found_);
  }

 private:
  static constexpr std::size_t k_no_link = SIZE_MAX;
  struct Step {
    std::uint32_t member = 0;
    std::size_t by = k_no_link;  // The link that led here.
    std::size_t next = 0;        // Of its neighbours.
  };

  void enter(std::uint32_t member, std::size_t by) {
    order_[member] = low_[member] = ++last_;
    way_.push_back({member, by, 0});
  }
  void walk(std::uint32_t root) {
    const std::int64_t before = last_;
    const std::size_t first = found_.size();
    enter(root, k_no_link);
    while (!way_.empty()) {
      Step& step = way_.back();
      if (step.next == beside_[step.member].size()) {
        leave();
        continue;
      }
      const Side side = beside_[step.member][step.next++];
      if (side.link == step.by) continue;
      if (order_[side.member] == 0) {
        enter(side.member, side.link);
      } else {
        low_[step.member] = std::min(low_[step.member], order_[side.member]);
      }
    }
    const std::int64_t size = last_ - before;
    if (size < 3) found_.resize(first);
    for (std::size_t i = first; i < found_.size(); ++i) {
      found_[i].split_off = std::min(found_[i].split_off, size - found_[i].split_off);
    }
  }
  void leave() {
    const Step step = way_.back();
    way_.pop_back();
    if (way_.empty()) return;
    const std::uint32_t parent = way_.back().member;
    low_[parent] = std::min(low_[parent], low_[step.member]);
    below_[parent] += below_[step.member];
    if (low_[step.member] > order_[parent]) found_.push_back({step.by, below_[step.member]});
  }

  Beside beside_;
  std::vector<std::int64_t> order_;
  std::vector<std::int64_t> low_;
  std::vector<std::int64_t> below_;  // Members under each in the walk, itself counted.
  std::vector<Step> way_;
  std::vector<Bridge> found_;
  std::int64_t last_ = 0;
};

}  // namespace

std::vector<double> best_ways(std::int64_t members, std::span<const GraphLink> links, std::uint32_t from) {
  const Beside beside = beside_of(members, links);
  std::vector<double> best(beside.size(), 0);
  std::vector<bool> is_done(beside.size(), false);
  best[from] = 1;
  while (true) {
    std::size_t at = beside.size();
    for (std::size_t i = 0; i < beside.size(); ++i) {
      if (!is_done[i] && best[i] > 0 && (at == beside.size() || best[i] > best[at])) at = i;
    }
    if (at == beside.size()) return best;
    is_done[at] = true;
    for (const Side& side : beside[at]) {
      best[side.member] = std::max(best[side.member], std::min(best[at], links[side.link].probability));
    }
  }
}

std::vector<Bridge> bridges(std::int64_t members, std::span<const GraphLink> links) {
  return BridgeSearch(members, links).run();
}

}  // namespace throughline::linkage
