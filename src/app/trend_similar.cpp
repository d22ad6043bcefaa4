// Areas most alike.

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/bad_command.h"
#include "app/carried_tables.h"
#include "app/refused_use.h"
#include "app/table_columns.h"
#include "app/trend_report.h"
#include "base/text.h"
#include "evidence/areas.h"
#include "evidence/rates/similar.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::area_key;
using evidence::YearPoint;

// Of a column whose name ends so the logarithms are compared.
constexpr std::string_view k_log_suffix = ":log";

struct Trait {
  std::string column;
  std::string words;
  bool is_log = false;
};

// The numbers of each area, by name.
struct Traits {
  std::vector<Trait> traits;
  std::vector<std::string> areas;
  std::vector<std::vector<double>> values;  // By area, as given.
};

Trait trait_of(const std::string& column) {
  if (!column.ends_with(k_log_suffix) || column.size() == k_log_suffix.size())
    return {.column = column, .words = column};
  return {.column = column, .words = column.substr(0, column.size() - k_log_suffix.size()), .is_log = true};
}

Result<std::vector<double>> values_in(const TableColumns& columns, std::size_t row, const std::vector<Trait>& traits) {
  std::vector<double> values;
  for (const Trait& trait : traits) {
    values.push_back(TRY(columns.number(row, trait.column)));
    if (!trait.is_log || values.back() > 0) continue;
    return bad_command("trait_not_positive", fmt::format("{} is not above nought and has no logarithm", trait.words),
                       columns.table().place(row), "Leave out the area, or the end :log of the column's name");
  }
  return values;
}

Result<Traits> read_traits(const std::string& path) {
  const SmallTable table = TRY(read_small_table(path));
  std::vector<std::string> numbers;
  Traits all;
  for (const std::string& column : table.header) {
    if (column == "area") continue;
    numbers.push_back(column);
    all.traits.push_back(trait_of(column));
  }
  const TableColumns columns = TRY(TableColumns::of(table, {"area"}, numbers));
  if (numbers.empty()) {
    return bad_command("traits_missing", "The table has no column of numbers beside area", path,
                       "Give residents, density, deprivation, shares of ages, each in a column");
  }
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    all.areas.push_back(TRY(columns.name(row, "area")));
    all.values.push_back(TRY(values_in(columns, row, all.traits)));
  }
  return all;
}

std::vector<std::vector<double>> compared_values(const Traits& traits) {
  std::vector<std::vector<double>> all = traits.values;
  for (std::vector<double>& values : all) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (traits.traits[i].is_log) values[i] = std::log(values[i]);
    }
  }
  return all;
}

Result<std::size_t> area_in(const Traits& traits, const std::string& wanted, const std::string& path) {
  const auto at = std::ranges::find(traits.areas, area_key(wanted), area_key);
  if (at != traits.areas.end()) return static_cast<std::size_t>(at - traits.areas.begin());
  const auto nearest = base::nearest_name(wanted, traits.areas);
  return bad_command("similar_unknown", fmt::format("The table of traits has no area “{}”", wanted), path,
                     nearest ? fmt::format("Did you mean “{}”?", *nearest) : std::string("Write it as the table does"));
}

struct SimilarTable {
  Table table;
  std::map<std::string, const YearOfArea*> by_area;
};

Table empty_table() {
  return {.name = "similar",
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
          .empty_text = ""};
}

void add_similar(SimilarTable& similar, const std::string& area, std::optional<double> distance,
                 const YearOfArea* own) {
  std::vector<Value> row{area, distance ? Value(Decimal{*distance, 2}) : Value()};
  const auto found = similar.by_area.find(area_key(area));
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
    // Over an area without events the ratio and its upper limit have no bound.
    const auto add = [&](double number) { row.push_back(std::isfinite(number) ? Value(Decimal{number, 2}) : Value()); };
    const double none = std::numeric_limits<double>::infinity();
    add(ratio ? ratio->ratio : none);
    add(ratio ? ratio->interval.low : none);
    add(ratio ? ratio->interval.high : none);
    row.emplace_back();
  }
  similar.table.rows.push_back(std::move(row));
}

