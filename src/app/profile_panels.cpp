#include "app/profile_panels.h"

#include <cmath>
#include <set>

#include <fmt/format.h>

#include "app/figure_report.h"

namespace throughline::app {

namespace {

using evidence::Panel;

const std::vector<Column>& figure_columns() {
  static const std::vector<Column> k_columns{{"indicator", "Indicator"},
                                             {"of", "Of"},
                                             {"period", "Period", ColumnKind::id},
                                             {"value", "Figure", ColumnKind::number},
                                             {"low", "95% from", ColumnKind::number},
                                             {"high", "to", ColumnKind::number},
                                             {"percent", "Change, %", ColumnKind::number},
                                             {"percent_low", "from", ColumnKind::number},
                                             {"percent_high", "to", ColumnKind::number},
                                             {"reads", "What the change says"}};
  return k_columns;
}

const std::vector<Column>& source_columns() {
  static const std::vector<Column> k_columns{{"indicator", "Indicator"},
                                             {"before_period", "Compared with", ColumnKind::id},
                                             {"before", "Then", ColumnKind::number},
                                             {"caveats", "Limits"},
                                             {"why_not", "Not given because"},
                                             {"source", "How do we know?", ColumnKind::id}};
  return k_columns;
}

Value number(const std::optional<double>& value) {
  if (!value) return {};
  const bool is_whole = std::floor(*value) == *value;
  return Decimal{.value = *value, .decimals = is_whole ? 0 : 1};
}

void add_limits(std::vector<Value>& row, const std::optional<evidence::Interval>& interval) {
  constexpr double k_no_news = 100;
  for (const bool is_low : {true, false}) {
    if (!interval) {
      row.emplace_back();
      continue;
    }
    const double limit = is_low ? interval->low : interval->high;
    row.emplace_back(Decimal{.value = limit, .decimals = std::abs(limit) < k_no_news ? 1 : 0});
  }
}

// A change in words: what chance alone may explain, and what less looking alone may explain, says nothing.
std::string change_words(const ReadIndicator& each) {
  const IndicatorReading& reading = each.reading;
  if (!reading.percent) return "";
  if (reading.percent_interval->low <= 0 && reading.percent_interval->high >= 0) return "chance alone may explain it";
  const bool is_fall = *reading.percent < 0;
  if (!evidence::is_police_activity(*each.indicator)) return is_fall ? "a fall" : "a rise";
  if (each.indicator->beside.empty()) {
    return is_fall ? "less recorded: less looking would do the same" : "more recorded: more looking would do the same";
  }
  return fmt::format("{} recorded: read it beside {}", is_fall ? "less" : "more", each.indicator->beside);
}

std::string why_not(const IndicatorReading& reading) {
  if (!reading.no_value.empty()) return reading.no_value;
  return reading.no_change.empty() ? std::string() : "no change: " + reading.no_change;
}

std::vector<Value> figures_of(const ReadIndicator& each) {
  const IndicatorReading& reading = each.reading;
  std::vector<Value> row{each.indicator->title, reading.of, text_or_nothing(reading.period), number(reading.value)};
  add_limits(row, reading.interval);
  row.push_back(reading.percent ? Value(Decimal{.value = *reading.percent, .decimals = 1}) : Value());
  add_limits(row, reading.percent_interval);
  row.push_back(text_or_nothing(change_words(each)));
  return row;
}

std::vector<Value> sources_of(const ReadIndicator& each) {
  const IndicatorReading& reading = each.reading;
  return {each.indicator->title,
          text_or_nothing(reading.before_period),
          number(reading.before),
          text_or_nothing(reading.caveats.codes()),
          text_or_nothing(why_not(reading)),
          text_or_nothing(reading.source)};
}

std::string title_of(Panel panel) {
  switch (panel) {
    case Panel::supply: return "Supply";
    case Panel::demand: return "Demand";
    case Panel::enforcement: return "Enforcement: what the police and courts did";
    case Panel::violence: return "Violence";
    case Panel::exploitation: return "Exploitation";
  }
  return "";
}

Section panel_section(const std::vector<ReadIndicator>& indicators, Panel panel) {
  const std::string name(name_of(panel));
  Section section{.name = name, .title = title_of(panel), .facts = {}, .tables = {}, .notes = {}};
  Table figures{.name = name, .title = "", .columns = figure_columns(), .rows = {}, .empty_text = ""};
  Table sources{.name = name + "_sources", .title = "", .columns = source_columns(), .rows = {}, .empty_text = ""};
  for (const ReadIndicator& each : indicators) {
    if (each.indicator->panel != panel) continue;
    figures.rows.push_back(figures_of(each));
    sources.rows.push_back(sources_of(each));
  }
  section.tables = {std::move(figures), std::move(sources)};
  evidence::Caveats caveats;
  for (const ReadIndicator& each : indicators) {
    if (each.indicator->panel != panel) continue;
    for (const evidence::CaveatNote& note : each.reading.caveats.notes()) caveats.add(note.caveat);
  }
  section.notes = caveat_notes(caveats);
  return section;
}

}  // namespace

std::vector<Section> panel_sections(const std::vector<ReadIndicator>& indicators, const std::vector<Panel>& order) {
  std::vector<Section> sections;
  for (const Panel panel : order) {
    Section section = panel_section(indicators, panel);
    if (!section.tables.front().rows.empty()) sections.push_back(std::move(section));
  }
  return sections;
}

Table indicators_table(const std::vector<ReadIndicator>& indicators, const std::vector<Panel>& order) {
  Table table{.name = "indicators", .title = "", .columns = {{"panel", "Panel"}}, .rows = {}, .empty_text = ""};
  table.columns.insert(table.columns.end(), figure_columns().begin(), figure_columns().end());
  table.columns.insert(table.columns.end(), source_columns().begin() + 1, source_columns().end());
  for (const Panel panel : order) {
    for (const ReadIndicator& each : indicators) {
      if (each.indicator->panel != panel) continue;
      std::vector<Value>& row = table.rows.emplace_back();
      row.emplace_back(std::string(name_of(panel)));
      for (Value& value : figures_of(each)) row.push_back(std::move(value));
      const std::vector<Value> sources = sources_of(each);
      row.insert(row.end(), sources.begin() + 1, sources.end());
    }
  }
  return table;
}

}  // namespace throughline::app
