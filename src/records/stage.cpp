#include "records/stage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <utility>

#include "base/check.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "ledger/erasure.h"
#include "records/readers/file_bytes.h"
#include "records/record_id.h"
#include "records/stage_feed.h"
#include "records/stage_findings.h"
#include "records/stage_parquet.h"
#include "records/tables_write.h"
#include "store/duck_writer.h"
#include "store/fault_points.h"

namespace throughline::records {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using ledger::ExtractNo;
using ledger::RegisteredExtract;

// A file this small is hashed before anything else: it costs less than to read it in vain.
constexpr std::int64_t k_hashed_first_bytes_max = std::int64_t{256} << 20;

// The hash of the file's bytes as they came.
Result<base::Hash> hash_received(const FileBytes& file, const base::Interrupt& interrupt) {
  base::Sha256 hash;
  std::vector<std::byte> room(std::size_t{1} << 20);
  std::int64_t offset = 0;
  while (const std::size_t got = TRY(file.read_at(offset, room))) {
    TRY(interrupt.poll());
    hash.update(std::span<const std::byte>(room.data(), got));
    offset += static_cast<std::int64_t>(got);
  }
  return hash.finish();
}

// Whether the mapping that read an extract is the one that would read it now.
Result<bool> is_same_mapping(const RegisteredExtract& extract, const std::string& asked) {
  if (!asked.empty()) return TRY(find_mapping(asked)).hash == extract.announced.mapping_hash;
  const std::string name = extract.announced.mapping.substr(0, extract.announced.mapping.find(' '));
  const std::vector<Mapping>& built_in = built_in_mappings();
  const auto at = std::ranges::find(built_in, name, &Mapping::name);
  return at != built_in.end() && at->hash == extract.announced.mapping_hash;
}

// An extract that was made of these very bytes by the same mapping: then nothing is to be done.
Result<std::optional<RegisteredExtract>> known_by_bytes(const IngestTools& tools, const IngestOrder& order) {
  const NamedPart named = split_part(order.path);
  // A member of a zip or a sheet is not the whole file.
  if (!named.part.empty()) return std::optional<RegisteredExtract>();
  const FileBytes file = TRY(FileBytes::open(named.file));
  if (file.size() > k_hashed_first_bytes_max) return std::optional<RegisteredExtract>();
  const base::Hash received = TRY(hash_received(file, tools.interrupt));
  for (RegisteredExtract& extract : TRY(ledger::received_as(tools.ledger, received))) {
    if (!extract.superseded_at && TRY(is_same_mapping(extract, order.mapping)))
      return std::optional(std::move(extract));
  }
  return std::optional<RegisteredExtract>();
}

std::vector<std::string> names_of(const Mapping& mapping) {
  std::vector<std::string> names;
  for (const ColumnRule& column : mapping.columns) names.insert(names.end(), column.names.begin(), column.names.end());
  return names;
}

std::optional<Format> format_named(const std::string& name) {
  if (name == "csv") return Format::csv;
  if (name == "ndjson") return Format::ndjson;
  if (name == "xlsx") return Format::xlsx;
  if (name == "parquet") return Format::parquet;
  return std::nullopt;
}

bool is_another_agencys(const RegisteredExtract& extract, const IngestOrder& order) {
  return extract.announced.data_class != ledger::DataClass::published && extract.agency != order.actor.agency;
}

// Whoever asked for the work asks the permission function, which refuses and writes that down.
Error other_agencys(const RegisteredExtract& extract) {
  return {ErrorKind::refused, "other_agencys_extract", "Another agency brought this extract in",
          extract_name(extract.announced.content_hash), "Ask that agency"};
}

// The answer to a content that stands already; it can take no other's place.
Result<Ingested> known_reading(const IngestOrder& order, RegisteredExtract reading) {
  if (is_another_agencys(reading, order)) return other_agencys(reading);
  if (order.supersedes && *order.supersedes != reading.announced.extract) {
    return Error{ErrorKind::bad_command, "content_known",
                 fmt::format("this content stands as extract {} already, so it cannot correct another",
                             reading.announced.extract.number()),
                 order.path, "Leave out --supersedes"};
  }
  return Ingested{.extract = std::move(reading), .is_known = true, .superseded = {}, .rejections = {}, .findings = {}};
}

// One file from its bytes to a confirmed batch. Lives for one call of ingest().
class Intake {
 public:
  Intake(const IngestTools& tools, const IngestOrder& order) : tools_(tools), order_(order) {}

