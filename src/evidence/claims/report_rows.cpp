#include "evidence/claims/report_rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/number.h"
#include "evidence/claims/claim_periods.h"
#include "evidence/claims/measure_words.h"
#include "evidence/claims/plain_words.h"
#include "evidence/claims/size_words.h"

namespace throughline::evidence {

namespace {

using base::Result;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// What stands in brackets: "approx" of "lines (approx)".
std::string bracketed(const std::string& unit) {
  const std::size_t begin = unit.find('(');
  const std::size_t end = unit.find(')', begin == std::string::npos ? 0 : begin);
  return begin == std::string::npos || end == std::string::npos ? std::string()
                                                                : unit.substr(begin + 1, end - begin - 1);
}

FigureQualifier leading_qualifier(const std::string& words) {
  std::string head;
  for (const char letter : words + " ") {
    if (letter == ' ' && qualifier_in(head) != FigureQualifier::none) return qualifier_in(head);
    head += letter;
  }
  return FigureQualifier::none;
}

// The printed value without its sign of comparison, and what that sign says.
struct Printed {
  std::string number;
  FigureQualifier qualifier = FigureQualifier::none;
};

Printed printed_of(const ReportRow& row) {
  Printed printed{plain_letters(row.value), leading_qualifier(bracketed(plain_letters(row.unit)))};
  if (printed.number.empty()) return printed;
  const char sign = printed.number.front();
  if (sign != '<' && sign != '>') return printed;
  printed.number.erase(0, 1);
  const bool is_negative = printed.number.starts_with('-');
  // "<-50" is a fall of more than 50.
  const bool is_beyond = (sign == '>') != is_negative;
  const bool is_almost = printed.qualifier == FigureQualifier::almost;
  if (!is_almost) printed.qualifier = is_beyond ? FigureQualifier::more_than : FigureQualifier::less_than;
  return printed;
}

double multiplier_in(const std::string& unit) {
  if (has(unit, "billion")) return 1e9;
  return has(unit, "million") && !has(unit, "per million") ? 1e6 : 1;
}

std::optional<double> number_in(std::string text) {
  std::erase(text, ',');
  return base::parse_double(text);
}

int decimals_of(const std::string& number) {
  const std::size_t point = number.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(number.size() - point) - 1;
}

// "% of 2,000 lines": 2,000. "of 43 plans": 43.
double share_base(const std::string& unit) {
  const std::size_t of = unit.find("of ");
  if (of == std::string::npos) return 0;
  const std::string rest = unit.substr(of + 3);
  return number_in(rest.substr(0, rest.find_first_not_of("0123456789,"))).value_or(0);
}

std::string noun_of(const std::string& unit) {
  for (const std::string& word : plain_words(unit)) {
    const bool is_number = word.find_first_of("0123456789") != std::string::npos;
    if (word != "of" && word != "million" && word != "billion" && !is_number) return word;
  }
  return {};
}

// "700-800" and "25-35": the end of the range.
std::optional<std::pair<double, double>> range_of(const std::string& number) {
  const std::size_t dash = number.find('-', 1);
  if (dash == std::string::npos) return std::nullopt;
  const auto low = number_in(number.substr(0, dash));
  const auto high = number_in(number.substr(dash + 1));
  if (!low || !high) return std::nullopt;
  return std::pair{*low, *high};
}

PrintedFigure scaled(PrintedFigure figure, double times) {
  figure.low *= times;
  figure.high *= times;
  return figure;
}

void read_unit(const std::string& unit, ReportFigure& figure) {
  figure.is_points = has(unit, "percentage point");
  figure.is_ratio = unit.starts_with("times");
  figure.is_change = figure.is_points || has(unit, "change") || has(unit, "increase") || has(unit, "decrease") ||
                     (figure.is_ratio && has(unit, "upled"));
  figure.is_percentage = unit.starts_with('%');
  figure.share_of = share_base(unit);
  figure.is_share = figure.is_percentage && has(unit, "% of ");
  if (has(unit, "per million")) figure.per = 1e6;
  if (has(unit, "per 100,000") || has(unit, "per 100000")) figure.per = 1e5;
  figure.noun = figure.is_percentage ? "%" : noun_of(unit);
}

Result<std::size_t> column_of(const TextTable& table, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (const auto found = table.column(name)) return *found;
  }
  return base::Error{
      base::ErrorKind::bad_command, "column_missing",
      fmt::format("There is no column “{}”; there are {}", *names.begin(), fmt::join(table.columns, ", ")), table.name,
      "A table of claims has the columns source, page_or_para, series, area, period, value and unit"};
}

void take_periods(const FoundPeriods& found, Claim& claim, RowClaim& row_claim) {
  if (claim.kind == ClaimKind::level) {
    if (found.periods.empty()) row_claim.why_not = "The row names no year.";
    if (found.periods.empty()) return;
    claim.end = found.periods.back();
    if (found.periods.size() > 1 && found.is_pooled) {
      claim.end = {{SpanKind::pooled_years, found.periods.front().span.first, found.periods.back().span.last}, false};
    }
    return;
  }
  if (found.periods.empty() || (found.periods.size() < 2 && !found.is_since)) {
    row_claim.why_not = "The row names no year that the change is measured from.";
    return;
  }
  claim.base = found.periods.front();
  if (found.periods.size() > 1) claim.end = found.periods.back();
}

}  // namespace

