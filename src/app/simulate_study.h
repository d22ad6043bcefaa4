// The acts of throughline simulate that are many runs of a plan: compare, sensitivity and ensemble.
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
// Scenarios beside what is, under one set of parameters or under every member of an ensemble.
[[nodiscard]] Answer compare_act(const Outside& outside, const SimulateRequest& request, SimulateInput input);

// Of the request's file, or the built-in ones, with the hash of that file.
struct PriorsWanted {
  std::vector<simulate::Prior> priors;
  std::string hash;
};
[[nodiscard]] base::Result<PriorsWanted> priors_wanted(const SimulateRequest& request, const SimulateInput& input);

// What tables show of a comparison, what each is, and how a figure of one is shown.
[[nodiscard]] std::vector<std::size_t> compared_outcomes();
[[nodiscard]] std::string what_of(std::size_t outcome);
[[nodiscard]] Value shown_number(double value);

// Error "interrupted" with how to go on.
[[nodiscard]] base::Error told_of_lines(base::Error error, const std::string& output);

}  // namespace throughline::app
