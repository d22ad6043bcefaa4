// The rules by which every wish is allowed or refused, and what one's own roles may do by them.
#pragma once

#include "app/outside.h"
#include "app/verbs.h"

namespace throughline::app {

[[nodiscard]] Answer permissions(const Outside& outside, const Settings& settings);

}  // namespace throughline::app
