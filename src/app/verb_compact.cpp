// throughline compact: gives back the room of what was erased and made anew.

#include "app/session.h"
#include "app/verbs.h"
#include "store/files.h"

namespace throughline::app {

Answer compact(const Outside& outside, const Settings& settings) {
  const auto session = TRY(Session::open(outside, settings, "compact", Access::alone));
  const Permitted permitted = TRY(session->may({.operation = ledger::Operation::administration,
                                                .data_class = ledger::DataClass::store,
                                                .object = "record store compacted"}));
  const auto& file = session->workspace().paths().records;
  TRY(session->workspace().settle());
  const std::int64_t before = TRY(store::file_bytes(file));
  outside.progress.begin("compacting the record store", 0, "bytes");
  ledger::Transaction transaction = TRY(session->ledger().begin(permitted.actor, permitted.act));
  TRY(session->workspace().compact(transaction.permit()));
  const ledger::EntryRef entry = TRY(transaction.commit());
  outside.progress.end();
  Section section{.name = "store", .title = "The record store is compact", .facts = {}, .tables = {}, .notes = {}};
  section.facts = {{"bytes_before", "Bytes before", before},
                   {"bytes_after", "Bytes now", TRY(store::file_bytes(file))},
                   {"entry", "Entry in the log", entry.number}};
  return Report{.verb = "compact", .sections = {std::move(section)}};
}

}  // namespace throughline::app
