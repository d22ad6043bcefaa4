// What `erase` asks and answers, apart from permission.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/report.h"
#include "base/result.h"
#include "ledger/model.h"
#include "records/record_id.h"
#include "records/stage_erase.h"

namespace throughline::app {

// Error "record_malformed" (bad command) shows how a record is written.
[[nodiscard]] base::Result<std::vector<records::RecordId>> read_record_ids(const std::vector<std::string>& texts);

// Error "basis_unknown" (bad command) offers the nearest and lists them all. An erasure needs a basis, so NONE is none.
[[nodiscard]] base::Result<ledger::Gateway> read_basis(const std::string& code);

struct ErasureDone {
  records::ErasureOutlook outlook;  // From before.
  std::int64_t order = 0;
  std::int64_t records = 0;  // That left the workspace, those of interrupted orders with them.
  std::string basis;
};
// What was removed, and what cannot be.
[[nodiscard]] Section erasure_section(const ErasureDone& done);

}  // namespace throughline::app
