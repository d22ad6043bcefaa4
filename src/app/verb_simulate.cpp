// throughline simulate: run and describe; the other acts have files of their own.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/bad_command.h"
#include "app/simulate_files.h"
#include "app/simulate_input.h"
#include "app/simulate_observe.h"
#include "app/simulate_options.h"
#include "app/simulate_study.h"
#include "app/simulate_verb.h"
#include "base/parallel.h"
#include "base/text.h"
#include "simulate/begin.h"
#include "simulate/describe.h"
#include "simulate/run.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Result;
using simulate::Outcome;

constexpr std::int32_t k_days_between_checkpoints = 365;
constexpr std::string_view k_no_forecast =
    "A model to think with, no forecast: a figure here is about the model. Everybody in it is made up.";

// Those that people ask for first; the files have all.
const std::vector<std::size_t>& shown_outcomes() {
  static const std::vector<std::size_t> k_shown = [] {
    std::vector<std::size_t> shown;
    for (const Outcome outcome : {Outcome::lines_open,
                                  Outcome::lines_internal,
                                  Outcome::lines_closed,
                                  Outcome::children_carrying,
                                  Outcome::children_recruited,
                                  Outcome::children_arrested,
                                  Outcome::children_charged,
                                  Outcome::children_referred,
                                  Outcome::days_missing,
                                  Outcome::weeks_unpaid,
                                  Outcome::homes_taken_over,
                                  Outcome::controllers_arrested,
                                  Outcome::heroin_price,
                                  Outcome::heroin_purity,
                                  Outcome::crack_purity,
                                  Outcome::users_in_treatment,
                                  Outcome::deaths_users,
                                  Outcome::admissions_drugs,
                                  Outcome::fights,
                                  Outcome::robberies,
                                  Outcome::assaults_intoxicated,
                                  Outcome::homicides,
                                  Outcome::violence_recorded,
                                  Outcome::drug_offences_recorded,
                                  Outcome::grams_heroin_sold,
                                  Outcome::grams_crack_sold,
                                  Outcome::pounds_lines_sold}) {
      shown.push_back(static_cast<std::size_t>(outcome));
    }
    return shown;
  }();
  return k_shown;
}

int decimals_of(double value) {
  return value != 0 && std::abs(value) < 100 ? 2 : 0;
}

Value shown(double value) {
  return Decimal{value, decimals_of(value)};
}

Table outcomes_table(const simulate::WorldRun& run) {
  Table table{.name = "outcomes",
              .title = "All places, over the whole run",
              .columns = {{"outcome", "Outcome", ColumnKind::id},
                          {"value", "Value", ColumnKind::number},
                          {"what", "What it is"}},
              .rows = {},
              .empty_text = ""};
  const simulate::Series series = simulate::series_so_far(run);
  for (const std::size_t outcome : shown_outcomes()) {
    std::int64_t sum = 0;
    for (const simulate::OutcomeRow& row : series.rows) sum += row[outcome];
    const double value = simulate::outcome_value(static_cast<Outcome>(outcome), sum, simulate::days_done(run),
                                                 std::ssize(run.state.towns));
    table.rows.push_back({compared_name(outcome), shown(value), what_of(outcome)});
  }
  return table;
}

Section run_section(const simulate::WorldRun& run, const SimulateRequest& request) {
  const simulate::DescribedCounts counts = simulate::counts_of(run);
  Section section{.name = "run",
                  .title = "The market model, run",
                  .facts = {{"world", "World", run.input.world.name + ": " + run.input.world.title},
                            {"people", "People", counts.people},
                            {"starts", "From", base::to_string(run.input.world.starts)},
                            {"days", "Days", std::int64_t{simulate::days_done(run)}},
                            {"seed", "Seed", std::to_string(run.input.seed)},
                            {"scenario", "Scenario", run.input.scenario.name}},
                  .tables = {outcomes_table(run)},
                  .notes = {std::string(k_no_forecast)}};
  if (!request.output.empty()) {
    section.notes.push_back("Written: series.csv, manifest.json and checkpoint.bin in " + request.output + ".");
  }
  return section;
}

Result<simulate::WorldRun> started(const SimulateRequest& request, SimulateInput input) {
  if (request.scenarios.size() > 1) {
    return bad_command("scenario_more", "A run has one scenario at most", "--scenario",
                       "Compare several with throughline simulate compare");
  }
  if (!input.scenarios.empty()) input.run.scenario = input.scenarios.front();
  if (!request.is_resumed) {
    if (!request.output.empty()) TRY(check_folder_free(request.output));
    return simulate::begin_world(std::move(input.run));
  }
  if (request.output.empty()) {
    return bad_command("output_missing", "Nobody said which run goes on", "--output",
                       "Name the folder of the run with --output");
  }
  const std::int32_t days = input.days;
  simulate::WorldRun run = TRY(read_checkpoint(request.output, std::move(input.run)));
  if (simulate::days_done(run) <= days) return run;
  return bad_command("checkpoint_beyond",
                     fmt::format("The run has come to day {}, beyond {}", simulate::days_done(run), days),
                     "--days, --years", "Ask for as many days or more, or begin anew in another folder");
}

