#include "linkage/splink/blocking.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <optional>
#include <utility>

#include "base/number.h"
#include "linkage/splink/evaluate.h"

namespace throughline::linkage::splink {

namespace {

constexpr std::int64_t k_chunk_entries = 2048;
constexpr std::uint64_t k_seed = 0x9E3779B97F4A7C15U;

// A finaliser of 64-bit hashes (D. Stafford's mix 13).
std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

// FNV-1a.
std::uint64_t hash_of_text(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char letter : text) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3U;
  return hash;
}

// Equal values have equal hashes; the hash of one that is missing or failed means nothing.
std::uint64_t hash_of(const Value& value) {
  if (const auto* text = value.as<std::string_view>()) return mixed(hash_of_text(*text));
  if (const auto* number = value.as<double>()) return mixed(std::bit_cast<std::uint64_t>(*number == 0 ? 0.0 : *number));
  if (const auto* moment = value.as<Moment>()) return mixed(static_cast<std::uint64_t>(moment->microseconds));
  if (const auto* truth = value.as<bool>()) return *truth ? 1 : 2;
  std::uint64_t hash = k_seed;
  if (const auto* list = value.as<const List*>()) {
    for (const Value& member : **list) hash = mixed(hash ^ hash_of(member));
  }
  return hash;
}

struct Entry {
  std::uint64_t hash = 0;
  std::int64_t record = 0;
  friend auto operator<=>(const Entry&, const Entry&) = default;
};
using Entries = std::vector<Entry>;

// The hashes by which a value is looked up: its own, or one a member where the rule is about members.
std::vector<std::uint64_t> hashes_of_value(const Value& value, bool is_exploded) {
  const auto* list = value.as<const List*>();
  if (!is_exploded || list == nullptr) return {hash_of(value)};
  std::vector<std::uint64_t> hashes;
  for (const Value& member : **list) {
    if (!member.is_missing()) hashes.push_back(hash_of(member));
  }
  return hashes;
}

// The hashes by which a record is looked up on one side of a rule; none where a value is missing.
std::vector<std::uint64_t> hashes_of(const PlannedRule& rule, Side side, std::span<const Value> values) {
  std::vector<std::uint64_t> hashes{k_seed};
  for (const BlockingKey& key : rule.keys) {
    const Value& value = values[static_cast<std::size_t>(side == Side::left ? key.left_slot : key.right_slot)];
    if (value.is_missing() || value.is_failed()) return {};
    std::vector<std::uint64_t> next;
    for (const std::uint64_t own : hashes_of_value(value, key.is_exploded)) {
      for (const std::uint64_t hash : hashes) next.push_back(mixed(hash ^ own));
    }
    hashes = std::move(next);
  }
  return hashes;
}

Entries entries_of(const PlannedRule& rule, Side side, const Records& records) {
  Entries entries;
  for (std::int64_t record = 0; record < records.count(); ++record) {
    for (const std::uint64_t hash : hashes_of(rule, side, records.values(record))) entries.push_back({hash, record});
  }
  std::ranges::sort(entries);
  const auto repeated = std::ranges::unique(entries);
  entries.erase(repeated.begin(), repeated.end());
  return entries;
}

// The entries of one hash.
std::span<const Entry> group_of(const Entries& entries, std::uint64_t hash) {
  const auto group = std::ranges::equal_range(entries, hash, {}, &Entry::hash);
  return {group.begin(), group.end()};
}

struct Size {
  std::int64_t pairs = 0;
  std::int64_t largest_group = 0;
};

// At least as many pairs as the equalities will give: which of two is the left one is not looked at where the sides
// differ, nor whether hashes are equal by chance.
Size size_of(const Entries& left, const Entries& right, bool is_alike) {
  Size size;
  for (std::size_t at = 0; at < left.size();) {
    const std::uint64_t hash = left[at].hash;
    std::size_t end = at;
    while (end < left.size() && left[end].hash == hash) ++end;
    const auto count = static_cast<std::int64_t>(end - at);
    const auto other = is_alike ? count : static_cast<std::int64_t>(group_of(right, hash).size());
    size.pairs += is_alike ? count * (count - 1) / 2 : count * other;
    size.largest_group = std::max({size.largest_group, count, other});
    at = end;
  }
  return size;
}

struct RuleIndex {
  Entries left;
  Entries right;  // Empty where both sides are alike.
  bool is_alike = false;

  [[nodiscard]] const Entries& right_entries() const { return is_alike ? left : right; }
};

RuleIndex index_of(const PlannedRule& rule, const Records& records) {
  RuleIndex index;
  index.is_alike =
      std::ranges::all_of(rule.keys, [](const BlockingKey& key) { return key.left_slot == key.right_slot; });
  index.left = entries_of(rule, Side::left, records);
  if (!index.is_alike) index.right = entries_of(rule, Side::right, records);
  return index;
}

// Makes the pairs of one rule.
class PairMaker {
 public:
  PairMaker(const Model& model, std::span<const PlannedRule> rules, const Records& records)
      : model_(model), rules_(rules), records_(records) {}

  [[nodiscard]] base::Result<std::vector<CandidatePair>> make(std::int32_t rule, const RuleIndex& index,
                                                              const base::Interrupt& interrupt) const {
    const base::Split split{.items = static_cast<std::int64_t>(index.left.size()), .chunk_items = k_chunk_entries};
    std::vector<std::vector<CandidatePair>> made(static_cast<std::size_t>(split.chunks()));
    TRY(base::try_parallel_chunks(split, interrupt, [&](const base::Chunk& chunk) -> base::Result<void> {
      made[static_cast<std::size_t>(chunk.index)] = TRY(make_chunk(rule, index, chunk));
      return {};
    }));
    std::vector<CandidatePair> pairs;
    for (const auto& part : made) pairs.insert(pairs.end(), part.begin(), part.end());
    return pairs;
  }

