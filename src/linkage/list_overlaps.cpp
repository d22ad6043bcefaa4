#include "linkage/list_overlaps.h"

#include "base/check.h"
#include "base/random.h"
#include "linkage/components.h"

namespace throughline::linkage {

namespace {

template <class IsThere>
OverlapCounts count(std::span<const std::optional<std::uint32_t>> list_of, std::uint32_t lists,
                    std::span<const GraphLink> links, const IsThere& is_there) {
  DisjointSets people(static_cast<std::int64_t>(list_of.size()));
  for (const GraphLink& link : links) {
    if (is_there(link)) people.join({.one = link.one, .other = link.other});
  }
  std::vector<std::uint32_t> on(list_of.size(), 0);
  for (std::uint32_t record = 0; record < list_of.size(); ++record) {
    if (list_of[record].has_value()) on[people.find(record)] |= 1U << *list_of[record];
  }
  OverlapCounts counts(std::size_t{1} << lists, 0);
  for (const std::uint32_t lists_of_person : on) {
    if (lists_of_person != 0) ++counts[lists_of_person];
  }
  return counts;
}

}  // namespace

ListOverlaps list_overlaps(std::span<const std::optional<std::uint32_t>> list_of, std::uint32_t lists,
                           std::span<const GraphLink> links, const CohortDraws& draws) {
  CHECK(0 < lists && lists <= 16);
  ListOverlaps overlaps;
  overlaps.likely = count(list_of, lists, links, [](const GraphLink& link) { return link.probability >= 0.5; });
  for (std::int64_t draw = 0; draw < draws.draws; ++draw) {
    base::Random chance({.seed = draws.seed,
                         .stream = base::stream_of("linkage list overlaps"),
                         .step = static_cast<std::uint32_t>(draw)});
    overlaps.drawn.push_back(
        count(list_of, lists, links, [&](const GraphLink& link) { return chance.bernoulli(link.probability); }));
  }
  return overlaps;
}

}  // namespace throughline::linkage
