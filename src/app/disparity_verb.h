// throughline disparity: how often groups are searched, arrested or dealt with, against a population that is named.
#pragma once

#include <string>

#include "app/outside.h"
#include "app/verbs.h"

namespace throughline::app {

struct DisparityRequest {
  std::string input{};        // Counted events: see read_disparity. Empty: the searches of a workspace.
  std::string population{};   // A table of people to divide by; empty: one that is carried, or the input's own column.
  std::string denominator{};  // The name of a carried one; empty: the first that has the areas.
  std::string reference = "White";
  std::string area{};  // Of a workspace: a force; empty: each of which searches were received. Of a table: its area.
  std::string from{};  // Months, both included; of a workspace alone.
  std::string to{};
  std::string object{};     // What was looked for; of a workspace alone.
  std::string ethnicity{};  // officer or self; of a workspace alone. Empty: officer.
  std::string output{};     // Where the ratios go, as CSV.
};

// → sections "disparity" (facts; table "ratios"), "unknown" (table "bounds"), "hits" (table "hits"), "disposals" (table
// "disposals"), "choices" (tables "denominators", "definitions"). Sections of outcomes only where there are outcomes.
// Errors: those of read_disparity and of searches; "group_unknown", "denominator_unknown", "denominator_twice",
// "option_for_workspace".
[[nodiscard]] Answer disparity(const Outside& outside, const Settings& settings, const DisparityRequest& request);

}  // namespace throughline::app
