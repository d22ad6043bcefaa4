// Which options each act of throughline simulate has a use for.
#pragma once

#include "app/simulate_verb.h"
#include "base/result.h"

namespace throughline::app {

// What an act has no use for is refused, not left aside without a word: "option_unused" for the first of those that
// were typed, with the acts that it is for.
[[nodiscard]] base::Result<void> check_options_used(const SimulateRequest& request);

}  // namespace throughline::app
