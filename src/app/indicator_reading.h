// One indicator of a basket read for one area: its latest figure, the change, and what may not be said.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "evidence/baskets/basket.h"
#include "evidence/intervals.h"
#include "evidence/stage.h"

namespace throughline::app {

// An area with what its figures may be looked up by.
struct ProfileArea {
  evidence::AreaCode code;
  std::string name;
  evidence::AreaKind kind = evidence::AreaKind::force;
  std::optional<evidence::AreaCode> force;  // In which it lies.
  std::string force_name;
};
// Errors: those of Areas::resolve.
[[nodiscard]] base::Result<ProfileArea> profile_area(const evidence::World& world, const std::string& text);

// Counts of a kind of record by force and month, as agencies sent them.
using RecordCounts = std::map<std::pair<std::string, evidence::AreaCode>, std::map<base::Month, std::int64_t>>;

// What is read, and what it is compared with; nothing: the last twelve months received, with the twelve before.
struct ReadingWindows {
  std::optional<evidence::MonthSpan> before{};
  std::optional<evidence::MonthSpan> after{};
};

struct IndicatorReading {
  std::string of{};      // Whose figure it is: often a larger area's.
  std::string period{};  // "2024-10..2025-09", "2019".
  std::optional<double> value{};
  std::optional<evidence::Interval> interval{};
  std::string no_value{};       // Why there is none.
  std::string before_period{};  // Of the change.
  std::optional<double> before{};
  std::optional<double> percent{};
  std::optional<evidence::Interval> percent_interval{};
  std::string no_change{};  // Why there is none.
  std::string source{};     // A cell for trace, or a published series.
  std::string unit{};
  evidence::Caveats caveats{};
};

// Of a workspace's measure counts with exact intervals; of a published series the last period that the rules let be
// told, and the change on five periods before; of records a number, not told under ten.
struct ReadingSources {
  const evidence::World& world;
  const RecordCounts& records;
  base::Month last{};  // The month that is now, or as of which is asked: records dated later are left out and counted.
};
[[nodiscard]] base::Result<IndicatorReading> read_indicator(const ReadingSources& sources,
                                                            const evidence::Indicator& indicator,
                                                            const ProfileArea& area,
                                                            const ReadingWindows& windows = {});

}  // namespace throughline::app
