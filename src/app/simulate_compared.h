// A comparison asked for over the network: read and bounded, run as a job, and shown. Only built-in worlds: no name
// that a request holds becomes the name of a file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/compared_runs.h"
#include "app/report.h"
#include "app/simulate_shown.h"
#include "base/result.h"

namespace throughline::app {

// What the texts of a request are called in errors, and as files.
inline constexpr std::string_view k_scenario_file = "scenario.toml";
inline constexpr std::string_view k_parameters_file = "parameters.toml";

// The outcomes that a map shows.
[[nodiscard]] const std::vector<simulate::Outcome>& mapped_outcomes();

// Error "name_unknown" with the nearest.
[[nodiscard]] base::Result<simulate::World> world_of_page(const std::string& name);
// With the warm-up that a run has.
[[nodiscard]] ComparisonBounds bounds_of_page();
// Error "out_of_bounds" with the bounds.
[[nodiscard]] base::Result<void> check_days(std::int64_t days);
// Errors: "scenario_empty" without a change or a strike; "out_of_bounds" with too many.
[[nodiscard]] base::Result<void> check_changes(const simulate::Scenario& scenario);

// Read, and not yet run.
struct ComparisonOrder {
  ComparisonAsked asked;
  ComparedRuns runs;  // Of one scenario.
};
// Errors: those above; those of scenarios and parameters, with their lines; "option_unused" for a parameter that every
// set of the ensemble has a value for; "every_unknown"; "too_much" for a run that would keep the machine from everybody
// else.
[[nodiscard]] base::Result<ComparisonOrder> read_comparison(ComparisonAsked asked);

struct KeptComparison {
  ComparisonOrder order;
  Compared compared;
};

[[nodiscard]] ComparisonShown shown_comparison(const KeptComparison& kept);

// The files of a comparison that are text: scenario.toml and parameters.toml as they were asked, description.md,
// differences.csv, rivals.csv over the ensemble, periods.csv, places.csv and manifest.json to the byte as `throughline
// simulate compare --by-place` writes them. Error "file_unknown" with the nearest.
[[nodiscard]] base::Result<std::string> comparison_text(const KeptComparison& kept, const std::string& file);
// differences, rivals, periods or places, with numbers as they are. Error "file_unknown".
[[nodiscard]] base::Result<Table> comparison_table(const KeptComparison& kept, const std::string& name);
// What must be known of any of them, with the scenario.
[[nodiscard]] std::vector<Fact> kept_facts(const KeptComparison& kept);

}  // namespace throughline::app
