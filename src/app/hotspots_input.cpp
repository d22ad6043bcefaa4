#include "app/hotspots_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "app/bad_command.h"
#include "app/session.h"
#include "app/table_columns.h"
#include "base/date.h"
#include "base/number.h"
#include "evidence/cell.h"
#include "evidence/series/series_span.h"
#include "evidence/stage.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::CountedPlace;

constexpr std::size_t k_places_min = 5;
constexpr std::size_t k_places_max = 10'000;
constexpr std::size_t k_points_max = 20'000;
// Weights may stand for residents, hence a fraction; beyond these bounds a column is in the wrong unit.
constexpr double k_population_min = 1e-3;
constexpr double k_population_max = 1e12;

Result<std::int64_t> whole_in(const TableColumns& columns, std::size_t row, const std::string& column) {
  const std::string text = TRY(columns.name(row, column));
  const std::optional<std::int64_t> count = base::parse_integer(text);
  if (count.has_value() && *count >= 0 && *count <= 100'000'000) return *count;
  return bad_command("count_not_whole", fmt::format("“{}” is no whole number from 0 to 100,000,000", text),
                     columns.table().place(row),
                     "Give counts, not rates; leave out a place whose count is not known: absent is not nought");
}

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

Result<void> check_number(const HotspotInput& input) {
  if (input.places.size() >= k_places_min && input.places.size() <= k_places_max) return {};
  return bad_command("places_too_few",
                     fmt::format("There are {} places with a count; {} to {} can be searched", input.places.size(),
                                 k_places_min, k_places_max),
                     input.source, "Take smaller areas, or fewer of them");
}

}  // namespace

Result<HotspotInput> read_places(const std::string& path) {
  const SmallTable table = TRY(read_small_table(path));
  const TableColumns columns =
      TRY(TableColumns::of(table, {"place", "x", "y", "count"}, {"population", "independent"}));
  HotspotInput input;
  input.source = path;
  input.has_population = table.column("population").has_value();
  const bool has_independent = table.column("independent").has_value();
  std::set<std::string> names;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    CountedPlace place{.name = TRY(columns.name(row, "place")),
                       .x = TRY(columns.number(row, "x")),
                       .y = TRY(columns.number(row, "y")),
                       .count = TRY(whole_in(columns, row, "count")),
                       .population = 1};
    if (!names.insert(place.name).second) {
      return bad_command("place_twice", fmt::format("The place {} has a second row", place.name), table.place(row),
                         "Keep one row a place");
    }
    if (input.has_population) place.population = TRY(population_in(columns, row));
    if (has_independent) input.independent.push_back(TRY(whole_in(columns, row, "independent")));
    input.places.push_back(std::move(place));
  }
  TRY(check_number(input));
  return input;
}

Result<std::vector<evidence::DatedPoint>> read_points(const std::string& path) {
  const SmallTable table = TRY(read_small_table(path));
  const TableColumns columns = TRY(TableColumns::of(table, {"x", "y", "date"}));
  if (table.rows.size() > k_points_max) {
    return bad_command("points_too_many",
                       fmt::format("There are {} points; {} are the most", table.rows.size(), k_points_max), path,
                       "Take a shorter time or a smaller area");
  }
  std::vector<evidence::DatedPoint> points;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string text = TRY(columns.name(row, "date"));
    const auto date = base::parse_iso_date(text);
    if (!date.has_value()) {
      const bool is_month = evidence::parse_span(text).has_value();
      return bad_command("date_is_no_day",
                         is_month ? fmt::format("“{}” names no day, and near repeats are a matter of days", text)
                                  : fmt::format("“{}” is no date", text),
                         table.place(row),
                         is_month ? "Records that a publisher stamped with their month alone cannot show near repeats"
                                  : "Write 2025-03-14");
    }
    points.push_back({.x = TRY(columns.number(row, "x")),
                      .y = TRY(columns.number(row, "y")),
                      .day = static_cast<std::int32_t>(*date - base::Date())});
  }
  return points;
}

