#include "linkage/blocking.h"

#include <algorithm>
#include <array>
#include <functional>
#include <span>

#include "base/parallel.h"
#include "linkage/radix_sort.h"

namespace throughline::linkage {
namespace {

// Key and record in one number, so that sorting by the upper half makes blocks. Two keys that share 32 bits share a
// block: a few pairs too many, never one too few.
using Keyed = std::uint64_t;
using KeyedRecords = base::LargeVector<Keyed>;

constexpr std::uint64_t k_key_bits = 0xFFFFFFFF00000000ULL;
constexpr std::size_t k_sample_step = 16;
constexpr std::size_t k_sampled_records_min = 200'000;
constexpr std::int64_t k_rules_at_once = 4;

std::uint32_t record_of(Keyed keyed) {
  return static_cast<std::uint32_t>(keyed);
}

// What the rules of a run are planned on.
struct Ground {
  std::span<const PersonRecord> records;
  const ComparedTexts& texts;
  const BlockingLimits& limits;
  PairScope scope = PairScope::all;
  std::int64_t rule_pairs_max = 0;
};

constexpr std::size_t k_stretch = 512;

// The keys of one stretch of records under each rule, written where their records stand; 0 where an atom is missing.
void add_stretch(std::span<const BlockingRule> rules, const Ground& ground, std::size_t begin,
                 std::vector<KeyedRecords>& keyed) {
  std::array<std::uint64_t, k_stretch> keys{};
  const std::size_t count = std::min(k_stretch, ground.records.size() - begin);
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    block_keys(rules[rule], ground.records.subspan(begin, count), ground.texts, std::span(keys).first(count));
    for (std::size_t i = 0; i < count; ++i) {
      keyed[rule][begin + i] = keys[i] == 0 ? 0 : (keys[i] & k_key_bits) | (begin + i);
    }
  }
}

// The keys of all records under each rule, sorted. Records are gone through once for all rules: they are what is large.
std::vector<KeyedRecords> keyed_records(std::span<const BlockingRule> rules, const Ground& ground) {
  std::vector<KeyedRecords> keyed(rules.size(), KeyedRecords(ground.records.size()));
  constexpr std::int64_t k_chunk_records = 64 * static_cast<std::int64_t>(k_stretch);
  const base::Split split{.items = static_cast<std::int64_t>(ground.records.size()), .chunk_items = k_chunk_records};
  base::parallel_chunks(split, [&](const base::Chunk& chunk) {
    for (std::int64_t begin = chunk.begin; begin < chunk.end; begin += static_cast<std::int64_t>(k_stretch)) {
      add_stretch(rules, ground, static_cast<std::size_t>(begin), keyed);
    }
  });
  base::parallel_chunks({.items = static_cast<std::int64_t>(rules.size()), .chunk_items = 1},
                        [&](const base::Chunk& chunk) {
                          KeyedRecords& of_rule = keyed[static_cast<std::size_t>(chunk.index)];
                          std::erase(of_rule, 0);
                          radix_sort_upper(of_rule);
                        });
  return keyed;
}

// One record in so many: files often have the records of one person side by side, so no stretches.
std::vector<PersonRecord> sampled(std::span<const PersonRecord> records) {
  std::vector<PersonRecord> sample;
  if (records.size() < k_sampled_records_min) return sample;
  for (std::size_t i = 0; i < records.size(); i += k_sample_step) sample.push_back(records[i]);
  return sample;
}

// Calls visit with each block of two or more. REQUIRES: sorted by key.
template <class Visit>
void each_block(std::span<const Keyed> sorted, const Visit& visit) {
  std::size_t begin = 0;
  while (begin < sorted.size()) {
    std::size_t end = begin + 1;
    while (end < sorted.size() && (sorted[end] >> 32) == (sorted[begin] >> 32)) ++end;
    if (end - begin > 1) visit(sorted.subspan(begin, end - begin));
    begin = end;
  }
}

std::int64_t pairs_of(std::int64_t members) {
  return members * (members - 1) / 2;
}

void note_size(std::vector<std::int64_t>& largest, std::int64_t members) {
  constexpr std::size_t k_shown = 5;
  if (largest.size() == k_shown && largest.back() >= members) return;
  largest.insert(std::ranges::upper_bound(largest, members, std::greater<>()), members);
  if (largest.size() > k_shown) largest.pop_back();
}

RulePlan plan_of(const BlockingRule& rule, std::span<const Keyed> sorted, const BlockingLimits& limits) {
  RulePlan plan{.rule = rule.name(), .records = static_cast<std::int64_t>(sorted.size())};
  each_block(sorted, [&](std::span<const Keyed> block) {
    const auto members = static_cast<std::int64_t>(block.size());
    ++plan.blocks;
    plan.pairs += pairs_of(members);
    if (members > limits.block_members_max) {
      plan.pairs_left_out += pairs_of(members);
      ++plan.blocks_left_out;
    }
    note_size(plan.largest_blocks, members);
  });
  return plan;
}

struct PlannedRule {
  RulePlan plan;
  KeyedRecords keyed;  // Sorted by key; empty where the plan is an estimate.
};

// Which of the rules would make far too many pairs, as a sixteenth of the records shows; an empty plan for the others.
std::vector<RulePlan> hopeless(std::span<const BlockingRule> rules, const Ground& ground,
                               std::span<const PersonRecord> sample) {
  std::vector<RulePlan> plans(rules.size());
  if (sample.empty()) return plans;
  const Ground smaller{.records = sample, .texts = ground.texts, .limits = ground.limits, .scope = ground.scope};
  const std::vector<KeyedRecords> keyed = keyed_records(rules, smaller);
  constexpr auto k_step = static_cast<std::int64_t>(k_sample_step);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    RulePlan plan = plan_of(rules[i], keyed[i], ground.limits);
    if (plan.pairs * k_step * k_step <= 2 * ground.rule_pairs_max) continue;
    plan.records *= k_step;
    plan.pairs *= k_step * k_step;
    for (std::int64_t& members : plan.largest_blocks) members *= k_step;
    plan.is_estimate = true;
    plans[i] = std::move(plan);
  }
  return plans;
}

