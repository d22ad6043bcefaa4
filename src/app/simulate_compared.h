// A comparison asked for over the network: read and bounded, run as a job, and shown. Only built-in worlds: no name
// that a request holds becomes the name of a file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/report.h"
#include "app/simulate_shown.h"
#include "base/progress.h"
#include "base/result.h"
#include "simulate/compare.h"
#include "simulate/parameter_file.h"

namespace throughline::app {

// What the texts of a request are called in errors, and as files.
inline constexpr std::string_view k_scenario_file = "scenario.toml";
inline constexpr std::string_view k_parameters_file = "parameters.toml";

// The outcomes that a map shows.
[[nodiscard]] const std::vector<simulate::Outcome>& mapped_outcomes();

// Error "name_unknown" with the nearest.
[[nodiscard]] base::Result<simulate::World> world_of_page(const std::string& name);
// Error "out_of_bounds" with the bounds.
[[nodiscard]] base::Result<void> check_days(std::int64_t days);
// Errors: "scenario_empty" without a change or a strike; "out_of_bounds" with too many.
[[nodiscard]] base::Result<void> check_changes(const simulate::Scenario& scenario);

// Read, and not yet run.
struct ComparisonOrder {
  ComparisonAsked asked;
  simulate::CompareInput input;  // One scenario.
  std::vector<simulate::ParameterCard> cards;
};
// Errors: those above; those of scenarios and parameters, with their lines; "every_unknown"; "too_much" for a run that
// would keep the machine from everybody else.
[[nodiscard]] base::Result<ComparisonOrder> read_comparison(ComparisonAsked asked);

struct KeptComparison {
  ComparisonOrder order;
  simulate::Comparison comparison;
};

[[nodiscard]] ComparisonShown shown_comparison(const KeptComparison& kept);

// The files of a comparison that are text: scenario.toml and parameters.toml as they were asked, description.md,
// differences.csv, periods.csv, places.csv and manifest.json to the byte as `throughline simulate compare --by-place`
// writes them. Error "file_unknown" with the nearest.
[[nodiscard]] base::Result<std::string> comparison_text(const KeptComparison& kept, const std::string& file);
// differences, periods or places, with numbers as they are. REQUIRES: one of these.
[[nodiscard]] Table comparison_table(const KeptComparison& kept, const std::string& name);
// What must be known of any of them wherever it goes.
[[nodiscard]] std::vector<Fact> comparison_facts(const KeptComparison& kept);
[[nodiscard]] const std::vector<std::string>& comparison_notes();

}  // namespace throughline::app
