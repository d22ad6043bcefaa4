#include "evidence/disparity/disparity.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"

namespace throughline::evidence {
namespace {

constexpr double k_rate_per = 1000;

Refusal needs_people(const std::string& group) {
  return {.rule = Rule::rate_needs_denominator,
          .reason = fmt::format("The population chosen has no number of people for {}.", group),
          .remedy = "Choose a population that counts this group."};
}

// The groups whose name is known, the reference before the others.
std::vector<const GroupTally*> ordered(const GroupTable& table, const std::string& reference) {
  std::vector<const GroupTally*> groups;
  for (const GroupTally& each : table.groups) {
    if (!each.group.empty()) groups.push_back(&each);
  }
  std::ranges::sort(groups, {},
                    [&](const GroupTally* each) { return std::pair(each->group != reference, each->group); });
  return groups;
}

void mark_small(Caveats& caveats, std::int64_t count, std::int64_t other) {
  if (std::min(count, other) < k_change_count_min) caveats.add(Caveat::small_count);
}

// One, unless the reference has no event: nothing is held against nought.
OrRefusal<RatioEstimate> reference_itself(std::int64_t events) {
  if (events == 0) {
    return Refusal{.rule = Rule::nothing_to_compare,
                   .reason = "The reference has no event, so nothing can be held against it.",
                   .remedy = "Choose another reference, a longer period or a larger area."};
  }
  return RatioEstimate{.value = 1, .interval = {.low = 1, .high = 1}, .method = RatioMethod::itself};
}

GroupDisparity compared(const GroupTally& group, const GroupTally& reference, Confidence confidence) {
  GroupDisparity figure{.group = group.group,
                        .events = group.events,
                        .people = group.people,
                        .rate = needs_people(group.group),
                        .risk_ratio = needs_people(group.group),
                        .odds_ratio = needs_people(group.group),
                        .caveats = {}};
  mark_small(figure.caveats, group.events, reference.events);
  if (!group.people) return figure;
  figure.rate = rate(group.events, {.base = static_cast<double>(*group.people), .per = k_rate_per}, confidence);
  if (&group == &reference) {
    figure.risk_ratio = figure.odds_ratio = reference_itself(group.events);
    return figure;
  }
  if (!reference.people) {
    figure.risk_ratio = figure.odds_ratio = needs_people(reference.group);
    return figure;
  }
  if (reference.events == 0) {
    figure.risk_ratio = figure.odds_ratio = reference_itself(0);
    return figure;
  }
  const GroupPair pair{.group = {.events = group.events, .people = *group.people},
                       .reference = {.events = reference.events, .people = *reference.people}};
  figure.risk_ratio = risk_ratio(pair, confidence);
  figure.odds_ratio = odds_ratio(pair, confidence);
  return figure;
}

OrRefusal<double> ratio_of(const GroupTally& group, const GroupTally& reference,
                           std::pair<std::int64_t, std::int64_t> more) {
  if (!group.people) return needs_people(group.group);
  if (!reference.people) return needs_people(reference.group);
  const std::int64_t reference_events = reference.events + more.second;
  if (reference_events == 0) {
    return Refusal{.rule = Rule::nothing_to_compare,
                   .reason = fmt::format("{} has no event, so nothing can be divided by it.", reference.group),
                   .remedy = "Take a longer period or a larger area."};
  }
  return static_cast<double>(group.events + more.first) / static_cast<double>(*group.people) /
         (static_cast<double>(reference_events) / static_cast<double>(*reference.people));
}

// How often a group's searches hit, on one basis.
struct HitCount {
  std::int64_t hits = 0;
  std::int64_t recorded = 0;
  std::int64_t unknown_words = 0;
};

HitCount hits_of(const GroupTally& group, HitBasis basis) {
  if (basis == HitBasis::linked) return {.hits = group.linked.value_or(0), .recorded = group.linked_known};
  HitCount count;
  for (const OutcomeTally& each : group.outcomes) {
    const auto disposal = disposal_of(each.words);
    if (!disposal) {
      if (!each.words.empty()) count.unknown_words += each.count;
      continue;
    }
    count.recorded += each.count;
    if (basis == HitBasis::arrest ? *disposal == Disposal::arrest : is_hit(*disposal)) count.hits += each.count;
  }
  return count;
}

OrRefusal<RatioEstimate> share_ratio(const HitCount& group, const HitCount& reference, Confidence confidence) {
  if (group.recorded == 0 || reference.recorded == 0) {
    return Refusal{.rule = Rule::nothing_to_compare,
                   .reason = "One of the two groups has no search of which this is known.",
                   .remedy = "Take a longer period or a larger area."};
  }
  if (reference.hits == 0) return reference_itself(0);
  return risk_ratio({.group = {.events = group.hits, .people = group.recorded},
                     .reference = {.events = reference.hits, .people = reference.recorded}},
                    confidence);
}

HitFigure hit_figure(const GroupTally& group, const GroupTally& reference, HitBasis basis, Confidence confidence) {
  const HitCount own = hits_of(group, basis);
  const HitCount other = hits_of(reference, basis);
  HitFigure figure{.basis = basis,
                   .group = group.group,
                   .hits = own.hits,
                   .recorded = own.recorded,
                   .blank = group.events - own.recorded - own.unknown_words,
                   .unknown_words = own.unknown_words,
                   .share = proportion_interval({.successes = own.hits, .trials = own.recorded}, confidence),
                   .ratio = &group == &reference && own.recorded > 0 ? reference_itself(own.hits)
                                                                     : share_ratio(own, other, confidence),
                   .caveats = {}};
  mark_small(figure.caveats, own.hits, other.hits);
  if (figure.blank > 0) figure.caveats.add(Caveat::blank_field);
  return figure;
}

std::int64_t count_of(const GroupTally& group, Disposal disposal) {
  std::int64_t count = 0;
  for (const OutcomeTally& each : group.outcomes) {
    if (disposal_of(each.words) == disposal) count += each.count;
  }
  return count;
}

void add_disposals(DisparityFigures& figures, const std::vector<const GroupTally*>& groups, Confidence confidence) {
  const GroupTally& reference = *groups.front();
  const std::int64_t reference_found = hits_of(reference, HitBasis::any_outcome).hits;
  for (const Disposal disposal : all_disposals()) {
    const bool is_used =
        std::ranges::any_of(groups, [&](const GroupTally* each) { return count_of(*each, disposal) > 0; });
    if (!is_hit(disposal) || !is_used) continue;
    for (const GroupTally* group : groups) {
      const HitCount own{.hits = count_of(*group, disposal), .recorded = hits_of(*group, HitBasis::any_outcome).hits};
      const HitCount other{.hits = count_of(reference, disposal), .recorded = reference_found};
      DisposalFigure figure{.group = group->group,
                            .disposal = disposal,
                            .count = own.hits,
                            .found = own.recorded,
                            .share = proportion_interval({.successes = own.hits, .trials = own.recorded}, confidence),
                            .ratio = group == &reference && own.recorded > 0 ? reference_itself(own.hits)
                                                                             : share_ratio(own, other, confidence),
                            .caveats = {}};
      mark_small(figure.caveats, own.hits, other.hits);
      figures.disposals.push_back(std::move(figure));
    }
  }
}

void add_outcomes(DisparityFigures& figures, const std::vector<const GroupTally*>& groups, Confidence confidence) {
  std::set<std::string> unknown;
  bool has_linked = false;
  for (const GroupTally* group : groups) {
    has_linked = has_linked || group->linked_known > 0;
    for (const OutcomeTally& each : group->outcomes) {
      if (!each.words.empty() && !disposal_of(each.words)) unknown.insert(each.words);
    }
  }
  figures.unknown_words.assign(unknown.begin(), unknown.end());
  for (const HitBasis basis : {HitBasis::any_outcome, HitBasis::arrest, HitBasis::linked}) {
    if (basis == HitBasis::linked && !has_linked) continue;
    for (const GroupTally* group : groups) {
      figures.hits.push_back(hit_figure(*group, *groups.front(), basis, confidence));
    }
  }
  add_disposals(figures, groups, confidence);
}

// What the source carries goes onto each figure, and what each carries onto the whole.
template <class Figure>
void carry_caveats(std::vector<Figure>& each_figure, const GroupTable& table, DisparityFigures& figures) {
  for (Figure& each : each_figure) {
    each.caveats.unite(table.caveats);
    figures.caveats.unite(each.caveats);
  }
}

// A rate is over the whole period; of a period with missing months there is none.
void refuse_rates(std::vector<GroupDisparity>& groups, const std::string& absent) {
  const auto refusal = refuse(Use::sum_periods, Caveats{Caveat::absent_not_zero}, UseContext{.absent = absent});
  CHECK(refusal.has_value());
  for (GroupDisparity& each : groups) {
    each.rate = *refusal;
    each.caveats.add(Caveat::absent_not_zero, absent);
  }
}

}  // namespace

std::string_view name_of(HitBasis basis) {
  switch (basis) {
    case HitBasis::any_outcome: return "any outcome but no further action";
    case HitBasis::arrest: return "arrest";
    case HitBasis::linked: return "outcome linked to what was looked for";
  }
  CHECK(false && "a basis without a name");
}

const GroupTally* GroupTable::find(const std::string& group) const {
  const auto at = std::ranges::find(groups, group, &GroupTally::group);
  return at == groups.end() ? nullptr : &*at;
}

std::int64_t GroupTable::unknown() const {
  const GroupTally* found = find("");
  return found == nullptr ? 0 : found->events;
}

DisparityFigures disparity_figures(const GroupTable& table, const std::string& reference, Confidence confidence) {
  const std::vector<const GroupTally*> groups = ordered(table, reference);
  CHECK(!groups.empty() && groups.front()->group == reference);
  const GroupTally& against = *groups.front();
  const std::int64_t unknown = table.unknown();
  DisparityFigures figures;
  figures.caveats = table.caveats;
  if (unknown > 0) figures.caveats.add(Caveat::blank_field);
  for (const GroupTally* group : groups) {
    figures.groups.push_back(compared(*group, against, confidence));
    if (group == &against) continue;
    figures.bounds.push_back({.group = group->group,
                              .least = ratio_of(*group, against, {0, unknown}),
                              .known = ratio_of(*group, against, {0, 0}),
                              .most = ratio_of(*group, against, {unknown, 0})});
  }
  const bool has_outcomes = std::ranges::any_of(groups, [](const GroupTally* each) { return !each->outcomes.empty(); });
  if (has_outcomes) add_outcomes(figures, groups, confidence);
  if (!table.absent.empty()) refuse_rates(figures.groups, table.absent);
  carry_caveats(figures.groups, table, figures);
  carry_caveats(figures.hits, table, figures);
  carry_caveats(figures.disposals, table, figures);
  return figures;
}

}  // namespace throughline::evidence
