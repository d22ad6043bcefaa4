// throughline simulate: the market model run, compared and described. Needs no workspace and holds nobody's data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/verbs.h"

namespace throughline::app {

struct SimulateRequest {
  std::string act{};                     // run, compare or describe.
  std::string world = "small";           // A built-in world, or a .toml file.
  std::string parameters{};              // Values in place of the built-in ones; empty: none.
  std::vector<std::string> scenarios{};  // At most one for run, at least one for compare.
  std::int32_t days = 0;                 // 0: as years say.
  std::int32_t years = 2;
  std::uint64_t seed = 1;
  std::string output{};        // A folder (run), a folder (compare), a file (describe); empty: nothing is written.
  std::string every = "week";  // day, week or month.
  std::int64_t replicates = 20;
  bool is_resumed = false;
};

// run      → section "run" (facts world, people, days, seed, scenario; tables "outcomes", "areas"); in the folder
//            series.csv, manifest.json, checkpoint.bin
// compare  → a section "comparison" for each scenario (table "differences"); in the folder differences.csv, periods.csv
// describe → section "description", verbatim, or written
// Errors, all bad commands but "checkpoint_damaged": those of worlds, parameters, scenarios and checkpoints;
// "act_unknown", "every_unknown", "too_long", "too_much", "output_taken", "output_missing", "scenario_missing",
// "scenario_more", "checkpoint_missing", "checkpoint_beyond".
[[nodiscard]] Answer simulate(const Outside& outside, const Settings& settings, const SimulateRequest& request);

}  // namespace throughline::app
