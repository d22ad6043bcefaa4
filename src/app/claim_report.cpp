#include "app/claim_report.h"

#include <array>
#include <cstdint>
#include <initializer_list>

#include <fmt/format.h>

namespace throughline::app {

namespace {

using evidence::CheckedTable;
using evidence::DecidedBy;
using evidence::Reading;
using evidence::ReportRow;
using evidence::RowStatus;
using evidence::Verdict;

constexpr std::array k_verdicts{Verdict::holds,      Verdict::holds_on_another_basis,
                                Verdict::consistent, Verdict::does_not_hold,
                                Verdict::conflicts,  Verdict::no_data};

std::string reading_words(const Reading& reading) {
  std::string words = reading.is_cut_short ? "to the last period stored" : "another basis";
  if (reading.is_stated) words = "as printed";
  return reading.greyed ? words + "; greyed: the last period is incomplete" : words;
}

Table readings_table(const evidence::Readings& readings) {
  Table table{.name = "readings",
              .title = "Every basis that was tried",
              .columns = {{"agrees", "Gives it"},
                          {"reading", "Reading"},
                          {"series", "Series"},
                          {"area", "Area"},
                          {"basis", "Periods"},
                          {"working", "Working"}},
              .rows = {},
              .empty_text = "None: nothing stored can be held against it."};
  for (const Reading& reading : readings.readings) {
    table.rows.push_back({std::string(reading.agrees ? "yes" : "no"), reading_words(reading),
                          evidence::title_of(reading.match), reading.area, reading.basis, reading.working});
  }
  return table;
}

Table missing_table(const evidence::CheckedClaim& checked) {
  Table table{.name = "missing",
              .title = "What could not be read",
              .columns = {{"missing", "What"}},
              .rows = {},
              .empty_text = "Nothing."};
  for (const std::string& what : checked.readings.missing) table.rows.push_back({what});
  for (const std::string& what : checked.readings.refusals) table.rows.push_back({what});
  return table;
}

Table caveats_table(const evidence::Caveats& caveats) {
  Table table{.name = "caveats",
              .title = "Limits of the series",
              .columns = {{"code", "Code", ColumnKind::id}, {"sentence", "What it means"}},
              .rows = {},
              .empty_text = "None."};
  for (const evidence::CaveatNote& note : caveats.notes()) {
    table.rows.push_back({std::string(evidence::code_of(note.caveat)), evidence::text_of(note)});
  }
  return table;
}

Table lines_read(const evidence::CheckedClaim& checked) {
  Table table{.name = "series",
              .title = "Series read",
              .columns = {{"name", "Name", ColumnKind::id},
                          {"publisher", "Publisher"},
                          {"universe", "Counts"},
                          {"date_basis", "By date of"},
                          {"release", "Release"},
                          {"runs_to", "Runs to"}},
              .rows = {},
              .empty_text = "None."};
  for (const evidence::MatchedLine& match : checked.matches.lines) {
    const auto last = match.card->last_span();
    table.rows.push_back({fmt::format("{}.{}", match.card->name, match.line->name), match.card->publisher,
                          match.card->universe, match.card->date_basis, match.card->release,
                          text_or_nothing(last ? evidence::words_of(*last) : "")});
  }
  return table;
}

std::int64_t count_of(const CheckedTable& checked, DecidedBy by, Verdict verdict) {
  std::int64_t count = 0;
  for (const RowStatus& status : checked.statuses) count += status.by == by && status.verdict == verdict ? 1 : 0;
  return count;
}

Table counts_table(const CheckedTable& checked) {
  Table table{.name = "counts",
              .title = "How many",
              .columns = {{"decided_by", "Decided by"}, {"status", "Status"}, {"rows", "Figures", ColumnKind::number}},
              .rows = {},
              .empty_text = "No rows."};
  for (const DecidedBy by : {DecidedBy::series, DecidedBy::arithmetic, DecidedBy::conflict, DecidedBy::nothing}) {
    for (const Verdict verdict : k_verdicts) {
      const std::int64_t count = count_of(checked, by, verdict);
      if (count > 0)
        table.rows.push_back({std::string(evidence::words_of(by)), std::string(evidence::words_of(verdict)), count});
    }
  }
  return table;
}

}  // namespace

Section claim_section(const evidence::Claim& claim, const evidence::CheckedClaim& checked) {
  Section section{.name = "claim",
                  .title = fmt::format("“{}”", claim.words),
                  .facts = {{"verdict", "Verdict", std::string(evidence::words_of(checked.verdict))},
                            {"code", "Code", std::string(evidence::code_of(checked.verdict))},
                            {"basis", "On this basis", text_or_nothing(checked.basis)},
                            {"why", "Working", text_or_nothing(checked.why)}},
                  .tables = {readings_table(checked.readings)},
                  .notes = {}};
  if (!checked.readings.missing.empty() || !checked.readings.refusals.empty())
    section.tables.push_back(missing_table(checked));
  if (!checked.matches.lines.empty()) section.tables.push_back(lines_read(checked));
  if (!checked.caveats.notes().empty()) section.tables.push_back(caveats_table(checked.caveats));
  if (checked.caveats.has(evidence::Caveat::police_activity)) {
    section.notes.emplace_back(
        "A change in what the police did is no change in what there was: a true figure may still mislead.");
  }
  if (claim.area.empty() && !checked.readings.readings.empty()) {
    section.notes.emplace_back("The statement names no area; the widest that is stored was taken.");
  }
  return section;
}

Section table_section(const std::vector<ReportRow>& rows, const CheckedTable& checked) {
  Table table{.name = "rows",
              .title = "Figures",
              .columns = {{"series", "Figure of"},
                          {"area", "Area"},
                          {"period", "Period"},
                          {"value", "Value"},
                          {"unit", "Unit"},
                          {"status", "Status"},
                          {"working", "Working, or what is missing"},
                          {"decided_by", "Decided by"},
                          {"basis", "Basis"},
                          {"source", "Source"},
                          {"place", "Place"}},
              .rows = {},
              .empty_text = "The table has no rows."};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ReportRow& row = rows[i];
    const RowStatus& status = checked.statuses[i];
    table.rows.push_back(
        {row.label, row.area, row.period, row.value, row.unit, std::string(evidence::words_of(status.verdict)),
         status.why, std::string(evidence::words_of(status.by)), text_or_nothing(status.basis), row.source, row.place});
  }
  return {.name = "table",
          .title = "Printed figures, checked",
          .facts = {{"rows", "Figures", static_cast<std::int64_t>(rows.size())}},
          .tables = {std::move(table), counts_table(checked)},
          .notes = {"“Holds” says that the printed figure follows from the series or from the figures beside it, not "
                    "that it means what it "
                    "seems to mean."}};
}

