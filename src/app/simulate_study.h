// The acts of throughline simulate that are many runs of a plan: sensitivity and ensemble.
#pragma once

#include <string>
#include <vector>

#include "app/simulate_input.h"
#include "app/simulate_verb.h"
#include "simulate/priors.h"

namespace throughline::app {

// Which inputs move the outcomes: "runs.csv", "indices.csv", "manifest.json" in the folder.
[[nodiscard]] Answer sensitivity_act(const Outside& outside, const SimulateRequest& request, SimulateInput input);
// Draws from the priors, judged: "draws.csv", "criteria.csv", "ensemble.csv", "manifest.json" in the folder.
[[nodiscard]] Answer ensemble_act(const Outside& outside, const SimulateRequest& request, const SimulateInput& input);
// Scenarios under every member of an ensemble.
[[nodiscard]] Answer compare_ensemble_act(const Outside& outside, const SimulateRequest& request, SimulateInput input);

// Of the request's file, or the built-in ones.
[[nodiscard]] base::Result<std::vector<simulate::Prior>> priors_wanted(const SimulateRequest& request,
                                                                       const SimulateInput& input);

// What tables show of a comparison, and how a figure of one is shown.
[[nodiscard]] std::vector<std::size_t> compared_outcomes();
[[nodiscard]] Value shown_number(double value);

// Error "interrupted" with how to go on.
[[nodiscard]] base::Error told_of_lines(base::Error error, const std::string& output);

}  // namespace throughline::app
