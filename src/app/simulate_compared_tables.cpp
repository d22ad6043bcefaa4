// A comparison as tables for workbooks, and what must be known of it.

#include <utility>

#include "app/simulate_compared.h"
#include "app/simulate_files.h"
#include "base/check.h"

namespace throughline::app {

namespace {

// Files show three; a workbook holds the number as it is.
constexpr int k_decimals = 3;

Value number(double value) {
  return Decimal{value, k_decimals};
}

std::vector<Column> limit_columns() {
  return {{"baseline", "As it is", ColumnKind::number},
          {"difference", "Difference", ColumnKind::number},
          {"low", "From", ColumnKind::number},
          {"high", "To", ColumnKind::number}};
}

void add_limits(std::vector<Value>& cells, const auto& row) {
  const bool is_any = simulate::is_any_pair_different(row);
  cells.insert(cells.end(), {number(row.baseline), number(row.difference), is_any ? number(row.low) : Value(),
                             is_any ? number(row.high) : Value()});
}

Table table_of(std::string name, std::string title, std::vector<Column> columns) {
  const std::vector<Column> limits = limit_columns();
  columns.insert(columns.end(), limits.begin(), limits.end());
  return {.name = std::move(name),
          .title = std::move(title),
          .columns = std::move(columns),
          .rows = {},
          .empty_text = "Nothing is given by place."};
}

Table differences_table(const KeptComparison& kept) {
  Table table = table_of("differences", "Over the whole run",
                         {{"where", "Where", ColumnKind::text}, {"outcome", "Outcome", ColumnKind::id}});
  table.columns.push_back({"share_up", "Higher in", ColumnKind::number});
  for (const simulate::OutcomeDifference& row : kept.comparison.totals) {
    std::vector<Value> cells{where_name(row.where), compared_name(row.outcome)};
    add_limits(cells, row);
    cells.push_back(simulate::is_any_pair_different(row) ? number(row.share_up) : Value());
    table.rows.push_back(std::move(cells));
  }
  return table;
}

void add_period(const KeptComparison& kept, const simulate::PeriodDifference& row, std::vector<Value>& cells) {
  cells.insert(cells.end(), {Value(base::to_string(kept.order.input.baseline.world.starts + row.from_day)),
                             Value(std::int64_t{row.days})});
  add_limits(cells, row);
}

Table periods_table(const KeptComparison& kept) {
  Table table = table_of("periods", "By period, everywhere",
                         {{"outcome", "Outcome", ColumnKind::id},
                          {"from", "First day", ColumnKind::text},
                          {"days", "Days", ColumnKind::number}});
  for (const simulate::PeriodDifference& row : kept.comparison.periods) {
    std::vector<Value> cells{compared_name(row.outcome)};
    add_period(kept, row, cells);
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Table places_table(const KeptComparison& kept) {
  Table table = table_of("places", "By place and period",
                         {{"outcome", "Outcome", ColumnKind::id},
                          {"area", "Code", ColumnKind::id},
                          {"name", "Place", ColumnKind::text},
                          {"from", "First day", ColumnKind::text},
                          {"days", "Days", ColumnKind::number}});
  for (const simulate::PlaceDifference& row : kept.comparison.places) {
    const simulate::Place& place = kept.order.input.baseline.world.places[row.place];
    std::vector<Value> cells{compared_name(row.of.outcome), place.code, place.name};
    add_period(kept, row.of, cells);
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

Table comparison_table(const KeptComparison& kept, const std::string& name) {
  if (name == "differences") return differences_table(kept);
  if (name == "periods") return periods_table(kept);
  CHECK(name == "places");
  return places_table(kept);
}

std::vector<Fact> comparison_facts(const KeptComparison& kept) {
  const simulate::CompareInput& input = kept.order.input;
  return {{"scenario", "Scenario", input.scenarios.front().name},
          {"world", "World", input.baseline.world.name + ": " + input.baseline.world.title},
          {"starts", "From", base::to_string(input.baseline.world.starts)},
          {"days", "Days", std::int64_t{input.days}},
          {"replicates", "Pairs of runs", input.replicates},
          {"seed", "Seed", std::to_string(input.baseline.seed)}};
}

const std::vector<std::string>& comparison_notes() {
  static const std::vector<std::string> k_notes{
      "A model to think with, no forecast: a figure here is about the model. Everybody in it is made up.",
      "From and to are 95 per cent limits of the mean difference over pairs of runs that share their chance. They "
      "carry "
      "chance, neither doubt about the parameters nor what the model leaves out. They are empty where no pair "
      "differs."};
  return k_notes;
}

}  // namespace throughline::app
