// What was recorded, category by category and period by period: the raw matter of the sentinel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evidence/caveats.h"

namespace throughline::evidence {

struct RecordedSeries {
  std::string category;
  std::vector<std::optional<std::int64_t>> counts;  // By period; nothing where none was received, which is not nought.
};

struct RecordedTable {
  std::string area;                  // May be empty.
  std::vector<std::string> periods;  // In the order of time, "2025" or "2025-03"; none twice.
  std::vector<RecordedSeries> series;
  std::string absent;  // Periods between the first and the last of which nothing was received, in words.

  [[nodiscard]] const RecordedSeries* find(const std::string& category) const;
};

// Periods by their places, both included.
struct PeriodWindow {
  std::size_t first = 0;
  std::size_t last = 0;
  [[nodiscard]] std::size_t length() const { return last - first + 1; }
  friend bool operator==(const PeriodWindow&, const PeriodWindow&) = default;
};

// What is held against what. REQUIRES of every use: equally long, the first before the second, within the periods.
struct TwoWindows {
  PeriodWindow before;
  PeriodWindow after;
};

// The sum over the window. Refused where a period is missing: absent_months_are_not_summed.
[[nodiscard]] OrRefusal<std::int64_t> sum_over(const RecordedTable& table, const RecordedSeries& series,
                                               const PeriodWindow& window);

}  // namespace throughline::evidence
