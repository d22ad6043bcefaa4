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

constexpr std::string_view k_differences = "differences.csv";
constexpr std::string_view k_rivals = "rivals.csv";
constexpr std::string_view k_periods = "periods.csv";
constexpr std::string_view k_places = "places.csv";
constexpr std::string_view k_manifest = "manifest.json";
// The manifest first, for it lists the others; differences.csv last, by which the rest are known to be a comparison's.
constexpr std::array k_comparison_files{k_manifest, k_rivals, k_periods, k_places, k_differences};

std::string path_in(const std::string& folder, std::string_view name) {
  return (std::filesystem::path(folder) / name).string();
}

bool is_in(const std::string& folder, std::string_view name) {
  std::error_code unknown;
  return std::filesystem::exists(path_in(folder, name), unknown);
}

// The limits of a difference, both empty where no pair differs: chance says nothing of those.
std::string limits_text(const auto& row) {
  if (!row.is_any_different) return ",";
  return format_double(row.low) + "," + format_double(row.high);
}

std::string csv_text(const std::string& text) {
  std::string cell;
  base::append_csv_cell(cell, base::defused(text));
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

constexpr std::string_view k_total_columns = "baseline,difference,low,high,share_up";
constexpr std::string_view k_member_columns = "baseline,difference,low,high,mean_low,mean_high,share_up,share_between";

std::string total_text(const simulate::OutcomeDifference& row) {
  return fmt::format("{},{},{},{}", format_double(row.baseline), format_double(row.difference), limits_text(row),
                     format_double(row.share_up));
}

std::string total_text(const simulate::EnsembleDifference& row) {
  std::string text = fmt::format("{},{}", format_double(row.baseline), format_double(row.difference));
  if (!row.is_any_different) return text + ",,,,,,";
  for (const double value : {row.low, row.high, row.mean_low, row.mean_high, row.share_up, row.share_between}) {
    fmt::format_to(std::back_inserter(text), ",{}", format_double(value));
  }
  return text;
}

std::string differences_csv(const ComparedRuns& runs, const Compared& compared) {
  std::string text =
      fmt::format("scenario,where,outcome,{}\n", runs.is_over_ensemble() ? k_member_columns : k_total_columns);
  each_total(compared, [&](const auto& row) {
    fmt::format_to(std::back_inserter(text), "{},{},{},{}\n", csv_text(runs.input.pairs.scenarios[row.scenario].name),
                   where_name(row.where), compared_name(row.outcome), total_text(row));
  });
  return text;
}

std::string rivals_csv(const ComparedRuns& runs, const Compared& compared) {
  std::string text = fmt::format("parameter,figure,members,scenario,outcome,{}\n", k_member_columns);
  for (const simulate::RivalDifference& row : rivals_of(compared)) {
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{}\n", runs.cards[row.parameter].name,
                   simulate::plain_number(figure_of(runs, row).value), row.members,
                   csv_text(runs.input.pairs.scenarios[row.difference.scenario].name),
                   compared_name(row.difference.outcome), total_text(row.difference));
  }
  return text;
}

// From its first day on: how long it is, what it was and what it became.
std::string period_text(const simulate::CompareInput& input, const simulate::PeriodDifference& row) {
  return fmt::format("{},{},{},{},{}\n", base::to_string(input.baseline.world.starts + row.from_day), row.days,
                     format_double(row.baseline), format_double(row.difference), limits_text(row));
}

std::string periods_csv(const simulate::CompareInput& input, const Compared& compared) {
  std::string text = "scenario,outcome,from,days,baseline,difference,low,high\n";
  for (const simulate::PeriodDifference& row : periods_of(compared)) {
    fmt::format_to(std::back_inserter(text), "{},{},{}", csv_text(input.scenarios[row.scenario].name),
                   compared_name(row.outcome), period_text(input, row));
  }
  return text;
}

