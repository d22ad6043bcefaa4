// throughline simulate compare --ensemble: what scenarios change under every accepted set of parameters.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/bad_command.h"
#include "app/simulate_files.h"
#include "app/simulate_study.h"
#include "app/version.h"
#include "base/csv_cell.h"
#include "base/number.h"
#include "base/sha256.h"
#include "simulate/built_in.h"
#include "simulate/checkpoint.h"
#include "simulate/ensemble/compare_members.h"
#include "simulate/parameter_names.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::format_double;
using base::Result;
using nlohmann::ordered_json;
using simulate::EnsembleDifference;
using simulate::Whereabouts;

struct MembersRead {
  std::vector<simulate::Member> members;
  std::string hash;
};

Result<MembersRead> members_wanted(const SimulateRequest& request, const SimulateInput& input) {
  const bool is_built_in = request.ensemble == "built-in";
  const std::string text =
      is_built_in ? std::string(simulate::built_in_file("ensemble.csv")) : TRY(store::read_whole(request.ensemble));
  MembersRead read;
  read.members = TRY(simulate::read_members(text, is_built_in ? "ensemble.csv" : request.ensemble, input.cards));
  read.hash = base::hash_text(text).hex();
  if (request.members > 0 && request.members < std::ssize(read.members)) {
    read.members.resize(static_cast<std::size_t>(request.members));
  }
  if (read.members.size() >= 2) return read;
  return bad_command("ensemble_small", "One set of parameters says nothing of doubt about them",
                     "--ensemble, --members", "Use an ensemble of two members or more, or leave --ensemble out");
}

bool is_any_member_different(const EnsembleDifference& row) {
  return row.difference != 0 || row.low != row.high;
}

std::string cells_of(const EnsembleDifference& row) {
  std::string cells = fmt::format("{},{}", format_double(row.baseline), format_double(row.difference));
  if (!is_any_member_different(row)) return cells + ",,,,,,";
  for (const double value : {row.low, row.high, row.mean_low, row.mean_high, row.share_up, row.share_between}) {
    fmt::format_to(std::back_inserter(cells), ",{}", format_double(value));
  }
  return cells;
}

constexpr std::string_view k_columns = "baseline,difference,low,high,mean_low,mean_high,share_up,share_between";

void append_name(std::string& text, const std::string& name) {
  base::append_csv_cell(text, base::defused(name));
}

std::string totals_csv(const simulate::EnsembleInput& input, const simulate::EnsembleComparison& comparison) {
  std::string text = fmt::format("scenario,where,outcome,{}\n", k_columns);
  for (const EnsembleDifference& row : comparison.totals) {
    append_name(text, input.pairs.scenarios[row.scenario].name);
    fmt::format_to(std::back_inserter(text), ",{},{},{}\n", where_name(row.where), compared_name(row.outcome),
                   cells_of(row));
  }
  return text;
}

std::string rivals_csv(const simulate::EnsembleInput& input, const simulate::EnsembleComparison& comparison,
                       const std::vector<simulate::ParameterCard>& cards) {
  std::string text = fmt::format("parameter,figure,members,scenario,outcome,{}\n", k_columns);
  for (const simulate::RivalDifference& row : comparison.rivals) {
    const simulate::ParameterCard& card = cards[row.parameter];
    fmt::format_to(std::back_inserter(text), "{},{},{},", card.name,
                   simulate::plain_number(card.rivals[row.rival].value), row.members);
    append_name(text, input.pairs.scenarios[row.difference.scenario].name);
    fmt::format_to(std::back_inserter(text), ",{},{}\n", compared_name(row.difference.outcome),
                   cells_of(row.difference));
  }
  return text;
}

Table differences_table(const simulate::EnsembleComparison& comparison, std::size_t scenario, Whereabouts where) {
  const std::string name = where_name(where);
  Table table{.name = where == Whereabouts::acted_on ? "acted_on" : name,
              .title = fmt::format("What it changes {}", where == Whereabouts::acted_on ? "where it acts" : name),
              .columns = {{"outcome", "Outcome", ColumnKind::id},
                          {"baseline", "As it is", ColumnKind::number},
                          {"difference", "Difference", ColumnKind::number},
                          {"low", "From", ColumnKind::number},
                          {"high", "To", ColumnKind::number},
                          {"share_up", "Higher in", ColumnKind::number},
                          {"share_between", "By parameters", ColumnKind::number}},
              .rows = {},
              .empty_text = "It acts nowhere else."};
  const std::vector<std::size_t> wanted = compared_outcomes();
  for (const EnsembleDifference& row : comparison.totals) {
    if (row.scenario != scenario || row.where != where || std::ranges::find(wanted, row.outcome) == wanted.end()) {
      continue;
    }
    const bool is_any = is_any_member_different(row);
    table.rows.push_back({compared_name(row.outcome), shown_number(row.baseline), shown_number(row.difference),
                          is_any ? shown_number(row.low) : Value(), is_any ? shown_number(row.high) : Value(),
                          is_any ? Value(Decimal{row.share_up, 2}) : Value(),
                          is_any ? Value(Decimal{row.share_between, 2}) : Value()});
  }
  return table;
}

