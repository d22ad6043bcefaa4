#include "app/simulate_files.h"
#include "app/bad_command.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/version.h"
#include "base/csv_cell.h"
#include "base/number.h"
#include "base/sha256.h"
#include "simulate/checkpoint.h"
#include "simulate/run.h"
#include "simulate/series_text.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::format_double;
using base::Result;
using nlohmann::ordered_json;

std::string path_in(const std::string& folder, std::string_view name) {
  return (std::filesystem::path(folder) / name).string();
}

// The limits of a difference, both empty where no pair differs: chance says nothing of those.
std::string limits_text(const auto& row) {
  if (!simulate::is_any_pair_different(row)) return ",";
  return format_double(row.low) + "," + format_double(row.high);
}

std::string csv_text(const std::string& text) {
  std::string cell;
  // A spreadsheet must not take a scenario's name for a formula.
  const bool is_formula = !text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos;
  base::append_csv_cell(cell, is_formula ? "'" + text : text);
  return cell;
}

ordered_json run_json(const simulate::RunInput& input) {
  const simulate::RunNames names = simulate::names_of(input);
  return {{"program", program_version()},
          {"model_version", simulate::k_model_version},
          {"world", {{"name", input.world.name}, {"hash", names.world}}},
          {"starts", base::to_string(input.world.starts)},
          {"parameters_hash", names.parameters},
          {"scenario", {{"name", input.scenario.name}, {"hash", names.scenario}}},
          {"seed", input.seed},
          {"warm_up_days", input.warm_up_days}};
}

std::string differences_csv(const simulate::CompareInput& input, const simulate::Comparison& comparison) {
  std::string text = "scenario,where,outcome,baseline,difference,low,high,share_up\n";
  for (const simulate::OutcomeDifference& row : comparison.totals) {
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{}\n", csv_text(input.scenarios[row.scenario].name),
                   where_name(row.where), compared_name(row.outcome), format_double(row.baseline),
                   format_double(row.difference), limits_text(row), format_double(row.share_up));
  }
  return text;
}

// From its first day on: how long it is, what it was and what it became.
std::string period_text(const simulate::CompareInput& input, const simulate::PeriodDifference& row) {
  return fmt::format("{},{},{},{},{}\n", base::to_string(input.baseline.world.starts + row.from_day), row.days,
                     format_double(row.baseline), format_double(row.difference), limits_text(row));
}

std::string periods_csv(const simulate::CompareInput& input, const simulate::Comparison& comparison) {
  std::string text = "scenario,outcome,from,days,baseline,difference,low,high\n";
  for (const simulate::PeriodDifference& row : comparison.periods) {
    fmt::format_to(std::back_inserter(text), "{},{},{}", csv_text(input.scenarios[row.scenario].name),
                   compared_name(row.outcome), period_text(input, row));
  }
  return text;
}

std::string places_csv(const simulate::CompareInput& input, const simulate::Comparison& comparison) {
  std::string text = "scenario,outcome,area,name,from,days,baseline,difference,low,high\n";
  for (const simulate::PlaceDifference& row : comparison.places) {
    const simulate::Place& place = input.baseline.world.places[row.place];
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{}", csv_text(input.scenarios[row.of.scenario].name),
                   compared_name(row.of.outcome), place.code, csv_text(place.name), period_text(input, row.of));
  }
  return text;
}

}  // namespace

Result<void> write_checkpoint(const std::string& folder, const simulate::WorldRun& run) {
  TRY(store::make_private_folder(folder));
  return store::write_whole(path_in(folder, "checkpoint.bin"), simulate::checkpoint_bytes(run));
}

Result<void> check_folder_free(const std::string& folder) {
  for (const std::string_view name : {"checkpoint.bin", "manifest.json", "series.csv", "plan.json"}) {
    std::error_code unknown;
    if (!std::filesystem::exists(path_in(folder, name), unknown)) continue;
    return bad_command("output_taken", "The folder holds another run", path_in(folder, name),
                       "Name another folder with --output, or go on with that run by --resume");
  }
  return {};
}

Result<void> write_run(const std::string& folder, const simulate::WorldRun& run) {
  TRY(store::make_private_folder(folder));
  const std::string series = simulate::series_csv(run);
  const std::string checkpoint = simulate::checkpoint_bytes(run);
  TRY(store::write_whole(path_in(folder, "series.csv"), series));
  TRY(store::write_whole(path_in(folder, "checkpoint.bin"), checkpoint));
  ordered_json manifest = run_json(run.input);
  manifest["days"] = simulate::days_done(run);
  manifest["files"] = {{"series.csv", base::hash_text(series).hex()},
                       {"checkpoint.bin", base::hash_text(checkpoint).hex()}};
  manifest["note"] = "A model to think with, no forecast. Everybody in it is made up.";
  return store::write_whole(path_in(folder, "manifest.json"), manifest.dump(2) + "\n");
}

Result<simulate::WorldRun> read_checkpoint(const std::string& folder, simulate::RunInput input) {
  const std::string path = path_in(folder, "checkpoint.bin");
  if (!std::filesystem::exists(path)) {
    return bad_command("checkpoint_missing", "There is no checkpoint to go on from", path,
                       "Run without --resume first");
  }
  return simulate::resumed(std::move(input), TRY(store::read_whole(path)), path);
}

std::string compared_name(std::size_t outcome) {
  if (outcome == simulate::k_outcomes) return "cost_of_violence_pounds";
  return std::string(simulate::outcome_words()[outcome].name);
}

std::string where_name(simulate::Whereabouts where) {
  constexpr std::array k_names{"everywhere", "acted on", "elsewhere"};
  return k_names[static_cast<std::size_t>(where)];
}

std::vector<NamedText> comparison_files(const simulate::CompareInput& input, const simulate::Comparison& comparison) {
  std::vector<NamedText> files{{.name = "differences.csv", .text = differences_csv(input, comparison)},
                               {.name = "periods.csv", .text = periods_csv(input, comparison)}};
  if (!input.mapped.empty()) files.push_back({.name = "places.csv", .text = places_csv(input, comparison)});
  ordered_json manifest = run_json(input.baseline);
  manifest.erase("scenario");
  for (const simulate::Scenario& scenario : input.scenarios) {
    simulate::RunInput changed = input.baseline;
    changed.scenario = scenario;
    manifest["scenarios"].push_back({{"name", scenario.name}, {"hash", simulate::names_of(changed).scenario}});
  }
  manifest["days"] = input.days;
  manifest["replicates"] = input.replicates;
  for (const NamedText& file : files) manifest["files"][file.name] = base::hash_text(file.text).hex();
  files.push_back({.name = "manifest.json", .text = manifest.dump(2) + "\n"});
  return files;
}

Result<void> write_comparison(const std::string& folder, const simulate::CompareInput& input,
                              const simulate::Comparison& comparison) {
  TRY(store::make_private_folder(folder));
  for (const NamedText& file : comparison_files(input, comparison)) {
    TRY(store::write_whole(path_in(folder, file.name), file.text));
  }
  return {};
}

}  // namespace throughline::app
