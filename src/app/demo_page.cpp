#include "app/demo_page.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "app/figure_report.h"
#include "app/shown_command.h"
#include "base/check.h"
#include "base/number.h"
#include "evidence/cell.h"

namespace throughline::app {

namespace {

using evidence::Figure;
using evidence::Series;
using records::SourceQuality;

// Look-ups and populations, which say nothing of any month.
bool is_reference(const SourceQuality& source) {
  return !source.first_month.has_value();
}

std::string months_of(const SourceQuality& source) {
  if (!source.first_month || !source.last_month) return "";
  return to_text(evidence::MonthSpan{.begin = *source.first_month, .end = *source.last_month + 1});
}

Table sources_table(const std::vector<SourceQuality>& sources) {
  Table table{.name = "sources",
              .title = "",
              .columns = {{"source", "Source", ColumnKind::id},
                          {"files", "Files", ColumnKind::number},
                          {"months", "Months", ColumnKind::text},
                          {"rows", "Rows", ColumnKind::number},
                          {"records", "Records", ColumnKind::number},
                          {"rejected", "Rejected", ColumnKind::number}},
              .rows = {},
              .empty_text = "Nothing."};
  SourceQuality references;
  for (const SourceQuality& source : sources) {
    if (is_reference(source)) {
      references.extracts += source.extracts;
      references.rows_read += source.rows_read;
      references.rows_rejected += source.rows_rejected;
      continue;
    }
    table.rows.push_back({source.source, source.extracts, months_of(source), source.rows_read,
                          source.rows_read - source.rows_rejected, source.rows_rejected});
  }
  if (references.extracts > 0) {
    table.rows.push_back({std::string("look-ups and populations"), references.extracts, std::monostate{},
                          references.rows_read, references.rows_read - references.rows_rejected,
                          references.rows_rejected});
  }
  return table;
}

Section read_section(const DemoFindings& findings) {
  Section section{.name = "read", .title = "WHAT WAS READ", .facts = {}, .tables = {}, .notes = {}};
  section.tables.push_back(sources_table(findings.sources));
  for (const SourceQuality& source : findings.sources) {
    for (const records::RejectionCount& count : source.rejections) {
      section.notes.push_back(fmt::format("Rejected of {}: {} {} in {} rows.", source.source,
                                          count.column.empty() ? "the row" : count.column, sentence_of(count.rule),
                                          base::format_integer(count.faults)));
    }
  }
  for (const std::string& refused : findings.files_refused) section.notes.push_back(refused);
  section.notes.push_back(
      fmt::format("{} files taken in this time, {} known from before. Rows are always records plus rejections.",
                  base::format_integer(findings.files_new), base::format_integer(findings.files_known)));
  section.notes.push_back(fmt::format(
      "Audit log: {} entries; {}.", base::format_integer(findings.log_entries),
      findings.log_fault.empty() ? "all of them, the tree over them and the signed head fit" : findings.log_fault));
  return section;
}

Section sources_section(const std::vector<SourceQuality>& sources) {
  Section section{.name = "quality", .title = "HOW GOOD EACH SOURCE IS", .facts = {}, .tables = {}, .notes = {}};
  for (const SourceQuality& source : sources) {
    const auto found = records::findings_of(source);
    if (found.empty() && is_reference(source)) continue;
    std::string text = found.empty() ? "Nothing doubtful found." : found.front().text;
    if (found.size() > 1) text += " " + found[1].text;
    if (found.size() > 2) text += fmt::format(" And {} more.", found.size() - 2);
    section.notes.push_back(fmt::format("{}: {}", source.source, text));
  }
  return section;
}

// The months' short names; with the year where there is more than one.
std::string month_heading(base::Month month, bool has_year) {
  const std::string words = base::to_words(month);
  return has_year ? words : words.substr(0, words.find(' '));
}

std::string area_name(const DemoFindings& findings, const std::string& code) {
  const auto parsed = evidence::AreaCode::parse(code);
  const evidence::Area* area = parsed ? findings.areas.find(*parsed) : nullptr;
  return area == nullptr ? code : area->name;
}

// Forces by months, and the sum of the months where none is missing.
Table group_table(const Series& series, const DemoFindings& findings) {
  Table table{
      .name = series.category,
      .title = fmt::format("{}  ({}/{}/CODE/MONTH)", series.category_words, series.measure->name, series.category),
      .columns = {{"area", "Force area", ColumnKind::text}, {"code", "Code", ColumnKind::text}},
      .rows = {},
      .empty_text = "Nothing."};
  std::set<base::Month> months;
  for (const Figure& figure : series.figures) months.insert(figure.cell.period.begin);
  const bool has_year = !months.empty() && months.begin()->year() != months.rbegin()->year();
  for (const base::Month month : months) {
    table.columns.push_back({base::to_string(month), month_heading(month, has_year), ColumnKind::number});
  }
  table.columns.push_back({"total", "Total", ColumnKind::number});
  for (std::size_t at = 0; at < series.figures.size(); at += months.size()) {
    std::vector<Value> row = {area_name(findings, series.figures[at].cell.area), series.figures[at].cell.area};
    std::int64_t total = 0;
    bool is_whole = true;
    for (std::size_t i = at; i < at + months.size(); ++i) {
      const auto* count = std::get_if<std::int64_t>(&series.figures[i].count);
      is_whole = is_whole && count != nullptr;
      total += count == nullptr ? 0 : *count;
      row.push_back(count == nullptr ? Value(std::monostate{}) : Value(*count));
    }
    row.push_back(is_whole ? Value(total) : Value(std::monostate{}));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Section figures_section(const DemoFindings& findings) {
  Section section{.name = "figures",
                  .title = "WHAT THE POLICE RECORDED, BY WHERE IT HAPPENED (areas by name, not ranked)",
                  .facts = {},
                  .tables = {},
                  .notes = {}};
  std::vector<Figure> figures;
  for (const Series& series : findings.figures.by_force) {
    section.tables.push_back(group_table(series, findings));
    figures.insert(figures.end(), series.figures.begin(), series.figures.end());
  }
  const PartedCaveats caveats = parted(figures);
  for (std::string& note : caveat_notes(caveats.common)) section.notes.push_back(std::move(note));
  if (!caveats.single.notes().empty()) {
    section.notes.push_back(
        fmt::format("Single figures also carry {}; the trace of each says why.", caveats.single.codes()));
  }
  return section;
}

// The last period of each area that has a figure there, areas by name, at most so many.
std::vector<Figure> last_figures(const Series& series, std::size_t areas_max) {
  std::vector<Figure> last;
  for (std::size_t i = 0; i < series.figures.size() && last.size() < areas_max; ++i) {
    const Figure& figure = series.figures[i];
    const bool is_last = i + 1 == series.figures.size() || series.figures[i + 1].cell.area != figure.cell.area;
    if (is_last && std::holds_alternative<std::int64_t>(figure.count)) last.push_back(figure);
  }
  return last;
}

void add_series(Section& section, const DemoFindings& findings, const Series& series, std::size_t areas_max) {
  const std::vector<Figure> last = last_figures(series, areas_max);
  if (last.empty()) return;
  std::string text;
  evidence::Caveats caveats;
  for (const Figure& figure : last) {
    text +=
        fmt::format("{}{} {}", text.empty() ? "" : "; ", area_name(findings, figure.cell.area), figure_text(figure));
    caveats.unite(figure.caveats);
  }
  section.notes.push_back(fmt::format("{}, {}, twelve months to {}: {}. {}. Id: {}", series.measure->title,
                                      series.category_words, base::to_string(last.front().cell.period.end - 1), text,
                                      caveats.codes(), to_text(last.front().cell)));
}

Section series_section(const DemoFindings& findings) {
  Section section{.name = "series",
                  .title = "BESIDE IT, AND NEVER JOINED TO IT (figure, and its exact 95 per cent interval)",
                  .facts = {},
                  .tables = {},
                  .notes = {}};
  constexpr std::size_t k_all = 100;
  if (findings.figures.searches) add_series(section, findings, *findings.figures.searches, k_all);
  if (findings.figures.trafficking) add_series(section, findings, *findings.figures.trafficking, 1);
  return section;
}

Section next_section(const DemoFindings& findings, const Settings& settings) {
  Section section{.name = "next", .title = "WHAT TO TYPE NEXT", .facts = {}, .tables = {}, .notes = {}};
  const auto command = [&](std::vector<std::string> words, const char* what) {
    section.commands.push_back({.line = shown_command(settings, std::move(words)), .what = what});
  };
  if (!findings.figures.by_force.empty() && !findings.figures.by_force.front().figures.empty()) {
    const Figure& first = findings.figures.by_force.front().figures.front();
    command({"trace", to_text(first.cell)}, "its rows, files, hashes");
    command({"measure", "crimes", "-c", "drugs", "-a", first.cell.area, "-k", "local-authority", "--by", "area"},
            "its local authorities");
    command({"measure", "crimes", "-c", "robbery", "--by", "area", "--rate"}, "with rates");
  }
  for (const SourceQuality& source : findings.sources) {
    if (is_reference(source) || records::findings_of(source).empty()) continue;
    command({"quality", source.source}, "all that was found in one");
    break;
  }
  command({"audit", "checkpoint"}, "for somebody outside to keep");
  return section;
}

}  // namespace

Report demo_page(const DemoFindings& findings, const Settings& settings) {
  Report report{.verb = "demo", .sections = {}};
  report.sections.push_back(read_section(findings));
  report.sections.push_back(sources_section(findings.sources));
  report.sections.push_back(figures_section(findings));
  if (Section series = series_section(findings); !series.notes.empty()) report.sections.push_back(std::move(series));
  report.sections.push_back(next_section(findings, settings));
  if (!findings.files_refused.empty() || !findings.log_fault.empty()) report.outcome = Outcome::done_with_findings;
  return report;
}

}  // namespace throughline::app
