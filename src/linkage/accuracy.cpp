#include "linkage/accuracy.h"

#include <array>
#include <map>

#include "linkage/reliability.h"

namespace throughline::linkage {

namespace {

constexpr std::array k_edges = {0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 1.0};

std::size_t band_of(double probability) {
  std::size_t band = 0;
  while (band + 2 < k_edges.size() && probability >= k_edges.at(band + 1)) ++band;
  return band;
}

}  // namespace

ShareInterval wilson(std::int64_t successes, std::int64_t trials) {
  const SharePart share = share_of(successes, trials);
  return {.low = share.low, .high = share.high};
}

std::vector<ReliabilityBand> reliability(std::span<const SettledPair> pairs) {
  std::array<ReliabilityBand, k_edges.size() - 1> bands{};
  for (const SettledPair& pair : pairs) {
    ReliabilityBand& band = bands.at(band_of(pair.probability));
    ++band.judged;
    band.same += pair.is_same ? 1 : 0;
    band.expected += pair.probability;
  }
  std::vector<ReliabilityBand> answer;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    ReliabilityBand band = bands.at(i);
    if (band.judged == 0) continue;
    band.from = k_edges.at(i);
    band.to = k_edges.at(i + 1);
    band.interval = wilson(band.same, band.judged);
    answer.push_back(band);
  }
  return answer;
}

std::vector<GroupErrors> errors_by_group(std::span<const SettledPair> pairs, double probability_min) {
  std::map<std::pair<std::string, std::string>, GroupErrors> groups;
  for (const SettledPair& pair : pairs) {
    const bool is_linked = pair.probability >= probability_min;
    const std::int64_t missed = pair.is_same && !is_linked;
    const std::int64_t false_link = !pair.is_same && is_linked;
    for (const auto& key : pair.groups) {
      GroupErrors& group = groups[key];
      ++(pair.is_same ? group.same : group.different);
      group.missed += missed;
      group.false_links += false_link;
    }
  }
  std::vector<GroupErrors> answer;
  for (auto& [key, group] : groups) {
    group.grouping = key.first;
    group.group = key.second;
    group.missed_rate = wilson(group.missed, group.same);
    group.false_rate = wilson(group.false_links, group.different);
    answer.push_back(group);
  }
  return answer;
}

}  // namespace throughline::linkage
