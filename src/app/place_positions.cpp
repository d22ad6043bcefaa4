#include "app/place_positions.h"

#include <fmt/format.h>

#include "app/bad_command.h"
#include "base/number.h"
#include "evidence/areas.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::area_key;

// Weights may stand for residents, hence a fraction; beyond these bounds a column is in the wrong unit.
constexpr double k_population_min = 1e-3;
constexpr double k_population_max = 1e12;

Result<std::int32_t> year_in(const TableColumns& columns, std::size_t row) {
  constexpr std::int64_t k_first = 1800;
  constexpr std::int64_t k_last = 2200;
  const std::string text = TRY(columns.name(row, "population_year"));
  const std::optional<std::int64_t> year = base::parse_integer(text);
  if (year && *year >= k_first && *year <= k_last) return static_cast<std::int32_t>(*year);
  return bad_command("population_year_malformed", fmt::format("“{}” is no year from {} to {}", text, k_first, k_last),
                     columns.table().place(row),
                     "Give the year of the residents, such as 2020, or leave out the column");
}

}  // namespace

Result<double> population_in(const TableColumns& columns, std::size_t row) {
  const double population = TRY(columns.number(row, "population"));
  if (population >= k_population_min && population <= k_population_max) return population;
  if (population > 0) {
    return bad_command(
        "population_out_of_bounds",
        fmt::format("A population of {} is not from 0.001 to 1,000,000,000,000", base::format_double(population)),
        columns.table().place(row), "Give residents, or another number of those to whom it could happen");
  }
  return bad_command(
      "population_not_positive",
      fmt::format("A population of {} has nobody to whom it could happen", base::format_double(population)),
      columns.table().place(row), "Leave out places without residents, or the column population");
}

Result<PlacePositions> PlacePositions::read(const std::string& path) {
  const SmallTable table = TRY(read_small_table(path));
  const TableColumns columns =
      TRY(TableColumns::of(table, {"area", "x", "y"}, {"code", "population", "population_year"}));
  const bool has_population = table.column("population").has_value();
  const bool has_year = table.column("population_year").has_value();
  PlacePositions all;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string area = TRY(columns.name(row, "area"));
    PlacePosition position{.x = TRY(columns.number(row, "x")), .y = TRY(columns.number(row, "y"))};
    if (has_population) position.population = TRY(population_in(columns, row));
    if (has_year) position.population_year = TRY(year_in(columns, row));
    const std::string code = columns.text(row, "code");
    // A table may know an area by its code alone, and give it twice.
    const bool has_code = !code.empty() && area_key(code) != area_key(area);
    const bool is_new = all.positions_.emplace(area_key(area), position).second &&
                        (!has_code || all.positions_.emplace(area_key(code), position).second);
    if (is_new) continue;
    return bad_command("place_twice", fmt::format("The area {} has a second row", area), table.place(row),
                       "Keep one row an area");
  }
  return all;
}

const PlacePosition* PlacePositions::find(std::string_view area) const {
  const auto found = positions_.find(area_key(area));
  return found == positions_.end() ? nullptr : &found->second;
}

}  // namespace throughline::app
