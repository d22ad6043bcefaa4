// What records writes beside the rows themselves. Only stage*.cpp includes this.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/batch.h"
#include "records/tables.h"
#include "records/typing.h"
#include "store/duck_writer.h"

namespace throughline::records {

// The store's own word about a batch, in the same transaction as its rows.
[[nodiscard]] base::Result<void> write_batch(store::DuckWriter& writer, const ledger::PresentBatch& batch,
                                             const Layout& layout);
// `header` names the columns of the file.
[[nodiscard]] base::Result<void> write_rejections(store::DuckWriter& writer, ledger::ExtractNo extract,
                                                  const std::vector<std::string>& header,
                                                  std::span<const RowFault> faults);

}  // namespace throughline::records
