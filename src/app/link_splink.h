// Scoring files by a model that Splink saved.
#pragma once

#include "app/link_input.h"
#include "app/verbs.h"

namespace throughline::app {

// Reads the model and the inputs, scores the pairs that the model's own blocking rules ask for, writes them and, where
// asked, clusters: connected components of the pairs at the request's threshold or above, as Splink makes them. Nothing
// of this product's own weighing takes part. Errors: those of read_model() and score_files(), of reading and writing;
// "option_unused" for an option that a model leaves nothing to say to, "nothing_to_write", "threshold_range".
[[nodiscard]] Answer link_splink(const Outside& outside, const Settings& settings, const LinkFilesRequest& request);

}  // namespace throughline::app