std::string trait_words(const Traits& traits) {
  std::vector<std::string> words;
  for (const Trait& each : traits.traits) words.push_back(each.words + (each.is_log ? " (its logarithm)" : ""));
  return fmt::format("{}", fmt::join(words, ", "));
}

// As many decimals as the values of a trait were given with, three at most.
int decimals_given(const Traits& traits, std::size_t trait) {
  constexpr int k_decimals_max = 3;
  int decimals = 0;
  for (const std::vector<double>& values : traits.values) {
    while (decimals < k_decimals_max) {
      const double scaled = values[trait] * std::pow(10.0, decimals);
      if (std::abs(scaled - std::round(scaled)) < 1e-6) break;
      ++decimals;
    }
  }
  return decimals;
}

Table traits_table(const Traits& traits, const std::vector<std::size_t>& shown) {
  Table table{
      .name = "traits", .title = "What they are alike in", .columns = {{"area", "Area"}}, .rows = {}, .empty_text = ""};
  std::vector<int> decimals;
  for (std::size_t i = 0; i < traits.traits.size(); ++i) {
    std::string heading = traits.traits[i].words;
    if (!heading.empty())
      heading.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(heading.front())));
    table.columns.push_back({fmt::format("trait_{}", i + 1), std::move(heading), ColumnKind::number});
    decimals.push_back(decimals_given(traits, i));
  }
  for (const std::size_t area : shown) {
    std::vector<Value> row{traits.areas[area]};
    for (std::size_t i = 0; i < decimals.size(); ++i) row.emplace_back(Decimal{traits.values[area][i], decimals[i]});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Result<Section> similar_section(const TrendInput& input, const TrendRequest& request) {
  if (const auto refusal = evidence::refuse(evidence::Use::compare_levels, united_caveats(input))) {
    return refused_use(*refusal, "--similar");
  }
  if (const auto refusal = last_year_refused(input)) return refused_use(*refusal, "--to");
  TRY(check_one_category(input));
  if (request.traits.empty()) {
    return bad_command(
        "traits_missing", "Nothing says what the areas are like", "--traits",
        "Name a table: area, and a column of numbers for each trait; carried:local_authority_traits.csv has "
        "local authorities");
  }
  const Traits traits = TRY(read_traits(request.traits));
  const std::size_t own = TRY(area_in(traits, request.similar, request.traits));
  const std::vector<YearOfArea> years = last_years(input).years;
  SimilarTable similar{.table = empty_table(), .by_area = {}};
  for (const YearOfArea& each : years) similar.by_area.emplace(area_key(each.area), &each);
  const auto found = similar.by_area.find(area_key(traits.areas[own]));
  const YearOfArea* own_year = found == similar.by_area.end() ? nullptr : found->second;
  add_similar(similar, traits.areas[own], std::nullopt, own_year);
  std::vector<std::size_t> shown{own};
  std::vector<std::string> without;
  for (const evidence::SimilarArea& each :
       evidence::most_similar(compared_values(traits), own, traits.areas.size() - 1)) {
    if (std::ssize(shown) > request.likes) break;
    if (!similar.by_area.contains(area_key(traits.areas[each.area]))) {
      without.push_back(traits.areas[each.area]);
      continue;
    }
    shown.push_back(each.area);
    add_similar(similar, traits.areas[each.area], each.distance, own_year);
  }
  Section section{
      .name = "similar",
      .title = fmt::format("Areas most like {}, the nearest first", traits.areas[own]),
      .facts = {{"traits", "By", trait_words(traits)},
                {"year", "In the year to", input.period_text(input.periods - 1)}},
      .tables = {std::move(similar.table), traits_table(traits, shown)},
      .notes = {"A distance of 1 is one standard deviation apart in every trait. They stand by likeness, not "
                "by their rates."}};
  if (!without.empty() && shown.size() > 1) {
    section.notes.push_back(fmt::format("As near or nearer, and without a rate here: {}.", base::short_list(without)));
  }
  add_carried_note(section, request.traits);
  if (const auto unranked = evidence::refuse(evidence::Use::rank_areas, united_caveats(input))) {
    section.notes.push_back(evidence::text_of(*unranked));
  }
  return section;
}

}  // namespace throughline::app
