// throughline lag: does one series move before another, over a window that is declared first?
#pragma once

#include <cstdint>
#include <string>

#include "app/verbs.h"

namespace throughline::app {

struct LagRequest {
  std::string leader{};  // A line of a published series, "searches.drugs"; with input: a column.
  std::string follower{};
  std::string input{};       // A table: period, and a column of numbers for each series. Empty: the published series.
  std::string window{};      // "1..6": the leader so many periods earlier. Needed.
  std::string hypothesis{};  // In words. Needed: it is what the analysis is registered under.
  std::string area{};        // Of published series. Empty: the widest that both have.
  bool is_level = false;     // As they are, in place of the change from period to period.
  std::int64_t draws = 999;
  std::uint64_t seed = 1;
  std::string output{};  // Where the lags go, as CSV.
};

// → sections "registration" (facts, with the SHA-256 of what was declared), "lag" (facts verdict, why, periods,
// effective_periods, detectable; table "lags"). Errors: "window_missing", "window_malformed", "hypothesis_missing",
// "series_missing", "line_unknown", "period_kinds_mixed", "periods_too_few"; those of read_small_table.
[[nodiscard]] Answer lag(const Outside& outside, const Settings& settings, const LagRequest& request);

}  // namespace throughline::app
