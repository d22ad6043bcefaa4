// The options of the verb of claims.
#pragma once

#include <CLI/CLI.hpp>

#include "app/claim_verb.h"

namespace throughline::cli {

void add_claim_options(CLI::App& verb, app::ClaimRequest& request);

}  // namespace throughline::cli
