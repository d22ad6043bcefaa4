// Where areas are, and how many people live in each, by their code or name.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/table_columns.h"
#include "base/result.h"

namespace throughline::app {

struct PlacePosition {
  double x = 0;  // Metres of one grid.
  double y = 0;
  std::optional<double> population{};
  std::optional<std::int32_t> population_year{};  // Of which year it is, where the table says.
};

class PlacePositions {
 public:
  // A table: area, x, y; code, population and population_year where it has them. Errors: "place_twice",
  // "population_year_malformed", those of population_in() and of reading the table.
  [[nodiscard]] static base::Result<PlacePositions> read(const std::string& path);

  // Nothing where the table has no such area. Names are alike that evidence::area_key() makes one.
  [[nodiscard]] const PlacePosition* find(std::string_view area) const;

 private:
  std::map<std::string, PlacePosition> positions_;
};

// The column population. Errors: "population_not_positive", "population_out_of_bounds", those of reading a number.
[[nodiscard]] base::Result<double> population_in(const TableColumns& columns, std::size_t row);

}  // namespace throughline::app
