#include "linkage/stage_score.h"

#include <algorithm>
#include <vector>

#include "linkage/compared.h"
#include "linkage/judgement.h"

namespace throughline::linkage {

namespace {

using base::Result;

struct Missing {
  std::vector<RecordPair> looked_at;
  std::int64_t all = 0;
};

// The entity of each known mention; 0 where it came after the run.
std::vector<std::int64_t> entities_of(const Links& links, std::span<const KnownPlace> known) {
  std::vector<std::int64_t> entities;
  for (const KnownPlace& each : known) {
    const auto entity = links.entity_of(links.world.mentions[each.place].id);
    entities.push_back(entity ? entity->number() : 0);
  }
  return entities;
}

template <class Act>
void each_missing(std::span<const KnownPlace> known, std::span<const std::int64_t> entities, const Act& act) {
  for (std::size_t begin = 0; begin < known.size();) {
    std::size_t end = begin;
    while (end < known.size() && known[end].truth == known[begin].truth) ++end;
    for (std::size_t one = begin; one < end; ++one) {
      for (std::size_t other = one + 1; other < end; ++other) {
        if (entities[one] != entities[other] || entities[one] == 0) act(one, other);
      }
    }
    begin = end;
  }
}

Missing missing_of(std::span<const KnownPlace> known, std::span<const std::int64_t> entities) {
  Missing missing;
  each_missing(known, entities, [&](std::size_t, std::size_t) { ++missing.all; });
  const std::int64_t step = std::max<std::int64_t>(1, missing.all / k_missed_looked_at_max);
  std::int64_t number = 0;
  each_missing(known, entities, [&](std::size_t one, std::size_t other) {
    if (number++ % step == 0) {
      missing.looked_at.push_back({.one = static_cast<std::uint32_t>(one), .other = static_cast<std::uint32_t>(other)});
    }
  });
  return missing;
}

bool is_judged_different(const std::vector<ReviewedPair>& reviews, const MentionPair& pair) {
  const auto found = std::ranges::lower_bound(reviews, pair, {}, &ReviewedPair::pair);
  return found != reviews.end() && found->pair == pair && found->verdict == Verdict::different;
}

}  // namespace

Result<MissedPairs> missed_pairs(const Links& links, std::span<const KnownPlace> known) {
  std::vector<KnownPlace> by_truth(known.begin(), known.end());
  std::ranges::sort(by_truth, {}, [](const KnownPlace& each) { return std::pair(each.truth, each.place); });
  const std::vector<std::int64_t> entities = entities_of(links, by_truth);
  const Missing missing = missing_of(by_truth, entities);
  MissedPairs answer{.missed = missing.all, .looked_at = std::ssize(missing.looked_at)};
  if (missing.all == 0) return answer;
  const Compared compared = TRY(compared_in(links));
  const std::vector<ReviewedPair> reviews = reviewed(links.world.judgements);
  for (const RecordPair& each : missing.looked_at) {
    const std::uint32_t one = by_truth[each.one].place;
    const std::uint32_t other = by_truth[each.other].place;
    const MentionPair pair = MentionPair::of(links.world.mentions[one].id, links.world.mentions[other].id);
    const LinkedPair* kept = links.pair(pair);
    if (entities[each.one] == 0 || entities[each.other] == 0) {
      ++answer.after_the_run;
    } else if (is_judged_different(reviews, pair)) {
      ++answer.judged_different;
    } else if (kept != nullptr) {
      ++(kept->probability >= 0.5 ? answer.kept_apart : answer.low_probability);
    } else {
      ++(compared.has(one, other) ? answer.too_unlikely : answer.no_shared_key);
    }
  }
  return answer;
}

}  // namespace throughline::linkage
