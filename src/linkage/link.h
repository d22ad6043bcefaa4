// The whole of linkage over records in memory: block, compare, learn, weigh, put together.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "linkage/blocking.h"
#include "linkage/cluster.h"
#include "linkage/encode.h"
#include "linkage/mixture.h"
#include "linkage/weigh.h"

namespace throughline::linkage {

struct LinkOptions {
  PairScope scope = PairScope::all;
  // Each source names nobody twice: no two of its records are of one person.
  bool is_one_to_one = false;
  BlockingLimits blocking{};
  ClusterOptions clustering{};
  Judged judged{};
  double probability_kept = 0.001;  // Pairs less likely than this are not kept.
  std::int64_t random_pairs = 2'000'000;
  std::uint64_t seed = 1;
};

// What was learnt, and what weighs with it.
struct Model {
  Mixture mixture;
  Rarity rarity;
};

struct LinkAnswer {
  Blocking blocking;  // Without its pairs.
  std::int64_t pairs_compared = 0;
  std::shared_ptr<const Model> model;
  // Ascending by one, other. The weight is what the two records say; the probability heeds what each was put together
  // with: where people seldom have a third record, a pair that would make one is less likely by third_record_bits.
  std::vector<WeighedPair> pairs;
  std::vector<std::uint32_t> first_of_cluster;  // For each record the place of the first of its cluster.
  double third_record_bits = 0;                 // As the clustering learnt it; see cluster.h.
};

// The same answer at any number of threads. Errors: "interrupted".
[[nodiscard]] base::Result<LinkAnswer> link(const People& people, const LinkOptions& options,
                                            const base::Interrupt& interrupt, base::Progress& progress);

// How rare values are, as link() learns it for the same people and options.
[[nodiscard]] Rarity learnt_rarity(std::span<const PersonRecord> records, const ComparedTexts& texts,
                                   const LinkOptions& options);

// Puts records together by a model that is known already.
struct Clusters {
  std::vector<std::uint32_t> first;  // For each record the place of the first of its cluster.
  double third_record_bits = 0;
};
// For each pair the bits that go beside its weight in view of what the two were put together with: third_record_bits
// where they are apart and one of them is with others, else 0.
[[nodiscard]] std::vector<double> third_record_bits_of(std::span<const WeighedPair> pairs, const Clusters& clusters);
[[nodiscard]] Clusters cluster_by(const People& people, std::span<const WeighedPair> pairs, const Model& model,
                                  const LinkOptions& options);

}  // namespace throughline::linkage
