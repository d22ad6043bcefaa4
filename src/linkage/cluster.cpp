#include "linkage/cluster.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "base/parallel.h"
#include "linkage/components.h"
#include "linkage/composite.h"

namespace throughline::linkage {
namespace {

constexpr std::size_t k_component_max = 400;  // Records; its tables are as large as the square of this.
constexpr double k_edge_step_bits = 2;        // How much higher a component too large is cut each time.
constexpr double k_edge_max_bits = 60;        // Nothing weighs more: components this tight are taken whole.

// The groups of one component while they join. Groups are named by the place of one of their members.
class Agglomeration {
 public:
  Agglomeration(std::span<const PersonRecord> records, std::span<const std::uint32_t> members,
                const WeighRecords& weigh, const ClusterOptions& options)
      : records_(records), members_(members), weigh_(weigh), options_(options), size_(members.size()) {
    groups_.reserve(size_);
    wholes_.reserve(size_);
    sources_.reserve(size_);
    for (const std::uint32_t member : members) {
      groups_.push_back({member});
      wholes_.push_back(records[member]);
      sources_.push_back(source_bit(records[member]));
    }
    sums_.assign(size_ * size_, 0);
    as_one_.assign(size_ * size_, 0);
    forbidden_.assign(size_ * size_, 0);
  }

  void fill(const Neighbourhood& within) {
    std::vector<char> known(size_ * size_, 0);
    for (const WeighedPair& pair : within.pairs) {
      set_weight(pair.one, pair.other, pair.weight_bits);
      known[at(pair.one, pair.other)] = 1;
    }
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t j = i + 1; j < size_; ++j) {
        if (known[at(i, j)] == 0) set_weight(i, j, weigh(i, j));
      }
    }
    for (const RecordPair& pair : within.different) forbid(pair.one, pair.other);
    for (const RecordPair& pair : within.same) {
      const std::size_t one = group_with(members_[pair.one]);
      const std::size_t other = group_with(members_[pair.other]);
      if (one != other) join(std::min(one, other), std::max(one, other));
    }
    if (options_.is_one_to_one) forbid_shared_sources();
  }

  void run() {
    while (true) {
      const GroupPair best = best_pair();
      if (best.one == best.other) return;
      join(best.one, best.other);
    }
  }

  [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& groups() const { return groups_; }

 private:
  struct GroupPair {
    std::size_t one = 0;
    std::size_t other = 0;
  };

  [[nodiscard]] std::size_t at(std::size_t one, std::size_t other) const { return one * size_ + other; }
  // Sources beyond the sixty-fourth share bits: two groups may be taken to share one that they do not.
  static std::uint64_t source_bit(const PersonRecord& record) { return std::uint64_t{1} << (record.source % 64U); }
  [[nodiscard]] double weigh(std::size_t one, std::size_t other) const {
    const bool may_share_source = (sources_[one] & sources_[other]) != 0;
    return weigh_(wholes_[one], wholes_[other], may_share_source ? PairKind::within_source : PairKind::across_sources);
  }
  [[nodiscard]] double held(double weight) const {
    return std::clamp(weight, -options_.weight_bits_held, options_.weight_bits_held);
  }
  void set_weight(std::size_t one, std::size_t other, double weight) {
    set_both(sums_, {.one = one, .other = other}, held(weight));
    set_both(as_one_, {.one = one, .other = other}, held(weight));
  }
  template <class T>
  void set_both(std::vector<T>& table, GroupPair pair, T value) const {
    table[pair.one * size_ + pair.other] = value;
    table[pair.other * size_ + pair.one] = value;
  }
  void forbid(std::size_t one, std::size_t other) { set_both(forbidden_, {.one = one, .other = other}, char{1}); }
  [[nodiscard]] std::size_t group_with(std::uint32_t member) const {
    const auto found = std::ranges::find_if(groups_, [member](const std::vector<std::uint32_t>& group) {
      return std::ranges::find(group, member) != group.end();
    });
    CHECK(found != groups_.end());
    return static_cast<std::size_t>(found - groups_.begin());
  }

  [[nodiscard]] bool share_source(std::size_t one, std::size_t other) const {
    if ((sources_[one] & sources_[other]) == 0) return false;
    return std::ranges::any_of(groups_[one], [&](std::uint32_t member) {
      return std::ranges::any_of(groups_[other],
                                 [&](std::uint32_t its) { return records_[member].source == records_[its].source; });
    });
  }
  // Joined groups are forbidden what either was: so much is looked at once.
  void forbid_shared_sources() {
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t j = i + 1; j < size_; ++j) {
        if (share_source(i, j)) forbid(i, j);
      }
    }
  }

  [[nodiscard]] double weight_of(std::size_t one, std::size_t other) const {
    const std::size_t pairs = groups_[one].size() * groups_[other].size();
    const double mean = sums_[at(one, other)] / static_cast<double>(pairs);
    return (mean + as_one_[at(one, other)]) / 2 + (pairs > 1 ? options_.third_record_bits : 0);
  }

  // The first of the heaviest pairs of groups that may join; equal places where none may.
  [[nodiscard]] GroupPair best_pair() const {
    GroupPair best;
    double most = options_.weight_bits_min;
    for (std::size_t i = 0; i < size_; ++i) {
      if (groups_[i].empty()) continue;
      for (std::size_t j = i + 1; j < size_; ++j) {
        if (groups_[j].empty() || forbidden_[at(i, j)] != 0) continue;
        const double weight = weight_of(i, j);
        if (weight <= most) continue;
        most = weight;
        best = {.one = i, .other = j};
      }
    }
    return best;
  }

  void join(std::size_t one, std::size_t other) {
    CHECK(forbidden_[at(one, other)] == 0);
    groups_[one].insert(groups_[one].end(), groups_[other].begin(), groups_[other].end());
    std::ranges::sort(groups_[one]);
    groups_[other].clear();
    wholes_[one] = composite(records_, groups_[one]);
    sources_[one] |= sources_[other];
    for (std::size_t k = 0; k < size_; ++k) {
      if (k == one || groups_[k].empty()) continue;
      sums_[at(one, k)] += sums_[at(other, k)];
      sums_[at(k, one)] = sums_[at(one, k)];
      if (forbidden_[at(other, k)] != 0) forbid(one, k);
      set_both(as_one_, {.one = one, .other = k}, held(weigh(one, k)));
    }
  }

  std::span<const PersonRecord> records_;
  std::span<const std::uint32_t> members_;
  const WeighRecords& weigh_;
  const ClusterOptions& options_;
  std::size_t size_;
  std::vector<std::vector<std::uint32_t>> groups_;  // Ascending; empty once joined to another.
  std::vector<PersonRecord> wholes_;                // Each group as one record.
  std::vector<std::uint64_t> sources_;              // Of each group, a bit each.
  std::vector<double> sums_;                        // Of held weights over all pairs of two groups.
  std::vector<double> as_one_;                      // Held weights of groups as single records.
  std::vector<char> forbidden_;
};

