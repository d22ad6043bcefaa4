// What changed: what arrived, which months there are of each source, what should have come and did not, what is worth a
// look. No people.
#pragma once

#include "app/outside.h"
#include "app/verbs.h"

namespace throughline::app {

// Published figures alone decide it, so that everybody who may see those may open it.
[[nodiscard]] Answer home(const Outside& outside, const Settings& settings);

}  // namespace throughline::app
