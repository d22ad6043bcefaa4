#include "evidence/hidden/lists.h"

#include <bit>

#include "base/check.h"

namespace throughline::evidence {

std::vector<ListPair> all_pairs(int lists) {
  std::vector<ListPair> pairs;
  for (int one = 0; one < lists; ++one) {
    for (int other = one + 1; other < lists; ++other) pairs.push_back({one, other});
  }
  return pairs;
}

History history_of(ListPair pair) {
  CHECK(0 <= pair.one && pair.one < pair.other && pair.other < k_lists_max);
  return (History{1} << static_cast<unsigned>(pair.one)) | (History{1} << static_cast<unsigned>(pair.other));
}

std::string name_of(const ListTable& table, ListPair pair) {
  return table.lists.at(static_cast<std::size_t>(pair.one)) + ":" +
         table.lists.at(static_cast<std::size_t>(pair.other));
}

int list_count(const ListTable& table) {
  CHECK(table.counts.size() == std::size_t{1} << table.lists.size());
  return static_cast<int>(table.lists.size());
}

std::int64_t cases_seen(const ListTable& table) {
  return cases_on(table, 0);
}

std::int64_t cases_on(const ListTable& table, History lists) {
  std::int64_t cases = 0;
  for (std::size_t history = 1; history < table.counts.size(); ++history) {
    if ((history & lists) == lists) cases += table.counts[history];
  }
  return cases;
}

std::int64_t cases_on_several(const ListTable& table) {
  std::int64_t cases = 0;
  for (std::size_t history = 1; history < table.counts.size(); ++history) {
    if (std::popcount(history) > 1) cases += table.counts[history];
  }
  return cases;
}

}  // namespace throughline::evidence
