// throughline simulate ensemble: draws from the priors, held against what the model must show.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/bad_command.h"
#include "app/run_lines.h"
#include "app/simulate_study.h"
#include "app/version.h"
#include "base/csv_cell.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "simulate/built_in.h"
#include "simulate/checkpoint.h"
#include "simulate/ensemble/judge.h"
#include "simulate/members.h"
#include "simulate/parameter_names.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::format_double;
using base::Result;
using nlohmann::ordered_json;
using simulate::Acceptance;
using simulate::Criterion;
using simulate::Verdict;

// What is drawn and held against what.
struct EnsemblePlan {
  Acceptance acceptance;
  std::string acceptance_hash;
  std::vector<simulate::Prior> priors;
  simulate::Parameters given;
  std::uint64_t seed = 1;
  std::int64_t draws = 0;
};

Result<EnsemblePlan> plan_wanted(const SimulateRequest& request, const SimulateInput& input) {
  EnsemblePlan plan;
  std::string text(simulate::built_in_file("acceptance.toml"));
  std::string file = "acceptance.toml";
  if (!request.acceptance.empty()) {
    file = request.acceptance;
    text = TRY(store::read_whole(file));
  }
  plan.acceptance = TRY(simulate::read_acceptance(text, file));
  if (input.run.world.name != plan.acceptance.world.name) {
    return bad_command(
        "world_other",
        fmt::format("Draws are held against runs of {}, not of {}", plan.acceptance.world.name, input.run.world.name),
        "--world", "Leave it out; what is accepted can be compared over in any world");
  }
  if (request.days > 0) {
    return bad_command("days_unused", "The designs that draws are held against have lengths of their own", "--days",
                       "Leave it out, or write designs of your own for --acceptance");
  }
  plan.acceptance_hash = base::hash_text(text).hex();
  plan.priors = TRY(priors_wanted(request, input)).priors;
  plan.given = input.run.parameters;
  plan.seed = request.seed;
  plan.draws = request.draws;
  return plan;
}

ordered_json plan_json(const EnsemblePlan& plan) {
  simulate::RunInput input{.world = plan.acceptance.world, .parameters = plan.given};
  const simulate::RunNames names = simulate::names_of(input);
  ordered_json told{{"act", "ensemble"},
                    {"program", program_version()},
                    {"model_version", simulate::k_model_version},
                    {"world", names.world},
                    {"parameters", names.parameters},
                    {"acceptance", plan.acceptance_hash},
                    {"seed", plan.seed},
                    {"draws", plan.draws}};
  for (const simulate::Prior& prior : plan.priors) {
    ordered_json parts;
    for (const simulate::PriorPart& part : prior.parts) parts.push_back({part.low, part.high, part.weight});
    told["drawn"][std::string(simulate::parameter_names()[prior.parameter].name)] = parts;
  }
  return told;
}

// accepted, judged, failed, then a figure for each criterion; one that was not come to is empty.
std::string cells_of(const Verdict& verdict, const Acceptance& acceptance) {
  std::string cells = verdict.is_accepted(acceptance) ? "yes" : "no";
  fmt::format_to(std::back_inserter(cells), ",{},", verdict.judged);
  std::string failed;
  for (const std::size_t criterion : verdict.failed(acceptance)) {
    fmt::format_to(std::back_inserter(failed), "{}{}", failed.empty() ? "" : "; ", acceptance.criteria[criterion].name);
  }
  base::append_csv_cell(cells, failed);
  for (const double value : verdict.values) {
    fmt::format_to(std::back_inserter(cells), ",{}", std::isfinite(value) ? format_double(value) : std::string());
  }
  return cells;
}

std::string draws_header(const Acceptance& acceptance) {
  std::string header = "draw,accepted,judged,failed";
  for (const Criterion& criterion : acceptance.criteria) {
    header += ",";
    base::append_csv_cell(header, criterion.name);
  }
  return header;
}

base::Error damaged(std::int64_t draw) {
  return {base::ErrorKind::damaged, "runs_damaged", "This is no line of a judged draw",
          fmt::format("draws.csv draw {}", draw), "Take the line out and go on by --resume"};
}

// The figures of a line: those after the last cells of words. A name of a criterion may hold a comma, a figure none.
Result<Verdict> verdict_in(std::int64_t draw, std::string_view cells, const Acceptance& acceptance) {
  Verdict verdict{.values = std::vector<double>(acceptance.criteria.size(), std::nan("")), .judged = 0};
  const std::size_t accepted = cells.find(',');
  const std::size_t judged = cells.find(',', accepted + 1);
  if (accepted == std::string_view::npos || judged == std::string_view::npos) return damaged(draw);
  const auto count = base::parse_integer(cells.substr(accepted + 1, judged - accepted - 1));
  if (!count.has_value() || *count < 0 || *count > std::ssize(acceptance.criteria)) return damaged(draw);
  verdict.judged = static_cast<std::size_t>(*count);
  std::string_view left = cells;
  for (std::size_t i = acceptance.criteria.size(); i-- > 0;) {
    const std::size_t comma = left.rfind(',');
    if (comma == std::string_view::npos || comma < judged) return damaged(draw);
    const std::string_view cell = left.substr(comma + 1);
    left = left.substr(0, comma);
    if (cell.empty()) continue;
    const auto value = base::parse_double(cell);
    if (!value.has_value()) return damaged(draw);
    verdict.values[i] = *value;
  }
  return verdict;
}

