#include "app/harm_index.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/harm_index_limits.h"
#include "app/small_table.h"
#include "app/table_columns.h"
#include "base/number.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::HarmCell;
using evidence::HarmTable;

// From low to high around the figure; nothing where both are blank.
Result<std::optional<evidence::Interval>> range_around(const TableColumns& columns, std::size_t row,
                                                       const std::string& stem, double figure) {
  const std::optional<double> low = TRY(columns.number_or_blank(row, stem + "_low"));
  const std::optional<double> high = TRY(columns.number_or_blank(row, stem + "_high"));
  if (!low.has_value() && !high.has_value()) return std::optional<evidence::Interval>();
  const bool is_range = low.has_value() && high.has_value() && *low >= 0 && *low <= figure && figure <= *high;
  if (is_range) return std::optional(evidence::Interval{.low = *low, .high = *high});
  return bad_command(
      "range_malformed",
      fmt::format("{}_low and {}_high do not lie around the figure {}", stem, stem, base::format_double(figure)),
      columns.table().place(row), "Give both, the low one not above the figure and the high one not below");
}

Result<std::int64_t> price_year_in(const TableColumns& columns, std::size_t row) {
  const std::string text = columns.text(row, "price_year");
  const std::optional<std::int64_t> year = base::parse_integer(text);
  if (year.has_value() && *year >= 1900 && *year <= 2100) return *year;
  return bad_command("price_year_malformed", fmt::format("'{}' is not a price year", text), columns.table().place(row),
                     "Write the year in whose prices the unit cost is, such as 2003");
}

Result<HarmCell> cell_in(const TableColumns& columns, std::size_t row) {
  const std::string place = columns.table().place(row);
  HarmCell cell;
  cell.volume = TRY(columns.number(row, "volume"));
  cell.volume_error = TRY(columns.number_or_blank(row, "volume_se"));
  cell.unit_cost = TRY(columns.number(row, "unit_cost"));
  cell.price_year = TRY(price_year_in(columns, row));
  cell.share = TRY(columns.number(row, "attributable_share"));
  cell.source = columns.text(row, "source");
  if (cell.volume < 0 || cell.volume_error.value_or(0) < 0) {
    return bad_command("volume_negative", "A volume or its standard error is below zero", place,
                       "Harms are counted; write how many there were");
  }
  if (cell.unit_cost <= 0) {
    return bad_command("cost_not_positive", "The unit cost is not above zero", place,
                       "A harm without a cost has no place in the index: leave it out and say so");
  }
  if (cell.share < 0 || cell.share > 1) {
    return bad_command("share_out_of_range", "The attributable share is not between 0 and 1", place,
                       "Write 1 where all of the volume is owed to drugs");
  }
  cell.cost_range = TRY(range_around(columns, row, "cost", cell.unit_cost));
  cell.share_range = TRY(range_around(columns, row, "share", cell.share));
  if (!cell.share_range.has_value() || cell.share_range->high <= 1) return cell;
  return bad_command("share_out_of_range", "share_high is above 1", place, "A share is at most 1");
}

// A harm's periods may begin late or end early, but not have a hole: absent is not zero.
Result<void> check_holes(const HarmTable& table, const std::string& path) {
  for (std::size_t harm = 0; harm < table.harms.size(); ++harm) {
    bool has_begun = false;
    std::optional<std::size_t> hole;
    for (std::size_t period = 0; period < table.periods.size(); ++period) {
      if (!table.at(harm, period).has_value()) {
        if (has_begun && !hole.has_value()) hole = period;
        continue;
      }
      has_begun = true;
      if (!hole.has_value()) continue;
      return bad_command("period_missing",
                         fmt::format("The harm {} has no row for {}, but has rows before and after", table.harms[harm],
                                     table.periods[*hole]),
                         path,
                         "Absent is not nought: give the row, or end the harm before it under one name and begin it "
                         "after under another");
    }
  }
  return {};
}

// Names in the order of their first row; periods sorted.
HarmTable frame_of(const SmallTable& rows, const TableColumns& columns) {
  HarmTable table;
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    add_name(table.harms, columns.text(row, "harm"));
    add_name(table.periods, columns.text(row, "period"));
  }
  std::ranges::sort(table.periods);
  table.cells.resize(table.harms.size() * table.periods.size());
  return table;
}

}  // namespace

