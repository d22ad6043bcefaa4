// Agreement patterns of many pairs, each pattern once.
//
// Millions of pairs show a few thousand patterns: what is learnt and most of what is weighed is worked out for each
// pattern, not for each pair.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/compare.h"
#include "linkage/mixture.h"
#include "linkage/sorted_pairs.h"

namespace throughline::linkage {

struct ComparedPairs {
  std::vector<PatternCount> patterns;  // Ascending by kind and key.
  std::vector<std::uint32_t> of_pair;  // For each pair the place of its pattern.
};

// How many pairs ahead the records of a pair are asked for: a far read is waited for otherwise.
inline constexpr std::size_t k_pairs_ahead = 12;
inline void ask_for(std::span<const PersonRecord> records, PairKey pair) {
  for (const std::uint32_t record : {lower_of(pair), upper_of(pair)}) {
    const char* at = reinterpret_cast<const char*>(&records[record]);
    __builtin_prefetch(at);
    __builtin_prefetch(at + sizeof(PersonRecord) / 2);
  }
}

// On every core; the same at any number of them. Cost: about 100 ns a pair.
[[nodiscard]] ComparedPairs compare_pairs(std::span<const PersonRecord> records, const ComparedTexts& texts,
                                          std::span<const PairKey> pairs);

// The same for pairs drawn at random, with what pairs were compared forgotten.
[[nodiscard]] std::vector<PatternCount> count_patterns(std::span<const PersonRecord> records,
                                                       const ComparedTexts& texts, std::span<const PairKey> pairs);

}  // namespace throughline::linkage
