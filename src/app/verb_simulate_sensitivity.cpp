// throughline simulate sensitivity: which parameters an outcome hangs on.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>

#include "app/bad_command.h"
#include "app/run_lines.h"
#include "app/simulate_files.h"
#include "app/simulate_study.h"
#include "app/version.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "base/text.h"
#include "simulate/checkpoint.h"
#include "simulate/parameter_names.h"
#include "simulate/sensitivity/study.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::format_double;
using base::Result;
using nlohmann::ordered_json;
using simulate::StudyMethod;

constexpr std::size_t k_shown_most = 15;

std::string_view name_of(const simulate::Prior& prior) {
  return simulate::parameter_names()[prior.parameter].name;
}

// The places of the names among those known. Error `code`, with the nearest.
Result<std::vector<std::size_t>> places_of(const std::vector<std::string>& names, const std::vector<std::string>& known,
                                           std::string_view what, std::string_view option) {
  std::vector<std::size_t> places;
  for (const std::string& name : names) {
    const auto at = std::ranges::find(known, name);
    if (at == known.end()) {
      const auto nearest = base::nearest_name(name, known);
      return bad_command(
          fmt::format("{}_unknown", what), fmt::format("There is no {} {} to study", what, name), std::string(option),
          nearest ? fmt::format("Did you mean {}?", *nearest) : "throughline simulate describe lists those there are");
    }
    places.push_back(static_cast<std::size_t>(at - known.begin()));
  }
  std::ranges::sort(places);
  places.erase(std::ranges::unique(places).begin(), places.end());
  return places;
}

Result<std::vector<simulate::Prior>> varied(const SimulateRequest& request, const SimulateInput& input) {
  std::vector<simulate::Prior> priors = TRY(priors_wanted(request, input)).priors;
  if (request.vary.empty()) return priors;
  std::vector<std::string> known;
  for (const simulate::Prior& prior : priors) known.emplace_back(name_of(prior));
  std::vector<simulate::Prior> wanted;
  for (const std::size_t place : TRY(places_of(request.vary, known, "parameter", "--vary"))) {
    wanted.push_back(priors[place]);
  }
  return wanted;
}

Result<std::vector<simulate::Outcome>> outcomes_wanted(const SimulateRequest& request) {
  std::vector<std::string> names = request.outcomes;
  if (names.empty()) names = {"lines_open", "children_carrying", "fights", "deaths_users"};
  std::vector<std::string> known;
  for (const simulate::OutcomeWords& words : simulate::outcome_words()) known.emplace_back(words.name);
  std::vector<simulate::Outcome> outcomes;
  for (const std::size_t place : TRY(places_of(names, known, "outcome", "--outcomes"))) {
    outcomes.push_back(static_cast<simulate::Outcome>(place));
  }
  return outcomes;
}

Result<simulate::Study> study_of(const SimulateRequest& request, SimulateInput input) {
  if (request.method != "morris" && request.method != "sobol") {
    return bad_command("method_unknown", fmt::format("There is no method {}", request.method), "--method",
                       "Say morris, which screens many parameters, or sobol, which divides variance among few");
  }
  if (input.scenarios.size() > 1) {
    return bad_command("scenario_more", "A study is of one scenario at most", "--scenario", "Study them one by one");
  }
  simulate::Study study;
  study.method = request.method == "morris" ? StudyMethod::morris : StudyMethod::sobol;
  study.priors = TRY(varied(request, input));
  study.outcomes = TRY(outcomes_wanted(request));
  study.rounds = study.method == StudyMethod::morris ? request.trajectories : request.samples;
  study.scenarios = std::move(input.scenarios);
  study.days = input.days;
  study.run = std::move(input.run);
  if (!study.priors.empty()) return study;
  return bad_command("parameter_unknown", "No parameter is left to vary", "--parameters, --priors",
                     "Let one go: what is set by --parameters stays as it is");
}

ordered_json plan_of(const simulate::Study& study, const SimulateRequest& request) {
  const simulate::RunNames names = simulate::names_of(study.run);
  ordered_json plan{
      {"act", "sensitivity"},    {"program", program_version()},   {"model_version", simulate::k_model_version},
      {"world", names.world},    {"parameters", names.parameters}, {"seed", study.run.seed},
      {"days", study.days},      {"method", request.method},       {"rounds", study.rounds},
      {"repeated", study.rounds}};
  for (const simulate::Scenario& scenario : study.scenarios) {
    simulate::RunInput changed = study.run;
    changed.scenario = scenario;
    plan["scenario"] = simulate::names_of(changed).scenario;
  }
  for (const simulate::Outcome outcome : study.outcomes) {
    plan["outcomes"].push_back(compared_name(static_cast<std::size_t>(outcome)));
  }
  for (const simulate::Prior& prior : study.priors) {
    ordered_json parts;
    for (const simulate::PriorPart& part : prior.parts) parts.push_back({part.low, part.high, part.weight});
    plan["varied"][std::string(name_of(prior))] = parts;
  }
  return plan;
}

