#include "linkage/components.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace throughline::linkage {

DisjointSets::DisjointSets(std::int64_t members) : up_(static_cast<std::size_t>(members)) {
  std::iota(up_.begin(), up_.end(), 0U);
}

std::uint32_t DisjointSets::find(std::uint32_t member) {
  while (up_[member] != member) {
    up_[member] = up_[up_[member]];
    member = up_[member];
  }
  return member;
}

std::uint32_t DisjointSets::join(RecordPair pair) {
  const std::uint32_t one = find(pair.one);
  const std::uint32_t other = find(pair.other);
  up_[std::max(one, other)] = std::min(one, other);
  return std::min(one, other);
}

Components::Components(std::int64_t records, std::span<const WeighedPair> pairs, const Judged& judged,
                       double weight_bits_edge) {
  DisjointSets sets(records);
  for (const WeighedPair& pair : pairs) {
    if (pair.weight_bits > weight_bits_edge) sets.join({pair.one, pair.other});
  }
  for (const RecordPair& pair : judged.same) sets.join(pair);
  number(sets, records);
  gather<WeighedPair>(pairs, pair_begin_, pairs_);
  gather<RecordPair>(judged.same, same_begin_, same_);
  gather<RecordPair>(judged.different, different_begin_, different_);
}

void Components::number(DisjointSets& sets, std::int64_t records) {
  const auto count = static_cast<std::uint32_t>(records);
  std::vector<std::uint32_t> sizes(count, 0);
  for (std::uint32_t i = 0; i < count; ++i) ++sizes[sets.find(i)];
  component_of_.assign(count, k_alone);
  place_.assign(count, 0);
  member_begin_.push_back(0);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (sets.find(i) != i || sizes[i] < 2) continue;
    component_of_[i] = static_cast<std::uint32_t>(member_begin_.size() - 1);
    member_begin_.push_back(member_begin_.back() + sizes[i]);
  }
  members_.resize(member_begin_.back());
  std::vector<std::size_t> next(member_begin_.begin(), member_begin_.end() - 1);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t component = component_of_[sets.find(i)];
    component_of_[i] = component;
    if (component == k_alone) continue;
    place_[i] = static_cast<std::uint32_t>(next[component] - member_begin_[component]);
    members_[next[component]++] = i;
  }
}

template <class Pair>
void Components::gather(std::span<const Pair> all, std::vector<std::size_t>& begin, std::vector<Pair>& gathered) const {
  begin.assign(member_begin_.size(), 0);
  const auto component_of = [&](const Pair& pair) {
    const std::uint32_t component = component_of_[pair.one];
    return component == component_of_[pair.other] ? component : k_alone;
  };
  for (const Pair& pair : all) {
    const std::uint32_t component = component_of(pair);
    if (component != k_alone) ++begin[component + std::size_t{1}];
  }
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  gathered.resize(begin.back());
  std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
  for (Pair pair : all) {
    const std::uint32_t component = component_of(pair);
    if (component == k_alone) continue;
    pair.one = place_[pair.one];
    pair.other = place_[pair.other];
    gathered[next[component]++] = pair;
  }
}

std::span<const std::uint32_t> Components::members(std::int64_t component) const {
  CHECK(component >= 0 && component < count());
  const auto at = static_cast<std::size_t>(component);
  return std::span(members_).subspan(member_begin_[at], member_begin_[at + 1] - member_begin_[at]);
}

Neighbourhood Components::within(std::int64_t component) const {
  const auto at = static_cast<std::size_t>(component);
  const auto part = [at](const auto& all, const std::vector<std::size_t>& begin) {
    using List = std::decay_t<decltype(all)>;
    return List(all.begin() + static_cast<std::ptrdiff_t>(begin[at]),
                all.begin() + static_cast<std::ptrdiff_t>(begin[at + 1]));
  };
  return {.pairs = part(pairs_, pair_begin_),
          .same = part(same_, same_begin_),
          .different = part(different_, different_begin_)};
}

}  // namespace throughline::linkage
