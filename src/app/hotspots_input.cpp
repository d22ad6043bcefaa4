#include "app/hotspots_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
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
Result<std::int64_t> whole_in(const TableColumns& columns, std::size_t row, const std::string& column) {
  const std::string text = TRY(columns.name(row, column));
  const std::optional<std::int64_t> count = base::parse_integer(text);
  if (count.has_value() && *count >= 0 && *count <= 100'000'000) return *count;
  return bad_command("count_not_whole", fmt::format("“{}” is no whole number from 0 to 100,000,000", text),
                     columns.table().place(row),
                     "Give counts, not rates; leave out a place whose count is not known: absent is not nought");
}

}  // namespace

Result<void> check_number_of_places(const HotspotInput& input) {
  if (input.places.size() >= k_places_min && input.places.size() <= k_places_max) return {};
  return bad_command("places_too_few",
                     fmt::format("There are {} places with a count; {} to {} can be searched", input.places.size(),
                                 k_places_min, k_places_max),
                     input.source, "Take smaller areas, or fewer of them");
}

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
  TRY(check_number_of_places(input));
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

// The year in the middle, as rates have it.
std::int32_t year_of(const evidence::Figure& figure) {
  return (figure.cell.period.begin + figure.cell.period.months() / 2).year();
}

std::optional<double> residents_of(const evidence::World& world, const evidence::Figure& figure, YearRange& years) {
  const auto code = records::GssCode::parse(figure.cell.area);
  if (!code.has_value()) return std::nullopt;
  const auto people = world.areas().residents(*code, year_of(figure));
  if (!people.has_value() || people->persons <= 0) return std::nullopt;
  if (std::abs(people->year - year_of(figure)) > evidence::k_denominator_years_max) return std::nullopt;
  years.take(people->year);
  return static_cast<double>(people->persons);
}

std::string area_name(const evidence::World& world, const evidence::Figure& figure) {
  const auto code = records::GssCode::parse(figure.cell.area);
  const evidence::Area* area = code.has_value() ? world.areas().find(*code) : nullptr;
  return area != nullptr ? area->name : figure.cell.area;
}

// A place for each figure with a count and a position.
Result<void> add_figures(HotspotInput& input, const evidence::World& world, const evidence::Series& series,
                         const PlacePositions& positions) {
  LeftOut left_out;
  PlaceResidents residents;
  for (const evidence::Figure& figure : series.figures) {
    const std::string name = area_name(world, figure);
    const PlacePosition* position = positions.find(figure.cell.area);
    if (position == nullptr) position = positions.find(name);
    const auto* count = std::get_if<std::int64_t>(&figure.count);
    left_out.unplaced += position == nullptr ? 1 : 0;
    left_out.absent += count == nullptr ? 1 : 0;
    if (position == nullptr || count == nullptr) continue;
    residents.held.push_back(residents_of(world, figure, residents.held_years));
    residents.add_of_table(*position);
    residents.counted_years.take(year_of(figure));
    input.places.push_back({.name = name, .x = position->x, .y = position->y, .count = *count, .population = 1});
  }
  add_notes(input, left_out);
  return add_residents(input, residents);
}

}  // namespace

void add_notes(HotspotInput& input, const LeftOut& left_out) {
  if (left_out.unplaced > 0) {
    input.notes.push_back(
        fmt::format("{} areas have no row in the table of places and are left out.", left_out.unplaced));
  }
  if (left_out.absent > 0) {
    input.notes.push_back(
        fmt::format("{} areas have no figure and are left out: absent is not nought.", left_out.absent));
  }
}

Result<PlacePositions> positions_asked(const HotspotsRequest& request) {
  if (!request.places.empty()) return PlacePositions::read(request.places);
  return bad_command("places_missing", "Where the areas are is not said", "--places",
                     "Name a table with area (code or name), x and y in metres; carried:local_authorities.csv has the "
                     "local authorities");
}

Result<HotspotInput> places_of_workspace(const Outside& outside, const Settings& settings,
                                         const HotspotsRequest& request) {
  const PlacePositions positions = TRY(positions_asked(request));
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
  TRY(add_figures(input, world, series, positions));
  TRY(check_number_of_places(input));
  return input;
}

}  // namespace throughline::app