// What from and to are, of so many members.
std::string limits_note(std::int64_t members) {
  constexpr std::string_view k_doubt =
      "they carry doubt about the parameters and the chance of runs, not what the model leaves out. By parameters is "
      "the share of a difference's variance that lies between the sets.";
  if (members >= simulate::k_members_for_quantiles) {
    return fmt::format("From and to hold 95 of 100 accepted sets of parameters: {}", k_doubt);
  }
  return fmt::format(
      "From and to are the outermost of the {} accepted sets of parameters, for fewer than {} are too few to leave any "
      "out: {}",
      members, simulate::k_members_for_quantiles, k_doubt);
}

Section comparison_section(const simulate::EnsembleInput& input, const simulate::EnsembleComparison& comparison,
                           std::size_t scenario) {
  Section section{.name = "comparison",
                  .title = input.pairs.scenarios[scenario].name,
                  .facts = {{"world", "World", input.pairs.baseline.world.name},
                            {"days", "Days", std::int64_t{input.pairs.days}},
                            {"members", "Sets of parameters", std::ssize(input.members)},
                            {"replicates", "Pairs of runs of each", input.pairs.replicates},
                            {"seed", "Seed", std::to_string(input.pairs.baseline.seed)}},
                  .tables = {},
                  .notes = {}};
  for (const auto where : {Whereabouts::everywhere, Whereabouts::acted_on, Whereabouts::elsewhere}) {
    Table table = differences_table(comparison, scenario, where);
    if (!table.rows.empty()) section.tables.push_back(std::move(table));
  }
  section.notes.push_back(limits_note(std::ssize(input.members)));
  section.notes.emplace_back(
      "A model to think with, no forecast: a figure here is about the model. Everybody in it is made up.");
  return section;
}

ordered_json manifest_of(const simulate::EnsembleInput& input, const std::string& hash) {
  const simulate::RunNames names = simulate::names_of(input.pairs.baseline);
  ordered_json manifest{{"program", program_version()},
                        {"model_version", simulate::k_model_version},
                        {"world", {{"name", input.pairs.baseline.world.name}, {"hash", names.world}}},
                        {"parameters", names.parameters},
                        {"ensemble", hash},
                        {"members", input.members.size()},
                        {"seed", input.pairs.baseline.seed},
                        {"days", input.pairs.days},
                        {"replicates", input.pairs.replicates}};
  for (const simulate::Scenario& scenario : input.pairs.scenarios) {
    simulate::RunInput changed = input.pairs.baseline;
    changed.scenario = scenario;
    manifest["scenarios"].push_back({{"name", scenario.name}, {"hash", simulate::names_of(changed).scenario}});
  }
  return manifest;
}

}  // namespace

Answer compare_ensemble_act(const Outside& outside, const SimulateRequest& request, SimulateInput input) {
  const MembersRead read = TRY(members_wanted(request, input));
  simulate::EnsembleInput wanted{.pairs = {.baseline = std::move(input.run),
                                           .scenarios = std::move(input.scenarios),
                                           .days = input.days,
                                           .replicates = request.member_pairs},
                                 .members = read.members,
                                 .priors = TRY(priors_wanted(request, input))};
  outside.progress.begin("Running pairs", std::ssize(wanted.members) * request.member_pairs, "pairs");
  const simulate::EnsembleComparison comparison =
      TRY(simulate::compare_members(wanted, outside.interrupt, [&] { outside.progress.advance(1); }));
  outside.progress.end();
  Report report{.verb = "simulate", .sections = {}};
  for (std::size_t scenario = 0; scenario < wanted.pairs.scenarios.size(); ++scenario) {
    report.sections.push_back(comparison_section(wanted, comparison, scenario));
  }
  if (request.output.empty()) return report;
  const std::string totals = totals_csv(wanted, comparison);
  const std::string rivals = rivals_csv(wanted, comparison, input.cards);
  const auto path = [&](std::string_view name) { return std::filesystem::path(request.output) / name; };
  TRY(store::write_whole(path("differences.csv"), totals));
  TRY(store::write_whole(path("rivals.csv"), rivals));
  ordered_json manifest = manifest_of(wanted, read.hash);
  manifest["files"] = {{"differences.csv", base::hash_text(totals).hex()},
                       {"rivals.csv", base::hash_text(rivals).hex()}};
  TRY(store::write_whole(path("manifest.json"), manifest.dump(2) + "\n"));
  report.sections.back().notes.push_back("Written: differences.csv, rivals.csv and manifest.json in " + request.output +
                                         ".");
  return report;
}

}  // namespace throughline::app
