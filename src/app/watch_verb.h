// throughline watch: alerts over counts of a table, of published series or of a workspace.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/verbs.h"

namespace throughline::app {

// What is watched is one of input, published and measure.
struct WatchRequest {
  std::string input{};      // A table of counts: period, count; area, category and police_activity where it has them.
  std::string published{};  // A published series by name, or "all".
  std::string measure{};    // A measure of the workspace.
  std::string category{};   // Of the measure. Empty: each of them.
  std::string area{};       // Of the measure. Empty: every area of the kind.
  std::string area_kind{};
  std::string from{}, to{};              // The periods whose alerts are told; empty: the last year (five of years).
  std::vector<std::string> detectors{};  // Empty: farrington where there are counts enough, else ears-c1.
  std::vector<std::string> renamed{};    // "OLD=NEW".
  double level = 0.005;                  // False alarms a period of a quiet series, in each direction.
  std::int64_t window = 0;               // Periods of the baseline; 0: 60 months, or 20 years.
  std::int64_t gap = -1;                 // Periods left out before the one tested; -1: 6 months, no years.
  bool has_noughts_left_out = false;     // A row that is not there is a nought where its area was received at all.
  std::int64_t rows = 100;               // Of alerts, shown at most.
  std::int64_t lines_max = 0;            // Of the workspace; more are refused. 0: as many as there are.
  std::string output{};                  // Where all alerts go, as CSV.
  std::uint64_t seed = 1;
};

// → section "watch" (facts; table "screened": tests, false alarms to be expected, alerts), "alerts" (table "alerts")
// and "fresh" (table "fresh": categories never seen before). Outcome done_with_findings where there is an alert.
// Errors: "watch_not_said" where none or several of input, published and measure are named; those of read_watch_table,
// published_batches and workspace_batch; "detector_unknown"; "renamed_malformed"; "period_malformed".
[[nodiscard]] Answer watch(const Outside& outside, const Settings& settings, const WatchRequest& request);

}  // namespace throughline::app
