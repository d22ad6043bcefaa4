// What a run follows from, read from what was typed.
#pragma once

#include <string>
#include <vector>

#include "app/simulate_verb.h"
#include "simulate/parameter_file.h"
#include "simulate/world_run.h"

namespace throughline::app {

inline constexpr std::int32_t k_days_most = 365 * 50;

struct SimulateInput {
  simulate::RunInput run;  // Without a scenario.
  std::vector<simulate::ParameterCard> cards;
  std::vector<simulate::Scenario> scenarios;
  std::int32_t days = 0;
};

// Errors: those of files, worlds, parameters and scenarios; "every_unknown", "too_long".
[[nodiscard]] base::Result<SimulateInput> read_simulate_input(const SimulateRequest& request);

// day, week or month. Error "every_unknown" with the nearest.
[[nodiscard]] base::Result<simulate::Every> every_named(const std::string& name, std::string where);

}  // namespace throughline::app
