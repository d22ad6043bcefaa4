// Tables of harms for tests. Only *_test.cpp includes this.
#pragma once

#include <string>
#include <vector>

#include "evidence/harm/harms.h"

namespace throughline::evidence {

struct MadeUpHarm {
  std::string name;
  std::vector<std::optional<HarmCell>> cells;  // By period.
};

inline HarmCell harm_cell(double volume, double unit_cost) {
  return {.volume = volume, .unit_cost = unit_cost, .price_year = 2000};
}

// Periods "0", "1"…
inline HarmTable made_up_harms(const std::vector<MadeUpHarm>& harms) {
  HarmTable table;
  for (std::size_t period = 0; period < harms.front().cells.size(); ++period) {
    table.periods.push_back(std::to_string(period));
  }
  for (const MadeUpHarm& harm : harms) {
    table.harms.push_back(harm.name);
    table.cells.insert(table.cells.end(), harm.cells.begin(), harm.cells.end());
  }
  return table;
}

// Constructed: three harms over three periods. Deaths rise then fall; both crimes fall; all unit costs rise.
inline HarmTable constructed_harms() {
  return made_up_harms({{"death", {harm_cell(1500, 1'000'000), harm_cell(1600, 1'040'000), harm_cell(1550, 1'075'000)}},
                        {"robbery", {harm_cell(20000, 7282), harm_cell(18000, 7500), harm_cell(17000, 7700)}},
                        {"burglary", {harm_cell(80000, 3268), harm_cell(72000, 3400), harm_cell(70000, 3500)}}});
}

}  // namespace throughline::evidence