std::string places_csv(const simulate::CompareInput& input, const Compared& compared) {
  std::string text = "scenario,outcome,area,name,from,days,baseline,difference,low,high\n";
  for (const simulate::PlaceDifference& row : places_of(compared)) {
    const simulate::Place& place = input.baseline.world.places[row.place];
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{}", csv_text(input.scenarios[row.of.scenario].name),
                   compared_name(row.of.outcome), place.code, csv_text(place.name), period_text(input, row.of));
  }
  return text;
}

ordered_json comparison_manifest(const ComparedRuns& runs) {
  const simulate::CompareInput& input = runs.input.pairs;
  ordered_json manifest = run_json(input.baseline);
  manifest.erase("scenario");
  for (const simulate::Scenario& scenario : input.scenarios) {
    simulate::RunInput changed = input.baseline;
    changed.scenario = scenario;
    manifest["scenarios"].push_back({{"name", scenario.name}, {"hash", simulate::names_of(changed).scenario}});
  }
  manifest["days"] = input.days;
  if (runs.is_over_ensemble()) {
    manifest["ensemble"] = {{"hash", runs.ensemble_hash}, {"members", runs.sets()}};
    manifest["priors_hash"] = runs.priors_hash;
  }
  manifest["replicates"] = input.replicates;
  return manifest;
}

base::Error other_files(const std::string& path) {
  return bad_command("output_taken", "The folder holds files of something else than a comparison", path,
                     "Name another folder with --output");
}

// So that none of an earlier comparison stands beside a manifest that does not list it.
Result<void> remove_comparison(const std::string& folder) {
  if (!is_in(folder, k_differences)) return {};
  for (const std::string_view name : k_comparison_files) {
    const std::string path = path_in(folder, name);
    std::error_code trouble;
    std::filesystem::remove(path, trouble);
    if (trouble) return store::system_error(trouble.value(), "cannot remove a file of the earlier comparison", path);
  }
  return {};
}

}  // namespace

Result<void> write_checkpoint(const std::string& folder, const simulate::WorldRun& run) {
  TRY(store::make_private_folder(folder));
  return store::write_whole(path_in(folder, "checkpoint.bin"), simulate::checkpoint_bytes(run));
}

Result<void> check_folder_free(const std::string& folder) {
  for (const std::string_view name : {"checkpoint.bin", "manifest.json", "series.csv", "plan.json"}) {
    if (!is_in(folder, name)) continue;
    return bad_command("output_taken", "The folder holds another run", path_in(folder, name),
                       "Name another folder with --output, or go on with that run by --resume");
  }
  return {};
}

Result<void> check_folder_compared(const std::string& folder) {
  for (const std::string_view name : {"checkpoint.bin", "series.csv", "plan.json", "truth"}) {
    if (is_in(folder, name)) return other_files(path_in(folder, name));
  }
  if (is_in(folder, k_manifest) && !is_in(folder, k_differences)) return other_files(path_in(folder, k_manifest));
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

std::vector<NamedText> comparison_files(const ComparedRuns& runs, const Compared& compared) {
  const simulate::CompareInput& input = runs.input.pairs;
  std::vector<NamedText> files{{.name = std::string(k_differences), .text = differences_csv(runs, compared)}};
  if (runs.is_over_ensemble()) files.push_back({.name = std::string(k_rivals), .text = rivals_csv(runs, compared)});
  files.push_back({.name = std::string(k_periods), .text = periods_csv(input, compared)});
  if (!input.mapped.empty()) files.push_back({.name = std::string(k_places), .text = places_csv(input, compared)});
  ordered_json manifest = comparison_manifest(runs);
  for (const NamedText& file : files) manifest["files"][file.name] = base::hash_text(file.text).hex();
  files.push_back({.name = std::string(k_manifest), .text = manifest.dump(2) + "\n"});
  return files;
}

Result<void> write_comparison(const std::string& folder, const std::vector<NamedText>& files) {
  TRY(store::make_private_folder(folder));
  TRY(remove_comparison(folder));
  for (const NamedText& file : files) TRY(store::write_whole(path_in(folder, file.name), file.text));
  return {};
}

}  // namespace throughline::app
