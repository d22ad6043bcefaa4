// What the market model is made of, and a scenario read from its file, for whoever may see published data.
#pragma once

#include <string>

#include "app/outside.h"
#include "app/simulate_shown.h"
#include "base/result.h"
#include "simulate/parameter_file.h"

namespace throughline::app {

// Errors: those of Session; "name_unknown" with the nearest for a world.
[[nodiscard]] base::Result<ModelShown> show_model(const Outside& outside, const Settings& settings,
                                                  const std::string& world);

// The description after the ODD protocol, in Markdown. Errors: as above.
[[nodiscard]] base::Result<std::string> describe_model(const Outside& outside, const Settings& settings,
                                                       const std::string& world);

// The scenario in a file's text, for a run of so many days. Errors: as above, and those of simulate::read_scenario with
// their lines.
struct ScenarioAsked {
  std::string world = "small";
  std::int64_t days = 730;
  std::string scenario{};
};
[[nodiscard]] base::Result<ScenarioShown> show_scenario(const Outside& outside, const Settings& settings,
                                                        const ScenarioAsked& asked);

[[nodiscard]] ModelParameter parameter_shown(const simulate::ParameterCard& card);

}  // namespace throughline::app
