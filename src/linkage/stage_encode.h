// All mentions of a run as the engine compares them.
#pragma once

#include <vector>

#include "linkage/encode.h"
#include "linkage/tables.h"

namespace throughline::linkage {

// In their order. Each agency's register is a source of its own. REQUIRES: fewer than 65536 registers.
[[nodiscard]] People encode_mentions(const std::vector<Mention>& mentions);

}  // namespace throughline::linkage
