#include "app/intake.h"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "records/readers/raw_rows.h"

namespace throughline::app {

namespace {

using base::Result;

// More files than this share one bar.
constexpr std::size_t k_files_told_singly_max = 3;

std::int64_t size_of(const std::string& path) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  return failure ? 0 : static_cast<std::int64_t>(size);
}

// The mapping that a file will be read by: its class of data and its gateway are what permission is asked for.
Result<records::Mapping> mapping_for(const std::string& path, const std::string& named) {
  if (!named.empty()) return records::find_mapping(named);
  const auto source = TRY(records::open_rows(path));
  return records::detect_mapping(source->header(), source->content_name());
}

// Faults of the workspace itself, which no other file will escape.
bool stops_everything(const base::Error& error) {
  const bool is_of_one_file = error.code == "rows_erased";
  const bool is_refused = error.kind == base::ErrorKind::refused && !is_of_one_file;
  return is_refused || error.code == "interrupted" || error.code == "rows_lost" || error.code == "disk_full" ||
         error.code == "records_unsound" || error.code.starts_with("damaged_");
}

Result<records::Ingested> take_in_one(Session& session, const records::IngestTools& tools, const IntakeOrder& order,
                                      const std::string& path) {
  const records::Mapping mapping = TRY(mapping_for(path, order.mapping));
  const Permitted permitted = TRY(session.may({.operation = ledger::Operation::collection,
                                               .data_class = mapping.data_class,
                                               .object = "an extract for " + mapping.name,
                                               .gateway = mapping.gateway,
                                               .owner = session.account().agency}));
  Result<records::Ingested> ingested =
      records::ingest(tools, {.path = path,
                              .mapping = order.mapping.empty() ? mapping.name : order.mapping,
                              .supersedes = order.supersedes,
                              .received = order.received,
                              .actor = permitted.actor,
                              .act = permitted.act});
  if (ingested.ok() || ingested.error().code != "other_agencys_extract") return ingested;
  // The stage found whose it is; the refusal and its entry are the permission function's.
  const ledger::RegisteredExtract corrected = TRY(session.extract(ingested.error().where));
  static_cast<void>(TRY(session.may({.operation = ledger::Operation::alteration,
                                     .data_class = corrected.announced.data_class,
                                     .object = "correction of extract " + ingested.error().where,
                                     .gateway = mapping.gateway,
                                     .owner = corrected.agency})));
  return ingested;
}

// Before which file it stopped, and what stands.
base::Error stopped(base::Error error, std::size_t at, std::size_t files) {
  if (files > 1) error.what += fmt::format("; stopped at file {} of {}, and those before it stand", at + 1, files);
  return error;
}

}  // namespace

Result<std::vector<FileOutcome>> take_in(Session& session, const Outside& outside, const IntakeOrder& order) {
  base::Progress silent;
  const bool is_one_bar = order.files.size() > k_files_told_singly_max;
  const records::IngestTools tools{.ledger = session.ledger(),
                                   .progress = is_one_bar ? silent : outside.progress,
                                   .interrupt = outside.interrupt,
                                   .threads = session.settings().threads};
  if (is_one_bar) {
    std::int64_t bytes = 0;
    for (const std::string& path : order.files) bytes += size_of(path);
    outside.progress.begin(fmt::format("reading {} files", order.files.size()), bytes, "bytes");
  }
  std::vector<FileOutcome> outcomes;
  for (const std::string& path : order.files) {
    TRY(outside.interrupt.poll());
    Result<records::Ingested> ingested = take_in_one(session, tools, order, path);
    if (!ingested.ok() && stops_everything(ingested.error())) {
      return stopped(std::move(ingested).error(), outcomes.size(), order.files.size());
    }
    if (is_one_bar) {
      if (ingested.ok()) outside.progress.count_rows(ingested.value().extract.announced.rows_read);
      outside.progress.advance(size_of(path));
    }
    outcomes.push_back({.path = path, .ingested = std::move(ingested)});
  }
  outside.progress.end();
  return outcomes;
}

}  // namespace throughline::app
