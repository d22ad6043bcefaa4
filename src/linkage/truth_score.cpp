#include "linkage/truth_score.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "linkage/components.h"

namespace throughline::linkage {

namespace {

constexpr double k_z = 1.959963984540054;  // Of 95 per cent.

using Between = std::pair<std::uint16_t, std::uint16_t>;

// Of one group of records that nothing connects with others.
struct Tally {
  std::int64_t truth = 0;
  std::int64_t linked = 0;
  std::int64_t right = 0;
};
using Tallies = std::map<Between, std::map<std::uint32_t, Tally>>;

// Records by who they are, whom they were taken for, or both: places in the order of that.
using KeyOf = std::uint64_t (*)(const KnownMention&);
std::uint64_t truth_key(const KnownMention& mention) {
  return mention.truth;
}
std::uint64_t cluster_key(const KnownMention& mention) {
  return mention.cluster;
}
std::uint64_t both_key(const KnownMention& mention) {
  return std::uint64_t{mention.truth} << 32U | mention.cluster;
}

template <class Act>
void each_set(std::span<const KnownMention> mentions, KeyOf key, const Act& act) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  for (std::size_t i = 0; i < mentions.size(); ++i) order.emplace_back(key(mentions[i]), static_cast<std::uint32_t>(i));
  std::ranges::sort(order);
  std::vector<std::uint32_t> members;
  for (std::size_t i = 0; i < order.size(); ++i) {
    members.push_back(order[i].second);
    if (i + 1 < order.size() && order[i + 1].first == order[i].first) continue;
    act(members);
    members.clear();
  }
}

// Everybody of one person, or taken for one, is in one group.
std::vector<std::uint32_t> groups_of(std::span<const KnownMention> mentions) {
  DisjointSets sets(std::ssize(mentions));
  const auto join = [&](const std::vector<std::uint32_t>& members) {
    for (const std::uint32_t member : members) sets.join({.one = members.front(), .other = member});
  };
  each_set(mentions, truth_key, join);
  each_set(mentions, cluster_key, join);
  std::vector<std::uint32_t> groups;
  for (std::size_t i = 0; i < mentions.size(); ++i) groups.push_back(sets.find(static_cast<std::uint32_t>(i)));
  return groups;
}

// Label by place of a mention.
struct Counting {
  std::span<const KnownMention> mentions;
  std::span<const std::uint32_t> groups;
  std::span<const std::uint16_t> labels;
};

void count_pairs(const Counting& counting, KeyOf key, std::int64_t Tally::* count, Tallies& tallies) {
  each_set(counting.mentions, key, [&](const std::vector<std::uint32_t>& members) {
    std::map<std::uint16_t, std::int64_t> labelled;
    for (const std::uint32_t member : members) ++labelled[counting.labels[member]];
    const std::uint32_t group = counting.groups[members.front()];
    for (auto one = labelled.begin(); one != labelled.end(); ++one) {
      const std::int64_t within = one->second * (one->second - 1) / 2;
      if (within > 0) tallies[{one->first, one->first}][group].*count += within;
      for (auto other = std::next(one); other != labelled.end(); ++other) {
        tallies[{one->first, other->first}][group].*count += one->second * other->second;
      }
    }
  });
}

Tallies tallies_of(std::span<const KnownMention> mentions, std::span<const std::uint16_t> labels) {
  const std::vector<std::uint32_t> groups = groups_of(mentions);
  const Counting counting{.mentions = mentions, .groups = groups, .labels = labels};
  Tallies tallies;
  count_pairs(counting, truth_key, &Tally::truth, tallies);
  count_pairs(counting, cluster_key, &Tally::linked, tallies);
  count_pairs(counting, both_key, &Tally::right, tallies);
  return tallies;
}

// Wilson's interval of a share among as many as `of`, which need not be whole.
ShareInterval wilson_of(double share, double of) {
  const double z2 = k_z * k_z;
  const double middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const double half = k_z / (1 + z2 / of) * std::sqrt(share * (1 - share) / of + z2 / (4 * of * of));
  return {.low = std::clamp(middle - half, 0.0, share), .high = std::clamp(middle + half, share, 1.0)};
}

struct Part {
  double part = 0;
  double of = 0;
};

// A ratio of sums over groups.
ScoredShare share_of_sums(const std::vector<Part>& parts) {
  Part sum;
  double groups = 0;
  for (const Part& each : parts) {
    sum.part += each.part;
    sum.of += each.of;
    groups += each.of > 0 ? 1 : 0;
  }
  if (sum.of == 0) return {};
  const double ratio = sum.part / sum.of;
  double squares = 0;
  for (const Part& each : parts) squares += (each.part - ratio * each.of) * (each.part - ratio * each.of);
  const double variance = groups > 1 ? groups / (groups - 1) * squares / (sum.of * sum.of) : 0;
  // One that is always right, or of one group alone, says as much as there are groups.
  const double says_as_much = variance > 0 ? ratio * (1 - ratio) / variance : groups;
  return {.value = ratio, .interval = wilson_of(ratio, std::clamp(says_as_much, 1.0, sum.of))};
}

PairScore score_of(const std::map<std::uint32_t, Tally>& by_group) {
  PairScore score;
  std::vector<Part> precision;
  std::vector<Part> recall;
  std::vector<Part> f1;
  for (const auto& [group, tally] : by_group) {
    ++score.groups;
    score.pairs.true_pairs += tally.truth;
    score.pairs.linked_pairs += tally.linked;
    score.pairs.right_pairs += tally.right;
    const auto right = static_cast<double>(tally.right);
    precision.push_back({.part = right, .of = static_cast<double>(tally.linked)});
    recall.push_back({.part = right, .of = static_cast<double>(tally.truth)});
    f1.push_back({.part = 2 * right, .of = static_cast<double>(tally.truth + tally.linked)});
  }
  score.precision = share_of_sums(precision);
  score.recall = share_of_sums(recall);
  score.f1 = share_of_sums(f1);
  return score;
}

}  // namespace