std::vector<simulate::Point> points_of(const EnsemblePlan& plan) {
  return simulate::latin_hypercube({.points = plan.draws, .inputs = plan.priors.size(), .seed = plan.seed});
}

Result<void> judge_missing(const Outside& outside, const EnsemblePlan& plan, RunLines& lines) {
  const std::vector<simulate::Point> points = points_of(plan);
  const std::vector<std::int64_t> missing = lines.missing();
  outside.progress.begin("Judging draws", std::ssize(missing), "draws");
  const auto work = [&](const base::Chunk& chunk) -> Result<void> {
    for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
      const std::int64_t draw = missing[static_cast<std::size_t>(i)];
      const simulate::JudgeInput input{
          .parameters = simulate::parameters_at(plan.given, plan.priors, points[static_cast<std::size_t>(draw)]),
          .seed = plan.seed};
      const Verdict verdict = TRY(simulate::judge(input, plan.acceptance, outside.interrupt));
      TRY(lines.add(draw, cells_of(verdict, plan.acceptance)));
      outside.progress.advance(1);
    }
    return {};
  };
  TRY(base::try_parallel_chunks({.items = std::ssize(missing), .chunk_items = 1}, outside.interrupt, work));
  outside.progress.end();
  return {};
}

// What became of the draws at one criterion.
struct CriterionCount {
  std::int64_t judged = 0;
  std::int64_t failed = 0;
  std::int64_t passed_accepted = 0;  // Of the accepted draws.
};

struct EnsembleFound {
  std::vector<simulate::Member> members;
  std::vector<CriterionCount> counts;
};

Result<EnsembleFound> found_in(const EnsemblePlan& plan, const RunLines& lines) {
  EnsembleFound found;
  found.counts.resize(plan.acceptance.criteria.size());
  const std::vector<simulate::Point> points = points_of(plan);
  for (const auto& [draw, cells] : lines.cells()) {
    const Verdict verdict = TRY(verdict_in(draw, cells, plan.acceptance));
    const bool is_accepted = verdict.is_accepted(plan.acceptance);
    for (std::size_t i = 0; i < verdict.judged; ++i) {
      const bool is_passed = simulate::is_passed(plan.acceptance.criteria[i], verdict.values[i]);
      ++found.counts[i].judged;
      found.counts[i].failed += is_passed ? 0 : 1;
      found.counts[i].passed_accepted += is_passed && is_accepted ? 1 : 0;
    }
    if (!is_accepted) continue;
    found.members.push_back(
        {.draw = draw,
         .parameters = simulate::parameters_at(plan.given, plan.priors, points[static_cast<std::size_t>(draw)])});
  }
  return found;
}

// Whether so many of the accepted draws show what only many draws can.
std::string holds_text(const Criterion& criterion, const CriterionCount& count, std::size_t members) {
  if (criterion.judges_a_draw() || members == 0) return "";
  const double share = static_cast<double>(count.passed_accepted) / static_cast<double>(members);
  return share >= criterion.share_least ? "holds" : "does not hold";
}

std::string criteria_csv(const Acceptance& acceptance, const EnsembleFound& found) {
  std::string text = "criterion,pattern,low,high,judged,failed,over_accepted\n";
  for (std::size_t i = 0; i < acceptance.criteria.size(); ++i) {
    const Criterion& criterion = acceptance.criteria[i];
    const auto bound = [](double value) { return std::isfinite(value) ? format_double(value) : std::string(); };
    base::append_csv_cell(text, criterion.name);
    fmt::format_to(std::back_inserter(text), ",{},{},{},{},{},{}\n",
                   criterion.pattern == 0 ? std::string("balance") : std::to_string(criterion.pattern),
                   bound(criterion.low), bound(criterion.high), found.counts[i].judged, found.counts[i].failed,
                   holds_text(criterion, found.counts[i], found.members.size()));
  }
  return text;
}

Table criteria_table(const Acceptance& acceptance, const EnsembleFound& found) {
  Table table{.name = "criteria",
              .title = "What draws were held against",
              .columns = {{"criterion", "Criterion"},
                          {"pattern", "Pattern", ColumnKind::number},
                          {"judged", "Judged", ColumnKind::number},
                          {"failed", "Failed", ColumnKind::number},
                          {"over_accepted", "Over all accepted"}},
              .rows = {},
              .empty_text = ""};
  for (std::size_t i = 0; i < acceptance.criteria.size(); ++i) {
    const Criterion& criterion = acceptance.criteria[i];
    table.rows.push_back({criterion.name, criterion.pattern == 0 ? Value() : Value(criterion.pattern),
                          found.counts[i].judged, found.counts[i].failed,
                          text_or_nothing(holds_text(criterion, found.counts[i], found.members.size()))});
  }
  return table;
}

