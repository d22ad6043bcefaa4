// What the record store holds of one row, whatever tables there are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/model.h"
#include "records/tables.h"
#include "store/duck.h"

namespace throughline::records {

// The tables whose rows say which row of which extract they came from, by the columns extract_no and place: quoted, in
// order of name.
[[nodiscard]] base::Result<std::vector<std::string>> tables_of_rows(store::DuckConnection& connection);

// Whether any of them holds something that came from that row.
[[nodiscard]] base::Result<bool> holds_row(store::DuckConnection& connection, ledger::ExtractNo extract,
                                           std::int64_t place);

// The faults of that row, by column and rule.
[[nodiscard]] base::Result<std::vector<StoredRejection>> read_rejections_at(store::DuckConnection& connection,
                                                                            ledger::ExtractNo extract,
                                                                            std::int64_t place);

}  // namespace throughline::records
