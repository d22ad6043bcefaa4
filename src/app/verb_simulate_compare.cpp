// throughline simulate compare: what scenarios change, under one set of parameters or under every accepted one.

#include <fmt/format.h>

#include <algorithm>

#include "app/bad_command.h"
#include "app/compared_runs.h"
#include "app/simulate_compared.h"
#include "app/simulate_files.h"
#include "app/simulate_study.h"
#include "base/sha256.h"
#include "simulate/built_in.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Result;
using simulate::Whereabouts;

// Reads the members into the runs.
Result<void> read_ensemble(const SimulateRequest& request, ComparedRuns& runs) {
  const bool is_built_in = request.ensemble == k_built_in_ensemble;
  const std::string text =
      is_built_in ? std::string(simulate::built_in_file("ensemble.csv")) : TRY(store::read_whole(request.ensemble));
  runs.input.members = TRY(simulate::read_members(text, is_built_in ? "ensemble.csv" : request.ensemble, runs.cards));
  runs.ensemble_hash = base::hash_text(text).hex();
  if (request.members > 0 && request.members < runs.sets()) {
    runs.input.members.resize(static_cast<std::size_t>(request.members));
  }
  if (runs.sets() >= 2) return {};
  return bad_command("ensemble_small", "One set of parameters says nothing of doubt about them",
                     "--ensemble, --members", "Use an ensemble of two members or more, or --replicates for one set");
}

Result<ComparedRuns> runs_wanted(const SimulateRequest& request, SimulateInput input) {
  const bool is_over_ensemble = !request.ensemble.empty();
  ComparedRuns runs{.input = {.pairs = {}, .members = {}, .priors = {}}, .cards = {}};
  if (is_over_ensemble) {
    PriorsWanted wanted = TRY(priors_wanted(request, input));
    runs.input.priors = std::move(wanted.priors);
    runs.priors_hash = std::move(wanted.hash);
  }
  runs.cards = std::move(input.cards);
  if (is_over_ensemble) TRY(read_ensemble(request, runs));
  runs.input.pairs.baseline = std::move(input.run);
  runs.input.pairs.scenarios = std::move(input.scenarios);
  runs.input.pairs.days = input.days;
  runs.input.pairs.replicates =
      is_over_ensemble ? request.member_pairs : request.replicates.value_or(k_replicates_usual);
  if (request.is_by_place) runs.input.pairs.mapped = mapped_outcomes();
  return runs;
}

Table empty_table(const ComparedRuns& runs, Whereabouts where) {
  const std::string name = where_name(where);
  Table table{.name = where == Whereabouts::acted_on ? "acted_on" : name,
              .title = fmt::format("What it changes {}", where == Whereabouts::acted_on ? "where it acts" : name),
              .columns = {{"outcome", "Outcome", ColumnKind::id},
                          {"baseline", "As it is", ColumnKind::number},
                          {"difference", "Difference", ColumnKind::number},
                          {"low", "From", ColumnKind::number},
                          {"high", "To", ColumnKind::number},
                          {"share_up", "Higher in", ColumnKind::number}},
              .rows = {},
              .empty_text = "It acts nowhere else."};
  if (runs.is_over_ensemble()) {
    table.columns.push_back({"share_between", "By parameters", ColumnKind::number});
  } else {
    table.columns.push_back({"what", "What it is"});
  }
  return table;
}

Table differences_table(const ComparedRuns& runs, const Compared& compared, std::size_t scenario, Whereabouts where) {
  Table table = empty_table(runs, where);
  const std::vector<std::size_t> wanted = compared_outcomes();
  each_total(compared, [&](const auto& row) {
    if (row.scenario != scenario || row.where != where || std::ranges::find(wanted, row.outcome) == wanted.end())
      return;
    const bool is_any = row.is_any_different;
    const auto where_any = [&](Value value) { return is_any ? std::move(value) : Value(); };
    const std::optional<double> between = share_between_of(row);
    table.rows.push_back({compared_name(row.outcome), shown_number(row.baseline), shown_number(row.difference),
                          where_any(shown_number(row.low)), where_any(shown_number(row.high)),
                          where_any(Decimal{row.share_up, 2}),
                          between ? where_any(Decimal{*between, 2}) : Value(what_of(row.outcome))});
  });
  return table;
}

Section comparison_section(const ComparedRuns& runs, const Compared& compared, std::size_t scenario) {
  Section section{.name = "comparison",
                  .title = runs.input.pairs.scenarios[scenario].name,
                  .facts = comparison_facts(runs),
                  .tables = {},
                  .notes = {}};
  for (const auto where : {Whereabouts::everywhere, Whereabouts::acted_on, Whereabouts::elsewhere}) {
    Table table = differences_table(runs, compared, scenario, where);
    if (!table.rows.empty()) section.tables.push_back(std::move(table));
  }
  bool is_any = false;
  each_total(compared, [&](const auto& row) { is_any = is_any || (row.scenario == scenario && row.is_any_different); });
  if (!is_any) {
    section.notes.emplace_back("No pair of runs differs in anything: the scenario changes nothing here.");
  }
  for (std::string& note : comparison_notes(runs)) section.notes.push_back(std::move(note));
  return section;
}

std::string written_note(const std::vector<NamedText>& files, const std::string& folder) {
  std::string names;
  for (const NamedText& file : files) {
    names += names.empty() ? "" : &file == &files.back() ? " and " : ", ";
    names += file.name;
  }
  return fmt::format("Written: {} in {}.", names, folder);
}

}  // namespace

Answer compare_act(const Outside& outside, const SimulateRequest& request, SimulateInput input) {
  if (input.scenarios.empty()) {
    return bad_command("scenario_missing", "There is nothing to compare with", "--scenario",
                       "Name at least one scenario, such as examples/simulate/controllers.toml");
  }
  if (request.is_by_place && request.output.empty()) {
    return bad_command("output_missing", "Nobody said where places.csv goes", "--output",
                       "Name a folder with --output, or leave --by-place out");
  }
  if (!request.output.empty()) TRY(check_folder_compared(request.output));
  const ComparedRuns runs = TRY(runs_wanted(request, std::move(input)));
  const Compared compared = TRY(run_compared(runs, outside));
  Report report{.verb = "simulate", .sections = {}};
  for (std::size_t scenario = 0; scenario < runs.input.pairs.scenarios.size(); ++scenario) {
    report.sections.push_back(comparison_section(runs, compared, scenario));
  }
  if (request.output.empty()) return report;
  const std::vector<NamedText> files = comparison_files(runs, compared);
  TRY(write_comparison(request.output, files));
  report.sections.back().notes.push_back(written_note(files, request.output));
  return report;
}

}  // namespace throughline::app
