#include "app/compared_runs.h"

#include <fmt/format.h>

#include <utility>

namespace throughline::app {

namespace {

using base::Result;

constexpr std::string_view k_doubt =
    "they carry doubt about the parameters and the chance of runs, not what the model leaves out.";

}  // namespace

Result<Compared> run_compared(const ComparedRuns& runs, const Outside& outside) {
  outside.progress.begin("Running pairs", runs.pairs(), "pairs");
  const auto told = [&] { outside.progress.advance(1); };
  Compared compared;
  if (runs.is_over_ensemble()) {
    compared = TRY(simulate::compare_members(runs.input, outside.interrupt, told));
  } else {
    compared = TRY(simulate::compare(runs.input.pairs, outside.interrupt, told));
  }
  outside.progress.end();
  return compared;
}

const std::vector<simulate::PeriodDifference>& periods_of(const Compared& compared) {
  return std::visit([](const auto& of) -> const auto& { return of.periods; }, compared);
}

const std::vector<simulate::PlaceDifference>& places_of(const Compared& compared) {
  return std::visit([](const auto& of) -> const auto& { return of.places; }, compared);
}

const std::vector<simulate::RivalDifference>& rivals_of(const Compared& compared) {
  static const std::vector<simulate::RivalDifference> k_none;
  const auto* over_members = std::get_if<simulate::EnsembleComparison>(&compared);
  return over_members == nullptr ? k_none : over_members->rivals;
}

std::optional<double> share_between_of(const simulate::OutcomeDifference& /*row*/) {
  return std::nullopt;
}

std::optional<double> share_between_of(const simulate::EnsembleDifference& row) {
  return row.share_between;
}

std::optional<simulate::MeanLimits> mean_limits_of(const simulate::OutcomeDifference& /*row*/) {
  return std::nullopt;
}

std::optional<simulate::MeanLimits> mean_limits_of(const simulate::EnsembleDifference& row) {
  return simulate::MeanLimits{.mean = row.difference, .low = row.mean_low, .high = row.mean_high};
}

const simulate::RivalValue& figure_of(const ComparedRuns& runs, const simulate::RivalDifference& row) {
  return runs.cards[row.parameter].rivals[row.rival];
}

LimitsKind limits_kind(const ComparedRuns& runs) {
  if (!runs.is_over_ensemble()) return LimitsKind::chance;
  return runs.sets() < simulate::k_members_for_quantiles ? LimitsKind::outermost : LimitsKind::middle;
}

std::string limits_words(const ComparedRuns& runs) {
  switch (limits_kind(runs)) {
    case LimitsKind::chance:
      return "Limits are those of the mean difference over pairs of runs that share their chance, at 95 per cent. "
             "They carry chance, neither doubt about the parameters nor what the model leaves out.";
    case LimitsKind::outermost:
      return fmt::format(
          "Limits are the outermost of the {} accepted sets of parameters, for fewer than {} are too few to leave "
          "any out: {}",
          runs.sets(), simulate::k_members_for_quantiles, k_doubt);
    case LimitsKind::middle: return fmt::format("Limits hold 95 of 100 accepted sets of parameters: {}", k_doubt);
  }
  return "";
}

std::vector<Fact> comparison_facts(const ComparedRuns& runs) {
  const simulate::CompareInput& pairs = runs.input.pairs;
  std::vector<Fact> facts{{"world", "World", pairs.baseline.world.name + ": " + pairs.baseline.world.title},
                          {"starts", "From", base::to_string(pairs.baseline.world.starts)},
                          {"days", "Days", std::int64_t{pairs.days}}};
  if (runs.is_over_ensemble()) facts.push_back({"members", "Sets of parameters", runs.sets()});
  facts.push_back(
      {"replicates", runs.is_over_ensemble() ? "Pairs of runs of each" : "Pairs of runs", pairs.replicates});
  facts.push_back({"seed", "Seed", std::to_string(pairs.baseline.seed)});
  return facts;
}

std::vector<std::string> comparison_notes(const ComparedRuns& runs) {
  std::vector<std::string> notes{
      "A model to think with, no forecast: a figure here is about the model. Everybody in it is made up.",
      limits_words(runs)};
  if (runs.is_over_ensemble()) {
    notes.emplace_back("By parameters is the share of a difference's variance that lies between the sets.");
  }
  notes.emplace_back("Limits are left empty where no pair of runs differs.");
  return notes;
}

}  // namespace throughline::app
