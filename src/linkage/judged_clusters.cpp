#include "linkage/judged_clusters.h"

#include <algorithm>
#include <map>
#include <queue>
#include <set>

#include "base/check.h"
#include "linkage/components.h"

namespace throughline::linkage {

namespace {

// The first record on a shortest way of "same" from one to the other. REQUIRES: there is a way.
std::uint32_t next_on_the_way(const std::vector<PlacePair>& same, std::uint32_t one, std::uint32_t other) {
  std::map<std::uint32_t, std::set<std::uint32_t>> beside;
  for (const auto& [a, b] : same) {
    beside[a].insert(b);
    beside[b].insert(a);
  }
  // Walked from the far end, so that the step before the near end is the answer.
  std::map<std::uint32_t, std::uint32_t> towards{{other, other}};
  std::queue<std::uint32_t> open({other});
  while (!open.empty()) {
    const std::uint32_t at = open.front();
    open.pop();
    for (const std::uint32_t next : beside[at]) {
      if (towards.emplace(next, at).second) open.push(next);
    }
  }
  return towards.at(one);
}

// Groups that come together unless a ruling stands between them.
class Grouping {
 public:
  Grouping(std::int64_t records, const Rulings& rulings) : sets_(records) {
    for (const auto& [one, other] : rulings.same) sets_.join({one, other});
    for (const auto& [one, other] : rulings.different) {
      CHECK(sets_.find(one) != sets_.find(other));
      hold_apart(one, other);
    }
    for (const auto& [one, other] : rulings.unless_same) {
      if (sets_.find(one) != sets_.find(other)) hold_apart(one, other);
    }
  }
  std::uint32_t find(std::uint32_t record) { return sets_.find(record); }
  void join_where_allowed(std::uint32_t one, std::uint32_t other) {
    const std::uint32_t a = sets_.find(one);
    const std::uint32_t b = sets_.find(other);
    if (a == b || stands_between(a, b)) return;
    const std::uint32_t kept = sets_.join({a, b});
    const std::uint32_t gone = kept == a ? b : a;
    const auto moved = apart_.extract(gone);
    if (moved.empty()) return;
    for (const std::uint32_t other_group : moved.mapped()) {
      apart_[other_group].erase(gone);
      apart_[other_group].insert(kept);
      apart_[kept].insert(other_group);
    }
  }

 private:
  void hold_apart(std::uint32_t one, std::uint32_t other) {
    const std::uint32_t a = sets_.find(one);
    const std::uint32_t b = sets_.find(other);
    apart_[a].insert(b);
    apart_[b].insert(a);
  }
  bool stands_between(std::uint32_t a, std::uint32_t b) const {
    const auto found = apart_.find(a);
    return found != apart_.end() && found->second.contains(b);
  }
  DisjointSets sets_;
  std::map<std::uint32_t, std::set<std::uint32_t>> apart_;
};

// Clusters with two inside that are held apart, once what is judged the same has come together.
std::set<std::uint32_t> broken_clusters(std::span<const std::uint32_t> first_of_cluster, const Rulings& rulings,
                                        DisjointSets& whole) {
  for (std::uint32_t i = 0; i < first_of_cluster.size(); ++i) whole.join({i, first_of_cluster[i]});
  for (const auto& [one, other] : rulings.same) whole.join({one, other});
  std::set<std::uint32_t> broken;
  for (const auto* list : {&rulings.different, &rulings.unless_same}) {
    for (const auto& [one, other] : *list) {
      if (whole.find(one) == whole.find(other)) broken.insert(whole.find(one));
    }
  }
  return broken;
}

}  // namespace

std::optional<Contradiction> contradiction_in(std::int64_t records, const Rulings& rulings) {
  DisjointSets sets(records);
  for (const auto& [one, other] : rulings.same) sets.join({one, other});
  for (const auto& [one, other] : rulings.different) {
    if (sets.find(one) != sets.find(other)) continue;
    return Contradiction{.one = one, .middle = next_on_the_way(rulings.same, one, other), .other = other};
  }
  return std::nullopt;
}

std::vector<std::uint32_t> honour(std::span<const std::uint32_t> first_of_cluster, std::span<const WeighedPair> pairs,
                                  const Rulings& rulings) {
  const auto records = static_cast<std::int64_t>(first_of_cluster.size());
  DisjointSets whole(records);
  const std::set<std::uint32_t> broken = broken_clusters(first_of_cluster, rulings, whole);
  Grouping groups(records, rulings);
  for (std::uint32_t i = 0; i < first_of_cluster.size(); ++i) {
    if (!broken.contains(whole.find(i))) groups.join_where_allowed(i, first_of_cluster[i]);
  }
  // A broken cluster comes together by its strongest links, and only within what the engine had put together.
  std::vector<WeighedPair> inside;
  for (const WeighedPair& pair : pairs) {
    const bool was_together = first_of_cluster[pair.one] == first_of_cluster[pair.other];
    if (was_together && broken.contains(whole.find(pair.one))) inside.push_back(pair);
  }
  std::ranges::sort(inside, [](const WeighedPair& a, const WeighedPair& b) {
    if (a.weight_bits != b.weight_bits) return a.weight_bits > b.weight_bits;
    return std::pair(a.one, a.other) < std::pair(b.one, b.other);
  });
  for (const WeighedPair& pair : inside) {
    if (pair.weight_bits > 0) groups.join_where_allowed(pair.one, pair.other);
  }
  std::vector<std::uint32_t> first(first_of_cluster.size());
  for (std::uint32_t i = 0; i < first.size(); ++i) first[i] = groups.find(i);
  return first;
}

}  // namespace throughline::linkage
