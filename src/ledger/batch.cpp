#include "ledger/batch.h"

#include <limits>
#include <map>

#include "base/sha256.h"
#include "ledger/stored.h"

namespace throughline::ledger {

namespace {

using base::Hash;
using base::Instant;
using base::Result;

constexpr std::string_view k_columns =
    "SELECT extract_no, content_hash, received_hash, source, mapping, mapping_hash, coverage, file_name, data_class, "
    "content_bytes, rows_read, rows_rejected, received_at, state, announced_at, confirmed_at, superseded_at, "
    "superseded_by, batch.entry, e.leaf FROM batch LEFT JOIN entry e ON e.number = batch.entry ";

std::optional<Instant> instant_at(const store::SqliteStatement& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(Instant{row.integer(column)});
}

// Each fallible value by itself: GCC 12 leaks the members made so far where TRY leaves a braced list.
Result<RegisteredExtract> read_row(const store::SqliteStatement& row) {
  RegisteredExtract extract;
  Announcement& announced = extract.announced;
  announced.extract = ExtractNo(row.integer(0));
  announced.content_hash = TRY(stored_hash(row.bytes(1)));
  announced.received_hash = TRY(stored_hash(row.bytes(2)));
  announced.source = row.text(3);
  announced.mapping = row.text(4);
  announced.mapping_hash = TRY(stored_hash(row.bytes(5)));
  announced.coverage = row.text(6);
  announced.file_name = row.text(7);
  announced.data_class = TRY(stored_code(row.integer(8), DataClass::published, DataClass::accounts));
  announced.content_bytes = row.integer(9);
  announced.rows_read = row.integer(10);
  announced.rows_rejected = row.integer(11);
  announced.received_at = Instant{row.integer(12)};
  extract.state = TRY(stored_code(row.integer(13), BatchState::announced, BatchState::abandoned));
  extract.announced_at = Instant{row.integer(14)};
  extract.confirmed_at = instant_at(row, 15);
  extract.superseded_at = instant_at(row, 16);
  if (!row.is_null(17)) extract.superseded_by = ExtractNo(row.integer(17));
  extract.entry = row.integer(18);
  // Nobody's where the entry is not there yet, or is damaged: then audit verify must still be able to say so.
  const auto leaf = decode_entry(row.bytes(19));
  if (leaf.ok()) extract.agency = leaf.value().agency;
  if ((extract.state == BatchState::confirmed) != extract.confirmed_at.has_value()) {
    return damaged_ledger("an extract with a state and a date of confirmation");
  }
  return extract;
}

Result<std::optional<RegisteredExtract>> first_row(store::SqliteStatement& select) {
  if (!TRY(select.step_row())) return std::optional<RegisteredExtract>();
  return std::optional(TRY(read_row(select)));
}

Result<std::vector<RegisteredExtract>> confirmed_with(Ledger& ledger, const std::string& column, const Hash& hash) {
  auto select =
      TRY(ledger.sqlite().read(std::string(k_columns) + "WHERE " + column + " = ?1 AND state = 2 ORDER BY extract_no"));
  select.bind(1, std::span<const std::byte>(hash.bytes));
  std::vector<RegisteredExtract> extracts;
  while (TRY(select.step_row())) extracts.push_back(TRY(read_row(select)));
  return extracts;
}

base::Error damage(ExtractNo extract, const std::string& what) {
  return {base::ErrorKind::damaged, "batch_damage", "Extract " + std::to_string(extract.number()) + " " + what,
          "ledger.sqlite and records.duckdb", "Restore the last backup with throughline restore"};
}

Result<void> change_state(Transaction& transaction, ExtractNo extract, BatchState state) {
  auto update = TRY(transaction.sqlite().write(
      transaction.permit(), "UPDATE batch SET state = ?2, confirmed_at = ?3 WHERE extract_no = ?1 AND state = 1"));
  update.bind(1, extract.number()).bind(2, static_cast<std::int64_t>(state));
  if (state == BatchState::confirmed) {
    update.bind(3, transaction.entry().at.microseconds);
  } else {
    update.bind(3, nullptr);
  }
  TRY(update.run());
  if (transaction.sqlite().changed_rows() == 1) return {};
  return base::Error{base::ErrorKind::damaged, "batch_state",
                     "Extract " + std::to_string(extract.number()) + " is not waiting to be confirmed", "",
                     "Run throughline audit verify"};
}

// Of everything announced, each part preceded by its length.
std::string registered_as(const Announcement& a) {
  base::Sha256 hash;
  const auto add = [&](std::string_view part) {
    hash.update(std::to_string(part.size()) + ':');
    hash.update(part);
  };
  for (const std::string& text : {a.content_hash.hex(), a.received_hash.hex(), a.mapping_hash.hex(), a.source,
                                  a.mapping, a.coverage, a.file_name}) {
    add(text);
  }
  for (const std::int64_t number : {a.extract.number(), static_cast<std::int64_t>(a.data_class), a.content_bytes,
                                    a.rows_read, a.rows_rejected, a.received_at.microseconds}) {
    add(std::to_string(number));
  }
  return "registered as " + hash.finish().hex();
}

Act recovery_act(ExtractNo extract, const char* what) {
  return {.operation = Operation::collection,
          .purpose = Purpose::operate,
          .gateway = Gateway::none,
          .decision = Decision::allow,
          .rule = 0,
          .object = "extract " + std::to_string(extract.number()) + " " + what + " on opening",
          .reason = {},
          .recipients = {}};
}

// What the record store holds of an extract, or nothing, against what the ledger says of it.
Result<void> check_against(const RegisteredExtract& known, const PresentBatch* batch) {
  const ExtractNo extract = known.announced.extract;
  if (batch == nullptr) {
    if (known.state == BatchState::confirmed) return damage(extract, "was confirmed, but its rows are not there");
    return {};
  }
  if (known.state == BatchState::abandoned) return damage(extract, "was abandoned, but its rows are there");
  if (batch->content_hash != known.announced.content_hash) {
    return damage(extract, "holds the rows of another content than was announced");
  }
  const auto counts = [](std::int64_t rows, std::int64_t rejected) {
    return std::to_string(rows) + " rows read and " + std::to_string(rejected) + " rejected";
  };
  const bool is_equal =
      batch->rows_read == known.announced.rows_read && batch->rows_rejected == known.announced.rows_rejected;
  if (is_equal) return {};
  return damage(extract, "holds " + counts(batch->rows_read, batch->rows_rejected) + ", but " +
                             counts(known.announced.rows_read, known.announced.rows_rejected) + " were announced");
}

}  // namespace

Result<ExtractNo> next_extract(Ledger& ledger) {
  auto select = TRY(ledger.sqlite().read("SELECT coalesce(max(extract_no), 0) + 1 FROM batch"));
  static_cast<void>(TRY(select.step_row()));
  return ExtractNo(select.integer(0));
}

Result<std::optional<RegisteredExtract>> find_content(Ledger& ledger, const Hash& content_hash) {
  auto select =
      TRY(ledger.sqlite().read(std::string(k_columns) + "WHERE content_hash = ?1 AND state = 2 ORDER BY extract_no"));
  select.bind(1, std::span<const std::byte>(content_hash.bytes));
  return first_row(select);
}

Result<std::vector<RegisteredExtract>> readings_of(Ledger& ledger, const Hash& content_hash) {
  return confirmed_with(ledger, "content_hash", content_hash);
}

Result<std::vector<RegisteredExtract>> received_as(Ledger& ledger, const Hash& received_hash) {
  return confirmed_with(ledger, "received_hash", received_hash);
}

Result<std::optional<RegisteredExtract>> standing_for(Ledger& ledger, const SourcePart& part) {
  auto select = TRY(ledger.sqlite().read(std::string(k_columns) +
                                         "WHERE source = ?1 AND coverage = ?2 AND state = 2 AND superseded_at IS NULL "
                                         "ORDER BY extract_no DESC"));
  select.bind(1, part.source).bind(2, part.coverage);
  while (auto standing = TRY(first_row(select))) {
    if (!part.agency || standing->agency == *part.agency) return standing;
  }
  return std::optional<RegisteredExtract>();
}

Result<void> announce(Transaction& transaction, const Announcement& a) {
  const auto bytes = [](const Hash& hash) { return std::span<const std::byte>(hash.bytes); };
  auto known =
      TRY(transaction.sqlite().read("SELECT extract_no FROM batch WHERE content_hash = ?1 AND mapping_hash = ?2 AND "
                                    "state <> 3 AND superseded_at IS NULL"));
  known.bind(1, bytes(a.content_hash)).bind(2, bytes(a.mapping_hash));
  if (TRY(known.step_row())) {
    return base::Error{
        base::ErrorKind::bad_command, "content_known",
        "This content, read by this mapping, is extract " + std::to_string(known.integer(0)) + " already", "",
        "Nothing needs doing: the same reading is held once"};
  }
  auto insert = TRY(transaction.sqlite().write(
      transaction.permit(),
      "INSERT INTO batch (extract_no, state, content_hash, received_hash, source, mapping, mapping_hash, coverage, "
      "file_name, "
      "data_class, content_bytes, rows_read, rows_rejected, received_at, announced_at, entry) "
      "VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"));
  insert.bind(1, a.extract.number()).bind(2, bytes(a.content_hash)).bind(3, bytes(a.received_hash));
  insert.bind(4, a.source).bind(5, a.mapping).bind(6, bytes(a.mapping_hash)).bind(7, a.coverage).bind(8, a.file_name);
  insert.bind(9, static_cast<std::int64_t>(a.data_class)).bind(10, a.content_bytes).bind(11, a.rows_read);
  insert.bind(12, a.rows_rejected).bind(13, a.received_at.microseconds);
  insert.bind(14, transaction.entry().at.microseconds).bind(15, transaction.entry().number);
  transaction.add_to_object(registered_as(a));
  return insert.run();
}

Result<void> confirm(Transaction& transaction, ExtractNo extract, std::optional<ExtractNo> supersedes) {
  TRY(change_state(transaction, extract, BatchState::confirmed));
  if (!supersedes) return {};
  const base::Error not_standing{base::ErrorKind::bad_command, "not_standing",
                                 "Extract " + std::to_string(supersedes->number()) + " does not stand, so extract " +
                                     std::to_string(extract.number()) + " cannot take its place",
                                 "", "Name one that stands: see throughline records"};
  if (*supersedes == extract) return not_standing;
  auto update = TRY(transaction.sqlite().write(transaction.permit(),
                                               "UPDATE batch SET superseded_at = ?2, superseded_by = ?3 WHERE "
                                               "extract_no = ?1 AND state = 2 AND superseded_at IS NULL"));
  update.bind(1, supersedes->number()).bind(2, transaction.entry().at.microseconds).bind(3, extract.number());
  TRY(update.run());
  if (transaction.sqlite().changed_rows() == 1) return {};
  return not_standing;
}

Result<void> abandon(Transaction& transaction, ExtractNo extract) {
  return change_state(transaction, extract, BatchState::abandoned);
}

namespace {

// Finishes or gives up what was announced, by what lies in the record store.
Result<void> finish_announced(Ledger& ledger, const Actor& actor, ExtractNo extract, const PresentBatch* batch) {
  const char* what = batch == nullptr ? "abandoned" : "confirmed";
  Transaction transaction = TRY(ledger.begin(actor, recovery_act(extract, what)));
  if (batch == nullptr) {
    TRY(abandon(transaction, extract));
  } else {
    TRY(confirm(transaction, extract, batch->supersedes));
  }
  static_cast<void>(TRY(transaction.commit()));
  return {};
}

}  // namespace

Result<Recovered> recover(Ledger& ledger, const Actor& actor, std::span<const PresentBatch> present) {
  std::map<std::int64_t, const PresentBatch*> waiting;
  for (const PresentBatch& batch : present) {
    if (!waiting.emplace(batch.extract.number(), &batch).second) return damage(batch.extract, "is there twice");
  }
  Recovered recovered;
  for (const RegisteredExtract& known : TRY(registry(ledger))) {
    const ExtractNo extract = known.announced.extract;
    const auto at = waiting.find(extract.number());
    const PresentBatch* batch = at == waiting.end() ? nullptr : at->second;
    waiting.erase(extract.number());
    TRY(check_against(known, batch));
    if (known.state != BatchState::announced) continue;
    TRY(finish_announced(ledger, actor, extract, batch));
    (batch == nullptr ? recovered.abandoned : recovered.confirmed).push_back(extract);
  }
  if (!waiting.empty())
    return damage(ExtractNo(waiting.begin()->first), "is in the record store, but nobody announced it");
  return recovered;
}

Result<std::optional<ExtractNo>> check_registrations(Ledger& ledger) {
  for (const RegisteredExtract& extract : TRY(registry(ledger))) {
    const ShownEntry shown = TRY(ledger.log().entry(extract.entry));
    if (shown.payload_state != PayloadState::sealed_open) continue;
    if (!shown.payload.object.ends_with(registered_as(extract.announced))) {
      return std::optional(extract.announced.extract);
    }
  }
  return std::optional<ExtractNo>();
}

Result<std::vector<RegisteredExtract>> registry(Ledger& ledger) {
  auto select = TRY(ledger.sqlite().read(std::string(k_columns) + "ORDER BY extract_no"));
  std::vector<RegisteredExtract> extracts;
  while (TRY(select.step_row())) extracts.push_back(TRY(read_row(select)));
  return extracts;
}

Result<std::vector<RegisteredExtract>> visible(Ledger& ledger, std::optional<base::Date> as_of) {
  const Instant end = as_of ? Instant::start_of(*as_of + 1) : Instant{std::numeric_limits<std::int64_t>::max()};
  std::vector<RegisteredExtract> seen;
  for (RegisteredExtract& extract : TRY(registry(ledger))) {
    if (extract.state != BatchState::confirmed || *extract.confirmed_at >= end) continue;
    if (extract.superseded_at && *extract.superseded_at < end) continue;
    seen.push_back(std::move(extract));
  }
  return seen;
}

}  // namespace throughline::ledger
