// The options of the market model's verb.
#pragma once

#include <CLI/CLI.hpp>

#include "app/simulate_verb.h"
#include "cli/arguments_verb.h"

namespace throughline::cli {

void add_simulate_options(CLI::App& verb, app::SimulateRequest& request);

// A world is a path only where it is written as a file.
void resolve_paths(app::SimulateRequest& request, const ResolvePath& resolve);

}  // namespace throughline::cli
