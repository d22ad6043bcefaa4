// That a state read from a file is one a run can be in.
#pragma once

#include "simulate/world_run.h"

namespace throughline::simulate {

// Every number within its range, every index inside its list, every list in its order, and lists, counts and amounts
// agreeing with each other; what never changes in a run is as `begun` has it, the same input's run on its first day. A
// run that is sound can go on without meeting anything that a run of its own could not have made. Takes a pass over
// all.
[[nodiscard]] bool is_sound(const WorldRun& run, const WorldRun& begun);

}  // namespace throughline::simulate
