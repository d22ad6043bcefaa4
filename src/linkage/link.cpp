#include "linkage/link.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "base/random.h"
#include "linkage/components.h"
#include "linkage/pattern_counts.h"

namespace throughline::linkage {
namespace {

struct PairsPossible {
  std::array<std::int64_t, k_kinds> of_kind{};
  std::array<std::int64_t, k_kinds> matches_max{};
};

// How many pairs there are of each kind, and how many of them can be matches at most: across sources that name nobody
// twice, no more than the smaller of each two holds.
PairsPossible count_possible(std::span<const PersonRecord> records, const LinkOptions& options) {
  std::vector<std::int64_t> sizes;
  for (const PersonRecord& record : records) {
    if (record.source >= sizes.size()) sizes.resize(record.source + std::size_t{1});
    ++sizes[record.source];
  }
  PairsPossible possible;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    possible.of_kind[0] += sizes[i] * (sizes[i] - 1) / 2;
    for (std::size_t j = i + 1; j < sizes.size(); ++j) {
      possible.of_kind[1] += sizes[i] * sizes[j];
      possible.matches_max[1] += std::min(sizes[i], sizes[j]);
    }
  }
  possible.matches_max[0] = possible.of_kind[0];
  if (!options.is_one_to_one) possible.matches_max[1] = possible.of_kind[1];
  if (options.is_one_to_one) possible.matches_max[0] = 0;
  if (options.scope == PairScope::across_sources) possible.of_kind[0] = 0;
  return possible;
}

PairKeys draw_pairs(std::span<const PersonRecord> records, const LinkOptions& options) {
  PairKeys drawn;
  if (records.size() < 2) return drawn;
  // Of few records more draws would only repeat what was drawn, and make it look surer than it is.
  constexpr std::int64_t k_draws_of_a_pair = 4;
  const auto count = static_cast<std::int64_t>(records.size());
  const std::int64_t draws = std::min(options.random_pairs, k_draws_of_a_pair * (count * (count - 1) / 2));
  drawn.reserve(static_cast<std::size_t>(draws));
  base::Random chance({.seed = options.seed, .stream = base::stream_of("linkage random pairs")});
  for (std::int64_t i = 0; i < draws; ++i) {
    const auto one = static_cast<std::uint32_t>(chance.below(records.size()));
    const auto other = static_cast<std::uint32_t>(chance.below(records.size()));
    if (one == other) continue;
    // Looked up only where it matters: two far reads for each pair.
    if (options.scope == PairScope::across_sources && records[one].source == records[other].source) continue;
    drawn.push_back(pair_key(one, other));
  }
  return drawn;
}

RandomPairs compare_drawn(std::span<const PersonRecord> records, const ComparedTexts& texts, const LinkOptions& options,
                          Rarity& rarity) {
  const PairKeys drawn = draw_pairs(records, options);
  ComparedPairs compared = compare_pairs(records, texts, drawn);
  rarity.learn_near(records, drawn, compared);
  return {.drawn = std::move(compared.patterns), .pairs = static_cast<std::int64_t>(drawn.size())};
}

// Compared pairs and what they are weighed with.
struct Weighing {
  std::span<const PersonRecord> records;
  std::span<const PairKey> pairs;
  const ComparedPairs& compared;
  const Scale& scale;
  double probability_kept = 0;
};

// A pattern and what it says of every pair that shows it.
struct WeighedPattern {
  Pattern pattern;
  ClassBits bits;
};

std::vector<WeighedPair> weigh_stretch(const Weighing& weighing, std::span<const WeighedPattern> patterns,
                                       const base::Chunk& chunk) {
  // No rarity makes up for less.
  const double hopeless_bits = std::log2(weighing.probability_kept) - weighing.scale.rarity_bits_max();
  const auto is_hopeful = [&](std::size_t pair) {
    return patterns[weighing.compared.of_pair[pair]].bits.match >= hopeless_bits;
  };
  std::vector<WeighedPair> kept;
  for (auto i = static_cast<std::size_t>(chunk.begin); i < static_cast<std::size_t>(chunk.end); ++i) {
    if (const std::size_t ahead = i + k_pairs_ahead; ahead < weighing.pairs.size() && is_hopeful(ahead)) {
      ask_for(weighing.records, weighing.pairs[ahead]);
    }
    if (!is_hopeful(i)) continue;
    const WeighedPattern& pattern = patterns[weighing.compared.of_pair[i]];
    const PairKey pair = weighing.pairs[i];
    const PersonRecord& one = weighing.records[lower_of(pair)];
    const PersonRecord& other = weighing.records[upper_of(pair)];
    const ClassBits rarity = weighing.scale.rarity_bits(pattern.pattern, one, other);
    const PairWeight weight = weighing.scale.weight_of(pattern.bits + rarity);
    if (weight.probability < weighing.probability_kept) continue;
    kept.push_back({.one = lower_of(pair),
                    .other = upper_of(pair),
                    .weight_bits = static_cast<float>(weight.weight_bits),
                    .probability = static_cast<float>(weight.probability)});
  }
  return kept;
}

std::vector<WeighedPair> weigh_pairs(const Weighing& weighing) {
  std::vector<WeighedPattern> patterns;
  for (const PatternCount& count : weighing.compared.patterns) {
    const Pattern pattern = pattern_of(count.key);
    patterns.push_back({.pattern = pattern, .bits = weighing.scale.pattern_bits(pattern, count.kind)});
  }
  const base::Split split{.items = static_cast<std::int64_t>(weighing.pairs.size()),
                          .chunk_items = std::int64_t{1} << 16};
  std::vector<std::vector<WeighedPair>> kept(static_cast<std::size_t>(split.chunks()));
  base::parallel_chunks(split, [&](const base::Chunk& chunk) {
    kept[static_cast<std::size_t>(chunk.index)] = weigh_stretch(weighing, patterns, chunk);
  });
  std::vector<WeighedPair> all;
  for (std::vector<WeighedPair>& part : kept) {
    all.insert(all.end(), part.begin(), part.end());
    std::vector<WeighedPair>().swap(part);
  }
  return all;
}

void weigh_in_view_of_others(std::vector<WeighedPair>& pairs, const Clusters& clusters) {
  const std::vector<double> bits = third_record_bits_of(pairs, clusters);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (bits[i] == 0) continue;
    pairs[i].probability =
        static_cast<float>(1 / (1 + std::exp2(-(static_cast<double>(pairs[i].weight_bits) + bits[i]))));
  }
}