Result<HarmTable> read_harms(const std::string& path) {
  const SmallTable rows = TRY(read_small_table(path));
  const TableColumns columns =
      TRY(TableColumns::of(rows, {"harm", "period", "volume", "unit_cost", "price_year", "attributable_share"},
                           {"volume_se", "cost_low", "cost_high", "share_low", "share_high", "source", "caveats"}));
  HarmTable table = frame_of(rows, columns);
  table.caveats.resize(table.harms.size());
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    const std::string harm = TRY(columns.name(row, "harm"));
    const std::string period = TRY(columns.name(row, "period"));
    std::optional<HarmCell>& cell =
        table.cells[name_place(table.harms, harm) * table.periods.size() + name_place(table.periods, period)];
    if (cell.has_value()) {
      return bad_command("row_twice", fmt::format("The harm {} has a second row for {}", harm, period), rows.place(row),
                         "Keep one row for each harm and period");
    }
    cell = TRY(cell_in(columns, row));
    table.caveats[name_place(table.harms, harm)].unite(
        TRY(read_caveat_codes(columns.text(row, "caveats"), rows.place(row))));
  }
  if (table.periods.size() < 2) {
    return bad_command("periods_too_few", "The table has one period, and an index is of change", path,
                       "Give it two periods at least");
  }
  TRY(check_holes(table, path));
  TRY(check_harm_caveats(table, path));
  return table;
}

namespace {

// The first price year of the period that is not that of its first row; nothing where all are the same.
std::optional<std::int64_t> other_price_year(const HarmTable& table, std::size_t period, std::int64_t& first) {
  first = 0;
  for (std::size_t harm = 0; harm < table.harms.size(); ++harm) {
    const std::optional<HarmCell>& cell = table.at(harm, period);
    if (!cell.has_value()) continue;
    if (first == 0) first = cell->price_year;
    if (cell->price_year != first) return cell->price_year;
  }
  return std::nullopt;
}

Result<std::map<std::int64_t, double>> read_deflator(const std::string& path) {
  const SmallTable rows = TRY(read_small_table(path));
  const TableColumns columns = TRY(TableColumns::of(rows, {"year", "index"}));
  std::map<std::int64_t, double> by_year;
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    const std::optional<std::int64_t> year = base::parse_integer(columns.text(row, "year"));
    const double index = TRY(columns.number(row, "index"));
    if (!year.has_value() || index <= 0 || !by_year.emplace(*year, index).second) {
      return bad_command("deflator_malformed", "A row of the deflator is not a year of its own and an index above zero",
                         rows.place(row), "Write one row a year, such as 2003,84.5");
    }
  }
  return by_year;
}

Result<void> check_price_years(const HarmTable& table) {
  for (std::size_t period = 0; period < table.periods.size(); ++period) {
    std::int64_t first = 0;
    const std::optional<std::int64_t> other = other_price_year(table, period, first);
    if (!other.has_value()) continue;
    return bad_command(
        "price_years_mixed",
        fmt::format("Costs of {} are in the prices of {} and of {}", table.periods[period], first, *other),
        "price_year", "Bring them to one year, or name a table of prices with --deflator");
  }
  return {};
}

void restate(HarmCell& cell, double factor, std::int64_t year) {
  cell.unit_cost *= factor;
  if (cell.cost_range.has_value()) {
    cell.cost_range = evidence::Interval{.low = cell.cost_range->low * factor, .high = cell.cost_range->high * factor};
  }
  cell.price_year = year;
}

}  // namespace

Result<void> settle_prices(HarmTable& table, const std::string& deflator, std::size_t base) {
  if (deflator.empty()) return check_price_years(table);
  const std::map<std::int64_t, double> by_year = TRY(read_deflator(deflator));
  std::int64_t base_year = 0;
  static_cast<void>(other_price_year(table, base, base_year));
  for (std::optional<HarmCell>& cell : table.cells) {
    if (!cell.has_value()) continue;
    for (const std::int64_t year : {cell->price_year, base_year}) {
      if (by_year.contains(year)) continue;
      return bad_command("deflator_year_missing", fmt::format("The deflator has no row for {}", year), deflator,
                         "Add the year, which is a price_year of the table");
    }
    restate(*cell, by_year.at(base_year) / by_year.at(cell->price_year), base_year);
  }
  return {};
}

}  // namespace throughline::app
