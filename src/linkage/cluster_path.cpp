#include "linkage/cluster_path.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/check.h"

namespace throughline::linkage {
namespace {

// Which members are joined so far.
class Joined {
 public:
  explicit Joined(std::size_t members) : up_(members) { std::iota(up_.begin(), up_.end(), std::size_t{0}); }

  // False where they were joined already.
  bool join(std::size_t one, std::size_t other) {
    const std::size_t root_one = find(one);
    const std::size_t root_other = find(other);
    up_[std::max(root_one, root_other)] = std::min(root_one, root_other);
    return root_one != root_other;
  }
  [[nodiscard]] bool are_joined(std::size_t one, std::size_t other) { return find(one) == find(other); }

 private:
  std::size_t find(std::size_t member) {
    while (up_[member] != member) {
      up_[member] = up_[up_[member]];
      member = up_[member];
    }
    return member;
  }
  std::vector<std::size_t> up_;
};

struct Inside {
  std::size_t one = 0;  // Places in `members`.
  std::size_t other = 0;
  double weight_bits = 0;
};

std::vector<Inside> inside(std::span<const std::uint32_t> members, std::span<const WeighedPair> pairs) {
  std::vector<Inside> found;
  for (const WeighedPair& pair : pairs) {
    const auto one = std::ranges::lower_bound(members, pair.one);
    const auto other = std::ranges::lower_bound(members, pair.other);
    const bool has_both = one != members.end() && *one == pair.one && other != members.end() && *other == pair.other;
    if (!has_both) continue;
    found.push_back({.one = static_cast<std::size_t>(one - members.begin()),
                     .other = static_cast<std::size_t>(other - members.begin()),
                     .weight_bits = pair.weight_bits});
  }
  std::ranges::sort(found, {}, [](const Inside& pair) { return std::tuple(-pair.weight_bits, pair.one, pair.other); });
  return found;
}

bool is_bridge(std::span<const Inside> pairs, std::size_t without, std::size_t members) {
  Joined joined(members);
  for (std::size_t i = 0; i < pairs.size() && pairs[i].weight_bits > 0; ++i) {
    if (i != without) joined.join(pairs[i].one, pairs[i].other);
  }
  return !joined.are_joined(pairs[without].one, pairs[without].other);
}

}  // namespace

ClusterPath path_of(std::span<const std::uint32_t> members, std::span<const WeighedPair> pairs) {
  CHECK(std::ranges::is_sorted(members));
  const std::vector<Inside> found = inside(members, pairs);
  ClusterPath path{.parts = static_cast<std::int64_t>(members.size())};
  Joined joined(members.size());
  const auto link_of = [&](const Inside& pair) {
    return ClusterLink{.one = members[pair.one], .other = members[pair.other], .weight_bits = pair.weight_bits};
  };
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].weight_bits < 0) path.against.push_back(link_of(found[i]));
    if (!joined.join(found[i].one, found[i].other)) continue;
    --path.parts;
    path.links.push_back(link_of(found[i]));
    path.links.back().is_bridge = is_bridge(found, i, members.size());
  }
  std::ranges::reverse(path.against);
  return path;
}

}  // namespace throughline::linkage