  Result<Ingested> run() {
    ledger::Transaction announcing = TRY(tools_.ledger.begin(order_.actor, order_.act));
    TRY(open_file(announcing));
    store::DuckConnection connection = TRY(workspace().records_store().connect());
    store::DuckWriter writer(announcing.permit(), connection);
    TRY(writer.begin());
    Result<Ingested> done = take_in(announcing, writer, connection);
    // Undone as a whole, whatever failed; after a commit nothing is left to undo.
    if (!done.ok() || done.value().is_known) writer.rollback();
    return done;
  }

 private:
  [[nodiscard]] store::Workspace& workspace() const { return tools_.ledger.workspace(); }

  Result<void> open_file(const ledger::Transaction& transaction) {
    if (!order_.mapping.empty()) mapping_ = TRY(find_mapping(order_.mapping));
    archived_.emplace(TRY(workspace().archive().begin(transaction.permit())));
    ReadOptions options;
    if (mapping_) {
      options.format = format_named(mapping_->format);
      options.delimiter = mapping_->delimiter;
      options.asked_columns = names_of(*mapping_);
    }
    options.sink = [this](std::span<const std::byte> bytes) { return archived_->append(bytes); };
    options.open_parquet = parquet_opener(workspace());
    source_ = TRY(open_rows(order_.path, options));
    if (!mapping_) mapping_ = TRY(detect_mapping(source_->header(), source_->content_name()));
    bound_ = TRY(bind_columns(*mapping_, source_->header(), source_->content_name()));
    return {};
  }

  Result<Ingested> take_in(ledger::Transaction& announcing, store::DuckWriter& writer,
                           store::DuckConnection& connection) {
    extract_ = TRY(ledger::next_extract(tools_.ledger));
    TRY(stream(writer));
    for (RegisteredExtract& reading : TRY(ledger::readings_of(tools_.ledger, hashes_.content))) {
      if (reading.superseded_at) continue;
      if (reading.announced.mapping_hash == mapping_->hash) return known_reading(order_, std::move(reading));
      other_reading_ = reading.announced.extract;
    }
    TRY(check_erased());
    const ledger::Announcement announcement = describe(announcing);
    const std::optional<ExtractNo> superseded = TRY(corrected_by_this(announcement));
    if (superseded) TRY(compare_with_corrected(*superseded));
    TRY(write_beside(writer, superseded));
    static_cast<void>(TRY(archived_->finish()));
    FAULT_POINT("ingest.archived");
    announcing.set_object("extract " + extract_name(hashes_.content));
    TRY(ledger::announce(announcing, announcement));
    static_cast<void>(TRY(announcing.commit()));
    FAULT_POINT("ingest.announced");
    const Result<void> confirmed = confirm(connection, superseded);
    if (!confirmed.ok() && is_stored_) return confirmed.error();  // Opening the workspace again confirms it.
    if (!confirmed.ok()) return given_up(writer, confirmed.error());
    return finished(superseded);
  }

  Result<void> stream(store::DuckWriter& writer) {
    const Typer typer(*mapping_, bound_);
    tools_.progress.begin("reading " + source_->content_name(), source_->received_size(), "bytes");
    const int threads = tools_.threads > 0 ? tools_.threads : std::max(1, base::thread_limit());
    FeedOptions options;
    options.extract = extract_;
    options.threads = threads;
    options.progress = &tools_.progress;
    options.interrupt = &tools_.interrupt;
    fed_ = TRY(feed(writer, *source_, typer, options));
    tools_.progress.end();
    hashes_ = TRY(source_->finish());
    findings_ = source_->findings();
    add_findings(findings_, fed_, *mapping_, {bound_, source_->header()});
    return {};
  }

  // What was erased on an order does not come back by reading the file once more.
  [[nodiscard]] Result<void> check_erased() const {
    std::set<std::int64_t> places;
    for (const ledger::ErasureOrder& order : TRY(ledger::erasure_orders(tools_.ledger))) {
      for (const ledger::ErasureTarget& target : order.targets) {
        if (target.content_hash == hashes_.content) places.insert(target.place);
      }
    }
    const auto rows = static_cast<std::int64_t>(places.size());
    if (rows == 0) return {};
    return Error{ErrorKind::refused, "rows_erased",
                 fmt::format("{} row{} of this content {} erased on an order, so it is not read in again", rows,
                             rows == 1 ? "" : "s", rows == 1 ? "was" : "were"),
                 order_.path, "Take what was erased out of the file, and read that"};
  }

