// Areas beside one another by name: their rates, and where each stands against funnel limits.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/area_levels.h"
#include "app/bad_command.h"
#include "app/figure_report.h"
#include "app/trend_report.h"
#include "evidence/model.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::YearPoint;

std::string why_without_rate(const TrendInput& input, const YearPoint& point) {
  if (!point.year) return fmt::format("A period of the year to {} is absent.", input.period_text(input.periods - 1));
  return "Nobody counted its residents.";
}

std::string why_no_peer(AreaLevel own, AreaLevel kept) {
  return own > kept ? "It is a whole of which others are parts."
                    : "It is a part of others: wider areas are held against one another here.";
}

void add_decimals(std::vector<Value>& row, const evidence::Interval& interval, int decimals) {
  row.emplace_back(Decimal{interval.low, decimals});
  row.emplace_back(Decimal{interval.high, decimals});
}

std::vector<Value> place_row(const YearOfArea& each, const evidence::FunnelPoint* stands) {
  const YearPoint& point = each.point;
  std::vector<Value> row{each.area, *point.year};
  add_decimals(row, point.year_interval, *point.year < 100 ? 1 : 0);
  row.emplace_back(Decimal{point.people, 0});
  row.emplace_back(Decimal{point.rate->value, 1});
  add_decimals(row, point.rate->interval, 1);
  if (stands != nullptr) {
    add_decimals(row, stands->limits_95, 1);
    add_decimals(row, stands->limits_998, 1);
    row.emplace_back(std::string(evidence::name_of(stands->place)));
  }
  return row;
}

Table places_table(const std::vector<YearOfArea>& years, const std::optional<evidence::Funnel>& funnel) {
  Table table{.name = "places",
              .title = "Every area, by name",
              .columns = {{"area", "Area"},
                          {"count", "Year", ColumnKind::number},
                          {"low", "From", ColumnKind::number},
                          {"high", "To", ColumnKind::number},
                          {"people", "People", ColumnKind::number},
                          {"rate", "Per 100,000", ColumnKind::number},
                          {"rate_low", "From", ColumnKind::number},
                          {"rate_high", "To", ColumnKind::number}},
              .rows = {},
              .empty_text = "No area has both a whole year and residents that were counted."};
  if (funnel) {
    table.columns.insert(table.columns.end(), {{"low_95", "95 % from", ColumnKind::number},
                                               {"high_95", "to", ColumnKind::number},
                                               {"low_998", "99.8 % from", ColumnKind::number},
                                               {"high_998", "to", ColumnKind::number},
                                               {"place", "Stands"}});
  }
  for (std::size_t i = 0; i < years.size(); ++i) {
    table.rows.push_back(place_row(years[i], funnel ? &funnel->points[i] : nullptr));
  }
  return table;
}

std::vector<std::string> funnel_notes(const evidence::Funnel& funnel) {
  return {"Intervals are exact for counts that vary by chance alone; recorded events vary more.",
          fmt::format("The limits are those that 95 and 99.8 of 100 ordinary areas lie within, about the {:.1f} for "
                      "each 100,000 of all areas together (Spiegelhalter 2005){}.",
                      funnel.rate,
                      funnel.is_overdispersed
                          ? fmt::format(", widened by the root of {:.2f}: areas differ more than chance makes them",
                                        funnel.dispersion)
                          : std::string()),
          "An area outside the limits differs by more than chance and ordinary differences between areas. Why, the "
          "counts cannot tell."};
}

std::vector<Fact> places_facts(const TrendInput& input, const YearsOfAreas& all) {
  std::vector<Fact> facts{{"areas", "Areas", std::ssize(all.years)},
                          {"left_out", "Left out", std::ssize(all.left_out)}};
  if (!input.incomplete.empty()) facts.push_back({"incomplete", "Not complete, and not looked at", input.incomplete});
  return facts;
}

}  // namespace

