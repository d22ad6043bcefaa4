// The searches of a workspace, counted by force for disproportionality.
#pragma once

#include "app/disparity_input.h"

namespace throughline::app {

// Force by force. Vehicles without a person are left out and counted in a note; months that were not received are
// named, and no rate is given over them. The area of a table is its code. Errors: those of the session;
// "ethnicity_unknown"; evidence's "area_unknown", "month_malformed", "nothing_received", "category_unknown".
[[nodiscard]] base::Result<DisparityInput> searches_of_workspace(const Outside& outside, const Settings& settings,
                                                                 const DisparityRequest& request);

}  // namespace throughline::app
