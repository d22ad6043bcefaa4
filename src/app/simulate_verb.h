// throughline simulate: the market model run, compared, observed, described, studied and drawn. Needs no workspace and
// holds nobody's data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/verbs.h"

namespace throughline::app {

inline constexpr std::int64_t k_replicates_usual = 20;
inline constexpr std::int64_t k_member_pairs_usual = 5;
inline constexpr std::string_view k_built_in_ensemble = "built-in";

struct SimulateRequest {
  std::string act{};                     // run, compare, observe, describe, sensitivity or ensemble.
  std::string world = "small";           // A built-in world, or a .toml file.
  std::string parameters{};              // Values in place of the built-in ones; empty: none.
  std::vector<std::string> scenarios{};  // At most one for run, at least one for compare.
  std::int32_t days = 0;                 // 0: as years say.
  std::int32_t years = 2;
  std::uint64_t seed = 1;
  std::string agencies{};      // observe: values in place of the built-in ones; empty: none.
  std::string output{};        // A folder (run, compare, observe) or a file (describe); empty: nothing is written.
  std::string every = "week";  // day, week or month.
  std::optional<std::int64_t> replicates{};  // compare: pairs of runs; k_replicates_usual where nobody said.
  bool is_by_place = false;                  // compare: places.csv too.
  bool is_resumed = false;
  // compare: an ensemble.csv, or k_built_in_ensemble; empty: that one too, unless replicates or parameters are given,
  // which ask for one set of parameters. How many of it, 0 for all.
  std::string ensemble{};
  std::int64_t members = 0;
  std::int64_t member_pairs = k_member_pairs_usual;
  // sensitivity.
  std::string method = "morris";        // Or sobol.
  std::vector<std::string> outcomes{};  // Empty: lines, children who carry, fights, deaths.
  std::vector<std::string> vary{};      // Names of parameters; empty: all that have a prior.
  std::int64_t trajectories = 10;
  std::int64_t samples = 64;
  // ensemble.
  std::int64_t draws = 200;
  std::string priors{};      // A file in place of the built-in one; also of sensitivity.
  std::string acceptance{};  // A file in place of the built-in one.
  // The options that were typed, as "--members": one that the act has no use for is refused.
  std::vector<std::string> given{};
};

// run      → section "run" (facts world, people, days, seed, scenario; tables "outcomes", "areas"); in the folder
//            series.csv, manifest.json, checkpoint.bin
// compare  → a section "comparison" for each scenario (table "differences"); in the folder differences.csv,
//            periods.csv, manifest.json and, by place, places.csv
//            over an ensemble the limits are those over its members, and rivals.csv has the totals by rival figure
// observe  → section "observed" (table "extracts"); the folder of extracts and the truth: app/simulate_observe.h
// describe → section "description", verbatim, or written
// sensitivity → section "sensitivity" (a table an outcome); runs.csv, indices.csv, manifest.json
// ensemble → section "ensemble" (tables "criteria", "rivals"); draws.csv, criteria.csv, ensemble.csv, manifest.json
// Errors, all bad commands but "checkpoint_damaged": those of worlds, parameters, scenarios and checkpoints;
// "act_unknown", "every_unknown", "too_long", "too_much", "output_taken", "output_missing", "scenario_missing",
// "scenario_more", "checkpoint_missing", "checkpoint_beyond"; of the last two acts those of priors, criteria and
// members, "method_unknown", "outcome_unknown", "parameter_unknown", "plan_missing", "plan_other", "ensemble_small",
// "criterion_missing", "world_other", "days_unused", "option_unused"; damaged: "runs_damaged".
[[nodiscard]] Answer simulate(const Outside& outside, const Settings& settings, const SimulateRequest& asked);

}  // namespace throughline::app
