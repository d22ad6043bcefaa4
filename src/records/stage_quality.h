// Quality: the visible extracts of one source → how full, valid, timely, distinct and steady it is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "ledger/batch.h"
#include "records/mapping.h"
#include "records/quality.h"
#include "store/duck.h"

namespace throughline::records {

// What the register knows of an extract.
struct ExtractFacts {
  std::int32_t number = 0;
  std::int64_t rows_read = 0;
  std::int64_t rows_rejected = 0;
  base::Date received;
  std::string coverage;  // "Kent Police 2025-01"; empty when the mapping cannot say.
};

struct QualityOrder {
  std::string source;                  // The mapping's name.
  std::vector<ExtractFacts> extracts;  // Those that can be seen, by number.
  std::vector<AskedField> fields;      // What the mapping fills, as it has it.
  std::vector<RejectionCount> rejections;
};

// What a mapping fills, each field of each item once, in the order of its columns.
[[nodiscard]] std::vector<AskedField> asked_fields(const Mapping& mapping);

// One order for each source among the extracts, by name; its fields are those of the mapping that read its newest
// extract, as it was then.
[[nodiscard]] base::Result<std::vector<QualityOrder>> quality_orders(
    store::DuckConnection& connection, const std::vector<ledger::RegisteredExtract>& extracts);

// Cost: see tables_quality.h.
[[nodiscard]] base::Result<SourceQuality> assess(store::DuckConnection& connection, const QualityOrder& order);

}  // namespace throughline::records