// As many components show how many records people have; so few are all looked at.
constexpr std::size_t k_records_looked_at = 100'000;

}  // namespace

// Two records that were not put together, of which one is together with others, would bring a third record to a person:
// where people seldom have so many, that they are one is so much less likely than the pair alone says.
std::vector<double> third_record_bits_of(std::span<const WeighedPair> pairs, const Clusters& clusters) {
  std::vector<std::uint32_t> records(clusters.first.size(), 0);
  for (const std::uint32_t first : clusters.first) ++records[first];
  std::vector<double> bits;
  bits.reserve(pairs.size());
  for (const WeighedPair& pair : pairs) {
    const std::uint32_t one = clusters.first[pair.one];
    const std::uint32_t other = clusters.first[pair.other];
    const bool has_third = one != other && (records[one] > 1 || records[other] > 1);
    bits.push_back(has_third ? clusters.third_record_bits : 0);
  }
  return bits;
}

Rarity learnt_rarity(std::span<const PersonRecord> records, const ComparedTexts& texts, const LinkOptions& options) {
  Rarity rarity(records);
  compare_drawn(records, texts, options, rarity);
  return rarity;
}

Clusters cluster_by(const People& people, std::span<const WeighedPair> pairs, const Model& model,
                    const LinkOptions& options) {
  const Scale scale(model.mixture, model.rarity);
  const WeighRecords weigh = [&](const PersonRecord& one, const PersonRecord& other, PairKind kind) {
    const Pattern pattern = compare(one, other, people.texts);
    return scale.weight_of(scale.pattern_bits(pattern, kind) + scale.rarity_bits(pattern, one, other)).weight_bits;
  };
  ClusterOptions clustering = options.clustering;
  clustering.is_one_to_one = options.is_one_to_one;
  clustering.judged = options.judged;
  clustering.component_step = static_cast<std::int64_t>(people.records.size() / k_records_looked_at) + 1;
  const Components components(static_cast<std::int64_t>(people.records.size()), pairs, clustering.judged,
                              clustering.weight_bits_edge);
  Clusters clusters{.first = cluster(people.records, components, weigh, clustering), .third_record_bits = 0};
  clusters.third_record_bits = third_record_bits(clusters.first);
  if (clusters.third_record_bits == 0 && clustering.component_step == 1) return clusters;
  clustering.third_record_bits = clusters.third_record_bits;
  clustering.component_step = 1;
  clusters.first = cluster(people.records, components, weigh, clustering);
  return clusters;
}

base::Result<LinkAnswer> link(const People& people, const LinkOptions& options, const base::Interrupt& interrupt,
                              base::Progress& progress) {
  LinkAnswer answer;
  progress.begin("finding pairs", 0, "rules");
  answer.blocking = TRY(block(people, options.scope, options.blocking, interrupt));
  const PairKeys pairs = std::move(answer.blocking.pairs);
  answer.blocking.pairs.clear();
  answer.pairs_compared = static_cast<std::int64_t>(pairs.size());
  progress.begin("comparing", answer.pairs_compared, "pairs");
  const ComparedPairs compared = compare_pairs(people.records, people.texts, pairs);
  TRY(interrupt.poll());
  progress.begin("learning", 0, "rounds");
  auto model = std::make_shared<Model>(Model{.mixture = {}, .rarity = Rarity(people.records)});
  const RandomPairs random = compare_drawn(people.records, people.texts, options, model->rarity);
  const PairsPossible possible = count_possible(people.records, options);
  model->mixture = estimate({.compared = compared.patterns,
                             .random = random,
                             .pairs_possible = possible.of_kind,
                             .matches_max = possible.matches_max,
                             .records = static_cast<std::int64_t>(people.records.size())});
  TRY(interrupt.poll());
  progress.begin("weighing", answer.pairs_compared, "pairs");
  const Scale scale(model->mixture, model->rarity);
  answer.pairs = weigh_pairs({.records = people.records,
                              .pairs = pairs,
                              .compared = compared,
                              .scale = scale,
                              .probability_kept = options.probability_kept});
  answer.model = std::move(model);
  progress.begin("putting together", static_cast<std::int64_t>(people.records.size()), "records");
  Clusters clusters = cluster_by(people, answer.pairs, *answer.model, options);
  weigh_in_view_of_others(answer.pairs, clusters);
  answer.first_of_cluster = std::move(clusters.first);
  answer.third_record_bits = clusters.third_record_bits;
  progress.end();
  return answer;
}

}  // namespace throughline::linkage
