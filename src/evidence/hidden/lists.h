// Overlapping lists of cases: who was seen by which lists, and how many by none of them is the question.
//
// A history says on which lists a case stands; a table gives the number of cases of each history. The number on no list
// at all is never known: estimating it is what multiple-systems estimation is for.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace throughline::evidence {

inline constexpr int k_lists_min = 3;
inline constexpr int k_lists_max = 10;

// On which lists a case stands: bit i for list i.
using History = std::uint32_t;

// Two lists by their numbers. REQUIRES one < other.
struct ListPair {
  int one = 0;
  int other = 1;
  friend auto operator<=>(const ListPair&, const ListPair&) = default;
};

struct ListTable {
  std::vector<std::string> lists;    // Their names.
  std::vector<std::int64_t> counts;  // Cases by history, 2^lists places; that of the history 0 is 0, for it is unknown.
};

// Every pair, ordered by its first list and then its other.
[[nodiscard]] std::vector<ListPair> all_pairs(int lists);
// The history of a case on these two and no other.
[[nodiscard]] History history_of(ListPair pair);
// "LA:NG".
[[nodiscard]] std::string name_of(const ListTable& table, ListPair pair);

[[nodiscard]] int list_count(const ListTable& table);
// All cases that any list holds.
[[nodiscard]] std::int64_t cases_seen(const ListTable& table);
// Cases on every list of the history, whatever other lists hold them.
[[nodiscard]] std::int64_t cases_on(const ListTable& table, History lists);
// Cases on two lists or more: all that the lists say about each other.
[[nodiscard]] std::int64_t cases_on_several(const ListTable& table);

}  // namespace throughline::evidence
