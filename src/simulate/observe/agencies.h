// The agencies of a world: which there are, what they are called, and whose happenings they can know of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulate/observe/scene.h"

namespace throughline::simulate {

// Forces first, in the order of their first place; then councils and hospitals by place, providers of treatment by
// force, the competent authority for referrals, and the prison service. Places and forces are real; what they hold here
// is made up.
[[nodiscard]] std::vector<Agency> agencies_of(const World& world);

// What data.police.uk calls the force in the names of its files; a name made from its own where it is none of those.
[[nodiscard]] std::string published_name(std::string_view force);

// The force of a town, by its place in agencies_of().
[[nodiscard]] const Agency& force_of(const Scene& scene, std::int32_t town);

}  // namespace throughline::simulate
