// What `records` shows: the extracts, one extract, one record as it came beside how it was typed.
//
// None of these asks for permission: the verbs do, before.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/report.h"
#include "base/date.h"
#include "base/result.h"
#include "ledger/batch.h"
#include "ledger/ledger.h"
#include "records/original.h"
#include "records/stage_original.h"
#include "records/tables.h"

namespace throughline::app {

// "stands", or "superseded", as it was known at the end of that day; now, without a day. Nothing for an extract that
// was not confirmed by then.
[[nodiscard]] std::optional<std::string> state_of(const ledger::RegisteredExtract& extract,
                                                  std::optional<base::Date> as_of);

// Every confirmed extract, by number, with the agency that brought it in where its name is given.
[[nodiscard]] Section extracts_section(const std::vector<ledger::RegisteredExtract>& registry,
                                       std::optional<base::Date> as_of,
                                       const std::map<ledger::AgencyId, std::string>& agencies);

// What is known of one extract as a whole.
[[nodiscard]] base::Result<Section> extract_section(ledger::Ledger& ledger, const ledger::RegisteredExtract& extract);
// Its first rows as typed.
[[nodiscard]] base::Result<Section> rows_section(ledger::Ledger& ledger, const ledger::RegisteredExtract& extract,
                                                 std::int64_t rows_max);
// Its rejections, which hold no value.
[[nodiscard]] base::Result<Section> rejections_section(ledger::Ledger& ledger, const ledger::RegisteredExtract& extract,
                                                       std::int64_t rows_max);

// One record with everything the workspace holds of it.
struct FoundRecord {
  std::string id;
  records::Layout layout;
  records::OriginalRow original;
  bool is_original_gone = false;  // Its whole file was removed when another row was erased.
  records::TypedRow typed;
  std::vector<records::StoredRejection> rejections;
};
// Error "no_record_here" (bad command) when the extract has no record at that place.
[[nodiscard]] base::Result<FoundRecord> find_record(ledger::Ledger& ledger, const ledger::RegisteredExtract& extract,
                                                    std::int64_t place);
// Its columns one by one: as it came, what the column means, what it became.
[[nodiscard]] Section record_section(const FoundRecord& record);

// The extract with its content hash, layout and erasures.
[[nodiscard]] base::Result<records::ArchivedExtract> archived_extract(store::DuckConnection& connection,
                                                                      const ledger::RegisteredExtract& extract);

}  // namespace throughline::app