  [[nodiscard]] ledger::Announcement describe(const ledger::Transaction& announcing) const {
    ledger::Announcement said;
    said.extract = extract_;
    said.content_hash = hashes_.content;
    said.received_hash = hashes_.received;
    said.source = mapping_->name;
    said.mapping = mapping_->label();
    said.mapping_hash = mapping_->hash;
    said.coverage = mapping_->is_whole ? "all" : fed_.coverage.text();
    said.file_name = std::filesystem::path(split_part(order_.path).file).filename().string();
    said.data_class = mapping_->data_class;
    said.content_bytes = hashes_.content_bytes;
    said.rows_read = fed_.rows_read;
    said.rows_rejected = fed_.rows_rejected;
    said.received_at = order_.received ? base::Instant::start_of(*order_.received) : announcing.entry().at;
    return said;
  }

  // The extract that this one takes the place of: the one named, the same content under another mapping, or the one
  // that stands for the same part of its source.
  [[nodiscard]] Result<std::optional<ExtractNo>> corrected_by_this(const ledger::Announcement& said) const {
    if (order_.supersedes) return order_.supersedes;
    if (other_reading_) return other_reading_;
    if (said.coverage.empty()) return std::optional<ExtractNo>();
    // Two agencies may each hold personal data of one kind for one month; neither corrects the other's.
    ledger::SourcePart part{.source = said.source, .coverage = said.coverage, .agency = order_.actor.agency};
    if (said.data_class == ledger::DataClass::published) part.agency.reset();
    const auto standing = TRY(ledger::standing_for(tools_.ledger, part));
    return standing ? std::optional(standing->announced.extract) : std::optional<ExtractNo>();
  }

  // A correction of another source is a mistake; one that leaves little of what it corrects may be one.
  Result<void> compare_with_corrected(ExtractNo superseded) {
    for (const RegisteredExtract& other : TRY(ledger::visible(tools_.ledger, {}))) {
      if (other.announced.extract != superseded) continue;
      if (is_another_agencys(other, order_)) return other_agencys(other);
      if (other.announced.source != mapping_->name) {
        return Error{ErrorKind::bad_command, "other_source",
                     fmt::format("a file of {} cannot correct extract {}, which is of {}", mapping_->name,
                                 superseded.number(), other.announced.source),
                     order_.path, "Name an extract of the same source, or none"};
      }
      const std::int64_t before = other.announced.rows_read - other.announced.rows_rejected;
      const std::int64_t now = fed_.rows_read - fed_.rows_rejected;
      if (now * 2 >= before) continue;
      findings_.push_back({"smaller_correction",
                           fmt::format("it takes the place of extract {}, which has {} records, with {}; if that is "
                                       "wrong, read the earlier file again",
                                       superseded.number(), before, now)});
    }
    return {};
  }

  Result<void> write_beside(store::DuckWriter& writer, std::optional<ExtractNo> superseded) {
    const Table first = mapping_->items.front().table;
    auto count = TRY(writer.prepare("SELECT count(*) FROM " + std::string(spec_of(first).name) +
                                    " WHERE extract_no = ? AND item = 0"));
    auto rows = TRY(count.bind(1, extract_.number()).query());
    const auto chunk = TRY(rows.next());
    const std::int64_t stored = chunk ? chunk->column<std::int64_t>(0)[0] : 0;
    const std::int64_t typed = fed_.rows_read - fed_.rows_rejected;
    const bool is_one_each = first == Table::event || first == Table::observation;
    if (stored != fed_.rows_of_first_item || (is_one_each && stored != typed)) {
      return Error{ErrorKind::damaged, "rows_lost",
                   fmt::format("{} rows were typed, but the record store took {}", typed, stored), order_.path,
                   "Nothing of the file was kept; please report this"};
    }
    Layout layout{.format = source_->format(),
                  .delimiter = source_->delimiter(),
                  .encoding = source_->encoding(),
                  .part = split_part(order_.path).part,
                  .content_name = source_->content_name(),
                  .columns = source_->header(),
                  .mapping_toml = mapping_->toml,
                  .findings = findings_};
    TRY(write_batch(writer, {extract_, hashes_.content, fed_.rows_read, fed_.rows_rejected, superseded}, layout));
    return rebuild_cube(writer, {extract_});
  }

