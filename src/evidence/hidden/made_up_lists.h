// Tables of lists for tests. Only *_test.cpp includes this.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "evidence/hidden/lists.h"

namespace throughline::evidence {

// Lists A, B, C… and counts by history, a history being the letters of its lists: {"AB", 2}.
inline ListTable made_up_lists(int lists, std::initializer_list<std::pair<const char*, std::int64_t>> cases) {
  ListTable table;
  for (int list = 0; list < lists; ++list) table.lists.emplace_back(1, static_cast<char>('A' + list));
  table.counts.assign(std::size_t{1} << table.lists.size(), 0);
  for (const auto& [letters, count] : cases) {
    std::size_t history = 0;
    for (const char letter : std::string(letters)) history |= std::size_t{1} << static_cast<unsigned>(letter - 'A');
    table.counts[history] = count;
  }
  return table;
}

// The Home Office's table of 2013, by the letters A to F for LA, NG, PF, GO, GP, NCA.
inline ListTable six_lists_of_2013() {
  return made_up_lists(
      6, {{"A", 54},  {"B", 463}, {"C", 907}, {"D", 695}, {"E", 316}, {"F", 57},  {"AB", 15}, {"AC", 19}, {"AD", 3},
          {"BC", 56}, {"BD", 19}, {"BE", 1},  {"BF", 3},  {"CD", 69}, {"CE", 10}, {"CF", 31}, {"DE", 8},  {"DF", 6},
          {"EF", 1},  {"ABC", 1}, {"ABD", 1}, {"BCD", 4}, {"BCF", 3}, {"CDF", 1}, {"ABCD", 1}});
}

// The same with PF and NCA as one: LA, NG, PFNCA, GO, GP.
inline ListTable five_lists_of_2013() {
  return made_up_lists(5, {{"A", 54},
                           {"B", 463},
                           {"C", 995},
                           {"D", 695},
                           {"E", 316},
                           {"AB", 15},
                           {"AC", 19},
                           {"AD", 3},
                           {"BC", 62},
                           {"BD", 19},
                           {"BE", 1},
                           {"CD", 76},
                           {"CE", 11},
                           {"DE", 8},
                           {"ABC", 1},
                           {"ABD", 1},
                           {"BCD", 4},
                           {"ABCD", 1}});
}

}  // namespace throughline::evidence