// What was done is not lost where there is a folder.
base::Error told_of_checkpoint(base::Error error, const std::string& output) {
  if (error.code != "interrupted") return error;
  error.remedy = output.empty() ? "Nothing was kept; with --output a checkpoint would be"
                                : "A checkpoint was kept; go on by the same command with --resume";
  if (!output.empty()) error.where = output;
  return error;
}

// A year at a time, with a checkpoint after each; one too where somebody interrupts.
Result<void> run_with_checkpoints(const Outside& outside, simulate::WorldRun& run, std::int32_t days,
                                  const std::string& output) {
  std::int32_t told = simulate::days_done(run);
  outside.progress.begin("Running the model", days - told, "days");
  const auto tell = [&](std::int32_t done) {
    outside.progress.advance(std::max(0, done - told));
    told = std::max(told, done);
  };
  while (simulate::days_done(run) < days) {
    const std::int32_t next = std::min(days, std::max(0, simulate::days_done(run)) + k_days_between_checkpoints);
    Result<void> ran = simulate::run_days(run, next, outside.interrupt, tell);
    if (!output.empty() && (!ran.ok() || next < days)) TRY(write_checkpoint(output, run));
    if (!ran.ok()) return told_of_checkpoint(std::move(ran).error(), output);
  }
  outside.progress.end();
  return {};
}

Answer run_verb(const Outside& outside, const SimulateRequest& request, SimulateInput input) {
  const std::int32_t days = input.days;
  simulate::WorldRun run = TRY(started(request, std::move(input)));
  TRY(run_with_checkpoints(outside, run, days, request.output));
  if (!request.output.empty()) TRY(write_run(request.output, run));
  return Report{.verb = "simulate", .sections = {run_section(run, request)}};
}

// A what-if runs on the accepted ensemble, unless somebody asks for one set of parameters: by pairs of runs, or by
// figures of their own.
SimulateRequest over_the_accepted(SimulateRequest request) {
  const bool is_over_one = request.replicates.has_value() || !request.parameters.empty();
  if (request.act == "compare" && request.ensemble.empty() && !is_over_one) request.ensemble = k_built_in_ensemble;
  return request;
}

Answer describe_verb(const SimulateRequest& request, SimulateInput input) {
  const simulate::WorldRun run = simulate::begin_world(std::move(input.run));
  const std::string text = simulate::odd_description(run, input.cards);
  Section section{.name = "description", .title = "", .facts = {}, .tables = {}, .notes = {}};
  if (request.output.empty()) {
    section.verbatim = text;
  } else {
    TRY(store::write_whole(request.output, text));
    section.notes.push_back("Written: " + request.output + ".");
  }
  return Report{.verb = "simulate", .sections = {std::move(section)}};
}

}  // namespace

std::vector<std::size_t> compared_outcomes() {
  std::vector<std::size_t> outcomes = shown_outcomes();
  outcomes.push_back(simulate::k_outcomes);
  return outcomes;
}

Value shown_number(double value) {
  return shown(value);
}

std::string what_of(std::size_t outcome) {
  return outcome == simulate::k_outcomes ? "violence, at the Home Office's unit costs of 2018"
                                         : std::string(simulate::outcome_words()[outcome].what);
}

Answer simulate(const Outside& outside, const Settings& settings, const SimulateRequest& asked) {
  const SimulateRequest request = over_the_accepted(asked);
  const std::vector<std::string> acts{"run", "compare", "observe", "describe", "sensitivity", "ensemble"};
  if (std::ranges::find(acts, request.act) == acts.end()) {
    const auto nearest = base::nearest_name(request.act, acts);
    return bad_command("act_unknown", fmt::format("simulate cannot {}", request.act), "ACT",
                       nearest ? fmt::format("Did you mean {}?", *nearest)
                               : "Say run, compare, observe, describe, sensitivity or ensemble");
  }
  TRY(check_options_used(request));
  if (outside.host == nullptr) base::set_thread_limit(settings.threads);
  SimulateInput input = TRY(read_simulate_input(request));
  if (request.act == "observe") return observe_verb(outside, request, std::move(input));
  // A folder that cannot be made is told before anything is run.
  if (request.act != "describe" && !request.output.empty()) TRY(store::make_private_folder(request.output));
  if (request.act == "run") return run_verb(outside, request, std::move(input));
  if (request.act == "compare") return compare_act(outside, request, std::move(input));
  if (request.act == "sensitivity") return sensitivity_act(outside, request, std::move(input));
  if (request.act == "ensemble") return ensemble_act(outside, request, input);
  return describe_verb(request, std::move(input));
}

}  // namespace throughline::app
