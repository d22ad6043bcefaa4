// From pairs to people: records are put together while the evidence over all their pairs, not one lucky one, says so.
//
// Groups join, best first, while the mean of two weights is above the least: the mean weight over all their pairs
// (average linkage; Sokal and Michener, 1958), pairs that blocking never made included; and the weight of the two
// groups as if each were one record. The first is wary, the second sees what the records say together. Connected
// components would let one false pair join two families.
//
// What a person has judged stands: records judged the same are together before anything is weighed, and groups that
// hold two records judged different never join.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "linkage/mixture.h"
#include "linkage/record.h"

namespace throughline::linkage {

struct WeighedPair {
  std::uint32_t one = 0;  // Places of records; one < other.
  std::uint32_t other = 0;
  float weight_bits = 0;
  float probability = 0;
};

struct RecordPair {
  std::uint32_t one = 0;
  std::uint32_t other = 0;
};

// The weight, in bits, of two groups of records, each taken as one: see composite(). Called from several threads at
// once.
using WeighRecords = std::function<double(const PersonRecord&, const PersonRecord&, PairKind)>;

// REQUIRES: what follows from `same` does not contradict `different`.
struct Judged {
  std::span<const RecordPair> same{};
  std::span<const RecordPair> different{};
};

struct ClusterOptions {
  Judged judged{};
  double weight_bits_min = 0;    // Groups join while their weight is above this: 0 is p = 0.5.
  double weight_bits_held = 12;  // A weight counts for at most so much, for or against.
  double weight_bits_edge = -4;  // Pairs weaker than this do not bring groups together.
  // Added where a third record or a later one would join: 0, or less where people seldom have so many. See
  // third_record_bits.
  double third_record_bits = 0;
  bool is_one_to_one = false;       // No two records of one source come together, unless they were judged the same.
  std::int64_t component_step = 1;  // Only every so many-th component is put together; the others stay as they are.
};

// How much less often a person with two records has a third than a person with one has a second, as log2, 0 at most:
// learnt from a first putting together. The pairs' weights know only how often records have matches at all.
[[nodiscard]] double third_record_bits(std::span<const std::uint32_t> first_of_cluster);

class Components;

// For each record the place of the first record of its cluster. Pairs in ascending order. The same at any number of
// threads. Cost: cubic in the size of a connected component over the edge weight; those above 400 records are first cut
// at higher edges.
[[nodiscard]] std::vector<std::uint32_t> cluster(std::span<const PersonRecord> records,
                                                 std::span<const WeighedPair> pairs, const WeighRecords& weigh,
                                                 const ClusterOptions& options = {});
// The same where the components are known, of the options' judgements and edge weight: they need not be found again.
[[nodiscard]] std::vector<std::uint32_t> cluster(std::span<const PersonRecord> records, const Components& components,
                                                 const WeighRecords& weigh, const ClusterOptions& options);

}  // namespace throughline::linkage
