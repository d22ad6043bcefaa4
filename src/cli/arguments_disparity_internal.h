// The options of the verbs about who is searched and how events are recorded.
#pragma once

#include <CLI/CLI.hpp>

#include "app/activity_verb.h"
#include "app/disparity_verb.h"
#include "app/sentinel_verb.h"

namespace throughline::cli {

void add_disparity_options(CLI::App& verb, app::DisparityRequest& request);
void add_activity_options(CLI::App& verb, app::ActivityRequest& request);
void add_sentinel_options(CLI::App& verb, app::SentinelRequest& request);

}  // namespace throughline::cli