 private:
  [[nodiscard]] base::Result<std::vector<CandidatePair>> make_chunk(std::int32_t rule, const RuleIndex& index,
                                                                    const base::Chunk& chunk) const {
    std::vector<CandidatePair> pairs;
    Arena arena;
    Evaluator evaluator(arena);
    for (std::int64_t at = chunk.begin; at < chunk.end; ++at) {
      const Entry& left = index.left[static_cast<std::size_t>(at)];
      for (const Entry& right : group_of(index.right_entries(), left.hash)) {
        const CandidatePair pair{.left = left.record, .right = right.record, .match_key = rule};
        if (!may_pair(pair)) continue;
        arena.clear();
        if (TRY(is_first_to_hold(pair, evaluator))) pairs.push_back(pair);
      }
    }
    return pairs;
  }

  [[nodiscard]] bool may_pair(const CandidatePair& pair) const {
    if (records_.rank(pair.left) >= records_.rank(pair.right)) return false;
    return model_.link_type != LinkType::link_only ||
           records_.source_number(pair.left) != records_.source_number(pair.right);
  }

  [[nodiscard]] base::Result<bool> is_first_to_hold(const CandidatePair& pair, Evaluator& evaluator) const {
    const RecordPair values{.left = records_.values(pair.left), .right = records_.values(pair.right)};
    for (std::int32_t rule = pair.match_key; rule >= 0; --rule) {
      const Value holds = evaluator.evaluate(rules_[static_cast<std::size_t>(rule)].condition, values);
      if (holds.is_failed()) return failure(rule, pair);
      if (holds.is_true() != (rule == pair.match_key)) return false;
    }
    return true;
  }

  [[nodiscard]] base::Error failure(std::int32_t rule, const CandidatePair& pair) const {
    return {.kind = base::ErrorKind::bad_command,
            .code = "splink_blocking",
            .what = "a blocking rule cannot be worked out for " + records_.where(pair.left) + " and " +
                    records_.where(pair.right) + ": a value is not of the form that a function or cast needs",
            .where = model_.blocking_rules[static_cast<std::size_t>(rule)].place,
            .remedy = "Use TRY_CAST or try_strptime in the rule, or correct the data."};
  }

  const Model& model_;
  std::span<const PlannedRule> rules_;
  const Records& records_;
};

base::Result<void> check_size(const Model& model, const std::vector<Size>& sizes, const BlockingOptions& options) {
  std::int64_t pairs = 0;
  for (const Size& size : sizes) pairs += size.pairs;
  if (pairs <= options.pairs_max) return {};
  const auto worst =
      std::ranges::max_element(sizes, [](const Size& one, const Size& other) { return one.pairs < other.pairs; });
  const auto place = static_cast<std::size_t>(worst - sizes.begin());
  return base::Error{.kind = base::ErrorKind::bad_command,
                     .code = "splink_blocking",
                     .what = "the blocking rules would give up to " + base::format_integer(pairs) +
                             " pairs, more than " + base::format_integer(options.pairs_max) +
                             "; this one alone gives " + base::format_integer(worst->pairs) +
                             ", its largest group of equal records has " + base::format_integer(worst->largest_group),
                     .where = model.blocking_rules.empty() ? "blocking_rules_to_generate_predictions"
                                                           : model.blocking_rules[place].place,
                     .remedy = "Ask for more in this rule, or make the frequent value missing in the data."};
}

bool is_before(const CandidatePair& one, const CandidatePair& other) {
  if (one.left != other.left) return one.left < other.left;
  if (one.right != other.right) return one.right < other.right;
  return one.match_key < other.match_key;
}

}  // namespace

base::Result<std::vector<CandidatePair>> candidate_pairs(const Model& model, const Plan& plan, const Records& records,
                                                         const BlockingOptions& options) {
  const base::Interrupt never;
  const base::Interrupt& interrupt = options.interrupt == nullptr ? never : *options.interrupt;
  // Without rules one that holds for every pair stands for them.
  const std::vector<PlannedRule> all{{.condition = {.does = Step::Does::all, .gives = Kind::truth}}};
  const std::span<const PlannedRule> rules = plan.rules.empty() ? std::span(all) : std::span(plan.rules);
  std::vector<Size> sizes;
  for (const PlannedRule& rule : rules) {
    const RuleIndex index = index_of(rule, records);
    sizes.push_back(size_of(index.left, index.right_entries(), index.is_alike));
  }
  TRY(check_size(model, sizes, options));
  const PairMaker maker(model, rules, records);
  std::vector<CandidatePair> pairs;
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    const std::vector<CandidatePair> made =
        TRY(maker.make(static_cast<std::int32_t>(rule), index_of(rules[rule], records), interrupt));
    pairs.insert(pairs.end(), made.begin(), made.end());
  }
  std::ranges::sort(pairs, is_before);
  const auto same = [](const CandidatePair& one, const CandidatePair& other) {
    return one.left == other.left && one.right == other.right;
  };
  const auto repeated = std::ranges::unique(pairs, same);
  pairs.erase(repeated.begin(), repeated.end());
  return pairs;
}

}  // namespace throughline::linkage::splink