YearsOfAreas last_years(const TrendInput& input) {
  const evidence::PoissonLimits limits(0);
  std::vector<YearOfArea> each;
  std::vector<std::string> names;
  for (const TrendLine& line : input.lines) {
    each.push_back({.area = line.area, .point = evidence::year_point(line.line, input.periods - 1, limits)});
    names.push_back(line.area);
  }
  const std::vector<AreaLevel> levels = area_levels(names);
  std::vector<AreaAt> areas;
  for (std::size_t i = 0; i < each.size(); ++i) {
    areas.push_back({.level = levels[i],
                     .is_england = evidence::slug_of(names[i]) == "england",
                     .is_counted = each[i].point.rate.has_value()});
  }
  const bool has_any = std::ranges::any_of(areas, &AreaAt::is_counted);
  const AreaLevel kept = level_kept(areas);
  YearsOfAreas all;
  for (std::size_t i = 0; i < each.size(); ++i) {
    if (has_any && !is_peer(areas[i], kept)) {
      all.left_out.push_back({names[i], why_no_peer(levels[i], kept)});
    } else if (areas[i].is_counted) {
      all.years.push_back(std::move(each[i]));
    } else {
      all.left_out.push_back({names[i], why_without_rate(input, each[i].point)});
    }
  }
  std::ranges::stable_sort(all.years, {}, &YearOfArea::area);
  std::ranges::stable_sort(all.left_out, {}, &AreaLeftOut::area);
  return all;
}

Table left_out_table(const std::vector<AreaLeftOut>& left_out) {
  Table table{.name = "left_out",
              .title = "Areas without a place beside the others",
              .columns = {{"area", "Area"}, {"why", "Why"}},
              .rows = {},
              .empty_text = "None."};
  for (const AreaLeftOut& each : left_out) table.rows.push_back({text_or_nothing(each.area), each.why});
  return table;
}

Result<void> check_one_category(const TrendInput& input) {
  for (const TrendLine& line : input.lines) {
    if (line.category == input.lines.front().category) continue;
    return bad_command("category_unknown", "Areas are held against one another in one category", "--category",
                       fmt::format("Name one, such as “{}”", input.lines.front().category));
  }
  return {};
}

evidence::Caveats united_caveats(const TrendInput& input) {
  evidence::Caveats caveats = input.caveats;
  for (const TrendLine& line : input.lines) caveats.unite(input.caveats_of(line));
  return caveats;
}

std::optional<evidence::Refusal> last_year_refused(const TrendInput& input) {
  return evidence::refuse(evidence::Use::report_latest_period, united_caveats(input),
                          {.reaches_latest = input.periods == input.periods_all});
}

void leave_out_incomplete(TrendInput& input) {
  if (input.periods < 2 || !last_year_refused(input)) return;
  input.incomplete = input.period_text(input.periods - 1);
  input.cut_after(input.periods - 1);
  input.frame.notes.push_back(
      fmt::format("The last period, {}, is not complete: areas are held against one another in the year to {}.",
                  input.incomplete, input.period_text(input.periods - 1)));
}

evidence::Funnel funnel_of_years(const std::vector<YearOfArea>& years) {
  std::vector<evidence::FunnelArea> areas;
  for (const YearOfArea& each : years) areas.push_back({.count = *each.point.year, .people = each.point.people});
  return evidence::funnel_of(areas);
}

Result<std::vector<Section>> places_sections(const TrendInput& input) {
  TRY(check_one_category(input));
  const YearsOfAreas all = last_years(input);
  const evidence::Caveats caveats = united_caveats(input);
  const auto unlike = evidence::refuse(evidence::Use::compare_levels, caveats);
  const auto latest = last_year_refused(input);
  const bool has_events = std::ranges::any_of(all.years, [](const YearOfArea& each) { return *each.point.year > 0; });
  const bool is_held = has_events && !unlike && !latest;
  std::optional<evidence::Funnel> funnel;
  if (is_held) funnel = funnel_of_years(all.years);
  std::vector<Section> sections;
  sections.push_back({.name = "places",
                      .title = fmt::format("Areas in the year to {}", input.period_text(input.periods - 1)),
                      .facts = places_facts(input, all),
                      .tables = {places_table(all.years, funnel), left_out_table(all.left_out)},
                      .notes = {}});
  Section& places = sections.front();
  if (funnel) places.notes = funnel_notes(*funnel);
  if (unlike) places.notes.push_back(evidence::text_of(*unlike));
  const auto unranked = evidence::refuse(evidence::Use::rank_areas, caveats);
  if (unranked) places.notes.push_back(evidence::text_of(*unranked));
  if (latest) places.notes.push_back(evidence::text_of(*latest));
  for (std::string& note : caveat_notes(caveats)) places.notes.push_back(std::move(note));
  if (is_held && !unranked) {
    sections.push_back(TRY(funnel_section(input)));
    sections.back().tables.resize(1);  // Who is left out stands above.
  }
  return sections;
}

}  // namespace throughline::app
