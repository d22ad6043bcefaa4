// Rates as they would be in a standard population.

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/count_cell.h"
#include "app/table_columns.h"
#include "app/trend_report.h"
#include "base/number.h"
#include "evidence/rates/standardise.h"
#include "evidence/series/series_span.h"

namespace throughline::app {

namespace {

using base::Result;

// Fewer than one and more than live anywhere are slips of the pen.
bool is_number_of_people(double people) {
  return people >= 1 && people <= 1e10;
}

base::Error people_out_of_range(std::string place) {
  return bad_command("out_of_range", "A number of people is below 1 or above 10,000,000,000", std::move(place),
                     "Give people, not thousands or shares of them");
}
using evidence::Stratum;

using Standard = std::map<std::string, double>;       // By age.
using RateKey = std::pair<std::string, std::string>;  // Area, then period.

Result<Standard> read_standard(const std::string& path) {
  const SmallTable table = TRY(read_small_table(path));
  const TableColumns columns = TRY(TableColumns::of(table, {"age", "people"}));
  Standard standard;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string age = TRY(columns.name(row, "age"));
    const double people = TRY(columns.number(row, "people"));
    if (people <= 0) {
      return bad_command("people_none", "A standard population of nobody", table.place(row), "Give its people by age");
    }
    if (!is_number_of_people(people)) return people_out_of_range(table.place(row));
    if (!standard.emplace(age, people).second) {
      return bad_command("row_twice", fmt::format("There is a second row for the age {}", age), table.place(row),
                         "Keep one row for each age");
    }
  }
  return standard;
}

Result<Stratum> stratum_in(const TableColumns& columns, std::size_t row, double standard) {
  const std::string text = columns.text(row, "count");
  const auto count = base::parse_integer(text);
  if (!count.has_value() || *count < 0 || *count > k_count_max) {
    return bad_command("count_not_whole", fmt::format("“{}” is no whole number from 0 to {}", text, k_count_max),
                       columns.table().place(row), "Give counts, not rates");
  }
  const double people = TRY(columns.number(row, "population"));
  if (people <= 0) {
    return bad_command("people_none", "An area of nobody has no rate", columns.table().place(row),
                       "Give the residents of that age");
  }
  if (!is_number_of_people(people)) return people_out_of_range(columns.table().place(row));
  return Stratum{.events = *count, .people = people, .standard = standard};
}

Result<std::string> period_in(const TableColumns& columns, std::size_t row) {
  const std::string text = TRY(columns.name(row, "period"));
  if (evidence::parse_span(text)) return text;
  return bad_command("period_malformed", fmt::format("“{}” is no period", text), columns.table().place(row),
                     "Write 2025-03, 2025, 2024/25 or 2023-2025");
}

using Strata = std::map<RateKey, std::map<std::string, Stratum>>;

Result<Strata> read_strata(const SmallTable& table, const TableColumns& columns, const Standard& standard) {
  Strata strata;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string age = TRY(columns.name(row, "age"));
    const auto weight = standard.find(age);
    if (weight == standard.end()) {
      return bad_command("age_unlike", fmt::format("The standard population has no age “{}”", age), table.place(row),
                         "Cut the ages alike in both tables");
    }
    const RateKey key{columns.text(row, "area"), TRY(period_in(columns, row))};
    const Stratum stratum = TRY(stratum_in(columns, row, weight->second));
    if (!strata[key].emplace(age, stratum).second) {
      return bad_command("row_twice",
                         fmt::format("There is a second row for {} {}, age {}", key.first, key.second, age),
                         table.place(row), "Keep one row for each area, period and age");
    }
  }
  return strata;
}

std::vector<Value> row_of(const RateKey& key, const std::map<std::string, Stratum>& by_age) {
  std::vector<Stratum> strata;
  std::int64_t events = 0;
  double people = 0;
  for (const auto& [age, stratum] : by_age) {
    strata.push_back(stratum);
    events += stratum.events;
    people += stratum.people;
  }
  const evidence::Rate crude = evidence::rate(events, {.base = people});
  const evidence::Rate standard = evidence::directly_standardised(strata);
  return {text_or_nothing(key.first),
          key.second,
          events,
          Decimal{people, 0},
          Decimal{crude.value, 1},
          Decimal{crude.interval.low, 1},
          Decimal{crude.interval.high, 1},
          Decimal{standard.value, 1},
          Decimal{standard.interval.low, 1},
          Decimal{standard.interval.high, 1}};
}

}  // namespace

Result<Section> standardised_section(const TrendRequest& request) {
  if (request.input.empty()) {
    return bad_command("trend_not_said", "A standard population needs counts by age", "--standard",
                       "Name --input FILE with the columns period, age, count and population");
  }
  const Standard standard = TRY(read_standard(request.standard));
  const SmallTable table = TRY(read_small_table(request.input));
  const TableColumns columns = TRY(TableColumns::of(table, {"period", "age", "count", "population"}, {"area"}));
  const Strata strata = TRY(read_strata(table, columns, standard));
  Table rates{.name = "standardised",
              .title = "",
              .columns = {{"area", "Area"},
                          {"period", "Period", ColumnKind::id},
                          {"count", "Count", ColumnKind::number},
                          {"people", "People", ColumnKind::number},
                          {"crude", "Crude, per 100,000", ColumnKind::number},
                          {"crude_low", "From", ColumnKind::number},
                          {"crude_high", "To", ColumnKind::number},
                          {"standardised", "Standardised", ColumnKind::number},
                          {"standardised_low", "From", ColumnKind::number},
                          {"standardised_high", "To", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (const auto& [key, by_age] : strata) {
    if (by_age.size() != standard.size()) {
      return bad_command("age_unlike",
                         fmt::format("{} {} has {} of the {} ages of the standard population", key.first, key.second,
                                     by_age.size(), standard.size()),
                         request.input, "Give every age; an age without events has the count 0");
    }
    rates.rows.push_back(row_of(key, by_age));
  }
  return Section{.name = "standardised",
                 .title = "Rates in the standard population",
                 .facts = {{"ages", "Ages", static_cast<std::int64_t>(standard.size())}},
                 .tables = {std::move(rates)},
                 .notes = {"Direct standardisation with the gamma interval of Fay and Feuer (1997); the crude rate's "
                           "interval is exact. Only ages are evened out, nothing else that differs between areas."}};
}

}  // namespace throughline::app
