// throughline simulate observe: what agencies would hold of a made-up market, written as extracts, and the truth sealed
// beside them.
#pragma once

#include "app/simulate_input.h"
#include "app/simulate_verb.h"

namespace throughline::app {

// Runs the world for its days, then writes FOLDER/<agency>/<kind>.csv, FOLDER/faults.csv, FOLDER/truth/ and last
// FOLDER/manifest.json. The folder comes to be under its name when all of it is written, or not at all. Errors:
// "output_missing", "output_taken", "scenario_more", "world_too_large" (more people or lines than there are numbers
// for), those of agencies' files, "interrupted".
[[nodiscard]] Answer observe_verb(const Outside& outside, const SimulateRequest& request, SimulateInput input);

}  // namespace throughline::app
