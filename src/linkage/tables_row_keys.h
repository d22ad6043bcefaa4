// What agencies call their own rows, read from the record store.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/batch.h"
#include "linkage/model.h"
#include "store/duck.h"

namespace throughline::linkage {

struct RowKey {
  ledger::ExtractNo extract{};
  std::int64_t place = 0;
  std::string key{};  // The event's reference; where it has none, the pupil's number. May be empty.
};

// Of every row of the extracts that names a person, by extract and place.
[[nodiscard]] base::Result<std::vector<RowKey>> read_row_keys(store::DuckConnection& connection,
                                                              const std::vector<ledger::ExtractNo>& extracts);

}  // namespace throughline::linkage
