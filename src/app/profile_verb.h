// throughline profile: how an area stands, panel by panel, with what may not be said of it. throughline plan: its
// targets held against what happened.
#pragma once

#include <string>

#include "app/verbs.h"

namespace throughline::app {

struct ProfileRequest {
  std::string area{};    // A code or a name.
  std::string basket{};  // A local basket of indicators, beside the central one; empty: none.
  // "market": supply, demand, enforcement, violence, exploitation; "needs": violence first, and who has brought what.
  std::string kind = "market";
  std::string output{};  // Where the indicators go, as CSV.
};

// → sections "profile" (facts), one a panel (its name; table of the same name: its indicators), "index" (tables
// "index", "parts": violence at constant unit costs; or a note why not), "disproportionality" (table "ratios"),
// "alerts" (table "alerts"), of kind needs "partners" (table "partners"), "caveats". Errors: those of Areas::resolve
// and of read_basket; "kind_unknown"; "record_kind_unknown" with line and nearest; "nothing_received" in a workspace
// without areas.
[[nodiscard]] Answer profile(const Outside& outside, const Settings& settings, const ProfileRequest& request);

struct PlanRequest {
  std::string file{};    // A plan: see evidence::read_plan.
  std::string text{};    // The plan itself, in place of a file.
  std::string output{};  // Where the targets go, as CSV.
};

// → section "plan" (facts; table "targets"), "working" (table "working": both counts and the change), "incentives"
// (table "incentives"). Outcome done_with_findings where a target is not as expected. Errors: "plan_missing"; those of
// read_plan and of Areas::resolve.
[[nodiscard]] Answer plan(const Outside& outside, const Settings& settings, const PlanRequest& request);

}  // namespace throughline::app