Result<std::vector<ReportRow>> report_rows(const TextTable& table) {
  const std::size_t source = TRY(column_of(table, {"source"}));
  const std::size_t place = TRY(column_of(table, {"page_or_para", "place"}));
  const std::size_t label = TRY(column_of(table, {"series", "label"}));
  const std::size_t area = TRY(column_of(table, {"area"}));
  const std::size_t period = TRY(column_of(table, {"period"}));
  const std::size_t value = TRY(column_of(table, {"value"}));
  const std::size_t unit = TRY(column_of(table, {"unit"}));
  std::vector<ReportRow> rows;
  for (const TextRow& row : table.rows) {
    rows.push_back({row.line, table.name, row.cells[source], row.cells[place], row.cells[label], row.cells[area],
                    row.cells[period], row.cells[value], row.cells[unit]});
  }
  return rows;
}

std::optional<ReportFigure> report_figure(const ReportRow& row) {
  const std::string unit = plain_letters(row.unit);
  const Printed printed = printed_of(row);
  const double times = multiplier_in(unit);
  ReportFigure figure;
  read_unit(unit, figure);
  const auto range = range_of(printed.number);
  const auto value = range ? std::optional(range->first) : number_in(printed.number);
  if (!value) return std::nullopt;
  const bool is_count = !figure.is_percentage && !figure.is_ratio && figure.per == 0 && times == 1;
  const FigureShape shape{
      .decimals = decimals_of(printed.number), .is_count = is_count, .qualifier = printed.qualifier};
  figure.printed = printed_figure(*value, shape, fmt::format("{} {}", row.value, row.unit));
  if (figure.is_ratio && figure.is_change)
    figure.printed = printed_ratio(*value, printed.qualifier, figure.printed.words);
  if (has(unit, "(doubled)")) figure.printed = printed_ratio(2, FigureQualifier::none, figure.printed.words);
  if (range) figure.printed.high = std::max(figure.printed.high, range->second);
  figure.printed = scaled(figure.printed, times);
  figure.amount = *value * times;
  return figure;
}

RowClaim claim_of_row(const ReportRow& row, const Vocabulary& vocabulary) {
  RowClaim found;
  const auto figure = report_figure(row);
  if (!figure) return {{}, fmt::format("“{}” is no number.", row.value)};
  Claim claim;
  claim.words = fmt::format("{}, {}, {}: {} {}", row.label, row.area, row.period, row.value, row.unit);
  MeasureWords measure = measure_words(row.label, vocabulary);
  claim.concepts = std::move(measure.concepts);
  claim.unknown = std::move(measure.unknown);
  if (figure->is_share) claim.unknown.push_back(row.unit);
  const auto area = vocabulary.areas.find(joined(plain_words(row.area)));
  claim.area = area == vocabulary.areas.end() ? row.area : area->second;
  claim.kind = !figure->is_change  ? ClaimKind::level
               : figure->is_points ? ClaimKind::change_points
                                   : ClaimKind::change_percent;
  claim.is_percentage = figure->is_percentage;
  claim.per = figure->per;
  claim.size = figure->printed;
  if (figure->is_ratio && !figure->is_change) claim.unknown.push_back(row.unit);
  take_periods(find_periods(row.period, PeriodPlace::column), claim, found);
  found.claim = std::move(claim);
  return found;
}

}  // namespace throughline::evidence
