// How a run is made to tell what happens in it.
#pragma once

#include "simulate/observe/happening.h"
#include "simulate/world_run.h"

namespace throughline::simulate {

// From now on the run tells the happenings, and first what is under way: lines that are open and people in prison.
// REQUIRES: as many areas as the run has towns; the happenings outlive the run's listening.
void listen(WorldRun& run, Happenings& happenings);

}  // namespace throughline::simulate
