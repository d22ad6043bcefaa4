// The highest and lowest areas against funnel limits.

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/refused_use.h"
#include "app/trend_report.h"
#include "evidence/rates/funnel.h"

namespace throughline::app {

namespace {

using base::Error;
using base::Result;

constexpr std::size_t k_shown = 10;  // Of the highest, and of the lowest.

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

}  // namespace

Result<Section> funnel_section(const TrendInput& input) {
  if (const auto refusal = evidence::refuse(evidence::Use::rank_areas, united_caveats(input))) {
    return refused_use(*refusal, "--rank");
  }
  if (const auto refusal = last_year_refused(input)) return refused_use(*refusal, "--to");
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

}  // namespace throughline::app
