// throughline gap: how many of those who use a drug are not in treatment, where both are known of the same people.
#pragma once

#include <string>

#include "app/verbs.h"

namespace throughline::app {

struct GapRequest {
  std::string input{};   // A table; empty: the figures that public documents print.
  std::string output{};  // Where the shares go, as CSV.
};

// Columns of the table: area, period, in_treatment, treatment_universe, users, users_low, users_high, users_universe;
// the two limits may be blank. → section "gap" (table "gap"); without a table also "cited" (tables "published",
// "figures"). Errors: those of read_small_table; "people_none", "range_malformed", "not_a_number", "value_missing".
[[nodiscard]] Answer gap(const Outside& outside, const Settings& settings, const GapRequest& request);

}  // namespace throughline::app
