#include "linkage/stage_accuracy.h"

#include <algorithm>

#include "linkage/compared.h"
#include "linkage/expected_recall.h"
#include "linkage/link.h"
#include "linkage/pair_labels.h"

namespace throughline::linkage {
namespace {

using base::Result;

SharePart caught_by_blocking(const Compared& compared, const Links& links) {
  if (compared.is_every_pair) return {.value = 1, .low = 1, .high = 1, .of = 0};
  return expected_recall(compared.in_force, compared.people.records, links.derived.mixture, {.seed = links.run.seed})
      .together;
}

AccuracyCounts counts_of(const std::vector<PairLabel>& labels, const Links& links, const Compared& compared,
                         double probability_min) {
  const auto place_of = [&](const MentionId& mention) {
    return static_cast<std::size_t>(links.mention(mention) - links.world.mentions.data());
  };
  AccuracyCounts counts;
  for (const PairLabel& label : labels) {
    const bool is_linked = label.kept != nullptr && label.kept->probability >= probability_min;
    if (!label.is_same) {
      counts.false_links += is_linked ? 1 : 0;
    } else if (is_linked) {
      ++counts.true_links;
    } else {
      const bool is_compared =
          label.kept != nullptr || compared.has(place_of(label.pair.one), place_of(label.pair.other));
      ++(is_compared ? counts.missed : counts.missed_by_blocking);
    }
  }
  return counts;
}

std::vector<JudgeablePair> judgeable_pairs(const std::vector<PairLabel>& labels, const Links& links,
                                           double probability_min) {
  std::vector<JudgeablePair> pairs;
  auto label = labels.begin();
  for (const LinkedPair& pair : links.derived.pairs) {
    JudgeablePair& each = pairs.emplace_back();
    each.probability = probability_of_bits(pair.model_bits());
    each.is_linked = pair.probability >= probability_min;
    each.is_together = links.derived.is_together(pair.pair);
    while (label != labels.end() && label->pair < pair.pair) ++label;
    if (label != labels.end() && label->pair == pair.pair) each.is_same = label->is_same;
  }
  return pairs;
}

}  // namespace

Result<RunAccuracy> accuracy_of_run(const Links& links, double probability_min) {
  PairLabels labels = labels_of(reviewed(links.world.judgements), links.derived.pairs);
  std::erase_if(labels.settled, [&](const PairLabel& label) {
    return links.mention(label.pair.one) == nullptr || links.mention(label.pair.other) == nullptr;
  });
  const Compared compared = TRY(compared_in(links));
  RunAccuracy answer;
  answer.labels = std::ssize(labels.settled);
  answer.pending = labels.pending;
  answer.caught = caught_by_blocking(compared, links);
  answer.counts = counts_of(labels.settled, links, compared, probability_min);
  answer.judged = accuracy_of(answer.counts);
  answer.all = estimate_accuracy(judgeable_pairs(labels.settled, links, probability_min),
                                 {.caught_by_blocking = answer.caught, .seed = links.run.seed});
  return answer;
}

}  // namespace throughline::linkage
