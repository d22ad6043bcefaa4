// What `trace` shows: the way from a figure to extracts and records, and from an extract to its file, its hashes, its
// mapping and the log entry that let it in.
//
// None of these asks for permission: the verbs do, before.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/report.h"
#include "base/result.h"
#include "evidence/cell.h"
#include "evidence/stage.h"
#include "ledger/batch.h"
#include "ledger/ledger.h"
#include "records/tables.h"

namespace throughline::app {

// Whose extract it is, by what mapping it was read, as which file it came, when it was received, confirmed, superseded.
[[nodiscard]] base::Result<Section> provenance_section(ledger::Ledger& ledger,
                                                       const ledger::RegisteredExtract& extract);

// How one record is graded and handled: what its typed row says of it, apart.
[[nodiscard]] Section handling_section(const records::TypedRow& typed);

// The entry that announced the extract, checked anew: its bytes give the leaf's hash, the leaf is under the root, the
// root is under the signed head. Error "proof_fails" (damaged) when one of these does not hold. Who acted is for
// auditors to read.
[[nodiscard]] base::Result<Section> entry_section(ledger::Ledger& ledger, std::int64_t number);

// A figure computed again, with what it rests on.
struct TracedFigure {
  std::vector<Section> sections;
  std::vector<std::int32_t> extracts;  // Numbers of those behind it.
};
// REQUIRES that the world shows what was known at the cell's as-of date. Errors: those of evidence, with the nearest
// names.
[[nodiscard]] base::Result<TracedFigure> trace_figure(const evidence::World& world, const evidence::CellId& id,
                                                      std::int64_t rows_max);

}  // namespace throughline::app
