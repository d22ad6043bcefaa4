// throughline sentinel: patterns that a target can leave in what is recorded, with both of their readings.
#pragma once

#include <cstdint>
#include <string>

#include "app/outside.h"
#include "app/verbs.h"

namespace throughline::app {

struct SentinelRequest {
  std::string input{};  // Columns period, category, count; and where wanted area. Empty: a workspace.
  std::string of{};  // Of a workspace: recorded offences by borough, or outcomes of searches by force. Empty: offences.
  std::string area{};  // Empty: the only one of a table; all published areas together; the only force.
  std::string from{};  // Of a workspace: months, both included.
  std::string to{};
  std::string possession{};  // The two classes between which offences can be moved; empty: by their words.
  std::string trafficking{};
  std::string part{};  // A part that can bolster a whole; empty: by their words.
  std::string whole{};
  std::string before{};  // Windows, "2021" or "2021-01..2021-06"; empty: the first and the last year, or period.
  std::string after{};
  std::string output{};  // Where the patterns go, as CSV.
  std::int64_t permutations = 999;
  std::uint64_t seed = 1;
};

// → sections "sentinel" (facts; table "patterns"), "windows" (tables "counts", "shares"), "course" (tables "courses",
// "steps"), "codes" (tables "codes", "renamed"). Done with findings where a pattern is there. Errors: those of
// read_recorded and recorded_in_workspace; "category_unknown", "window_malformed", "window_outside", "windows_unlike",
// "periods_too_few", "nothing_to_watch", "option_for_workspace".
[[nodiscard]] Answer sentinel(const Outside& outside, const Settings& settings, const SentinelRequest& request);

}  // namespace throughline::app
