#include "app/profile_index.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "evidence/harm/index_draws.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::HarmTable;
using evidence::Indicator;
using evidence::World;

constexpr std::int64_t k_draws = 2000;

struct CostedCounts {
  const Indicator* indicator = nullptr;
  std::map<int, std::int64_t> by_year;  // Years of twelve months received.
};

Result<CostedCounts> yearly(const World& world, const Indicator& indicator, const ProfileArea& area) {
  CostedCounts costed{.indicator = &indicator, .by_year = {}};
  auto request = evidence::resolve(
      world, {.measure = indicator.measure, .category = indicator.category, .area = area.code.text()});
  if (!request.ok()) return costed;  // Not received, or not for this kind of area: said by the panel.
  const evidence::Series series = TRY(evidence::measure(world, request.value()));
  std::map<int, int> months;
  std::map<int, std::int64_t> sums;
  for (const evidence::Figure& figure : series.figures) {
    const auto* count = std::get_if<std::int64_t>(&figure.count);
    if (count == nullptr) continue;
    const int year = figure.cell.period.begin.year();
    ++months[year];
    sums[year] += *count;
  }
  for (const auto& [year, received] : months) {
    if (received == 12) costed.by_year[year] = sums[year];
  }
  return costed;
}

std::vector<int> years_of_all(const std::vector<CostedCounts>& all) {
  std::vector<int> years;
  if (all.empty()) return years;
  for (const auto& counted : all.front().by_year) {
    const int year = counted.first;
    const auto has_year = [&](const CostedCounts& each) { return each.by_year.contains(year); };
    if (std::ranges::all_of(all, has_year)) years.push_back(year);
  }
  // A hole between two years breaks the chain: what follows the last hole is kept.
  for (std::size_t i = years.size(); i > 1; --i) {
    if (years[i - 1] - years[i - 2] == 1) continue;
    years.erase(years.begin(), years.begin() + static_cast<std::ptrdiff_t>(i - 1));
    break;
  }
  return years;
}

HarmTable table_of(const std::vector<CostedCounts>& all, const std::vector<int>& years) {
  HarmTable table;
  for (const int year : years) table.periods.push_back(std::to_string(year));
  for (const CostedCounts& each : all) {
    table.harms.push_back(each.indicator->title);
    for (const int year : years) {
      table.cells.emplace_back(evidence::HarmCell{.volume = static_cast<double>(each.by_year.at(year)),
                                                  .unit_cost = each.indicator->unit_cost_pounds.value_or(0),
                                                  .price_year = each.indicator->unit_cost_year,
                                                  .source = each.indicator->unit_cost_source});
    }
  }
  return table;
}

Value decimal(double value, int decimals) {
  return Decimal{.value = value, .decimals = decimals};
}

Table by_year(const HarmTable& harms, const evidence::HarmIndex& index) {
  const evidence::DrawnIndex drawn = evidence::draw_index(harms, 0, {.draws = k_draws});
  Table table{.name = "index",
              .title = fmt::format("Index, {} = 100", harms.periods.front()),
              .columns = {{"year", "Year", ColumnKind::id},
                          {"index", "Index", ColumnKind::number},
                          {"low", "95% from", ColumnKind::number},
                          {"high", "95% to", ColumnKind::number},
                          {"fell", "Chance that it fell", ColumnKind::number},
                          {"pounds", "Pounds", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (std::size_t i = 0; i < harms.periods.size(); ++i) {
    const evidence::DrawnPoint& point = drawn.points[i];
    table.rows.push_back({harms.periods[i], decimal(index.points[i].chained, 1), decimal(point.chained.low, 1),
                          decimal(point.chained.high, 1), i == 0 ? Value() : decimal(point.fell, 2),
                          decimal(index.points[i].value, 0)});
  }
  return table;
}

Table parts_of(const HarmTable& harms, const evidence::HarmLink& link) {
  Table table{.name = "parts",
              .title = fmt::format("What moved it from {} to {}", harms.periods[link.from], harms.periods[link.to]),
              .columns = {{"harm", "Harm"},
                          {"weight", "Share of the value before", ColumnKind::number},
                          {"volume", "Pounds, for there were more or fewer", ColumnKind::number},
                          {"unit_cost", "Pounds each", ColumnKind::number},
                          {"source", "Unit cost from"}},
              .rows = {},
              .empty_text = ""};
  for (const evidence::BennetPart& part : link.parts) {
    const auto& cell = harms.at(part.harm, link.to);
    table.rows.push_back({harms.harms[part.harm], decimal(part.weight, 3), decimal(part.volume, 0),
                          decimal(cell->unit_cost, 0), cell->source});
  }
  return table;
}

Result<Table> without_each(const HarmTable& harms) {
  Table table{.name = "without",
              .title = fmt::format("{}'s index without each harm", harms.periods.back()),
              .columns = {{"harm", "Without"}, {"index", "Index", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (std::size_t harm = 0; harm < harms.harms.size() && harms.harms.size() > 1; ++harm) {
    const auto index = evidence::drug_harm_index(evidence::without_harm(harms, harm), 0);
    table.rows.push_back({harms.harms[harm], index.ok() ? decimal(index.value().points.back().chained, 1) : Value()});
  }
  return table;
}

}  // namespace

Result<Section> index_of_area(const World& world, const evidence::Basket& basket, const ProfileArea& area) {
  Section section{.name = "index", .title = "Violence at constant unit costs", .facts = {}, .tables = {}, .notes = {}};
  std::vector<CostedCounts> all;
  for (const Indicator& indicator : basket.indicators) {
    if (!indicator.unit_cost_pounds || indicator.panel != evidence::Panel::violence) continue;
    all.push_back(TRY(yearly(world, indicator, area)));
  }
  const std::vector<int> years = years_of_all(all);
  if (years.size() < 2) {
    section.notes.emplace_back(
        "Cannot tell: an index needs two calendar years received whole of every offence that has a unit cost, and of "
        "this area there are not.");
    return section;
  }
  const HarmTable harms = table_of(all, years);
  const auto index = evidence::drug_harm_index(harms, 0);
  if (!index.ok()) {
    section.notes.emplace_back("Cannot tell: in one year nothing at all was counted, and nought cannot be divided by.");
    return section;
  }
  section.tables.push_back(by_year(harms, index.value()));
  section.tables.push_back(parts_of(harms, index.value().links.back()));
  section.tables.push_back(TRY(without_each(harms)));
  section.notes = {
      "COMPOSITE: an index is of change and says nothing of how large harm is; read it with its parts.",
      "Every offence counts, whether drugs were behind it or not: no share owed to drugs is known for one area. Unit "
      "costs are of one year's prices throughout, so that only numbers move it.",
      "A few homicides move it more than anything else: see the index without them."};
  return section;
}

}  // namespace throughline::app
