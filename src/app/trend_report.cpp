#include "app/trend_report.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "app/figure_report.h"

namespace throughline::app {

namespace {

using evidence::Caveats;
using evidence::OrRefusal;
using evidence::PoissonLimits;
using evidence::Refusal;
using evidence::YearChange;
using evidence::YearPoint;

constexpr std::int64_t k_limits_kept = 2000;

Value whole(const std::optional<std::int64_t>& count) {
  return count ? Value(*count) : Value();
}

int decimals_of(const std::optional<std::int64_t>& count) {
  return count.value_or(0) < 100 ? 1 : 0;
}

void add_limits(std::vector<Value>& row, bool is_given, const evidence::Interval& interval, int decimals) {
  row.push_back(is_given ? Value(Decimal{interval.low, decimals}) : Value());
  row.push_back(is_given ? Value(Decimal{interval.high, decimals}) : Value());
}

std::vector<Column> year_columns() {
  return {{"year_count", "Year to it", ColumnKind::number}, {"year_low", "From", ColumnKind::number},
          {"year_high", "To", ColumnKind::number},          {"rate", "Per 100,000", ColumnKind::number},
          {"rate_low", "From", ColumnKind::number},         {"rate_high", "To", ColumnKind::number}};
}

void add_year(std::vector<Value>& row, const YearPoint& point) {
  row.push_back(whole(point.year));
  add_limits(row, point.year.has_value(), point.year_interval, decimals_of(point.year));
  row.push_back(point.rate ? Value(Decimal{point.rate->value, 1}) : Value());
  add_limits(row, point.rate.has_value(), point.rate ? point.rate->interval : evidence::Interval{}, 1);
}

void add_change(std::vector<Value>& row, const OrRefusal<YearChange>& change) {
  const auto* given = std::get_if<YearChange>(&change);
  if (given == nullptr) {
    row.insert(row.end(), 4, std::monostate{});
    row.emplace_back(evidence::text_of(std::get<Refusal>(change)));
    return;
  }
  row.emplace_back(Decimal{given->percent, 1});
  add_limits(row, true, given->interval, 1);
  row.emplace_back(fmt::format("{:.2g}", given->p_value));
  row.emplace_back();
}

std::vector<Column> change_columns() {
  return {{"percent", "Change %", ColumnKind::number},
          {"percent_low", "From", ColumnKind::number},
          {"percent_high", "To", ColumnKind::number},
          {"p_value", "p"},
          {"refused", "Not given"}};
}

Caveats all_caveats_of(const TrendInput& input) {
  Caveats caveats = input.caveats;
  for (const TrendLine& line : input.lines) {
    caveats.unite(input.caveats_of(line));
    for (const auto& count : line.line.counts) {
      if (count && *count < evidence::k_change_count_min) caveats.add(evidence::Caveat::small_count);
    }
  }
  return caveats;
}

bool is_latest(const TrendInput& input, std::size_t period) {
  return period + 1 == input.periods_all;
}

// What the limits forbid of these lines, whatever the figures: said where they stand.
std::vector<std::string> standing_refusals(const TrendInput& input, const Caveats& caveats) {
  std::vector<std::string> notes;
  const auto add = [&](evidence::Use use, const evidence::UseContext& context) {
    if (const auto refusal = evidence::refuse(use, caveats, context)) notes.push_back(evidence::text_of(*refusal));
  };
  add(evidence::Use::call_incidence, {});
  add(evidence::Use::report_fall_as_improvement, {});
  if (input.lines.size() > 1) {
    add(evidence::Use::rank_areas, {});
    add(evidence::Use::compare_levels, {});
    add(evidence::Use::sum_substances, {});
  }
  if (is_latest(input, input.periods - 1)) add(evidence::Use::report_latest_period, {});
  return notes;
}

// Where a line has no count, a chart of it is broken there.
std::string absent_periods(const TrendInput& input, const TrendLine& line) {
  std::string absent;
  std::size_t count = 0;
  constexpr std::size_t k_named = 6;
  for (std::size_t i = 0; i < line.line.counts.size(); ++i) {
    if (line.line.counts[i] || ++count > k_named) continue;
    fmt::format_to(std::back_inserter(absent), "{}{}", absent.empty() ? "" : ", ", input.period_text(i));
  }
  if (count > k_named) fmt::format_to(std::back_inserter(absent), " and {} more", count - k_named);
  return absent;
}

}  // namespace

namespace {

// "2001; 2015-04": the known breaks after the first year began and up to the last period.
std::string breaks_across(const TrendInput& input, const std::vector<KnownBreak>& known, std::size_t begin) {
  const std::size_t year = input.is_monthly() ? 12 : 1;
  std::string across;
  for (const KnownBreak& each : known) {
    if (each.period + year <= begin + 1) continue;
    fmt::format_to(std::back_inserter(across), "{}{}", across.empty() ? "" : "; ", input.period_text(each.period));
  }
  return across;
}

// What each known break of any of the lines is, once.
void add_break_notes(std::set<std::string>& notes, const TrendInput& input, const std::vector<KnownBreak>& known) {
  for (const KnownBreak& each : known) {
    notes.insert(fmt::format("Known break from {} on: {}", input.period_text(each.period), each.declared.what));
  }
}

}  // namespace

std::optional<std::size_t> change_begin(const TrendInput& input, std::size_t end, std::int64_t years) {
  const auto back = static_cast<std::size_t>(years) * (input.is_monthly() ? 12 : 1);
  if (back > end) return std::nullopt;
  return end - back;
}

Section changes_section(const TrendInput& input, const TrendRequest& request,
                        const std::vector<evidence::DeclaredBreak>& declared) {
  const PoissonLimits limits(k_limits_kept);
  const std::size_t end = input.periods - 1;
  const auto begin = change_begin(input, end, request.years);
  Table table{
      .name = "changes",
      .title = fmt::format("The year to {}, and its change over {} years", input.period_text(end), request.years),
      .columns = {{"area", "Area"}, {"category", "Category"}},
      .rows = {},
      .empty_text = ""};
  for (Column& each : year_columns()) table.columns.push_back(std::move(each));
  for (Column& each : change_columns()) table.columns.push_back(std::move(each));
  table.columns.push_back({"breaks", "Known breaks between"});
  std::set<std::string> break_notes;
  std::vector<const TrendLine*> by_name;
  for (const TrendLine& line : input.lines) by_name.push_back(&line);
  std::ranges::stable_sort(by_name, {}, [](const TrendLine* line) { return std::pair(line->category, line->area); });
  for (const TrendLine* line : by_name) {
    std::vector<Value> row{text_or_nothing(line->area), text_or_nothing(line->category)};
    add_year(row, evidence::year_point(line->line, end, limits));
    if (begin) {
      add_change(row,
                 evidence::change_of(line->line, {.from = *begin, .to = end, .reaches_latest = is_latest(input, end)},
                                     input.caveats_of(*line)));
    } else {
      row.insert(row.end(), 4, std::monostate{});
      row.emplace_back(fmt::format("The line does not go back {} years.", request.years));
    }
    const std::vector<KnownBreak> known = known_breaks(input, *line, declared);
    add_break_notes(break_notes, input, known);
    row.push_back(begin ? text_or_nothing(breaks_across(input, known, *begin)) : Value());
    table.rows.push_back(std::move(row));
  }
  const Caveats caveats = all_caveats_of(input);
  Section section{.name = "trend",
                  .title = input.source,
                  .facts = {{"lines", "Lines", static_cast<std::int64_t>(input.lines.size())},
                            {"from", "From", input.period_text(0)},
                            {"to", "To", input.period_text(end)}},
                  .tables = {std::move(table)},
                  .notes = input.frame.notes};
  section.notes.emplace_back(
      "Intervals are exact for counts that vary by chance alone; recorded events vary more, so they are too narrow. "
      "Lines "
      "stand by name. A change is of rates where people were counted, else of counts.");
  section.notes.insert(section.notes.end(), break_notes.begin(), break_notes.end());
  for (std::string& note : standing_refusals(input, caveats)) section.notes.push_back(std::move(note));
  for (std::string& note : caveat_notes(caveats)) section.notes.push_back(std::move(note));
  return section;
}

Section line_section(const TrendInput& input, const TrendLine& line, std::size_t base) {
  const PoissonLimits limits(k_limits_kept);
  Table table{.name = "points",
              .title = "",
              .columns = {{"period", "Period", ColumnKind::id},
                          {"count", "Count", ColumnKind::number},
                          {"low", "From", ColumnKind::number},
                          {"high", "To", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (Column& each : year_columns()) table.columns.push_back(std::move(each));
  table.columns.insert(table.columns.end(), {{"index", "Index", ColumnKind::number},
                                             {"index_low", "From", ColumnKind::number},
                                             {"index_high", "To", ColumnKind::number},
                                             {"greyed", "Greyed"}});
  const std::vector<YearPoint> points = evidence::trend_of(line.line, base, limits);
  const Caveats caveats = input.caveats_of(line);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const YearPoint& point = points[i];
    std::vector<Value> row{input.period_text(i), whole(point.count)};
    add_limits(row, point.count.has_value(), point.interval, decimals_of(point.count));
    add_year(row, point);
    row.push_back(point.index ? Value(Decimal{*point.index, 1}) : Value());
    add_limits(row, point.index.has_value(), point.index_interval, 1);
    const auto greyed =
        evidence::refuse(evidence::Use::report_latest_period, caveats, {.reaches_latest = is_latest(input, i)});
    row.push_back(greyed ? Value(std::string(evidence::name_of(greyed->rule))) : Value());
    table.rows.push_back(std::move(row));
  }
  Section section{.name = "line",
                  .title = fmt::format("{} {}", line.area, line.category),
                  .facts = {{"base", "Index 100: the year to", input.period_text(base)}},
                  .tables = {std::move(table)},
                  .notes = {}};
  if (input.is_monthly()) {
    section.notes.emplace_back(
        "A year that shares months with the base is compared with it by the months that only one of them has.");
  }
  const std::string absent = absent_periods(input, line);
  if (!absent.empty()) {
    Caveats with_absent = caveats;
    with_absent.add(evidence::Caveat::absent_not_zero, absent);
    for (const evidence::Use use : {evidence::Use::sum_periods, evidence::Use::join_line}) {
      if (const auto refusal = evidence::refuse(use, with_absent, {.absent = absent})) {
        section.notes.push_back(evidence::text_of(*refusal));
      }
    }
  }
  return section;
}

}  // namespace throughline::app
