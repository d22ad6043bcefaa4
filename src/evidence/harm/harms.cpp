#include "evidence/harm/harms.h"

#include "base/check.h"

namespace throughline::evidence {

HarmTable without_harm(const HarmTable& table, std::size_t harm) {
  CHECK(harm < table.harms.size());
  HarmTable rest{.harms = {}, .periods = table.periods, .cells = {}};
  for (std::size_t other = 0; other < table.harms.size(); ++other) {
    if (other == harm) continue;
    rest.harms.push_back(table.harms[other]);
    if (!table.caveats.empty()) rest.caveats.push_back(table.caveats[other]);
    for (std::size_t period = 0; period < table.periods.size(); ++period) rest.cells.push_back(table.at(other, period));
  }
  return rest;
}

std::vector<std::size_t> matched_harms(const HarmTable& table, std::size_t from, std::size_t to) {
  std::vector<std::size_t> matched;
  for (std::size_t harm = 0; harm < table.harms.size(); ++harm) {
    if (table.at(harm, from).has_value() && table.at(harm, to).has_value()) matched.push_back(harm);
  }
  return matched;
}

}  // namespace throughline::evidence
