// Harms by period: how many, what one costs, and what share of them is owed to drugs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evidence/caveats.h"
#include "evidence/intervals.h"

namespace throughline::evidence {

// One harm in one period.
struct HarmCell {
  double volume = 0;                     // How many, of all causes.
  std::optional<double> volume_error{};  // The standard error of a survey; nothing: a count.
  double unit_cost = 0;                  // Of one, in money.
  std::int64_t price_year = 0;           // The year in whose prices that is.
  double share = 1;                      // Of the volume, attributable to drugs.
  std::optional<Interval> cost_range{};  // From the least to the most it may be; nothing: taken as exact.
  std::optional<Interval> share_range{};
  std::string source{};  // Of the unit cost; empty: none was given.

  [[nodiscard]] double attributable() const { return share * volume; }
  [[nodiscard]] double value() const { return share * volume * unit_cost; }
};

// REQUIRES of whoever fills it: values not negative, costs above zero, shares at most one, and the periods of a harm
// without a hole between its first and its last.
struct HarmTable {
  std::vector<std::string> harms;
  std::vector<std::string> periods;            // In the order of time.
  std::vector<std::optional<HarmCell>> cells;  // Harm by harm, a place for each period.
  std::vector<Caveats> caveats{};              // Of each harm's source; empty where none was given for any.

  [[nodiscard]] const std::optional<HarmCell>& at(std::size_t harm, std::size_t period) const {
    return cells[harm * periods.size() + period];
  }
};

// The same table without one harm.
[[nodiscard]] HarmTable without_harm(const HarmTable& table, std::size_t harm);

// The harms that both periods have.
[[nodiscard]] std::vector<std::size_t> matched_harms(const HarmTable& table, std::size_t from, std::size_t to);

}  // namespace throughline::evidence
