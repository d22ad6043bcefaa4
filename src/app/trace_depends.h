// What depends on an extract: which measures count its rows, for which months and areas; what its reference rows are
// for; and which extracts it replaced or was replaced by.
//
// Asks for no permission: the verb does, before. Says what is counted from it, not what people made of the figures.
#pragma once

#include "app/report.h"
#include "base/result.h"
#include "ledger/batch.h"
#include "ledger/ledger.h"

namespace throughline::app {

[[nodiscard]] base::Result<Section> depends_section(ledger::Ledger& ledger, const ledger::RegisteredExtract& extract);

}  // namespace throughline::app
