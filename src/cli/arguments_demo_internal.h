// The options of throughline demo.
#pragma once

#include <CLI/CLI.hpp>

#include "app/verbs.h"

namespace throughline::cli {

void add_demo_options(CLI::App& verb, app::DemoRequest& request);

}  // namespace throughline::cli
