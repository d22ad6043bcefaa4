#include "linkage/pattern_counts.h"

#include <algorithm>
#include <utility>

#include "base/number.h"
#include "base/parallel.h"

namespace throughline::linkage {
namespace {

constexpr std::int64_t k_chunk_pairs = std::int64_t{1} << 17;

// A pattern of pairs of one kind, as one number.
std::uint64_t counted(PatternKey key, PairKind kind) {
  return key * k_kinds + static_cast<std::uint64_t>(kind);
}

// Numbers for keys in the order in which they first come: open addressing, doubled when half full.
class KeyTable {
 public:
  KeyTable() : slots_(1024) {}

  std::uint32_t number_of(std::uint64_t key) {
    std::size_t slot = slot_of(key);
    if (slots_[slot].number != 0) return slots_[slot].number - 1;
    keys_.push_back(key);
    slots_[slot] = {.key = key, .number = static_cast<std::uint32_t>(keys_.size())};
    const auto number = static_cast<std::uint32_t>(keys_.size() - 1);
    if (keys_.size() * 2 > slots_.size()) grow();
    return number;
  }
  [[nodiscard]] const std::vector<std::uint64_t>& keys() const { return keys_; }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t number = 0;  // One more than it; 0 is free.
  };
  [[nodiscard]] std::size_t slot_of(std::uint64_t key) const {
    const std::size_t last = slots_.size() - 1;
    std::size_t slot = (key * 0x9E3779B97F4A7C15ULL >> 32) & last;
    while (slots_[slot].number != 0 && slots_[slot].key != key) slot = (slot + 1) & last;
    return slot;
  }
  void grow() {
    slots_.assign(slots_.size() * 2, {});
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      slots_[slot_of(keys_[i])] = {.key = keys_[i], .number = static_cast<std::uint32_t>(i + 1)};
    }
  }

  std::vector<Slot> slots_;
  std::vector<std::uint64_t> keys_;
};

struct ChunkPatterns {
  std::vector<std::uint64_t> keys;
  std::vector<std::int64_t> pairs;     // By key.
  std::vector<std::uint32_t> of_pair;  // Into keys.
};

ChunkPatterns compare_chunk(std::span<const PersonRecord> records, const ComparedTexts& texts,
                            std::span<const PairKey> pairs) {
  ChunkPatterns chunk;
  chunk.of_pair.reserve(pairs.size());
  KeyTable table;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (i + k_pairs_ahead < pairs.size()) ask_for(records, pairs[i + k_pairs_ahead]);
    const PersonRecord& one = records[lower_of(pairs[i])];
    const PersonRecord& other = records[upper_of(pairs[i])];
    const std::uint32_t number = table.number_of(counted(key_of(compare(one, other, texts)), kind_of(one, other)));
    if (number == chunk.pairs.size()) chunk.pairs.push_back(0);
    ++chunk.pairs[number];
    chunk.of_pair.push_back(number);
  }
  chunk.keys = table.keys();
  return chunk;
}

// The pairs' chunks, in order, and all their patterns in one list.
struct AllChunks {
  std::vector<ChunkPatterns> chunks;
  std::vector<PatternCount> patterns;
  std::vector<std::uint64_t> keys;  // Ascending, as the patterns.
};

AllChunks compare_all(std::span<const PersonRecord> records, const ComparedTexts& texts,
                      std::span<const PairKey> pairs) {
  AllChunks all;
  const base::Split split{.items = static_cast<std::int64_t>(pairs.size()), .chunk_items = k_chunk_pairs};
  all.chunks.resize(static_cast<std::size_t>(split.chunks()));
  base::parallel_chunks(split, [&](const base::Chunk& chunk) {
    const auto begin = static_cast<std::size_t>(chunk.begin);
    all.chunks[static_cast<std::size_t>(chunk.index)] =
        compare_chunk(records, texts, pairs.subspan(begin, static_cast<std::size_t>(chunk.end) - begin));
  });
  for (const ChunkPatterns& chunk : all.chunks) all.keys.insert(all.keys.end(), chunk.keys.begin(), chunk.keys.end());
  std::ranges::sort(all.keys);
  const auto repeated = std::ranges::unique(all.keys);
  all.keys.erase(repeated.begin(), repeated.end());
  for (const std::uint64_t key : all.keys) {
    all.patterns.push_back({.key = key / k_kinds, .kind = static_cast<PairKind>(key % k_kinds), .pairs = 0});
  }
  return all;
}

}  // namespace

ComparedPairs compare_pairs(std::span<const PersonRecord> records, const ComparedTexts& texts,
                            std::span<const PairKey> pairs) {
  AllChunks all = compare_all(records, texts, pairs);
  ComparedPairs compared{.patterns = std::move(all.patterns), .of_pair = {}};
  compared.of_pair.reserve(pairs.size());
  for (ChunkPatterns& chunk : all.chunks) {
    std::vector<std::uint32_t> place;
    for (std::size_t i = 0; i < chunk.keys.size(); ++i) {
      place.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(all.keys, chunk.keys[i]) - all.keys.begin()));
      compared.patterns[place.back()].pairs += chunk.pairs[i];
    }
    for (const std::uint32_t number : chunk.of_pair) compared.of_pair.push_back(place[number]);
    chunk = {};
  }
  return compared;
}

std::vector<PatternCount> count_patterns(std::span<const PersonRecord> records, const ComparedTexts& texts,
                                         std::span<const PairKey> pairs) {
  AllChunks all = compare_all(records, texts, pairs);
  for (const ChunkPatterns& chunk : all.chunks) {
    for (std::size_t i = 0; i < chunk.keys.size(); ++i) {
      const auto place = std::ranges::lower_bound(all.keys, chunk.keys[i]) - all.keys.begin();
      all.patterns[static_cast<std::size_t>(place)].pairs += chunk.pairs[i];
    }
  }
  return std::move(all.patterns);
}

}  // namespace throughline::linkage
