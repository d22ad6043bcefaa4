// The figures of a SeriesAnswer as tables, for downloads and for a terminal.

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/measure_answer.h"

namespace throughline::app {

namespace {

std::string area_name(const SeriesAnswer& answer, const std::string& code) {
  const auto found = std::ranges::find(answer.areas, code, &AreaShown::code);
  return found == answer.areas.end() ? code : found->name;
}

Value decimal(const std::optional<double>& value, int decimals) {
  return value ? Value(Decimal{.value = *value, .decimals = decimals}) : Value();
}

// Low and high, or two cells with nothing in them.
void add_interval(std::vector<Value>& row, const std::optional<IntervalShown>& interval, int decimals) {
  row.push_back(interval ? Value(Decimal{.value = interval->low, .decimals = decimals}) : Value());
  row.push_back(interval ? Value(Decimal{.value = interval->high, .decimals = decimals}) : Value());
}

Value counted(const FigureShown& figure) {
  return figure.count ? Value(*figure.count) : Value();
}

Value why_not(const std::optional<RefusalShown>& refusal) {
  return refusal ? Value(refusal->reason) : Value();
}

// From a hundred on, a tenth of an event is no news.
int decimals_of(const FigureShown& figure) {
  constexpr std::int64_t k_small = 100;
  return figure.count.value_or(0) < k_small ? 1 : 0;
}

}  // namespace

std::vector<Fact> series_facts(const SeriesAnswer& answer) {
  const std::string as_of = answer.as_of ? base::to_string(*answer.as_of) : "now";
  return {{"measure", "Measure", answer.measure.title},
          {"category", "Category", answer.category_words},
          {"period", "Months", answer.from + " to " + answer.to},
          {"as_of", "As known at the end of", as_of},
          {"universe", "Out of", answer.measure.universe},
          {"date_basis", "By date", answer.measure.date_basis},
          {"area_basis", "By area", answer.measure.area_basis},
          {"geography", "Editions of areas", answer.geography},
          {"release", "From", answer.measure.publisher + "; " + answer.release},
          {"revision", "Revised", answer.measure.revision},
          {"interval", "Intervals", "95 per cent, of the mean behind the count, exact (Garwood 1936)"},
          {"log_entries", "Entries in the audit log when this was answered", answer.log_entries},
          {"log_root", "Root of the log", answer.log_root}};
}

Table series_table(const SeriesAnswer& answer) {
  Table table{.name = "figures",
              .title = fmt::format("{}: {}", answer.measure.title, answer.category_words),
              .columns = {{"area", "Area"},
                          {"area_code", "Code", ColumnKind::id},
                          {"month", "Month"},
                          {"count", "Count", ColumnKind::number},
                          {"low", "Count, 95% from", ColumnKind::number},
                          {"high", "Count, 95% to", ColumnKind::number},
                          {"rate", "Rate per 100,000 residents", ColumnKind::number},
                          {"rate_low", "Rate, 95% from", ColumnKind::number},
                          {"rate_high", "Rate, 95% to", ColumnKind::number},
                          {"residents", "Residents", ColumnKind::number},
                          {"residents_year", "Residents in mid", ColumnKind::number},
                          {"caveats", "Also"},
                          {"refused", "Count not given because"},
                          {"rate_refused", "Rate not given because"},
                          {"cell", "Id", ColumnKind::id}},
              .rows = {},
              .empty_text = "Nothing of these areas was received."};
  for (const FigureShown& figure : answer.figures) {
    std::vector<Value> row = {area_name(answer, figure.area), figure.area, figure.from, counted(figure)};
    add_interval(row, figure.interval, decimals_of(figure));
    row.push_back(decimal(figure.rate, 1));
    add_interval(row, figure.rate_interval, 1);
    const bool has_persons = figure.persons > 0;
    row.push_back(has_persons ? Value(figure.persons) : Value());
    row.push_back(has_persons ? Value(std::int64_t{figure.persons_year}) : Value());
    row.push_back(text_or_nothing(fmt::format("{}", fmt::join(figure.caveats, " "))));
    row.push_back(why_not(figure.refusal));
    row.push_back(why_not(figure.rate_refusal));
    row.emplace_back(figure.cell);
    table.rows.push_back(std::move(row));
  }
  return table;
}

namespace {

Table change_table(const SeriesAnswer& answer) {
  Table table{.name = "changes",
              .title = "Change on the same months a year before",
              .columns = {{"area", "Area"},
                          {"before_months", "Before"},
                          {"before", "Count", ColumnKind::number},
                          {"after_months", "After"},
                          {"after", "Count", ColumnKind::number},
                          {"percent", "Change, per cent", ColumnKind::number},
                          {"low", "from", ColumnKind::number},
                          {"high", "to", ColumnKind::number},
                          {"refused", "Not given because"}},
              .rows = {},
              .empty_text = "There is no area of that kind of which anything was received."};
  const auto months = [](const FigureShown& figure) {
    return figure.from == figure.to ? figure.from : figure.from + ".." + figure.to;
  };
  for (const ChangeShown& change : answer.changes) {
    std::vector<Value> row = {area_name(answer, change.area), months(change.before), counted(change.before),
                              months(change.after),           counted(change.after), decimal(change.percent, 1)};
    add_interval(row, change.interval, 1);
    row.push_back(why_not(change.refusal));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Section change_section(const SeriesAnswer& answer) {
  Section section{.name = "measure", .title = answer.measure.title, .facts = {}, .tables = {}, .notes = {}};
  section.facts = {{"measure", "Measure", answer.measure.name},
                   {"category", "Category", answer.category_words},
                   {"geography", "Editions of areas", answer.geography},
                   {"release", "From", answer.measure.publisher + "; " + answer.release},
                   {"interval", "Interval", "95 per cent, of the ratio of the two counts, exact and conditional"}};
  section.tables.push_back(change_table(answer));
  for (const CaveatShown& caveat : answer.caveats) {
    std::string note = caveat.code + ": " + caveat.sentence;
    if (!caveat.details.empty()) note += fmt::format(" Here: {}.", fmt::join(caveat.details, "; "));
    section.notes.push_back(std::move(note));
  }
  return section;
}

}  // namespace throughline::app