std::string cells_of(const std::vector<double>& values) {
  std::string cells;
  for (const double value : values) {
    fmt::format_to(std::back_inserter(cells), "{}{}", cells.empty() ? "" : ",", format_double(value));
  }
  return cells;
}

// By outcome, then run. Error "runs_damaged" where a line has other cells than numbers of the outcomes.
Result<std::vector<std::vector<double>>> values_in(const RunLines& lines, std::size_t outcomes) {
  std::vector<std::vector<double>> values(outcomes);
  for (const auto& [run, cells] : lines.cells()) {
    std::string_view left = cells;
    for (std::size_t outcome = 0; outcome < outcomes; ++outcome) {
      const std::string_view cell = left.substr(0, left.find(','));
      left.remove_prefix(std::min(left.size(), cell.size() + 1));
      const auto value = base::parse_double(cell);
      if (!value.has_value()) {
        return base::Error{base::ErrorKind::damaged, "runs_damaged", "This is no line of a finished run",
                           fmt::format("runs.csv run {}", run), "Take the line out and go on by --resume"};
      }
      values[outcome].push_back(*value);
    }
  }
  return values;
}

struct IndexRow {
  std::string parameter;
  double order = 0;  // What the table is sorted by.
  std::vector<double> numbers;
};

std::vector<std::string> index_names(StudyMethod method) {
  if (method == StudyMethod::morris) return {"mu_star", "low", "high", "mu", "sigma", "noise_floor"};
  return {"first", "first_low", "first_high", "total", "total_low", "total_high", "noise_floor"};
}

std::vector<IndexRow> index_rows(const simulate::Study& study, std::span<const double> outcomes) {
  const std::span<const double> values = outcomes.first(simulate::points_of_method(study));
  const double floor = simulate::noise_floor(study, outcomes);
  const std::size_t inputs = study.priors.size();
  std::vector<IndexRow> rows;
  if (study.method == StudyMethod::morris) {
    for (const auto& effect :
         simulate::morris_effects({.trajectories = study.rounds, .inputs = inputs, .seed = study.run.seed}, values)) {
      rows.push_back({.parameter = "",
                      .order = effect.mu_star,
                      .numbers = {effect.mu_star, effect.low, effect.high, effect.mu, effect.sigma, floor}});
    }
  } else {
    for (const auto& index :
         simulate::sobol_indices({.samples = study.rounds, .inputs = inputs, .seed = study.run.seed}, values)) {
      rows.push_back({.parameter = "",
                      .order = index.total,
                      .numbers = {index.first, index.first_low, index.first_high, index.total, index.total_low,
                                  index.total_high, floor}});
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].parameter = name_of(study.priors[i]);
  std::ranges::stable_sort(rows, std::ranges::greater(), &IndexRow::order);
  return rows;
}

Table indices_table(const simulate::Study& study, simulate::Outcome outcome, const std::vector<IndexRow>& rows) {
  const std::string name = compared_name(static_cast<std::size_t>(outcome));
  Table table{.name = name,
              .title = fmt::format("{}: {}", name, simulate::outcome_words()[static_cast<std::size_t>(outcome)].what),
              .columns = {{"parameter", "Parameter", ColumnKind::id}},
              .rows = {},
              .empty_text = ""};
  for (const std::string& column : index_names(study.method)) {
    table.columns.push_back({column, column, ColumnKind::number});
  }
  for (const IndexRow& row : rows) {
    if (table.rows.size() == k_shown_most) break;
    std::vector<Value>& cells = table.rows.emplace_back();
    cells.emplace_back(row.parameter);
    for (const double number : row.numbers) cells.emplace_back(Decimal{number, 3});
  }
  return table;
}

std::string note_of(StudyMethod method) {
  if (method == StudyMethod::morris) {
    return "mu_star is how far an outcome moves, on average, as a parameter goes through its range; low and high are "
           "its 95 per cent limits. A sigma as large as mu_star says that it depends on where the others stand, bends, "
           "or is chance. noise_floor is what mu_star comes to between runs that differ by their seed alone: a "
           "parameter whose mu_star does not stand above it cannot be told from chance.";
  }
  return "first is the share of the variance that a parameter makes alone, total with others; low and high are 95 per "
         "cent limits. An index below nought is one too small for so few samples. noise_floor is the share that runs "
         "have which differ by their seed alone: total holds chance too, and one that does not stand above the floor "
         "cannot be told from it.";
}

Result<void> run_missing(const Outside& outside, const simulate::Study& study, RunLines& lines) {
  const std::vector<simulate::StudyRun> runs = simulate::runs_of(study);
  const std::vector<std::int64_t> missing = lines.missing();
  outside.progress.begin("Running points", std::ssize(missing), "runs");
  const auto work = [&](const base::Chunk& chunk) -> Result<void> {
    for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
      const std::int64_t run = missing[static_cast<std::size_t>(i)];
      const std::vector<double> values =
          TRY(simulate::run_point(study, runs[static_cast<std::size_t>(run)], outside.interrupt));
      TRY(lines.add(run, cells_of(values)));
      outside.progress.advance(1);
    }
    return {};
  };
  TRY(base::try_parallel_chunks({.items = std::ssize(missing), .chunk_items = 1}, outside.interrupt, work));
  outside.progress.end();
  return {};
}

}  // namespace

