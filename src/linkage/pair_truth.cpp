#include "linkage/pair_truth.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace throughline::linkage {
namespace {

// A record of a group: pairs are counted within equal keys.
struct Keyed {
  std::uint64_t key = 0;
  std::uint16_t source = 0;
  friend auto operator<=>(const Keyed&, const Keyed&) = default;
};

std::int64_t pairs_of(std::int64_t members) {
  return members * (members - 1) / 2;
}

std::int64_t count_pairs(std::vector<Keyed> keyed, CountedPairs counted) {
  std::ranges::sort(keyed);
  std::int64_t pairs = 0;
  for (std::size_t begin = 0; begin < keyed.size();) {
    std::size_t end = begin;
    std::int64_t within = 0;
    while (end < keyed.size() && keyed[end].key == keyed[begin].key) {
      const std::size_t of_source = end;
      while (end < keyed.size() && keyed[end] == keyed[of_source]) ++end;
      within += pairs_of(static_cast<std::int64_t>(end - of_source));
    }
    pairs += pairs_of(static_cast<std::int64_t>(end - begin)) - (counted == CountedPairs::across_sources ? within : 0);
    begin = end;
  }
  return pairs;
}

double ratio(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double PairTruth::precision() const {
  return ratio(right_pairs, linked_pairs);
}

double PairTruth::recall() const {
  return ratio(right_pairs, true_pairs);
}

double PairTruth::f1() const {
  return true_pairs + linked_pairs == 0 ? 1 : ratio(2 * right_pairs, true_pairs + linked_pairs);
}

PairTruth count_truth(std::span<const PersonRecord> records, std::span<const std::uint32_t> cluster_of,
                      std::span<const std::uint32_t> truth_of, CountedPairs counted) {
  std::vector<Keyed> by_truth;
  std::vector<Keyed> by_cluster;
  std::vector<Keyed> by_both;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const std::uint16_t source = records[i].source;
    by_cluster.push_back({.key = cluster_of[i], .source = source});
    if (truth_of[i] == 0) continue;
    by_truth.push_back({.key = truth_of[i], .source = source});
    by_both.push_back({.key = (std::uint64_t{cluster_of[i]} << 32) | truth_of[i], .source = source});
  }
  return {.true_pairs = count_pairs(std::move(by_truth), counted),
          .linked_pairs = count_pairs(std::move(by_cluster), counted),
          .right_pairs = count_pairs(std::move(by_both), counted)};
}

std::vector<ReliabilityBin> reliability_of(std::span<const WeighedPair> pairs, std::span<const std::uint32_t> truth_of,
                                           double probability_min) {
  constexpr std::size_t k_bins = 10;
  std::vector<std::pair<float, bool>> said;
  for (const WeighedPair& pair : pairs) {
    if (pair.probability <= probability_min) continue;
    said.emplace_back(pair.probability, truth_of[pair.one] != 0 && truth_of[pair.one] == truth_of[pair.other]);
  }
  std::ranges::sort(said);
  std::vector<ReliabilityBin> bins;
  for (std::size_t bin = 0; bin < k_bins; ++bin) {
    const std::size_t begin = said.size() * bin / k_bins;
    const std::size_t end = said.size() * (bin + 1) / k_bins;
    if (begin == end) continue;
    ReliabilityBin of{.pairs = static_cast<std::int64_t>(end - begin)};
    for (std::size_t i = begin; i < end; ++i) {
      of.said += static_cast<double>(said[i].first);
      of.was += said[i].second ? 1 : 0;
    }
    of.said /= static_cast<double>(of.pairs);
    of.was /= static_cast<double>(of.pairs);
    bins.push_back(of);
  }
  return bins;
}

double calibration_error(std::span<const ReliabilityBin> bins) {
  double distance = 0;
  double pairs = 0;
  for (const ReliabilityBin& bin : bins) {
    distance += static_cast<double>(bin.pairs) * std::abs(bin.said - bin.was);
    pairs += static_cast<double>(bin.pairs);
  }
  return pairs == 0 ? 0 : distance / pairs;
}

}  // namespace throughline::linkage
