#include "linkage/plan.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/check.h"
#include "base/number.h"
#include "base/random.h"
#include "linkage/indexed_people.h"
#include "linkage/radix_sort.h"

namespace throughline::linkage {
namespace {

std::int64_t pairs_among(std::int64_t members) {
  return members * (members - 1) / 2;
}

struct Block {
  std::uint32_t key = 0;
  std::span<const std::uint64_t> members;  // The key above, the record's place below.
  std::int64_t pairs_before = 0;           // In the open blocks before it.

  [[nodiscard]] std::int64_t size() const { return std::ssize(members); }
  [[nodiscard]] std::uint32_t record(std::int64_t at) const {
    return static_cast<std::uint32_t>(members[static_cast<std::size_t>(at)]);
  }
};

// One rule's blocks of two and more: those that make pairs, and those left out.
class Blocks {
 public:
  Blocks(const BlockingRule& rule, const PlanInputs& inputs) : rule_(rule), texts_(inputs.people.texts) {
    for (std::size_t i = 0; i < inputs.people.records.size(); ++i) {
      const auto key = block_of(rule, inputs.people.records[i], inputs.people.texts);
      if (key.has_value()) keyed_.push_back((std::uint64_t{*key} << 32) | i);
    }
    radix_sort_upper(keyed_);
    std::size_t begin = 0;
    while (begin < keyed_.size()) {
      std::size_t end = begin;
      while (end < keyed_.size() && (keyed_[end] >> 32) == (keyed_[begin] >> 32)) ++end;
      take({.key = static_cast<std::uint32_t>(keyed_[begin] >> 32),
            .members = std::span(keyed_).subspan(begin, end - begin),
            .pairs_before = pairs_},
           inputs.limits.block_members_max);
      begin = end;
    }
  }

  [[nodiscard]] std::span<const Block> open() const { return open_; }
  [[nodiscard]] std::span<const Block> left_out() const { return left_out_; }
  [[nodiscard]] std::int64_t pairs() const { return pairs_; }  // Of open blocks.
  [[nodiscard]] bool makes(const PersonRecord& one, const PersonRecord& other) const {
    const auto key = block_of(rule_, one, texts_);
    if (!key.has_value() || key != block_of(rule_, other, texts_)) return false;
    return !std::ranges::binary_search(left_out_, *key, {}, &Block::key);
  }

 private:
  void take(const Block& block, std::int64_t members_max) {
    if (block.size() < 2) return;
    if (block.size() > members_max) {
      left_out_.push_back(block);
      return;
    }
    open_.push_back(block);
    pairs_ += pairs_among(block.size());
  }

  const BlockingRule& rule_;
  const ComparedTexts& texts_;
  base::LargeVector<std::uint64_t> keyed_;
  std::vector<Block> open_;
  std::vector<Block> left_out_;  // By key.
  std::int64_t pairs_ = 0;
};

CommonValues common_values(const Blocks& blocks) {
  std::vector<std::int64_t> sizes;
  std::int64_t pairs = 0;
  for (const auto& some : {blocks.open(), blocks.left_out()}) {
    for (const Block& block : some) {
      sizes.push_back(block.size());
      pairs += pairs_among(block.size());
    }
  }
  std::ranges::sort(sizes, std::greater<>());
  CommonValues common;
  for (std::size_t i = 0; i < sizes.size() && 2 * common.pairs < pairs; ++i) {
    ++common.values;
    common.records += sizes[i];
    common.pairs += pairs_among(sizes[i]);
  }
  return common;
}

// Counts pairs of one rule that none of the earlier ones makes.
class NewPairs {
 public:
  NewPairs(const PlanInputs& inputs, std::span<const Blocks> earlier) : inputs_(inputs), earlier_(earlier) {}

  [[nodiscard]] std::int64_t counted(const Blocks& blocks) const {
    std::int64_t count = 0;
    for (const Block& block : blocks.open()) {
      for (std::int64_t i = 0; i < block.size(); ++i) {
        for (std::int64_t j = i + 1; j < block.size(); ++j) count += is_new(block.record(i), block.record(j)) ? 1 : 0;
      }
    }
    return count;
  }