  // DuckDB's commit and the ledger's word for it, under one permit.
  Result<void> confirm(store::DuckConnection& connection, std::optional<ExtractNo> superseded) {
    ledger::Act act = order_.act;
    act.object = "extract " + extract_name(hashes_.content) + " confirmed";
    ledger::Transaction confirming = TRY(tools_.ledger.begin(order_.actor, std::move(act)));
    TRY(store::DuckWriter(confirming.permit(), connection).commit());
    is_stored_ = true;
    TRY(ledger::confirm(confirming, extract_, superseded));
    static_cast<void>(TRY(confirming.commit()));
    FAULT_POINT("ingest.confirmed");
    return {};
  }

  // The record store refused its commit after the batch was announced. What cannot be abandoned here, because the disk
  // is full for instance, is abandoned when the workspace is next opened.
  Error given_up(store::DuckWriter& writer, const Error& error) {
    writer.rollback();
    ledger::Act act = order_.act;
    act.object = "extract " + extract_name(hashes_.content) + " abandoned";
    Result<ledger::Transaction> giving_up = tools_.ledger.begin(order_.actor, std::move(act));
    if (giving_up.ok() && ledger::abandon(giving_up.value(), extract_).ok()) {
      static_cast<void>(giving_up.value().commit());
    }
    return error;
  }

  Result<Ingested> finished(std::optional<ExtractNo> superseded) {
    Ingested done;
    for (RegisteredExtract& reading : TRY(ledger::readings_of(tools_.ledger, hashes_.content))) {
      if (reading.announced.extract == extract_) done.extract = std::move(reading);
    }
    done.superseded = superseded;
    done.findings = findings_;
    store::DuckConnection connection = TRY(workspace().records_store().connect());
    done.rejections = TRY(count_rejections(connection, {extract_}));
    return done;
  }

  const IngestTools& tools_;
  const IngestOrder& order_;
  std::optional<Mapping> mapping_;
  std::optional<store::ArchiveWriter> archived_;
  std::unique_ptr<RowSource> source_;
  BoundColumns bound_;
  ExtractNo extract_;
  std::optional<ExtractNo> other_reading_;
  bool is_stored_ = false;  // DuckDB has committed the rows.
  Fed fed_;
  SourceHashes hashes_;
  std::vector<Finding> findings_;
};

Result<void> check_superseded(const IngestTools& tools, const IngestOrder& order) {
  if (!order.supersedes) return {};
  for (const RegisteredExtract& extract : TRY(ledger::visible(tools.ledger, {}))) {
    if (extract.announced.extract == *order.supersedes) return {};
  }
  return Error{ErrorKind::bad_command, "not_standing",
               fmt::format("extract {} does not stand, so it cannot be corrected", order.supersedes->number()),
               order.path, "See 'throughline records' for those that stand"};
}

}  // namespace

Result<Ingested> ingest(const IngestTools& tools, const IngestOrder& order) {
  TRY(check_superseded(tools, order));
  if (auto known = TRY(known_by_bytes(tools, order))) return known_reading(order, *std::move(known));
  return Intake(tools, order).run();
}

Result<std::int64_t> sweep_archive(ledger::Ledger& ledger, const ledger::Actor& actor) {
  std::set<base::Hash> owned;
  for (const RegisteredExtract& extract : TRY(ledger::registry(ledger))) {
    if (extract.state != ledger::BatchState::abandoned) owned.insert(extract.announced.content_hash);
  }
  std::vector<base::Hash> stray = TRY(ledger.workspace().archive().list());
  std::erase_if(stray, [&](const base::Hash& content) { return owned.contains(content); });
  if (stray.empty()) return std::int64_t{0};
  ledger::Act act;
  act.operation = ledger::Operation::administration;
  act.purpose = ledger::Purpose::operate;
  act.object = fmt::format("{} archived contents that no extract owns removed", stray.size());
  ledger::Transaction removing = TRY(ledger.begin(actor, std::move(act)));
  for (const base::Hash& content : stray) TRY(ledger.workspace().archive().remove(removing.permit(), content));
  static_cast<void>(TRY(removing.commit()));
  return static_cast<std::int64_t>(stray.size());
}

}  // namespace throughline::records
