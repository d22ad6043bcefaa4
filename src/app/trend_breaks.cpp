// Known and found breaks of one line, and both readings of it.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/trend_report.h"
#include "evidence/rates/breaks.h"

namespace throughline::app {

namespace {

using evidence::DeclaredBreak;
using evidence::OrRefusal;
using evidence::YearChange;

// A break with its period in the line.
struct PlacedBreak {
  std::size_t period = 0;
  std::string kind;  // "known" or "found".
  std::string what;
  std::string source;
  std::optional<double> step;
  std::optional<double> p_value;
};

// The first period that is wholly of the new way or holds its first month.
std::optional<std::size_t> place_of(const TrendInput& input, base::Month month) {
  const std::int32_t months = input.is_monthly() ? 1 : 12;
  const std::int32_t past = month - input.frame.first.last;  // From the end of the first period.
  if (past <= 0) return std::nullopt;
  const auto place = static_cast<std::size_t>((past + months - 1) / months);
  if (place >= input.periods) return std::nullopt;
  return place;
}

}  // namespace

std::vector<KnownBreak> known_breaks(const TrendInput& input, const TrendLine& line,
                                     const std::vector<DeclaredBreak>& declared) {
  std::vector<KnownBreak> known;
  for (DeclaredBreak& each : evidence::breaks_of(declared, input.register_name, line.break_line)) {
    if (const auto place = place_of(input, each.month)) known.push_back({*place, std::move(each)});
  }
  std::ranges::stable_sort(known, {}, &KnownBreak::period);
  return known;
}

namespace {

std::vector<PlacedBreak> placed(const TrendInput& input, const TrendLine& line,
                                const std::vector<DeclaredBreak>& declared, const evidence::BreakSearch& search) {
  std::vector<PlacedBreak> breaks;
  for (const KnownBreak& each : known_breaks(input, line, declared)) {
    breaks.push_back({.period = each.period,
                      .kind = "known",
                      .what = each.declared.what,
                      .source = each.declared.source,
                      .step = {},
                      .p_value = {}});
  }
  for (const evidence::FoundBreak& each : search.breaks) {
    breaks.push_back({.period = each.at,
                      .kind = "found",
                      .what = "The level shifts beside trend and season; what made it the counts cannot tell.",
                      .source = "throughline trend",
                      .step = each.step,
                      .p_value = each.p_value});
  }
  std::ranges::stable_sort(breaks, {}, &PlacedBreak::period);
  return breaks;
}

struct Reading {
  std::string words;
  std::size_t from = 0;
  std::size_t to = 0;
};

std::vector<Value> reading_row(const TrendInput& input, const TrendLine& line, const Reading& reading) {
  const auto& [words, from, to] = reading;
  std::vector<Value> row{words, input.period_text(from), input.period_text(to)};
  if (from >= to) {
    row.insert(row.end(), 5, std::monostate{});
    row.emplace_back("There is no second year.");
    return row;
  }
  const OrRefusal<YearChange> change = evidence::change_of(
      line.line, {.from = from, .to = to, .reaches_latest = to + 1 == input.periods_all}, input.caveats_of(line));
  const auto* given = std::get_if<YearChange>(&change);
  if (given == nullptr) {
    row.insert(row.end(), 5, std::monostate{});
    row.emplace_back(evidence::text_of(std::get<evidence::Refusal>(change)));
    return row;
  }
  row.insert(row.end(), {given->before, given->after, Decimal{given->percent, 1}, Decimal{given->interval.low, 1},
                         Decimal{given->interval.high, 1}, Value()});
  return row;
}

Table readings_table() {
  return {.name = "readings",
          .title = "Both readings: through each break, before it, and from it on",
          .columns = {{"reading", "Reading"},
                      {"from", "Year to", ColumnKind::id},
                      {"to", "And year to", ColumnKind::id},
                      {"before", "Before", ColumnKind::number},
                      {"after", "After", ColumnKind::number},
                      {"percent", "Change %", ColumnKind::number},
                      {"percent_low", "From", ColumnKind::number},
                      {"percent_high", "To", ColumnKind::number},
                      {"refused", "Not given"}},
          .rows = {},
          .empty_text = "No break is known or found: there is one reading."};
}

Table breaks_table(const TrendInput& input, const std::vector<PlacedBreak>& breaks) {
  Table table{.name = "breaks",
              .title = "",
              .columns = {{"period", "From", ColumnKind::id},
                          {"kind", "Known or found"},
                          {"what", "What"},
                          {"step", "New level over old", ColumnKind::number},
                          {"p_value", "p"},
                          {"source", "Source"}},
              .rows = {},
              .empty_text = "None."};
  for (const PlacedBreak& each : breaks) {
    table.rows.push_back({input.period_text(each.period), each.kind, each.what,
                          each.step ? Value(Decimal{*each.step, 2}) : Value(),
                          each.p_value ? Value(fmt::format("{:.3g}", *each.p_value)) : Value(), each.source});
  }
  return table;
}

}  // namespace

Section breaks_section(const TrendInput& input, const TrendLine& line, const TrendRequest& request,
                       const std::vector<DeclaredBreak>& declared) {
  const evidence::BreakSearch search =
      evidence::find_breaks(line.line, {.level = request.break_level, .seed = request.seed});
  const std::vector<PlacedBreak> breaks = placed(input, line, declared, search);
  const std::size_t year = input.is_monthly() ? 12 : 1;
  const std::size_t last = input.periods - 1;
  Table readings = readings_table();
  std::optional<std::size_t> told;
  for (const PlacedBreak& each : breaks) {
    if (told == each.period) continue;
    told = each.period;
    const std::string at = input.period_text(each.period);
    readings.rows.push_back(reading_row(input, line, {"through the break of " + at, year - 1, last}));
    readings.rows.push_back(reading_row(input, line, {"before the break of " + at, year - 1, each.period - 1}));
    readings.rows.push_back(
        reading_row(input, line, {"from the break of " + at + " on", std::min(last, each.period + year - 1), last}));
  }
  Section section{
      .name = "breaks", .title = "Breaks", .facts = {}, .tables = {breaks_table(input, breaks)}, .notes = {}};
  if (input.is_monthly() && !readings.rows.empty()) {
    section.notes.emplace_back(
        "Where the two years of a reading share months, the months that only one of them has are compared.");
  }
  section.tables.push_back(std::move(readings));
  if (search.is_searched) {
    section.facts.push_back({"memory", "Memory of the noise, from one period to the next", Decimal{search.memory, 2}});
    section.notes.push_back(fmt::format(
        "A break is found where so large a step comes of trend, season and noise alone with p at most {} (999 draws, "
        "seed "
        "{}). How often one is found where there is none, and missed where there is one: docs/benchmarks.md.",
        request.break_level, request.seed));
  } else {
    section.notes.emplace_back("Too few periods to look for breaks: three years of months or ten years are needed.");
  }
  return section;
}

}  // namespace throughline::app