// The rules, with keys where they may run.
std::vector<PlannedRule> plan_rules(std::span<const BlockingRule> rules, const Ground& ground,
                                    std::span<const PersonRecord> sample) {
  std::vector<RulePlan> refused = hopeless(rules, ground, sample);
  std::vector<BlockingRule> left;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (!refused[i].is_estimate) left.push_back(rules[i]);
  }
  std::vector<KeyedRecords> keyed = keyed_records(left, ground);
  std::vector<PlannedRule> planned(rules.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    planned[i].plan = std::move(refused[i]);
    if (planned[i].plan.is_estimate) continue;
    planned[i].keyed = std::move(keyed[next++]);
    planned[i].plan = plan_of(rules[i], planned[i].keyed, ground.limits);
  }
  return planned;
}

PairKeys emit(const PlannedRule& planned, const Ground& ground) {
  const std::span<const PersonRecord> records = ground.records;
  PairKeys pairs;
  pairs.reserve(static_cast<std::size_t>(planned.plan.pairs - planned.plan.pairs_left_out));
  each_block(planned.keyed, [&](std::span<const Keyed> block) {
    if (static_cast<std::int64_t>(block.size()) > ground.limits.block_members_max) return;
    for (std::size_t i = 0; i < block.size(); ++i) {
      const std::uint32_t one = record_of(block[i]);
      for (std::size_t j = i + 1; j < block.size(); ++j) {
        const std::uint32_t other = record_of(block[j]);
        if (ground.scope == PairScope::across_sources && records[other].source == records[one].source) continue;
        pairs.push_back(pair_key(one, other));
      }
    }
  });
  return pairs;
}

PairKeys every_pair(std::span<const PersonRecord> records, PairScope scope) {
  PairKeys pairs;
  const auto count = static_cast<std::uint32_t>(records.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    for (std::uint32_t j = i + 1; j < count; ++j) {
      if (scope == PairScope::across_sources && records[i].source == records[j].source) continue;
      pairs.push_back(pair_key(i, j));
    }
  }
  return pairs;
}

