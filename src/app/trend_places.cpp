// Areas against funnel limits, and areas most alike.

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/bad_command.h"
#include "app/table_columns.h"
#include "app/trend_report.h"
#include "base/text.h"
#include "evidence/rates/funnel.h"
#include "evidence/rates/similar.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using evidence::YearPoint;

constexpr std::size_t k_shown = 10;  // Of the highest, and of the lowest.

Error refused(const evidence::Refusal& refusal, std::string where) {
  return {ErrorKind::refused, std::string(evidence::name_of(refusal.rule)), refusal.reason, std::move(where),
          refusal.remedy};
}

Error population_missing(const TrendInput& input) {
  return bad_command("population_missing",
                     fmt::format("No area of {} has counted people for its last year", input.source), "population",
                     "Give the column population, or ingest residents of these areas");
}

Table funnel_table(const std::vector<YearOfArea>& years, const evidence::Funnel& funnel) {
  Table table{.name = "funnel",
              .title = "The highest and the lowest, with the limits that ordinary areas lie within",
              .columns = {{"rank", "Rank", ColumnKind::number},
                          {"area", "Area"},
                          {"count", "Year", ColumnKind::number},
                          {"people", "People", ColumnKind::number},
                          {"rate", "Per 100,000", ColumnKind::number},
                          {"low_95", "95 % from", ColumnKind::number},
                          {"high_95", "to", ColumnKind::number},
                          {"low_998", "99.8 % from", ColumnKind::number},
                          {"high_998", "to", ColumnKind::number},
                          {"score", "Score", ColumnKind::number},
                          {"place", "Stands"}},
              .rows = {},
              .empty_text = ""};
  std::vector<std::size_t> order(years.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t i) { return funnel.points[i].rate; });
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    if (rank >= k_shown && rank + k_shown < order.size()) continue;
    const std::size_t i = order[rank];
    const evidence::FunnelPoint& point = funnel.points[i];
    table.rows.push_back({static_cast<std::int64_t>(rank + 1), years[i].area, *years[i].point.year,
                          Decimal{years[i].point.people, 0}, Decimal{point.rate, 1}, Decimal{point.limits_95.low, 1},
                          Decimal{point.limits_95.high, 1}, Decimal{point.limits_998.low, 1},
                          Decimal{point.limits_998.high, 1}, Decimal{point.score, 2},
                          std::string(evidence::name_of(point.place))});
  }
  return table;
}

// The numbers of each area, by name.
struct Traits {
  std::vector<std::string> names;
  std::vector<std::string> areas;
  std::vector<std::vector<double>> values;
};

Result<Traits> read_traits(const std::string& path) {
  const SmallTable table = TRY(read_small_table(path));
  std::vector<std::string> numbers;
  for (const std::string& column : table.header) {
    if (column != "area") numbers.push_back(column);
  }
  const TableColumns columns = TRY(TableColumns::of(table, {"area"}, numbers));
  if (numbers.empty()) {
    return bad_command("traits_missing", "The table has no column of numbers beside area", path,
                       "Give residents, density, deprivation, shares of ages, each in a column");
  }
  Traits traits{.names = numbers, .areas = {}, .values = {}};
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    traits.areas.push_back(TRY(columns.name(row, "area")));
    std::vector<double> values;
    for (const std::string& name : numbers) values.push_back(TRY(columns.number(row, name)));
    traits.values.push_back(std::move(values));
  }
  return traits;
}

Result<std::size_t> area_in(const Traits& traits, const std::string& wanted, const std::string& path) {
  const auto at = std::ranges::find(traits.areas, wanted);
  if (at != traits.areas.end()) return static_cast<std::size_t>(at - traits.areas.begin());
  const auto nearest = base::nearest_name(wanted, traits.areas);
  return bad_command("similar_unknown", fmt::format("The table of traits has no area “{}”", wanted), path,
                     nearest ? fmt::format("Did you mean “{}”?", *nearest) : std::string("Write it as the table does"));
}

struct SimilarTable {
  Table table;
  std::map<std::string, const YearOfArea*> by_area;
};

