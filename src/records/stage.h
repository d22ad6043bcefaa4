// Ingest: a file that an agency sent → typed rows, rejections, the archived original and a confirmed batch; and taking
// rows out again for good.
//
// Every record of a file is a typed row or a rejection, and the counts are checked before anything is confirmed. An
// extract is its content: the same content again changes nothing. One of the same source and coverage as another
// corrects it, and the older one is superseded, not lost.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "ledger/batch.h"
#include "ledger/ledger.h"
#include "records/mapping.h"
#include "records/tables.h"

namespace throughline::records {

struct IngestOrder {
  std::string path;
  std::string mapping;                          // A built-in's name or a .toml file. Empty: found by the header.
  std::optional<ledger::ExtractNo> supersedes;  // Where the mapping cannot tell what this file corrects.
  std::optional<base::Date> received;           // When the agency sent it. Empty: now.
  ledger::Actor actor;
  ledger::Act act;  // What the entries will say; the object is set here.
};

struct Ingested {
  ledger::RegisteredExtract extract;
  bool is_known = false;  // The same content was confirmed before; nothing was done.
  std::optional<ledger::ExtractNo> superseded;
  std::vector<RejectionCount> rejections;
  std::vector<Finding> findings;
};

struct IngestTools {
  ledger::Ledger& ledger;
  base::Progress& progress;
  const base::Interrupt& interrupt;
  int threads = 0;  // 0: as many as the machine has.
};

// Errors: those of the readers and of mappings, "interrupted", "rows_lost" (damaged: records and rejections do not add
// up to the rows read), those of the stores. After any error nothing of the file is visible.
[[nodiscard]] base::Result<Ingested> ingest(const IngestTools& tools, const IngestOrder& order);

// Removes from the archive what no extract owns: a process that was killed between archiving and announcing leaves
// such. Gives how many contents went; none is the ordinary answer, and then nothing is written.
[[nodiscard]] base::Result<std::int64_t> sweep_archive(ledger::Ledger& ledger, const ledger::Actor& actor);

// Removes the rows of every order that was not carried out yet: from the typed tables and the derived ones, from the
// file behind them (compacted) and from the archived original; destroys the keys of log entries that name them; marks
// the order as executed. Gives the number of rows removed. REQUIRES: no DuckConnection is alive.
[[nodiscard]] base::Result<std::int64_t> carry_out_erasures(ledger::Ledger& ledger, const ledger::Actor& actor);

}  // namespace throughline::records
