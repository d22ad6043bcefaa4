// The batch protocol's half that lies in the ledger, and the registry of extracts that it leaves behind.
//
//   rows stream into an open DuckDB transaction → announce (an entry) → DuckDB commit → confirm (an entry)
//
// Readers see confirmed extracts only. On opening a workspace, recover() finishes or abandons what was interrupted.
// Times are ledger times, which never run backwards.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace throughline::ledger {

enum class BatchState : std::uint8_t { announced = 1, confirmed = 2, abandoned = 3 };

struct Announcement {
  ExtractNo extract{};
  base::Hash content_hash{};   // Of the plain content: what the extract is.
  base::Hash received_hash{};  // Of the file as it came.
  std::string source{};        // Whose series of extracts it belongs to: the mapping's source.
  std::string mapping{};       // Name and version.
  base::Hash mapping_hash{};
  std::string coverage{};  // What part of its source it covers, for example "Essex Police 2025-03"; an extract of the
                           // same source and coverage corrects it.
  std::string file_name{};
  DataClass data_class = DataClass::personal;
  std::int64_t content_bytes = 0;
  std::int64_t rows_read = 0;
  std::int64_t rows_rejected = 0;
  base::Instant received_at{};
};

struct RegisteredExtract {
  Announcement announced;
  BatchState state = BatchState::announced;
  base::Instant announced_at;
  std::optional<base::Instant> confirmed_at;
  std::optional<base::Instant> superseded_at;
  std::optional<ExtractNo> superseded_by;
  std::int64_t entry = 0;  // Of its announcement.
  AgencyId agency;         // Whose account announced it, read from that entry's leaf; it owns the extract.
};

// One more than any number ever announced. Stable while the workspace's lock is held and nothing is announced.
[[nodiscard]] base::Result<ExtractNo> next_extract(Ledger& ledger);

// The confirmed extract of that content, superseded or not.
[[nodiscard]] base::Result<std::optional<RegisteredExtract>> find_content(Ledger& ledger,
                                                                          const base::Hash& content_hash);
// Every confirmed extract of that content, by number: a content read again under another mapping is another extract.
[[nodiscard]] base::Result<std::vector<RegisteredExtract>> readings_of(Ledger& ledger, const base::Hash& content_hash);
// Every confirmed extract of a file that came with those bytes, by number.
[[nodiscard]] base::Result<std::vector<RegisteredExtract>> received_as(Ledger& ledger, const base::Hash& received_hash);
// The confirmed extract that stands for that part of a source now, of those that the agency brought in; without an
// agency, of any.
struct SourcePart {
  std::string source;
  std::string coverage;
  std::optional<AgencyId> agency = {};
};
[[nodiscard]] base::Result<std::optional<RegisteredExtract>> standing_for(Ledger& ledger, const SourcePart& part);

// Error "content_known" (bad command) when an extract of that content is announced or confirmed already.
// The entry of the announcement will name the hash of everything announced, sealed: see check_registrations.
[[nodiscard]] base::Result<void> announce(Transaction& transaction, const Announcement& announcement);
// REQUIRES that it was announced and neither confirmed nor abandoned; else "batch_state" (damaged). What it supersedes
// must stand, else "not_standing" (bad command).
[[nodiscard]] base::Result<void> confirm(Transaction& transaction, ExtractNo extract,
                                         std::optional<ExtractNo> supersedes);
[[nodiscard]] base::Result<void> abandon(Transaction& transaction, ExtractNo extract);

// A batch row as the record store holds it.
struct PresentBatch {
  ExtractNo extract{};
  base::Hash content_hash{};
  std::int64_t rows_read = 0;
  std::int64_t rows_rejected = 0;
  std::optional<ExtractNo> supersedes{};
};

struct Recovered {
  std::vector<ExtractNo> confirmed;
  std::vector<ExtractNo> abandoned;
};

// Announced and present with equal content and counts: confirmed. Announced and absent: abandoned. Confirmed and
// absent, or present and never announced, abandoned or there twice, or counts that differ: Error "batch_damage"
// (damaged) that names the extract. Each step is an entry.
[[nodiscard]] base::Result<Recovered> recover(Ledger& ledger, const Actor& actor,
                                              std::span<const PresentBatch> present);

// Reads every announcement against its entry in the log. Gives the number of the first extract whose registration is
// not what was announced; nothing when all are. Those whose sealed part was erased or cannot be opened are passed over.
// What came later, its confirmation and who superseded it, is not covered.
[[nodiscard]] base::Result<std::optional<ExtractNo>> check_registrations(Ledger& ledger);

// The whole registry, by number.
[[nodiscard]] base::Result<std::vector<RegisteredExtract>> registry(Ledger& ledger);
// What was confirmed and not yet superseded at the end of that day; without a day, now. By number.
[[nodiscard]] base::Result<std::vector<RegisteredExtract>> visible(Ledger& ledger, std::optional<base::Date> as_of);

}  // namespace throughline::ledger