  [[nodiscard]] std::int64_t estimated(const Blocks& blocks, std::int64_t draws, base::Random chance) const {
    std::int64_t count = 0;
    for (std::int64_t i = 0; i < draws; ++i) {
      const auto pair = static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(blocks.pairs())));
      const auto past = std::ranges::upper_bound(blocks.open(), pair, {}, &Block::pairs_before);
      const Block& block = *(past - 1);
      const auto size = static_cast<std::uint64_t>(block.size());
      const auto one = static_cast<std::int64_t>(chance.below(size));
      const auto step = static_cast<std::int64_t>(1 + chance.below(size - 1));
      count += is_new(block.record(one), block.record((one + step) % block.size())) ? 1 : 0;
    }
    return std::llround(static_cast<double>(blocks.pairs()) * static_cast<double>(count) / static_cast<double>(draws));
  }

 private:
  [[nodiscard]] bool is_new(std::uint32_t one, std::uint32_t other) const {
    const PersonRecord& left = inputs_.people.records[one];
    const PersonRecord& right = inputs_.people.records[other];
    if (inputs_.scope == PairScope::across_sources && left.source == right.source) return false;
    return std::ranges::none_of(earlier_, [&](const Blocks& blocks) { return blocks.makes(left, right); });
  }

  const PlanInputs& inputs_;
  std::span<const Blocks> earlier_;
};

const BlockingRule& rule_named(std::string_view name) {
  const auto rules = rule_catalogue();
  const auto found = std::ranges::find(rules, name, &BlockingRule::name);
  CHECK(found != rules.end());
  return *found;
}

void add_recall(LinkPlan& plan, const PlanInputs& inputs, const Mixture& mixture, const RecallOptions& options) {
  std::vector<BlockingRule> in_force;
  std::vector<BlockingRule> refused;
  for (const PlannedRule& rule : plan.rules) {
    (rule.plan.is_used ? in_force : refused).push_back(rule_named(rule.plan.rule));
  }
  const ExpectedRecall used = expected_recall(in_force, inputs.people.records, mixture, options);
  const ExpectedRecall unused = expected_recall(refused, inputs.people.records, mixture, options);
  plan.recall = used.together;
  std::size_t next_used = 0;
  std::size_t next_unused = 0;
  for (PlannedRule& rule : plan.rules) {
    if (rule.plan.is_used) {
      rule.recall = used.rules[next_used++];
    } else {
      rule.recall = {.caught = unused.rules[next_unused++].caught, .caught_first = {}};
    }
  }
}

}  // namespace

LinkPlan plan_links(const PlanInputs& inputs, const Blocking& blocking, const Mixture& mixture,
                    const PlanOptions& options) {
  LinkPlan plan{.pairs_possible = blocking.pairs_possible,
                .pairs = std::ssize(blocking.pairs),
                .is_every_pair = blocking.is_every_pair};
  if (blocking.is_every_pair) {
    plan.recall = {.value = 1, .low = 1, .high = 1, .of = plan.pairs_possible};
    return plan;
  }
  std::vector<Blocks> earlier;
  earlier.reserve(blocking.rules.size());  // Blocks hold views into themselves: they may not move.
  for (const RulePlan& of : blocking.rules) {
    const Blocks& blocks = earlier.emplace_back(rule_named(of.rule), inputs);
    PlannedRule rule{.plan = of, .common = common_values(blocks)};
    for (const Block& block : blocks.left_out()) rule.members_left_out += block.size();
    if (of.is_used) {
      const NewPairs fresh(inputs, std::span(earlier).first(earlier.size() - 1));
      rule.is_estimated = blocks.pairs() > options.pairs_counted_max;
      const base::Random chance({.seed = options.recall.seed, .stream = base::stream_of(of.rule)});
      rule.pairs_new =
          rule.is_estimated ? fresh.estimated(blocks, options.pairs_counted_max, chance) : fresh.counted(blocks);
    } else {
      earlier.pop_back();
    }
    plan.rules.push_back(std::move(rule));
  }
  add_recall(plan, inputs, mixture, options.recall);
  return plan;
}

std::string refusal_words(const PlannedRule& rule) {
  CHECK(!rule.plan.is_used);
  const auto number = [](std::int64_t value) { return base::format_integer(value); };
  return rule.plan.rule + " is refused: it would make " + number(rule.plan.pairs) + " pairs. " +
         number(rule.common.values) + (rule.common.values == 1 ? " value" : " values") + " shared by " +
         number(rule.common.records) + " records make " + number(rule.common.pairs) +
         " of them; where those are placeholders, map them as missing.";
}

}  // namespace throughline::linkage