PairScore score_pairs(std::span<const KnownMention> mentions) {
  const std::vector<std::uint16_t> labels(mentions.size(), 0);
  const Tallies tallies = tallies_of(mentions, labels);
  return tallies.empty() ? PairScore{} : score_of(tallies.begin()->second);
}

std::vector<PairScoreBetween> score_between(std::span<const KnownMention> mentions, std::uint16_t KnownMention::* by) {
  std::vector<std::uint16_t> labels;
  for (const KnownMention& mention : mentions) labels.push_back(mention.*by);
  std::vector<PairScoreBetween> scores;
  for (const auto& [between, by_group] : tallies_of(mentions, labels)) {
    scores.push_back({.one = between.first, .other = between.second, .score = score_of(by_group)});
  }
  return scores;
}

PeopleScore score_people(std::span<const KnownMention> mentions) {
  PeopleScore score;
  std::map<std::uint32_t, std::int64_t> of_person;
  std::map<std::uint32_t, std::int64_t> of_cluster;
  std::map<std::uint32_t, std::set<std::uint32_t>> people_in;
  for (const KnownMention& mention : mentions) {
    ++of_person[mention.truth];
    ++of_cluster[mention.cluster];
    people_in[mention.cluster].insert(mention.truth);
  }
  std::set<std::uint32_t> joined;
  for (const auto& [cluster, people] : people_in) {
    if (people.size() < 2) continue;
    ++score.clusters_mixed;
    joined.insert(people.begin(), people.end());
  }
  double precision = 0;
  double recall = 0;
  each_set(mentions, both_key, [&](const std::vector<std::uint32_t>& members) {
    const KnownMention& first = mentions[members.front()];
    const auto together = static_cast<double>(members.size());
    precision += together * together / static_cast<double>(of_cluster[first.cluster]);
    recall += together * together / static_cast<double>(of_person[first.truth]);
  });
  each_set(mentions, truth_key, [&](const std::vector<std::uint32_t>& members) {
    if (members.size() < 2) return;
    ++score.people_in_several;
    const KnownMention& first = mentions[members.front()];
    const bool is_split =
        std::ranges::any_of(members, [&](std::uint32_t member) { return mentions[member].cluster != first.cluster; });
    if (is_split) ++score.split;
    if (!is_split && people_in[first.cluster].size() == 1) ++score.whole;
  });
  score.people = std::ssize(of_person);
  score.clusters = std::ssize(of_cluster);
  score.joined = std::ssize(joined);
  if (mentions.empty()) return score;
  score.precision = precision / static_cast<double>(mentions.size());
  score.recall = recall / static_cast<double>(mentions.size());
  return score;
}

}  // namespace throughline::linkage
