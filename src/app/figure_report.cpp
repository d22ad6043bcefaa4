#include "app/figure_report.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/check.h"
#include "base/number.h"
#include "evidence/cell.h"

namespace throughline::app {

namespace {

using evidence::Caveat;
using evidence::Caveats;
using evidence::Figure;
using evidence::Rate;
using evidence::Refusal;
using evidence::Series;

constexpr std::size_t k_details_told_max = 2;
constexpr std::size_t k_refusals_shown_max = 4;

std::string area_name(const Figure& figure, const evidence::Areas& areas) {
  const auto code = evidence::AreaCode::parse(figure.cell.area);
  const evidence::Area* area = code ? areas.find(*code) : nullptr;
  return area == nullptr ? figure.cell.area : area->name;
}

// The caveats that every figure carries.
std::set<Caveat> common_caveats(const std::vector<Figure>& figures) {
  std::set<Caveat> common;
  for (const Caveat caveat : evidence::all_caveats()) {
    if (std::ranges::all_of(figures, [&](const Figure& figure) { return figure.caveats.has(caveat); })) {
      common.insert(caveat);
    }
  }
  return common;
}

std::string own_caveats(const Figure& figure, const std::set<Caveat>& common) {
  std::string codes;
  for (const Caveat caveat : evidence::all_caveats()) {
    if (!figure.caveats.has(caveat) || common.contains(caveat)) continue;
    codes += codes.empty() ? "" : " ";
    codes += code_of(caveat);
  }
  return codes;
}

const Refusal* refusal_of(const Figure& figure) {
  if (const auto* refusal = std::get_if<Refusal>(&figure.count)) return refusal;
  return figure.rate ? std::get_if<Refusal>(&*figure.rate) : nullptr;
}

// What distinguishes the rows: a month, an area or a category, and the area too where there are several.
struct Labels {
  FigureRows rows = FigureRows::months;
  bool has_area = true;
  bool has_rate = false;
};

std::vector<Column> columns_of(const Labels& labels) {
  std::vector<Column> columns = {{"cell", "Id", ColumnKind::id}};
  if (labels.has_area) columns.push_back({"area", "Area", ColumnKind::text});
  if (labels.rows == FigureRows::months) columns.push_back({"period", "Period", ColumnKind::text});
  if (labels.rows == FigureRows::categories) columns.push_back({"category", "Category", ColumnKind::text});
  columns.insert(columns.end(), {{"count", "Count", ColumnKind::number},
                                 {"low", "from", ColumnKind::number},
                                 {"high", "to", ColumnKind::number}});
  if (labels.has_rate) {
    columns.insert(columns.end(), {{"rate", "Rate", ColumnKind::number},
                                   {"rate_low", "from", ColumnKind::number},
                                   {"rate_high", "to", ColumnKind::number}});
  }
  columns.insert(columns.end(), {{"caveats", "Also", ColumnKind::text}, {"refused", "Not given", ColumnKind::text}});
  return columns;
}

void add_count(std::vector<Value>& row, const Figure& figure) {
  const auto* count = std::get_if<std::int64_t>(&figure.count);
  if (count == nullptr) {
    row.insert(row.end(), 3, std::monostate{});
    return;
  }
  // From a hundred on, a tenth of an event is no news.
  const int decimals = *count < 100 ? 1 : 0;
  row.insert(row.end(), {*count, Decimal{figure.interval.low, decimals}, Decimal{figure.interval.high, decimals}});
}

void add_rate(std::vector<Value>& row, const Figure& figure) {
  const Rate* rate = figure.rate ? std::get_if<Rate>(&*figure.rate) : nullptr;
  if (rate == nullptr) {
    row.insert(row.end(), 3, std::monostate{});
    return;
  }
  row.insert(row.end(), {Decimal{rate->value, 1}, Decimal{rate->interval.low, 1}, Decimal{rate->interval.high, 1}});
}

// Columns in which no row has a value are left out: nobody reads a column of dashes.
void drop_empty_columns(Table& table) {
  for (const char* name : {"caveats", "refused"}) {
    const auto at = std::ranges::find(table.columns, name, &Column::name) - table.columns.begin();
    const auto is_empty = [&](const std::vector<Value>& row) {
      return std::holds_alternative<std::monostate>(row[static_cast<std::size_t>(at)]);
    };
    if (!std::ranges::all_of(table.rows, is_empty)) continue;
    table.columns.erase(table.columns.begin() + at);
    for (auto& row : table.rows) row.erase(row.begin() + at);
  }
}

struct ShownFigure {
  const Figure* figure = nullptr;
  std::string category_words;
};

Table figures_table(const std::vector<ShownFigure>& shown, const Labels& labels, const evidence::Areas& areas) {
  std::vector<Figure> figures;
  for (const ShownFigure& each : shown) figures.push_back(*each.figure);
  const std::set<Caveat> common = common_caveats(figures);
  Table table{.name = "figures",
              .title = "",
              .columns = columns_of(labels),
              .rows = {},
              .empty_text = "There is no area of that kind of which anything was received."};
  for (const ShownFigure& each : shown) {
    const Figure& figure = *each.figure;
    std::vector<Value> row = {to_text(figure.cell)};
    if (labels.has_area) row.emplace_back(area_name(figure, areas));
    if (labels.rows == FigureRows::months) row.emplace_back(to_text(figure.cell.period));
    if (labels.rows == FigureRows::categories) row.emplace_back(each.category_words);
    add_count(row, figure);
    if (labels.has_rate) add_rate(row, figure);
    row.push_back(text_or_nothing(own_caveats(figure, common)));
    const Refusal* refusal = refusal_of(figure);
    row.push_back(refusal == nullptr ? Value(std::monostate{}) : Value(std::string(name_of(refusal->rule))));
    table.rows.push_back(std::move(row));
  }
  drop_empty_columns(table);
  return table;
}

// Why figures are not given, each reason once.
void add_refusals(Section& section, const std::vector<ShownFigure>& shown) {
  std::vector<std::string> reasons;
  for (const ShownFigure& each : shown) {
    const Refusal* refusal = refusal_of(*each.figure);
    if (refusal == nullptr) continue;
    std::string reason = fmt::format("Not given ({}): {} {}", name_of(refusal->rule), refusal->reason, refusal->remedy);
    if (std::ranges::find(reasons, reason) == reasons.end()) reasons.push_back(std::move(reason));
  }
  for (std::size_t i = 0; i < std::min(reasons.size(), k_refusals_shown_max); ++i) section.notes.push_back(reasons[i]);
  if (reasons.size() > k_refusals_shown_max) {
    section.notes.push_back(
        fmt::format("And {} more figures are not given; trace one to see why.", reasons.size() - k_refusals_shown_max));
  }
}

Section rule_section(const Series& series, const std::string& category) {
  const evidence::Measure& measure = *series.measure;
  Section section{.name = "measure", .title = std::string(measure.title), .facts = {}, .tables = {}, .notes = {}};
  const auto fact = [&](const char* name, const char* label, std::string text) {
    section.facts.push_back({.name = name, .label = label, .value = std::move(text)});
  };
  fact("measure", "Measure", std::string(measure.name));
  fact("category", "Category", category);
  fact("universe", "Out of", std::string(measure.universe));
  fact("unit", "One counts", std::string(measure.unit));
  fact("date_basis", "By date", std::string(measure.date_basis));
  fact("area_basis", "By area", std::string(measure.area_words));
  fact("geography", "Editions", series.geography);
  fact("release", "From", fmt::format("{}; {}", measure.publisher, series.release));
  fact("revision", "Revised", std::string(measure.revision));
  fact("interval", "From, to", "95 per cent interval of the mean behind the count, exact (Garwood 1936)");
  return section;
}

}  // namespace

std::vector<std::string> caveat_notes(const Caveats& caveats) {
  std::vector<std::string> notes;
  for (const Caveat caveat : evidence::all_caveats()) {
    if (!caveats.has(caveat)) continue;
    std::vector<std::string> details;
    for (const evidence::CaveatNote& note : caveats.notes()) {
      if (note.caveat == caveat && !note.detail.empty()) details.push_back(note.detail);
    }
    std::string here;
    if (details.size() > k_details_told_max) {
      here = " What it is about differs from figure to figure; trace one to see.";
    } else if (!details.empty()) {
      here = fmt::format(" Here: {}.", fmt::join(details, "; "));
    }
    notes.push_back(fmt::format("{}: {}{}", code_of(caveat), sentence_of(caveat), here));
  }
  return notes;
}

PartedCaveats parted(const std::vector<Figure>& figures) {
  const std::set<Caveat> common = common_caveats(figures);
  PartedCaveats both;
  for (const Figure& figure : figures) {
    for (const evidence::CaveatNote& note : figure.caveats.notes()) {
      (common.contains(note.caveat) ? both.common : both.single).add(note.caveat, note.detail);
    }
  }
  return both;
}

std::string figure_text(const Figure& figure) {
  const auto* count = std::get_if<std::int64_t>(&figure.count);
  if (count == nullptr) return std::get<Refusal>(figure.count).reason;
  const auto whole = [](double value) { return base::format_integer(std::llround(value)); };
  return fmt::format("{} ({} to {})", base::format_integer(*count), whole(figure.interval.low),
                     whole(figure.interval.high));
}

Section figure_section(const Series& series, FigureRows rows, const evidence::Areas& areas) {
  Section section = rule_section(series, series.category_words);
  std::vector<ShownFigure> shown;
  for (const Figure& figure : series.figures) {
    shown.push_back({.figure = &figure, .category_words = series.category_words});
  }
  const bool has_rate = !series.figures.empty() && series.figures.front().rate.has_value();
  section.tables.push_back(figures_table(shown, {.rows = rows, .has_area = true, .has_rate = has_rate}, areas));
  if (has_rate) section.facts.push_back({"rate", "Rate", std::string("Per 100,000 residents, for the period")});
  add_refusals(section, shown);
  for (std::string& note : caveat_notes(series.caveats)) section.notes.push_back(std::move(note));
  return section;
}

Section category_section(const std::vector<Series>& series, const evidence::Areas& areas) {
  CHECK(!series.empty());
  Section section = rule_section(series.front(), "each");
  std::vector<ShownFigure> shown;
  Caveats caveats;
  for (const Series& each : series) {
    caveats.unite(each.caveats);
    for (const Figure& figure : each.figures) {
      shown.push_back({.figure = &figure, .category_words = each.category_words});
    }
  }
  const bool has_rate = !shown.empty() && shown.front().figure->rate.has_value();
  section.tables.push_back(
      figures_table(shown, {.rows = FigureRows::categories, .has_area = true, .has_rate = has_rate}, areas));
  add_refusals(section, shown);
  for (std::string& note : caveat_notes(caveats)) section.notes.push_back(std::move(note));
  return section;
}

}  // namespace throughline::app