Section conflicts_section(const std::vector<ReportRow>& rows, const CheckedTable& checked) {
  Table table{.name = "conflicts",
              .title = "Rival figures, each with its scope",
              .columns = {{"group", "Group", ColumnKind::number},
                          {"kind", "Kind"},
                          {"series", "Figure of"},
                          {"area", "Area"},
                          {"period", "Period"},
                          {"value", "Value"},
                          {"unit", "Unit"},
                          {"source", "Source"},
                          {"place", "Place"}},
              .rows = {},
              .empty_text = "No two figures stand against one another."};
  std::int64_t group = 0;
  for (const evidence::RivalFigures& rivals : checked.rivals) {
    ++group;
    for (const std::size_t at : rivals.rows) {
      const ReportRow& row = rows[at];
      table.rows.push_back(
          {group, rivals.kind, row.label, row.area, row.period, row.value, row.unit, row.source, row.place});
    }
  }
  return {
      .name = "conflicts",
      .title = "Conflict register",
      .facts = {{"groups", "Groups", group}},
      .tables = {std::move(table)},
      .notes = {
          "None of them is overwritten: which is right, or whether both are of their own scope, is for the reader."}};
}

Section series_section(const evidence::Catalogue& catalogue) {
  Table table{.name = "series",
              .title = "Published series that are carried in the program",
              .columns = {{"name", "Name", ColumnKind::id},
                          {"title", "What"},
                          {"runs_from", "From"},
                          {"runs_to", "Runs to"},
                          {"publisher", "Publisher"},
                          {"universe", "Counts"},
                          {"unit", "Unit"},
                          {"date_basis", "By date of"},
                          {"geography", "Areas"},
                          {"release", "Release"},
                          {"revision", "Revision"},
                          {"costs", "Costs"},
                          {"caveats", "Limits"},
                          {"file_hash", "SHA-256 of its file", ColumnKind::id}},
              .rows = {},
              .empty_text = "None."};
  for (const evidence::SeriesCard& card : catalogue.cards) {
    const auto first = card.first_span();
    const auto last = card.last_span();
    for (const evidence::SeriesLine& line : card.lines) {
      table.rows.push_back({fmt::format("{}.{}", card.name, line.name), fmt::format("{}: {}", card.title, line.title),
                            text_or_nothing(first ? evidence::code_of(*first) : ""),
                            text_or_nothing(last ? evidence::code_of(*last) : ""), card.publisher, card.universe,
                            card.unit, card.date_basis, card.geography, card.release, card.revision, card.costs,
                            card.caveats.codes(), card.file_hash});
    }
  }
  return {.name = "series",
          .title = "Series",
          .facts = {},
          .tables = {std::move(table)},
          .notes = {"A series is never current beyond the period that it runs to."}};
}

Table status_table(const std::vector<ReportRow>& rows, const CheckedTable& checked) {
  Table table;
  table.name = "statuses";
  for (const char* name : {"source", "page_or_para", "series", "area", "period", "value", "unit", "status",
                           "decided_by", "basis", "working"}) {
    table.columns.push_back({name, name});
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ReportRow& row = rows[i];
    const RowStatus& status = checked.statuses[i];
    table.rows.push_back({row.source, row.place, row.label, row.area, row.period, row.value, row.unit,
                          std::string(evidence::words_of(status.verdict)), std::string(evidence::words_of(status.by)),
                          status.basis, status.why});
  }
  return table;
}

}  // namespace throughline::app