std::int64_t pairs_possible(std::span<const PersonRecord> records, PairScope scope) {
  const auto all = static_cast<std::int64_t>(records.size());
  if (scope == PairScope::all) return pairs_of(all);
  std::vector<std::int64_t> of_source;
  for (const PersonRecord& record : records) {
    if (record.source >= of_source.size()) of_source.resize(record.source + std::size_t{1});
    ++of_source[record.source];
  }
  std::int64_t within = 0;
  for (const std::int64_t members : of_source) within += pairs_of(members);
  return pairs_of(all) - within;
}

// As many rules as may each make all that one rule may.
constexpr std::int64_t k_rules_in_full = 5;

std::int64_t pairs_max(std::int64_t records, const BlockingLimits& limits) {
  constexpr std::int64_t k_first_records = 1'000'000;
  return limits.pairs_max + limits.pairs_a_record_max * std::min(records, k_first_records) +
         limits.pairs_a_later_record_max * std::max<std::int64_t>(records - k_first_records, 0);
}

// Decides in the rules' order which may run, so long as all pairs together stay within bounds.
void decide(std::vector<PlannedRule>& planned, const Blocking& blocking) {
  const std::int64_t all_pairs_max = k_rules_in_full * blocking.rule_pairs_max;
  std::int64_t made = 0;
  for (const RulePlan& plan : blocking.rules) made += plan.is_used ? plan.pairs - plan.pairs_left_out : 0;
  for (PlannedRule& rule : planned) {
    const std::int64_t pairs = rule.plan.pairs - rule.plan.pairs_left_out;
    const bool may_run = pairs <= blocking.rule_pairs_max && made + pairs <= all_pairs_max;
    // A rule whose every block is too large makes nothing: it is refused, not used.
    rule.plan.is_used = !rule.plan.is_estimate && may_run && (pairs > 0 || rule.plan.blocks_left_out == 0);
    if (rule.plan.is_used) made += pairs;
  }
}

// Adds the rules' plans, and the pairs of those that may run.
void run_rules(std::vector<PlannedRule> planned, const Ground& ground, Blocking& blocking,
               std::vector<PairKeys>& lists) {
  decide(planned, blocking);
  std::vector<PairKeys> emitted(planned.size());
  base::parallel_chunks({.items = static_cast<std::int64_t>(planned.size()), .chunk_items = 1},
                        [&](const base::Chunk& chunk) {
                          const auto i = static_cast<std::size_t>(chunk.index);
                          if (planned[i].plan.is_used) emitted[i] = emit(planned[i], ground);
                        });
  for (std::size_t i = 0; i < planned.size(); ++i) {
    if (planned[i].plan.records == 0) continue;
    blocking.rules.push_back(std::move(planned[i].plan));
    if (!emitted[i].empty()) lists.push_back(std::move(emitted[i]));
  }
}

}  // namespace

base::Result<Blocking> block(const People& people, PairScope scope, const BlockingLimits& limits,
                             const base::Interrupt& interrupt) {
  const auto count = static_cast<std::int64_t>(people.records.size());
  Blocking blocking{.pairs_possible = pairs_possible(people.records, scope),
                    .rule_pairs_max = pairs_max(count, limits) / k_rules_in_full};
  if (blocking.pairs_possible <= limits.all_pairs_max) {
    blocking.is_every_pair = true;
    blocking.pairs = every_pair(people.records, scope);
    return blocking;
  }
  const Ground ground{.records = people.records,
                      .texts = people.texts,
                      .limits = limits,
                      .scope = scope,
                      .rule_pairs_max = blocking.rule_pairs_max};
  const std::vector<PersonRecord> sample = sampled(people.records);
  std::vector<PairKeys> lists;
  const std::span<const BlockingRule> rules = rule_catalogue();
  for (std::size_t begin = 0; begin < rules.size(); begin += k_rules_at_once) {
    TRY(interrupt.poll());
    const std::size_t end = std::min(rules.size(), begin + k_rules_at_once);
    run_rules(plan_rules(rules.subspan(begin, end - begin), ground, sample), ground, blocking, lists);
  }
  blocking.pairs = sorted_unique(std::move(lists), count);
  return blocking;
}

}  // namespace throughline::linkage
