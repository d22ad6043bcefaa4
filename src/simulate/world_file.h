// Worlds and scenarios, from their TOML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simulate/model.h"

namespace throughline::simulate {

// The names of the worlds carried in the program.
[[nodiscard]] std::vector<std::string> built_in_worlds();
// Error "name_unknown" with the nearest.
[[nodiscard]] base::Result<World> built_in_world(std::string_view name);

// A world: name, title, starts, scale; [[area]] with name or code, hub, and where it differs users_per_1000; or areas =
// "all" with hub_forces. Errors, with the line: "name_unknown", "area_twice", "hub_missing", "value_missing",
// "out_of_range", "date_malformed".
[[nodiscard]] base::Result<World> read_world(std::string_view text, std::string_view file);

// A scenario for a run of so many days of the world: name; [[change]] with lever, multiply, from, until, areas;
// [[strike]] with target, share, date, areas. An area is a place's name or code, or a force's name. Errors, with the
// line: "name_unknown" with the nearest, "out_of_range", "date_malformed", "date_outside" for one outside the run.
[[nodiscard]] base::Result<Scenario> read_scenario(std::string_view text, std::string_view file, const World& world,
                                                   std::int32_t days);

}  // namespace throughline::simulate
