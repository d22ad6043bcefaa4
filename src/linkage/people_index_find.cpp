#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "base/check.h"
#include "linkage/people_index.h"
#include "linkage/people_index_internal.h"

namespace throughline::linkage {

// Strict rules come first and cost little; a loose one is passed over where it would cost more than is left.
std::vector<Place> PeopleIndex::candidates(const PersonRecord& asked, const FindOptions& options,
                                           FindAnswer& answer) const {
  std::vector<Place> all;
  for (std::size_t rule = 0; rule < people_.rules().size(); ++rule) {
    const std::int64_t left = options.compared_max - static_cast<std::int64_t>(all.size());
    const auto members = people_.block(rule, asked, left);
    if (!members.has_value()) {
      answer.too_common.push_back(people_.rules()[rule].name());
      continue;
    }
    all.insert(all.end(), members->begin(), members->end());
    if (members->size() > 256) keep_each_once(all);
  }
  keep_each_once(all);
  answer.compared = static_cast<std::int64_t>(all.size());
  return all;
}

// The model's own odds for any two records give way to the question's; it takes those across sources where it has
// learnt any, for a question is from a source of its own.
PairWeight PeopleIndex::weight_of_question(const PersonRecord& asked, Place place, double mentions_expected) const {
  const PersonRecord& record = people_.record(place);
  const bool is_across = model_.model.mixture.share[static_cast<std::size_t>(PairKind::across_sources)][0] > 0;
  PersonRecord question = asked;
  question.source = is_across ? static_cast<std::uint16_t>(~record.source) : record.source;
  const auto& share =
      model_.model.mixture
          .share[static_cast<std::size_t>(is_across ? PairKind::across_sources : PairKind::within_source)];
  const double odds = mentions_expected / static_cast<double>(size());
  const double weight = scale_.weigh(compare(question, record, model_.texts), question, record).weight_bits +
                        std::log2(odds * share[2] / share[0]);
  return {.weight_bits = weight, .probability = 1 / (1 + std::exp2(-weight))};
}

FindAnswer PeopleIndex::find(const PersonRecord& asked, const FindOptions& options) const {
  CHECK(options.mentions_expected > 0);
  FindAnswer answer;
  const std::vector<Place> near = candidates(asked, options, answer);
  std::vector<FoundEntity>& found = answer.entities;
  for (std::size_t i = 0; i < near.size(); ++i) {
    look_ahead(people_, near, i);
    const PairWeight weight = weight_of_question(asked, near[i], options.mentions_expected);
    if (weight.weight_bits < options.weight_bits_min) continue;
    found.push_back({.entity = people_.id(first_[near[i]]),
                     .nearest = people_.id(near[i]),
                     .weight_bits = weight.weight_bits,
                     .probability = weight.probability});
  }
  std::ranges::sort(found, {},
                    [](const FoundEntity& at) { return std::tuple(at.entity, -at.weight_bits, at.nearest); });
  const auto repeated = std::ranges::unique(found, {}, &FoundEntity::entity);
  found.erase(repeated.begin(), repeated.end());
  std::ranges::sort(found, {}, [](const FoundEntity& at) { return std::pair(-at.weight_bits, at.entity); });
  if (static_cast<std::int64_t>(answer.entities.size()) > options.entities_max) {
    answer.entities.resize(static_cast<std::size_t>(options.entities_max));
  }
  for (FoundEntity& entity : answer.entities) {
    entity.mentions = static_cast<std::int64_t>(mentions_with(entity.entity).size());
  }
  return answer;
}

}  // namespace throughline::linkage
