#include "evidence/sentinel/recorded.h"

#include <algorithm>

#include "base/check.h"

namespace throughline::evidence {

const RecordedSeries* RecordedTable::find(const std::string& category) const {
  const auto at = std::ranges::find(series, category, &RecordedSeries::category);
  return at == series.end() ? nullptr : &*at;
}

OrRefusal<std::int64_t> sum_over(const RecordedTable& table, const RecordedSeries& series, const PeriodWindow& window) {
  CHECK(window.first <= window.last && window.last < series.counts.size());
  std::int64_t sum = 0;
  for (std::size_t period = window.first; period <= window.last; ++period) {
    if (!series.counts[period]) {
      const auto refusal = refuse(Use::sum_periods, Caveats{Caveat::absent_not_zero},
                                  UseContext{.absent = series.category + ", " + table.periods[period]});
      CHECK(refusal.has_value());
      return *refusal;
    }
    sum += *series.counts[period];
  }
  return sum;
}

}  // namespace throughline::evidence