base::Error told_of_lines(base::Error error, const std::string& output) {
  if (error.code != "interrupted") return error;
  error.remedy = "Finished runs were kept; go on by the same command with --resume";
  error.where = output;
  return error;
}

Answer sensitivity_act(const Outside& outside, const SimulateRequest& request, SimulateInput input) {
  if (request.output.empty()) {
    return bad_command("output_missing", "Nobody said where the runs go", "--output", "Name a folder with --output");
  }
  const std::string world = input.run.world.name;
  const simulate::Study study = TRY(study_of(request, std::move(input)));
  RunPlan plan{.folder = request.output, .file = "runs.csv", .header = "run", .plan = "", .runs = 0};
  for (const simulate::Outcome outcome : study.outcomes) {
    plan.header += "," + compared_name(static_cast<std::size_t>(outcome));
  }
  const ordered_json told = plan_of(study, request);
  plan.plan = told.dump(2) + "\n";
  plan.runs = std::ssize(simulate::runs_of(study));
  plan.is_resumed = request.is_resumed;
  RunLines lines = TRY(RunLines::open(plan));
  Result<void> ran = run_missing(outside, study, lines);
  if (!ran.ok()) return told_of_lines(std::move(ran).error(), request.output);
  const auto values = TRY(values_in(lines, study.outcomes.size()));
  Section section{.name = "sensitivity",
                  .title = "Which parameters it hangs on",
                  .facts = {{"world", "World", world},
                            {"method", "Method", request.method},
                            {"runs", "Runs", plan.runs},
                            {"parameters", "Parameters", std::ssize(study.priors)},
                            {"days", "Days", std::int64_t{study.days}}},
                  .tables = {},
                  .notes = {note_of(study.method)}};
  std::string indices = "outcome,parameter";
  for (const std::string& name : index_names(study.method)) fmt::format_to(std::back_inserter(indices), ",{}", name);
  indices += "\n";
  for (std::size_t i = 0; i < study.outcomes.size(); ++i) {
    const std::vector<IndexRow> rows = index_rows(study, values[i]);
    for (const IndexRow& row : rows) {
      fmt::format_to(std::back_inserter(indices), "{},{},{}\n",
                     compared_name(static_cast<std::size_t>(study.outcomes[i])), row.parameter, cells_of(row.numbers));
    }
    section.tables.push_back(indices_table(study, study.outcomes[i], rows));
  }
  const std::string runs = lines.text();
  TRY(store::write_whole(std::filesystem::path(request.output) / "runs.csv", runs));
  TRY(store::write_whole(std::filesystem::path(request.output) / "indices.csv", indices));
  ordered_json manifest = told;
  manifest["files"] = {{"runs.csv", base::hash_text(runs).hex()}, {"indices.csv", base::hash_text(indices).hex()}};
  TRY(store::write_whole(std::filesystem::path(request.output) / "manifest.json", manifest.dump(2) + "\n"));
  section.notes.emplace_back(
      "Parameters differ within the ranges that are believed of them (data/simulate/priors.toml). All but the repeated "
      "runs share one seed, yet once a parameter moves an event what follows has other luck. A model to think with, no "
      "forecast.");
  section.notes.push_back("Written: runs.csv, indices.csv and manifest.json in " + request.output + ".");
  return Report{.verb = "simulate", .sections = {std::move(section)}};
}

}  // namespace throughline::app