void add_similar(SimilarTable& similar, const std::string& area, std::optional<double> distance,
                 const YearOfArea* own) {
  std::vector<Value> row{area, distance ? Value(Decimal{*distance, 2}) : Value()};
  const auto found = similar.by_area.find(area);
  if (found == similar.by_area.end()) {
    row.insert(row.end(), 7, std::monostate{});
    row.emplace_back("no rate for it here");
  } else {
    const YearPoint& point = found->second->point;
    row.insert(row.end(), {*point.year, Decimal{point.rate->value, 1}, Decimal{point.rate->interval.low, 1},
                           Decimal{point.rate->interval.high, 1}});
    const auto ratio = own == nullptr || own == found->second
                           ? std::nullopt
                           : evidence::compare_counts({.before = *point.year,
                                                       .after = *own->point.year,
                                                       .exposure_before = point.people,
                                                       .exposure_after = own->point.people});
    row.push_back(ratio ? Value(Decimal{ratio->ratio, 2}) : Value());
    row.push_back(ratio ? Value(Decimal{ratio->interval.low, 2}) : Value());
    row.push_back(ratio ? Value(Decimal{ratio->interval.high, 2}) : Value());
    row.emplace_back();
  }
  similar.table.rows.push_back(std::move(row));
}

}  // namespace

Result<Section> funnel_section(const TrendInput& input) {
  if (const auto refusal = evidence::refuse(evidence::Use::rank_areas, united_caveats(input))) {
    return refused(*refusal, "--rank");
  }
  if (const auto refusal = last_year_refused(input)) return refused(*refusal, "--to");
  TRY(check_one_category(input));
  const YearsOfAreas all = last_years(input);
  const std::vector<YearOfArea>& years = all.years;
  if (std::ranges::none_of(years, [](const YearOfArea& each) { return *each.point.year > 0; })) {
    return population_missing(input);
  }
  const evidence::Funnel funnel = funnel_of_years(years);
  Section section{
      .name = "funnel",
      .title = fmt::format("Areas in the year to {}", input.period_text(input.periods - 1)),
      .facts = {{"areas", "Areas", static_cast<std::int64_t>(years.size())},
                {"common_rate", "Of all together, per 100,000", Decimal{funnel.rate, 1}},
                {"dispersion", "Factor of overdispersion", Decimal{funnel.dispersion, 2}}},
      .tables = {funnel_table(years, funnel)},
      .notes = {
          funnel.is_overdispersed
              ? "Areas differ more than chance makes them; the limits are widened by the root of the factor "
                "(Spiegelhalter 2005)."
              : "Areas differ no more than chance makes them, or are too few to tell; the limits are those of chance.",
          "A rank within the limits means nothing: some area is always the highest."}};
  if (!all.left_out.empty()) section.tables.push_back(left_out_table(all.left_out));
  return section;
}

Result<Section> similar_section(const TrendInput& input, const TrendRequest& request) {
  if (const auto refusal = evidence::refuse(evidence::Use::compare_levels, united_caveats(input))) {
    return refused(*refusal, "--similar");
  }
  TRY(check_one_category(input));
  if (request.traits.empty()) {
    return bad_command("traits_missing", "Nothing says what the areas are like", "--traits",
                       "Name a table: area, and a column of numbers for each trait");
  }
  const Traits traits = TRY(read_traits(request.traits));
  const std::size_t own = TRY(area_in(traits, request.similar, request.traits));
  const std::vector<YearOfArea> years = last_years(input).years;
  SimilarTable similar{.table = {.name = "similar",
                                 .title = "",
                                 .columns = {{"area", "Area"},
                                             {"distance", "Distance", ColumnKind::number},
                                             {"count", "Year", ColumnKind::number},
                                             {"rate", "Per 100,000", ColumnKind::number},
                                             {"rate_low", "From", ColumnKind::number},
                                             {"rate_high", "To", ColumnKind::number},
                                             {"ratio", "Own rate over it", ColumnKind::number},
                                             {"ratio_low", "From", ColumnKind::number},
                                             {"ratio_high", "To", ColumnKind::number},
                                             {"missing", "Missing"}},
                                 .rows = {},
                                 .empty_text = ""},
                       .by_area = {}};
  for (const YearOfArea& each : years) similar.by_area.emplace(each.area, &each);
  const auto found = similar.by_area.find(request.similar);
  const YearOfArea* own_year = found == similar.by_area.end() ? nullptr : found->second;
  add_similar(similar, request.similar, std::nullopt, own_year);
  for (const evidence::SimilarArea& each :
       evidence::most_similar(traits.values, own, static_cast<std::size_t>(request.likes))) {
    add_similar(similar, traits.areas[each.area], each.distance, own_year);
  }
  Section section{
      .name = "similar",
      .title = fmt::format("Areas most like {}, the nearest first", request.similar),
      .facts = {{"traits", "By", fmt::format("{}", fmt::join(traits.names, ", "))}},
      .tables = {std::move(similar.table)},
      .notes = {"A distance of 1 is one standard deviation apart in every trait. They stand by likeness, not "
                "by their rates."}};
  if (const auto unranked = evidence::refuse(evidence::Use::rank_areas, united_caveats(input))) {
    section.notes.push_back(evidence::text_of(*unranked));
  }
  return section;
}

}  // namespace throughline::app
