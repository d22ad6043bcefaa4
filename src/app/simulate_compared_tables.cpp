// A comparison as tables for workbooks.

#include <optional>
#include <utility>

#include "app/bad_command.h"
#include "app/simulate_compared.h"
#include "app/simulate_files.h"

namespace throughline::app {

namespace {

using base::Result;

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
  const bool is_any = row.is_any_different;
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

void add_share_columns(Table& table, bool is_over_ensemble) {
  table.columns.push_back({"share_up", "Higher in", ColumnKind::number});
  if (is_over_ensemble) table.columns.push_back({"share_between", "By parameters", ColumnKind::number});
}

void add_shares(std::vector<Value>& cells, const auto& row) {
  const bool is_any = row.is_any_different;
  cells.push_back(is_any ? number(row.share_up) : Value());
  const std::optional<double> between = share_between_of(row);
  if (between) cells.push_back(is_any ? number(*between) : Value());
}

Table differences_table(const KeptComparison& kept) {
  Table table = table_of("differences", "Over the whole run",
                         {{"where", "Where", ColumnKind::text}, {"outcome", "Outcome", ColumnKind::id}});
  add_share_columns(table, kept.order.runs.is_over_ensemble());
  each_total(kept.compared, [&](const auto& row) {
    std::vector<Value> cells{where_name(row.where), compared_name(row.outcome)};
    add_limits(cells, row);
    add_shares(cells, row);
    table.rows.push_back(std::move(cells));
  });
  return table;
}

Table rivals_table(const KeptComparison& kept) {
  Table table = table_of("rivals", "By rival figure, everywhere",
                         {{"parameter", "Parameter", ColumnKind::id},
                          {"figure", "Figure", ColumnKind::number},
                          {"members", "Sets that hold it", ColumnKind::number},
                          {"outcome", "Outcome", ColumnKind::id}});
  add_share_columns(table, true);
  for (const simulate::RivalDifference& row : rivals_of(kept.compared)) {
    std::vector<Value> cells{kept.order.runs.cards[row.parameter].name, number(figure_of(kept.order.runs, row).value),
                             row.members, compared_name(row.difference.outcome)};
    add_limits(cells, row.difference);
    add_shares(cells, row.difference);
    table.rows.push_back(std::move(cells));
  }
  return table;
}

void add_period(const KeptComparison& kept, const simulate::PeriodDifference& row, std::vector<Value>& cells) {
  cells.insert(cells.end(), {Value(base::to_string(kept.order.runs.input.pairs.baseline.world.starts + row.from_day)),
                             Value(std::int64_t{row.days})});
  add_limits(cells, row);
}

Table periods_table(const KeptComparison& kept) {
  Table table = table_of("periods", "By period, everywhere",
                         {{"outcome", "Outcome", ColumnKind::id},
                          {"from", "First day", ColumnKind::text},
                          {"days", "Days", ColumnKind::number}});
  for (const simulate::PeriodDifference& row : periods_of(kept.compared)) {
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
  for (const simulate::PlaceDifference& row : places_of(kept.compared)) {
    const simulate::Place& place = kept.order.runs.input.pairs.baseline.world.places[row.place];
    std::vector<Value> cells{compared_name(row.of.outcome), place.code, place.name};
    add_period(kept, row.of, cells);
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

Result<Table> comparison_table(const KeptComparison& kept, const std::string& name) {
  if (name == "differences") return differences_table(kept);
  if (name == "rivals" && kept.order.runs.is_over_ensemble()) return rivals_table(kept);
  if (name == "periods") return periods_table(kept);
  if (name == "places") return places_table(kept);
  return bad_command("file_unknown", "A comparison has no such table", "file",
                     "Over one set of parameters there are differences, periods and places; over the ensemble rivals");
}

std::vector<Fact> kept_facts(const KeptComparison& kept) {
  std::vector<Fact> facts{{"scenario", "Scenario", kept.order.runs.input.pairs.scenarios.front().name}};
  for (Fact& fact : comparison_facts(kept.order.runs)) facts.push_back(std::move(fact));
  return facts;
}

}  // namespace throughline::app
