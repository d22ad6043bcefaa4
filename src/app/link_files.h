// Linking files straight away: rows in, clusters out, without a workspace.
#pragma once

#include "app/link_input.h"
#include "app/verbs.h"

namespace throughline::app {

// Reads the inputs, tells what their columns were taken for and which rules make which pairs, links, and writes
// clusters and pairs. Without an output only the plan is told. With a model of Splink that alone decides:
// link_splink.h. Errors: those of reading and writing; "output_ending", "option_unused", "id_blank", "id_twice",
// "column_unknown", "field_unknown", "no_fields".
[[nodiscard]] Answer link_files(const Outside& outside, const Settings& settings, const LinkFilesRequest& request);

}  // namespace throughline::app
