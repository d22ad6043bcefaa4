#include "app/quality_report.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/number.h"
#include "records/gss.h"

namespace throughline::app {

namespace {

using records::SourceQuality;

constexpr std::size_t k_overview_findings_max = 3;

Value share_of(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return std::monostate{};
  return records::share_text(part, whole);
}

Value month_of(std::optional<base::Month> month) {
  if (!month) return std::monostate{};
  return base::to_string(*month);
}

Value months_of(const SourceQuality& quality) {
  if (!quality.first_month || !quality.last_month) return std::monostate{};
  if (quality.first_month == quality.last_month) return base::to_string(*quality.first_month);
  return fmt::format("{}..{}", base::to_string(*quality.first_month), base::to_string(*quality.last_month));
}

void rename(std::string& holder, const evidence::Areas& areas) {
  const auto code = records::GssCode::parse(holder);
  const evidence::Area* area = code ? areas.find(*code) : nullptr;
  if (area != nullptr) holder = area->name;
}

Table fields_table(const SourceQuality& quality) {
  Table table{.name = "fields",
              .title = "Fields: how full",
              .columns = {{"column", "Column", ColumnKind::text},
                          {"field", "Becomes", ColumnKind::text},
                          {"rows", "Rows", ColumnKind::number},
                          {"filled", "Filled", ColumnKind::number},
                          {"share", "Share", ColumnKind::number},
                          {"first", "First", ColumnKind::text},
                          {"last", "Last", ColumnKind::text}},
              .rows = {},
              .empty_text = ""};
  for (const records::FieldFill& fill : quality.fields) {
    table.rows.push_back({fill.asked.column, fmt::format("{}.{}", fill.asked.item_name, fill.asked.field), fill.rows,
                          fill.filled, share_of(fill.filled, fill.rows), month_of(fill.first_filled),
                          month_of(fill.last_filled)});
  }
  return table;
}

Table rejections_table(const SourceQuality& quality) {
  Table table{.name = "rejections",
              .title = "Rejected, by column and rule (a row may break several)",
              .columns = {{"column", "Column", ColumnKind::text},
                          {"rule", "Rule", ColumnKind::text},
                          {"why", "Why", ColumnKind::text},
                          {"faults", "Faults", ColumnKind::number},
                          {"share", "Of rows", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (const records::RejectionCount& count : quality.rejections) {
    table.rows.push_back({count.column.empty() ? "(the row)" : count.column, std::string(code_of(count.rule)),
                          std::string(sentence_of(count.rule)), count.faults,
                          share_of(std::min(count.faults, quality.rows_read), quality.rows_read)});
  }
  return table;
}

Table words_table(const SourceQuality& quality) {
  Table table{.name = "words",
              .title = "Words that begin or end while their field goes on (never taken to be the same)",
              .columns = {{"column", "Column", ColumnKind::text},
                          {"word", "Word", ColumnKind::text},
                          {"holder", "Of", ColumnKind::text},
                          {"change", "What", ColumnKind::text},
                          {"first", "First", ColumnKind::text},
                          {"last", "Last", ColumnKind::text},
                          {"rows", "Rows", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (const records::WordDrift& drift : quality.drift) {
    const char* change = !drift.ends ? "begins" : !drift.begins ? "ends" : "begins, ends";
    table.rows.push_back({drift.asked.column, drift.word, drift.holder, std::string(change),
                          base::to_string(drift.first), base::to_string(drift.last), drift.rows});
  }
  return table;
}

Table months_table(const SourceQuality& quality) {
  Table table{.name = "months",
              .title = "Months received, by whose they are; absent is not nought",
              .columns = {{"holder", "Of", ColumnKind::text},
                          {"rows", "Records", ColumnKind::number},
                          {"received", "Months", ColumnKind::number},
                          {"absent", "Absent", ColumnKind::number},
                          {"absent_months", "Which", ColumnKind::text}},
              .rows = {},
              .empty_text = ""};
  for (const records::HolderMonths& holder : quality.holders) {
    table.rows.push_back({holder.holder, holder.rows, static_cast<std::int64_t>(holder.received.size()),
                          static_cast<std::int64_t>(holder.absent.size()), base::to_string(holder.absent)});
  }
  return table;
}

std::string days_text(const records::DayStatistics& days, const char* one, const char* several) {
  return fmt::format("half within {} days, nine in ten within {} ({} {})", base::format_integer(days.median),
                     base::format_integer(days.ninetieth), base::format_integer(days.count),
                     days.count == 1 ? one : several);
}

void add_facts(Section& section, const SourceQuality& quality) {
  const auto fact = [&](const char* name, const char* label, Value value) {
    section.facts.push_back({.name = name, .label = label, .value = std::move(value)});
  };
  fact("extracts", "Extracts", quality.extracts);
  fact("rows", "Rows read", quality.rows_read);
  fact("rejected", "Rejected", quality.rows_rejected);
  fact("months", "Months", months_of(quality));
  if (quality.timeliness.received) {
    fact("received_after", "Received after its last month",
         days_text(*quality.timeliness.received, "extract", "extracts"));
  }
  if (quality.timeliness.reported) {
    fact("reported_after", "Reported after it happened", days_text(*quality.timeliness.reported, "record", "records"));
  }
  fact("repeats", "Rows that repeat another", quality.duplicates.repeats);
  fact("repeats_referenced", "Of these with a reference", quality.duplicates.repeats_referenced);
  fact("references_repeated", "References on several rows", quality.duplicates.references_repeated);
}

}  // namespace

SourceQuality with_area_names(SourceQuality quality, const evidence::Areas& areas) {
  for (records::HolderMonths& holder : quality.holders) rename(holder.holder, areas);
  std::ranges::sort(quality.holders, {}, &records::HolderMonths::holder);
  for (records::FieldFill& fill : quality.fields) {
    for (records::FillChange& change : fill.changes) rename(change.holder, areas);
  }
  for (records::WordDrift& drift : quality.drift) rename(drift.holder, areas);
  return quality;
}

Section quality_overview(const std::vector<SourceQuality>& assessed) {
  Section section{.name = "quality", .title = "HOW GOOD EACH SOURCE IS", .facts = {}, .tables = {}, .notes = {}};
  Table table{.name = "sources",
              .title = "",
              .columns = {{"source", "Source", ColumnKind::id},
                          {"extracts", "Extracts", ColumnKind::number},
                          {"months", "Months", ColumnKind::text},
                          {"rows", "Rows", ColumnKind::number},
                          {"rejected", "Rejected", ColumnKind::number},
                          {"repeats", "Repeats", ColumnKind::number},
                          {"absent", "Absent", ColumnKind::number},
                          {"findings", "Findings", ColumnKind::number}},
              .rows = {},
              .empty_text = "No extract can be seen yet: throughline ingest FILE."};
  for (const SourceQuality& quality : assessed) {
    const auto findings = records::findings_of(quality);
    std::int64_t absent = 0;
    for (const auto& holder : quality.holders) absent += static_cast<std::int64_t>(holder.absent.size());
    table.rows.push_back({quality.source, quality.extracts, months_of(quality), quality.rows_read,
                          quality.rows_rejected, quality.duplicates.repeats, absent,
                          static_cast<std::int64_t>(findings.size())});
    for (std::size_t i = 0; i < std::min(findings.size(), k_overview_findings_max); ++i) {
      section.notes.push_back(fmt::format("{}: {}", quality.source, findings[i].text));
    }
    if (findings.size() > k_overview_findings_max) {
      section.notes.push_back(
          fmt::format("{}: and {} more.", quality.source, findings.size() - k_overview_findings_max));
    }
  }
  section.tables.push_back(std::move(table));
  return section;
}

Section quality_section(const SourceQuality& quality) {
  Section section{.name = quality.source, .title = quality.source, .facts = {}, .tables = {}, .notes = {}};
  add_facts(section, quality);
  for (Table table : {fields_table(quality), rejections_table(quality), months_table(quality), words_table(quality)}) {
    if (!table.rows.empty()) section.tables.push_back(std::move(table));
  }
  for (const records::QualityFinding& finding : records::findings_of(quality)) section.notes.push_back(finding.text);
  return section;
}

}  // namespace throughline::app
