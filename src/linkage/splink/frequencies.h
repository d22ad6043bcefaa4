// How frequent each record's value of a column is among the values that are not missing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "linkage/splink/plan.h"
#include "linkage/splink/records.h"
#include "linkage/splink/score.h"

namespace throughline::linkage::splink {

class Frequencies {
 public:
  // For each column that some level of the plan is adjusted by: counted over all records of all data sets, or taken
  // from the table for that column. Errors: a table for no such column, a value twice, a frequency not above 0 and at
  // most 1.
  static base::Result<Frequencies> of(const Plan& plan, const Records& records, std::span<const FrequencyTable> tables);

  // NaN where the value is missing or not in its table. REQUIRES: a level of the plan is adjusted by the slot.
  [[nodiscard]] double at(std::int32_t slot, std::int64_t record) const {
    return by_slot_[static_cast<std::size_t>(slot)][static_cast<std::size_t>(record)];
  }

 private:
  std::vector<std::vector<double>> by_slot_;  // Empty for slots that are not asked about.
};

}  // namespace throughline::linkage::splink