namespace {

struct Position {
  double x = 0;
  double y = 0;
};

Result<std::map<std::string, Position>> read_positions(const std::string& path) {
  const SmallTable table = TRY(read_small_table(path));
  const TableColumns columns = TRY(TableColumns::of(table, {"area", "x", "y"}));
  std::map<std::string, Position> positions;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string area = TRY(columns.name(row, "area"));
    const Position position{.x = TRY(columns.number(row, "x")), .y = TRY(columns.number(row, "y"))};
    if (positions.emplace(area, position).second) continue;
    return bad_command("place_twice", fmt::format("The area {} has a second row", area), table.place(row),
                       "Keep one row an area");
  }
  return positions;
}

// The residents of each place are taken only where every place has them.
void add_residents(HotspotInput& input, const std::vector<std::optional<double>>& residents) {
  input.has_population =
      !residents.empty() && std::ranges::all_of(residents, [](const auto& p) { return p.has_value(); });
  for (std::size_t i = 0; input.has_population && i < residents.size(); ++i) input.places[i].population = *residents[i];
}

std::optional<double> residents_of(const evidence::World& world, const evidence::Figure& figure) {
  const auto code = records::GssCode::parse(figure.cell.area);
  if (!code.has_value()) return std::nullopt;
  const auto people = world.areas().residents(*code, figure.cell.period.begin.year());
  if (!people.has_value() || people->persons <= 0) return std::nullopt;
  return static_cast<double>(people->persons);
}

std::string area_name(const evidence::World& world, const evidence::Figure& figure) {
  const auto code = records::GssCode::parse(figure.cell.area);
  const evidence::Area* area = code.has_value() ? world.areas().find(*code) : nullptr;
  return area != nullptr ? area->name : figure.cell.area;
}

// A place for each figure with a count and a position.
void add_figures(HotspotInput& input, const evidence::World& world, const evidence::Series& series,
                 const std::map<std::string, Position>& positions) {
  std::int64_t unplaced = 0;
  std::int64_t absent = 0;
  std::vector<std::optional<double>> residents;
  for (const evidence::Figure& figure : series.figures) {
    const std::string name = area_name(world, figure);
    auto position = positions.find(figure.cell.area);
    if (position == positions.end()) position = positions.find(name);
    const auto* count = std::get_if<std::int64_t>(&figure.count);
    unplaced += position == positions.end() ? 1 : 0;
    absent += count == nullptr ? 1 : 0;
    if (position == positions.end() || count == nullptr) continue;
    residents.push_back(residents_of(world, figure));
    input.places.push_back(
        {.name = name, .x = position->second.x, .y = position->second.y, .count = *count, .population = 1});
  }
  add_residents(input, residents);
  if (unplaced > 0)
    input.notes.push_back(fmt::format("{} areas have no row in the table of places and are left out.", unplaced));
  if (absent > 0)
    input.notes.push_back(fmt::format("{} areas have no figure and are left out: absent is not nought.", absent));
}

}  // namespace

Result<HotspotInput> places_of_workspace(const Outside& outside, const Settings& settings,
                                         const HotspotsRequest& request) {
  if (request.places.empty()) {
    return bad_command("places_missing", "Where the areas are is not said", "--places",
                       "Name a table with area (code or name), x and y in metres");
  }
  const std::map<std::string, Position> positions = TRY(read_positions(request.places));
  const auto session = TRY(Session::open(outside, settings, "hotspots"));
  static_cast<void>(TRY(session->may({.operation = ledger::Operation::consultation,
                                      .data_class = ledger::DataClass::published,
                                      .object = "figures"})));
  store::DuckConnection connection = TRY(session->connect());
  const evidence::World world = TRY(session->world(connection, settings.as_of));
  const evidence::SeriesRequest asked = TRY(evidence::resolve(world, {.measure = request.measure,
                                                                      .category = request.category,
                                                                      .area_kind = request.area_kind,
                                                                      .from = request.from,
                                                                      .to = request.to,
                                                                      .length = evidence::PeriodLength::whole}));
  const evidence::Series series = TRY(evidence::measure(world, asked));
  HotspotInput input;
  input.source = fmt::format("{}, {}, {}", series.measure->title, series.category_words, to_text(asked.span));
  input.is_police_activity = series.measure->is_police_activity;
  input.caveats = series.caveats;
  add_figures(input, world, series, positions);
  TRY(check_number(input));
  return input;
}

}  // namespace throughline::app
