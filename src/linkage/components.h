// The connected components of a graph of records, each a problem of its own.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/cluster.h"

namespace throughline::linkage {

// Sets of numbers that grow together; each is named by its least member.
class DisjointSets {
 public:
  explicit DisjointSets(std::int64_t members);
  std::uint32_t find(std::uint32_t member);
  // Gives the name of the joined set.
  std::uint32_t join(RecordPair pair);

 private:
  std::vector<std::uint32_t> up_;
};

// What lies between some records: pairs by their places among these.
struct Neighbourhood {
  std::vector<WeighedPair> pairs{};  // Ascending.
  std::vector<RecordPair> same{};
  std::vector<RecordPair> different{};
};

// Components of two records or more, by their least member, and what lies within each, by places of the whole.
class Components {
 public:
  // Pairs over the edge weight, and those judged the same, connect.
  Components(std::int64_t records, std::span<const WeighedPair> pairs, const Judged& judged, double weight_bits_edge);

  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(member_begin_.size()) - 1; }
  // Ascending.
  [[nodiscard]] std::span<const std::uint32_t> members(std::int64_t component) const;
  // What lies between the members, by places among the members.
  [[nodiscard]] Neighbourhood within(std::int64_t component) const;

 private:
  static constexpr std::uint32_t k_alone = ~std::uint32_t{0};
  void number(DisjointSets& sets, std::int64_t records);
  template <class Pair>
  void gather(std::span<const Pair> all, std::vector<std::size_t>& begin, std::vector<Pair>& gathered) const;

  std::vector<std::uint32_t> component_of_;  // By record; k_alone where it is in none.
  std::vector<std::uint32_t> place_;         // By record: among the members of its component.
  std::vector<std::size_t> member_begin_, pair_begin_, same_begin_, different_begin_;
  std::vector<std::uint32_t> members_;
  std::vector<WeighedPair> pairs_;
  std::vector<RecordPair> same_, different_;
};

}  // namespace throughline::linkage
