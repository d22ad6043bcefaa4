// Which partners of the Serious Violence Duty have brought what into the workspace.
#pragma once

#include <vector>

#include "app/report.h"
#include "ledger/batch.h"

namespace throughline::app {

// One row a partner: what could be read of it, extracts that stand, the last received. Pure.
[[nodiscard]] Section partners_section(const std::vector<ledger::RegisteredExtract>& registry);

}  // namespace throughline::app
