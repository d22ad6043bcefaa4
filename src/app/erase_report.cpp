#include "app/erase_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"

namespace throughline::app {

using base::Error;
using base::ErrorKind;
using base::Result;

Result<std::vector<records::RecordId>> read_record_ids(const std::vector<std::string>& texts) {
  std::vector<records::RecordId> ids;
  for (const std::string& text : texts) {
    const auto id = records::RecordId::parse(text);
    if (!id) {
      return Error{ErrorKind::bad_command, "record_malformed", fmt::format("\"{}\" is no record", text), "",
                   "A record is an extract, a colon and a place, as in 3f9a0c12ab345678:10482"};
    }
    ids.push_back(*id);
  }
  return ids;
}

Result<ledger::Gateway> read_basis(const std::string& code) {
  const auto basis = ledger::gateway_named(code);
  if (basis && *basis != ledger::Gateway::none) return *basis;
  std::vector<std::string> codes = ledger::gateway_codes();
  std::erase(codes, std::string(ledger::code_of(ledger::Gateway::none)));
  const auto near = base::nearest_name(code, codes);
  return Error{ErrorKind::bad_command, "basis_unknown", fmt::format("\"{}\" is no legal basis", code), "--basis",
               (near ? "Did you mean " + *near + "? " : "") + fmt::format("They are {}", fmt::join(codes, ", "))};
}

Section erasure_section(const ErasureDone& done) {
  Table table{.name = "records",
              .title = "",
              .columns = {{"record", "Record"}, {"outcome", "Outcome"}},
              .rows = {},
              .empty_text = "No record was named."};
  for (const std::string& id : done.outlook.records) table.rows.push_back({id, "erased"});
  for (const std::string& id : done.outlook.erased_before) table.rows.push_back({id, "was erased before"});
  Section section{.name = "erasure",
                  .title = "Erased for good",
                  .facts = {{"order", "Order", done.order},
                            {"basis", "Basis", done.basis},
                            {"erased", "Records erased", done.records}},
                  .tables = {std::move(table)},
                  .notes = {}};
  section.notes.emplace_back(
      "Removed: the typed rows and rejections, what was counted from them, their bytes in the archived originals, and "
      "the keys of log entries that named them. The store's file was rebuilt without them.");
  for (const std::string& file : done.outlook.whole_files) {
    section.notes.push_back(fmt::format(
        "The whole original {} was removed: a workbook or a Parquet file cannot lose a single row. Its other "
        "rows stand as typed and can no longer be shown as they came.",
        file));
  }
  section.notes.emplace_back(
      "Beyond reach: exports, copies and print made before, the agency's own file, figures quoted elsewhere, the "
      "same record in other extracts (one that this one corrected, or one sent later), and backups. Restore a backup "
      "with --orders-from, so that the order is carried out on it too; destroy the others.");
  return section;
}

}  // namespace throughline::app