// How many accepted draws hold which of rival figures.
Table rivals_table(const EnsemblePlan& plan, const SimulateInput& input, const EnsembleFound& found) {
  Table table{.name = "rivals",
              .title = "Rival figures among the accepted",
              .columns = {{"parameter", "Parameter", ColumnKind::id},
                          {"value", "Figure", ColumnKind::number},
                          {"accepted", "Accepted with it", ColumnKind::number},
                          {"source", "Source"}},
              .rows = {},
              .empty_text = "No parameter has rivals."};
  for (const simulate::Prior& prior : plan.priors) {
    if (prior.parts.size() < 2) continue;
    const simulate::ParameterCard& card = input.cards[prior.parameter];
    for (std::size_t rival = 0; rival < prior.parts.size(); ++rival) {
      const auto member = simulate::parameter_names()[prior.parameter].member;
      const std::int64_t accepted = std::ranges::count_if(found.members, [&](const simulate::Member& one) {
        return simulate::part_of(prior, one.parameters.*member) == rival;
      });
      table.rows.push_back(
          {card.name, simulate::plain_number(card.rivals[rival].value), accepted, card.rivals[rival].source});
    }
  }
  return table;
}

Result<void> write_ensemble(const std::string& folder, const EnsemblePlan& plan, const RunLines& lines,
                            const EnsembleFound& found) {
  const std::string draws = lines.text();
  const std::string members = simulate::members_csv(found.members, plan.priors);
  const std::string criteria = criteria_csv(plan.acceptance, found);
  const auto path = [&](std::string_view name) { return std::filesystem::path(folder) / name; };
  TRY(store::write_whole(path("draws.csv"), draws));
  TRY(store::write_whole(path("criteria.csv"), criteria));
  TRY(store::write_whole(path("ensemble.csv"), members));
  ordered_json manifest = plan_json(plan);
  manifest["accepted"] = found.members.size();
  manifest["files"] = {{"draws.csv", base::hash_text(draws).hex()},
                       {"criteria.csv", base::hash_text(criteria).hex()},
                       {"ensemble.csv", base::hash_text(members).hex()}};
  return store::write_whole(path("manifest.json"), manifest.dump(2) + "\n");
}

}  // namespace

Result<PriorsWanted> priors_wanted(const SimulateRequest& request, const SimulateInput& input) {
  const bool is_built_in = request.priors.empty();
  const std::string file = is_built_in ? "priors.toml" : request.priors;
  const std::string text = is_built_in ? std::string(simulate::built_in_file(file)) : TRY(store::read_whole(file));
  return PriorsWanted{.priors = TRY(simulate::read_priors(text, file, input.cards)),
                      .hash = base::hash_text(text).hex()};
}

Answer ensemble_act(const Outside& outside, const SimulateRequest& request, const SimulateInput& input) {
  if (request.output.empty()) {
    return bad_command("output_missing", "Nobody said where the draws go", "--output", "Name a folder with --output");
  }
  if (!input.scenarios.empty()) {
    return bad_command("scenario_more", "An ensemble is drawn without a scenario", "--scenario",
                       "Its criteria have their own; compare with --ensemble afterwards");
  }
  const EnsemblePlan plan = TRY(plan_wanted(request, input));
  RunLines lines = TRY(RunLines::open({.folder = request.output,
                                       .file = "draws.csv",
                                       .header = draws_header(plan.acceptance),
                                       .plan = plan_json(plan).dump(2) + "\n",
                                       .runs = plan.draws,
                                       .is_resumed = request.is_resumed}));
  Result<void> judged = judge_missing(outside, plan, lines);
  if (!judged.ok()) return told_of_lines(std::move(judged).error(), request.output);
  const EnsembleFound found = TRY(found_in(plan, lines));
  TRY(write_ensemble(request.output, plan, lines, found));
  Section section{.name = "ensemble",
                  .title = "Sets of parameters that show what the model must show",
                  .facts = {{"draws", "Draws", plan.draws},
                            {"accepted", "Accepted", std::ssize(found.members)},
                            {"parameters", "Parameters drawn", std::ssize(plan.priors)},
                            {"seed", "Seed", std::to_string(plan.seed)}},
                  .tables = {criteria_table(plan.acceptance, found), rivals_table(plan, input, found)},
                  .notes = {}};
  section.notes.emplace_back(
      "A draw that fails a cheap criterion is not run through the dear ones: how many were judged "
      "falls down the table. Accepted says: not contradicted by these; it does not say right.");
  section.notes.push_back("Written: draws.csv, criteria.csv, ensemble.csv and manifest.json in " + request.output +
                          ".");
  return Report{.verb = "simulate", .sections = {std::move(section)}};
}

}  // namespace throughline::app
