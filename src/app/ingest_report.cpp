#include "app/ingest_report.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "records/record_id.h"

namespace throughline::app {

namespace {

std::string name_of_file(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

std::string state_of(const records::Ingested& ingested, const ExtractNames& names) {
  if (ingested.is_known) return ingested.extract.superseded_at ? "known, superseded" : "known";
  if (ingested.superseded) return "corrects " + names(*ingested.superseded);
  return "new";
}

std::vector<Value> row_of(const FileOutcome& outcome, const ExtractNames& names) {
  const std::string file = name_of_file(outcome.path);
  if (!outcome.ingested.ok()) {
    return {file,
            std::monostate{},
            std::monostate{},
            std::monostate{},
            std::monostate{},
            std::monostate{},
            std::string("refused"),
            std::monostate{}};
  }
  const ledger::Announcement& announced = outcome.ingested.value().extract.announced;
  return {file,
          announced.mapping.substr(0, announced.mapping.find(' ')),
          records::extract_name(announced.content_hash),
          announced.rows_read,
          announced.rows_read - announced.rows_rejected,
          announced.rows_rejected,
          state_of(outcome.ingested.value(), names),
          static_cast<std::int64_t>(outcome.ingested.value().findings.size())};
}

Table files_table(const std::vector<FileOutcome>& outcomes, const ExtractNames& names) {
  Table table{.name = "files",
              .title = "",
              .columns = {{"file", "File", ColumnKind::text},
                          {"mapping", "Read by", ColumnKind::text},
                          {"extract", "Extract", ColumnKind::id},
                          {"rows", "Rows", ColumnKind::number},
                          {"records", "Records", ColumnKind::number},
                          {"rejected", "Rejected", ColumnKind::number},
                          {"state", "State", ColumnKind::text},
                          {"findings", "Findings", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (const FileOutcome& outcome : outcomes) table.rows.push_back(row_of(outcome, names));
  return table;
}

Table rejections_table(const std::vector<FileOutcome>& outcomes) {
  Table table{.name = "rejections",
              .title = "Rejected, by column and rule (a row may break several)",
              .columns = {{"file", "File", ColumnKind::text},
                          {"column", "Column", ColumnKind::text},
                          {"rule", "Rule", ColumnKind::text},
                          {"why", "Why", ColumnKind::text},
                          {"faults", "Faults", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (const FileOutcome& outcome : outcomes) {
    if (!outcome.ingested.ok()) continue;
    for (const records::RejectionCount& count : outcome.ingested.value().rejections) {
      table.rows.push_back({name_of_file(outcome.path), count.column.empty() ? "(the row)" : count.column,
                            std::string(code_of(count.rule)), std::string(sentence_of(count.rule)), count.faults});
    }
  }
  return table;
}

void add_notes(Section& section, const std::vector<FileOutcome>& outcomes) {
  for (const FileOutcome& outcome : outcomes) {
    const std::string file = name_of_file(outcome.path);
    if (!outcome.ingested.ok()) {
      section.notes.push_back(fmt::format("{} was refused: {}", file, outcome.ingested.error().message()));
      continue;
    }
    for (const records::Finding& finding : outcome.ingested.value().findings) {
      section.notes.push_back(fmt::format("{}: {} ({}).", file, finding.text, finding.code));
    }
  }
}

std::int64_t count_refused(const std::vector<FileOutcome>& outcomes) {
  return std::ranges::count_if(outcomes, [](const FileOutcome& outcome) { return !outcome.ingested.ok(); });
}

}  // namespace

base::Result<Section> ingest_section(const std::vector<FileOutcome>& outcomes, const ExtractNames& names) {
  const std::int64_t refused = count_refused(outcomes);
  if (refused > 0 && std::cmp_equal(refused, outcomes.size())) {
    base::Error error = outcomes.front().ingested.error();
    if (refused > 1) error.what = fmt::format("None of the {} files could be read. The first: {}", refused, error.what);
    return error;
  }
  Section section{.name = "ingest", .title = "WHAT WAS READ", .facts = {}, .tables = {}, .notes = {}};
  section.tables.push_back(files_table(outcomes, names));
  if (Table rejections = rejections_table(outcomes); !rejections.rows.empty()) {
    section.tables.push_back(std::move(rejections));
  }
  add_notes(section, outcomes);
  return section;
}

bool has_findings(const std::vector<FileOutcome>& outcomes) {
  return std::ranges::any_of(outcomes, [](const FileOutcome& outcome) {
    if (!outcome.ingested.ok()) return true;
    const bool is_rejecting = outcome.ingested.value().extract.announced.rows_rejected > 0;
    return !outcome.ingested.value().is_known && (is_rejecting || !outcome.ingested.value().findings.empty());
  });
}

}  // namespace throughline::app