class Settling {
 public:
  Settling(std::span<const PersonRecord> records, const WeighRecords& weigh, const ClusterOptions& options)
      : records_(records), weigh_(weigh), options_(options), first_(records.size()) {
    std::iota(first_.begin(), first_.end(), 0U);
  }

  // Safe for several components at once: each writes only its own members.
  void settle(std::span<const std::uint32_t> members, const Neighbourhood& within, double edge) {
    if (members.size() == 2 && within.same.empty() && within.different.empty()) {
      CHECK(within.pairs.size() == 1);
      const bool may_join = !options_.is_one_to_one || records_[members[0]].source != records_[members[1]].source;
      if (may_join && within.pairs.front().weight_bits > options_.weight_bits_min) first_[members[1]] = members[0];
      return;
    }
    if (members.size() > k_component_max && edge < k_edge_max_bits) {
      cut(members, within, edge + k_edge_step_bits);
      return;
    }
    Agglomeration agglomeration(records_, members, weigh_, options_);
    agglomeration.fill(within);
    agglomeration.run();
    for (const std::vector<std::uint32_t>& group : agglomeration.groups()) {
      for (const std::uint32_t member : group) first_[member] = group.front();
    }
  }

  [[nodiscard]] std::vector<std::uint32_t> take() && { return std::move(first_); }

 private:
  // Falls apart at a higher edge; what stays together is settled.
  void cut(std::span<const std::uint32_t> members, const Neighbourhood& within, double edge) {
    const Judged judged{.same = within.same, .different = within.different};
    const Components parts(static_cast<std::int64_t>(members.size()), within.pairs, judged, edge);
    for (std::int64_t part = 0; part < parts.count(); ++part) {
      std::vector<std::uint32_t> of_part;
      for (const std::uint32_t place : parts.members(part)) of_part.push_back(members[place]);
      settle(of_part, parts.within(part), edge);
    }
  }

  std::span<const PersonRecord> records_;
  const WeighRecords& weigh_;
  const ClusterOptions& options_;
  std::vector<std::uint32_t> first_;
};

}  // namespace

std::vector<std::uint32_t> cluster(std::span<const PersonRecord> records, std::span<const WeighedPair> pairs,
                                   const WeighRecords& weigh, const ClusterOptions& options) {
  const Components components(static_cast<std::int64_t>(records.size()), pairs, options.judged,
                              options.weight_bits_edge);
  return cluster(records, components, weigh, options);
}

std::vector<std::uint32_t> cluster(std::span<const PersonRecord> records, const Components& components,
                                   const WeighRecords& weigh, const ClusterOptions& options) {
  Settling settling(records, weigh, options);
  constexpr std::int64_t k_components_a_chunk = 512;
  base::parallel_chunks(
      {.items = components.count(), .chunk_items = k_components_a_chunk}, [&](const base::Chunk& chunk) {
        for (std::int64_t component = chunk.begin; component < chunk.end; ++component) {
          if (component % options.component_step != 0) continue;
          settling.settle(components.members(component), components.within(component), options.weight_bits_edge);
        }
      });
  return std::move(settling).take();
}

double third_record_bits(std::span<const std::uint32_t> first_of_cluster) {
  constexpr double k_bits_min = -10;
  std::vector<std::uint32_t> sizes(first_of_cluster.size(), 0);
  for (const std::uint32_t first : first_of_cluster) ++sizes[first];
  double one_or_more = 0;
  double two_or_more = 0;
  double three_or_more = 0;
  for (const std::uint32_t size : sizes) {
    one_or_more += size > 0 ? 1 : 0;
    two_or_more += size > 1 ? 1 : 0;
    three_or_more += size > 2 ? 1 : 0;
  }
  if (two_or_more == 0) return 0;
  const double second = two_or_more / one_or_more;
  const double third = (three_or_more + second) / (two_or_more + 1);
  return std::clamp(std::log2(third / second), k_bits_min, 0.0);
}

}  // namespace throughline::linkage
