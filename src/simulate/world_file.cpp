#include "simulate/world_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "simulate/built_in.h"
#include "simulate/toml_internal.h"

namespace throughline::simulate {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr double k_scale_most = 20;

// One line of authorities.csv; a name may stand in quotes, for it may hold a comma.
std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields(1);
  bool is_quoted = false;
  for (const char c : line) {
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

std::vector<Place> all_places() {
  std::vector<Place> places;
  std::string_view text = built_in_file("authorities.csv");
  text.remove_prefix(text.find('\n') + 1);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::vector<std::string> fields = fields_of(text.substr(0, end));
    CHECK(fields.size() == 7);
    places.push_back({.code = fields[0],
                      .name = fields[1],
                      .force = fields[2],
                      .easting_metres = *base::parse_double(fields[3]),
                      .northing_metres = *base::parse_double(fields[4]),
                      .residents = *base::parse_double(fields[5]),
                      .deaths = *base::parse_double(fields[6])});
    text.remove_prefix(end + 1);
  }
  return places;
}

Result<base::Date> starts_in(const TomlText& source, const toml::table& root) {
  const toml::node* node = root.get("starts");
  if (node == nullptr) {
    return Error{ErrorKind::bad_command, "value_missing", "starts is missing", source.place(root),
                 "Give the first day, as 2024-01-01"};
  }
  const toml::date* written = node->as_date() == nullptr ? nullptr : &node->as_date()->get();
  std::optional<base::Date> date;
  if (written != nullptr) date = base::Date::from_civil({written->year, written->month, written->day});
  if (!date.has_value()) {
    return Error{ErrorKind::bad_command, "date_malformed", "starts is not a date", source.place(*node),
                 "Write it as 2024-01-01, without quotes"};
  }
  return *date;
}

Result<Place> place_in(const TomlText& source, const toml::table& table, const std::vector<Place>& places) {
  TRY(check_keys(source, table, {"name", "code", "hub"}));
  const std::string name = TRY(text_in(source, table, "name"));
  const std::string code = TRY(text_in(source, table, "code"));
  for (const Place& place : places) {
    if ((code.empty() || place.code == code) && (name.empty() || place.name == name) && !(code + name).empty()) {
      Place found = place;
      found.is_hub = TRY(truth_in(source, table, "hub"));
      return found;
    }
  }
  std::vector<std::string> names;
  for (const Place& place : places) names.push_back(name.empty() ? place.code : place.name);
  return unknown_name("local authority", name.empty() ? code : name, names, source.place(table));
}

Result<void> add_listed(const TomlText& source, const toml::table& root, const std::vector<Place>& places,
                        World& world) {
  const std::vector<const toml::table*> areas = TRY(tables_in(source, root, "area"));
  if (areas.empty()) {
    return Error{ErrorKind::bad_command, "value_missing", "The world has no areas", source.place(root),
                 "Give it [[area]] with a name, or areas = \"all\""};
  }
  for (const toml::table* table : areas) {
    Place place = TRY(place_in(source, *table, places));
    if (std::ranges::find(world.places, place.code, &Place::code) != world.places.end()) {
      return Error{ErrorKind::bad_command, "area_twice", fmt::format("{} stands there twice", place.name),
                   source.place(*table), "Leave one of them out"};
    }
    world.places.push_back(std::move(place));
  }
  return {};
}

Result<void> add_all(const TomlText& source, const toml::table& root, const std::vector<Place>& places, World& world) {
  world.places = places;
  std::vector<std::string> forces;
  for (const Place& place : places) forces.push_back(place.force);
  const toml::array* hubs = TRY(list_in(source, root, "hub_forces"));
  if (hubs == nullptr) return {};
  for (const toml::node& node : *hubs) {
    const std::string force = node.value_or(std::string());
    if (std::ranges::find(forces, force) == forces.end()) {
      return unknown_name("force", force, forces, source.place(node));
    }
    for (Place& place : world.places) place.is_hub = place.is_hub || place.force == force;
  }
  return {};
}

// Whether every authority is in it; what is said for the other kind of world is refused.
Result<bool> is_of_all_areas(const TomlText& source, const toml::table& root) {
  const std::string areas = TRY(text_in(source, root, "areas"));
  const toml::node* node = root.get("areas");
  if (node != nullptr && areas != "all") {
    return Error{ErrorKind::bad_command, "areas_malformed", "areas is not \"all\"", source.place(*node),
                 "Write areas = \"all\", or give it [[area]] with a name for each"};
  }
  const std::string_view other = node == nullptr ? "hub_forces" : "area";
  const toml::node* idle = root.get(other);
  if (idle != nullptr) {
    return Error{ErrorKind::bad_command, "areas_malformed",
                 fmt::format("{} says nothing {} areas = \"all\"", other, node == nullptr ? "without" : "beside"),
                 source.place(*idle), "Take one of them away"};
  }
  return node != nullptr;
}

}  // namespace

std::vector<std::string> built_in_worlds() {
  return {"small", "england-and-wales"};
}

Result<World> built_in_world(std::string_view name) {
  if (name == "small") return read_world(built_in_file("small.toml"), "small.toml");
  if (name == "england-and-wales") return read_world(built_in_file("england_and_wales.toml"), "england_and_wales.toml");
  return unknown_name("world", name, built_in_worlds(), "--world");
}

Result<World> read_world(std::string_view text, std::string_view file) {
  const TomlText source{text, file};
  const toml::table root = TRY(parsed_toml(source));
  TRY(check_keys(source, root, {"name", "title", "starts", "scale", "area", "areas", "hub_forces"}));
  World world;
  world.name = TRY(text_in(source, root, "name"));
  world.title = TRY(text_in(source, root, "title"));
  world.starts = TRY(starts_in(source, root));
  world.scale = TRY(number_in(source, root, {.key = "scale", .low = 0.01, .high = k_scale_most, .missing = 1.0}));
  const std::vector<Place> places = all_places();
  double deaths = 0;
  double residents = 0;
  for (const Place& place : places) {
    deaths += place.deaths;
    residents += place.residents;
  }
  world.deaths_per_resident = deaths / residents;
  if (TRY(is_of_all_areas(source, root))) {
    TRY(add_all(source, root, places, world));
  } else {
    TRY(add_listed(source, root, places, world));
  }
  if (std::ranges::none_of(world.places, &Place::is_hub)) {
    return Error{ErrorKind::bad_command, "hub_missing", "No area of the world is a hub", std::string(file),
                 "Say hub = true of at least one"};
  }
  return world;
}

}  // namespace throughline::simulate
