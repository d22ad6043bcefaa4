// throughline hidden: how many no list saw, how sure that is, and what it hangs on.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "app/carried_tables.h"
#include "app/hidden_links.h"
#include "app/hidden_lists.h"
#include "app/small_table.h"
#include "base/number.h"
#include "base/parallel.h"
#include "evidence/hidden/combined.h"
#include "evidence/hidden/coverage.h"
#include "evidence/hidden/dependence.h"
#include "evidence/hidden/refusal.h"
#include "evidence/hidden/resample.h"

namespace throughline::app {

namespace {

using evidence::Interval;
using evidence::ListFit;
using evidence::ListTable;

Value people(double cases) {
  return std::isfinite(cases) ? Value(Decimal{cases, 1}) : Value();
}

constexpr std::int64_t k_told_min = 10;

// Of people: a count that would point at somebody is not told.
Value told(std::int64_t count, bool is_of_people) {
  return is_of_people && count < k_told_min ? Value() : Value(count);
}

std::string pairs_text(const ListTable& table, const std::vector<evidence::ListPair>& pairs) {
  std::vector<std::string> names;
  for (const evidence::ListPair pair : pairs) names.push_back(name_of(table, pair));
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, " "));
}

Table lists_table(const ListTable& table, bool is_of_people) {
  Table lists{.name = "lists",
              .title = "",
              .columns = {{"list", "List", ColumnKind::id},
                          {"cases", "Cases", ColumnKind::number},
                          {"only_here", "On no other list", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (std::size_t list = 0; list < table.lists.size(); ++list) {
    const evidence::History alone = evidence::History{1} << list;
    lists.rows.push_back({table.lists[list], told(evidence::cases_on(table, alone), is_of_people),
                          is_of_people ? Value() : Value(table.counts[alone])});
  }
  return lists;
}

Table overlaps_table(const ListTable& table, bool is_of_people) {
  Table overlaps{.name = "overlaps",
                 .title = "On both lists of a pair, whatever other lists hold them",
                 .columns = {{"pair", "Pair", ColumnKind::id}, {"cases", "Cases", ColumnKind::number}},
                 .rows = {},
                 .empty_text = "There is one list only."};
  for (const evidence::ListPair pair : evidence::all_pairs(evidence::list_count(table))) {
    overlaps.rows.push_back(
        {name_of(table, pair), told(evidence::cases_on(table, evidence::history_of(pair)), is_of_people)});
  }
  return overlaps;
}

Section lists_section(const ListTable& table, const HiddenRequest& request) {
  const bool is_of_people = request.is_from_links;
  Section section{
      .name = "lists",
      .title = "The lists",
      .facts = {{"cases", is_of_people ? "People on any list" : "Cases on any list",
                 told(evidence::cases_seen(table), is_of_people)},
                {"on_several", "On two lists or more", told(evidence::cases_on_several(table), is_of_people)}},
      .tables = {lists_table(table, is_of_people), overlaps_table(table, is_of_people)},
      .notes = {}};
  if (is_of_people) {
    // Beside the total, the lists' own counts would tell how few they share.
    if (evidence::cases_on_several(table) < k_told_min) section.tables.clear();
    section.facts.insert(section.facts.begin(), {"capacity", "Capacity", request.capacity});
    section.notes.push_back(
        fmt::format("Counts under {} are not told. A list is what one agency sent; records under seal elsewhere are "
                    "left out. It says nothing of any one person.",
                    k_told_min));
    return section;
  }
  section.facts.insert(section.facts.begin(), {"file", "File", request.file});
  section.notes = evidence::overlap_warnings(table);
  return section;
}

// Why lists that agencies make carry no estimate, without counts that would point at somebody.
std::optional<evidence::NoEstimate> refusal_of(const ListTable& table, bool is_of_people) {
  if (evidence::list_count(table) < evidence::k_lists_min) {
    return evidence::NoEstimate{
        .code = "lists_too_few",
        .reason = fmt::format("Agencies that hold people in this capacity: {}; an estimate takes {}.",
                              evidence::list_count(table), evidence::k_lists_min),
        .remedy = "Bring in what a further agency holds, or ask for another capacity."};
  }
  if (is_of_people && evidence::cases_on_several(table) < k_told_min) {
    return evidence::NoEstimate{
        .code = "overlap_too_small",
        .reason = fmt::format("Fewer than {} people are on two lists or more; the lists say too little about whom they "
                              "miss.",
                              k_told_min),
        .remedy = "Take a longer period, or lists that can meet the same people."};
  }
  return evidence::refuse_estimate(table);
}

Section refused_section(const evidence::NoEstimate& refusal) {
  return {.name = "refused",
          .title = "No estimate is given",
          .facts = {{"rule", "Rule", refusal.code},
                    {"reason", "Why", refusal.reason},
                    {"remedy", "What can be done", refusal.remedy}},
          .tables = {},
          .notes = {}};
}

// Everything that is reckoned before it is told.
struct Reckoned {
  ListFit main_effects;
  evidence::StepwiseFit stepwise;
  std::optional<evidence::AveragedEstimate> averaged;
  std::optional<evidence::ResampledInterval> resampled;
  std::vector<evidence::DependenceRow> dependence;
  std::optional<evidence::LimitsCoverage> coverage;
  std::optional<evidence::CombinedEstimate> combined;  // With the error of linkage.
};

// REQUIRES: refuse_estimate refused nothing.
Reckoned reckon(const ListTable& table, const HiddenRequest& request) {
  evidence::StepwiseFit stepwise = evidence::stepwise_fit(table, request.p_max).value();
  Reckoned reckoned{.main_effects = evidence::existing_fit(table, {}).value(),
                    .stepwise = std::move(stepwise),
                    .averaged = evidence::averaged_estimate(table),
                    .resampled = {},
                    .dependence = {},
                    .coverage = {},
                    .combined = {}};
  const ListFit& chosen = reckoned.stepwise.fit;
  reckoned.dependence = evidence::dependence_rows(table, chosen);
  if (request.resamples > 0) {
    reckoned.resampled = evidence::resampled_interval(
        table, {.resamples = request.resamples, .seed = request.seed, .p_max = request.p_max});
  }
  if (request.simulations > 0 && chosen.estimate() <= evidence::k_population_max) {
    reckoned.coverage =
        evidence::measure_coverage(evidence::population_of(table, chosen),
                                   {.sets = request.simulations, .seed = request.seed, .p_max = request.p_max});
  }
  return reckoned;
}

std::vector<Value> fit_row(const ListTable& table, const std::string& method, const ListFit& fit) {
  const Interval wald = evidence::wald_interval(fit);
  const std::optional<Interval> profile = evidence::profile_interval(table, fit);
  return {method,
          people(fit.estimate()),
          people(wald.low),
          people(wald.high),
          profile ? people(profile->low) : Value(),
          profile ? people(profile->high) : Value(),
          pairs_text(table, fit.model.pairs)};
}

Table estimates_table(const ListTable& table, const Reckoned& reckoned) {
  Table estimates{.name = "estimates",
                  .title = "All cases, seen and unseen",
                  .columns = {{"method", "Method"},
                              {"estimate", "Estimate", ColumnKind::number},
                              {"low", "From", ColumnKind::number},
                              {"high", "To", ColumnKind::number},
                              {"profile_low", "From, by profile", ColumnKind::number},
                              {"profile_high", "To, by profile", ColumnKind::number},
                              {"pairs", "Pairs that may depend"}},
                  .rows = {},
                  .empty_text = ""};
  estimates.rows.push_back(fit_row(table, "main effects", reckoned.main_effects));
  estimates.rows.push_back(fit_row(table, "stepwise", reckoned.stepwise.fit));
  if (const auto& averaged = reckoned.averaged) {
    estimates.rows.push_back({"averaged by BIC", people(averaged->estimate), people(averaged->interval.low),
                              people(averaged->interval.high), Value(), Value(),
                              fmt::format("{} models", averaged->models.size())});
  }
  if (const auto& resampled = reckoned.resampled) {
    estimates.rows.push_back({"stepwise, resampled (BCa)", people(reckoned.stepwise.fit.estimate()),
                              people(resampled->interval.low), people(resampled->interval.high), Value(), Value(),
                              "chosen anew each time"});
  }
  if (const auto& combined = reckoned.combined) {
    estimates.rows.push_back({"stepwise, links drawn again", people(combined->estimate), people(combined->interval.low),
                              people(combined->interval.high), Value(), Value(), "chosen anew each time"});
  }
  return estimates;
}

Table chosen_table(const ListTable& table, const evidence::StepwiseFit& stepwise, bool is_of_people) {
  Table chosen{.name = "chosen",
               .title = "Pairs in the order in which they came in",
               .columns = {{"pair", "Pair", ColumnKind::id}, {"p_value", "p"}},
               .rows = {},
               .empty_text = "No pair came in: main effects fit as well."};
  for (const evidence::ChosenPair& pair : stepwise.chosen) {
    chosen.rows.push_back(
        {name_of(table, pair.pair), is_of_people ? Value() : Value(fmt::format("{:.3g}", pair.p_value))});
  }
  return chosen;
}

Table models_table(const ListTable& table, const evidence::AveragedEstimate& averaged) {
  constexpr std::size_t k_shown = 10;
  Table models{.name = "models",
               .title = "The heaviest of the models averaged",
               .columns = {{"weight", "Weight", ColumnKind::number},
                           {"estimate", "Estimate", ColumnKind::number},
                           {"pairs", "Pairs that may depend"}},
               .rows = {},
               .empty_text = ""};
  for (std::size_t i = 0; i < std::min(k_shown, averaged.models.size()); ++i) {
    const evidence::WeightedModel& model = averaged.models[i];
    models.rows.push_back(
        {Decimal{model.weight, 3}, people(model.fit.estimate()), pairs_text(table, model.fit.model.pairs)});
  }
  return models;
}

std::string links_note(const Reckoned& reckoned, const HiddenRequest& request) {
  if (!reckoned.combined.has_value()) {
    return fmt::format("Of {} draws of the links too few had an estimate: the error of linkage is not in these limits.",
                       request.draws);
  }
  return fmt::format(
      "Links drawn again: {} draws, each link there with its probability; with an estimate: {}. {} per "
      "cent of that row's variance is the linkage's.",
      request.draws, reckoned.combined->with_estimate, base::format_fixed(100 * reckoned.combined->between_share, 0));
}

std::vector<std::string> estimate_notes(const ListTable& table, const Reckoned& reckoned,
                                        const HiddenRequest& request) {
  std::vector<std::string> notes = {
      "Limits are at 95 per cent. From and To: of the logarithm of the unseen, as such estimates are published; by "
      "profile: of the likelihood. Both take the model for given."};
  if (!request.is_from_links && !reckoned.stepwise.fit.design.empty_pairs.empty()) {
    notes.push_back(fmt::format("At minus infinity, since these lists share no case: {}.",
                                pairs_text(table, reckoned.stepwise.fit.design.empty_pairs)));
  }
  if (reckoned.averaged.has_value() && reckoned.averaged->is_cut_short) {
    notes.emplace_back("There are more models near the best than were fitted; the average is of those that were.");
  }
  if (request.resamples > 0) {
    notes.push_back(!reckoned.resampled.has_value()
                        ? std::string("Resampling gave no interval: every resample lay on one side of the estimate.")
                        : fmt::format("{} resamples of the cases, seed {}; without an estimate: {}.", request.resamples,
                                      request.seed, reckoned.resampled->without_estimate));
  }
  if (request.is_from_links) notes.push_back(links_note(reckoned, request));
  return notes;
}

Section estimate_section(const ListTable& table, const Reckoned& reckoned, const HiddenRequest& request) {
  double least = reckoned.main_effects.estimate();
  double most = least;
  const auto take = [&](double estimate) {
    least = std::min(least, estimate);
    most = std::max(most, estimate);
  };
  take(reckoned.stepwise.fit.estimate());
  if (reckoned.averaged.has_value()) {
    for (const evidence::WeightedModel& model : reckoned.averaged->models) take(model.fit.estimate());
  }
  Section section{
      .name = "estimate",
      .title = "How many there may be",
      .facts = {{"seen", "Cases seen", evidence::cases_seen(table)},
                {"least", "Least of the models below", people(least)},
                {"most", "Most of the models below", people(most)}},
      .tables = {estimates_table(table, reckoned), chosen_table(table, reckoned.stepwise, request.is_from_links)},
      .notes = estimate_notes(table, reckoned, request)};
  if (reckoned.averaged.has_value()) section.tables.push_back(models_table(table, *reckoned.averaged));
  return section;
}

Section dependence_section(const ListTable& table, const Reckoned& reckoned, bool is_of_people) {
  Table rows{.name = "dependence",
             .title = "The stepwise estimate, were the odds ratio of a pair",
             .columns = {{"pair", "Pair", ColumnKind::id}, {"fitted", "Fitted", ColumnKind::number}},
             .rows = {},
             .empty_text = ""};
  for (const double odds : evidence::k_assumed_odds) {
    std::string name = fmt::format("odds_{}", base::format_double(odds));
    std::ranges::replace(name, '.', '_');
    rows.columns.push_back({name, base::format_double(odds), ColumnKind::number});
  }
  for (const evidence::DependenceRow& row : reckoned.dependence) {
    std::vector<Value>& values = rows.rows.emplace_back();
    values = {name_of(table, row.pair),
              row.fitted_odds && !is_of_people ? Value(Decimal{*row.fitted_odds, 2}) : Value()};
    for (const std::optional<double>& estimate : row.estimates)
      values.push_back(estimate ? people(*estimate) : Value());
  }
  const Interval range = evidence::estimate_range(reckoned.dependence, reckoned.stepwise.fit.estimate());
  return {.name = "dependence",
          .title = "What it hangs on",
          .facts = {{"least", "Least, odds ratios from a half to two", people(range.low)},
                    {"most", "Most", people(range.high)}},
          .tables = {std::move(rows)},
          .notes = {"Lists depend on each other where being on one makes being on the other more likely (above 1: "
                    "agencies refer to each other) or less (below 1: they divide the work). An odds ratio of 1 is "
                    "independence. The lists cannot show all of it: dependence of three lists at once is assumed "
                    "away."}};
}

Section trust_section(const Reckoned& reckoned, const HiddenRequest& request) {
  Section section{.name = "trust",
                  .title = "How far to trust it",
                  .facts = {},
                  .tables = {},
                  .notes = {"After a model was chosen from the lists themselves, its limits are too narrow, and with "
                            "dependence that no model has the estimate can be unsound (Whitehead, Jackson, Balch and "
                            "Francis 2021).",
                            "Assumed: nobody joins or leaves in the period, records of one person were put together "
                            "without error where a row does not say otherwise, and cases on a list are as likely as "
                            "each other to be on the next."}};
  if (!reckoned.coverage.has_value()) {
    section.notes.emplace_back(
        "How often such limits hold was not measured: no list sets were asked for, or too many "
        "cases would have to be drawn.");
    return section;
  }
  const evidence::LimitsCoverage& coverage = *reckoned.coverage;
  Table held{.name = "coverage",
             .title = fmt::format("Of {} list sets drawn from the stepwise model, how many per cent of 95 per cent "
                                  "limits held the truth (seed {})",
                                  coverage.sets, request.seed),
             .columns = {{"model", "Model"},
                         {"with_estimate", "Sets with an estimate", ColumnKind::number},
                         {"held", "Held", ColumnKind::number},
                         {"held_by_profile", "By profile", ColumnKind::number}},
             .rows = {},
             .empty_text = ""};
  for (const auto& [name, count] :
       {std::pair{"known", coverage.known}, std::pair{"chosen from each set", coverage.chosen}}) {
    const auto share = [sets = count.with_estimate](std::int64_t sets_held) {
      return sets == 0 ? Value() : Value(Decimal{100 * static_cast<double>(sets_held) / static_cast<double>(sets), 1});
    };
    held.rows.push_back({std::string(name), count.with_estimate, share(count.wald), share(count.profile)});
  }
  section.tables.push_back(std::move(held));
  return section;
}

}  // namespace

Answer hidden(const Outside& outside, const Settings& settings, const HiddenRequest& request) {
  if (request.file.empty() != request.is_from_links) {
    return base::Error{base::ErrorKind::bad_command, "lists_not_said", "The lists are a file or the links, one of them",
                       "lists, --from-links", "Name a file, or say --from-links"};
  }
  // A server's other work goes on with the threads it has.
  if (outside.host == nullptr) base::set_thread_limit(settings.threads);
  LinkedLists linked;
  if (request.is_from_links) linked = TRY(lists_from_links(outside, settings, request));
  const ListTable table = request.is_from_links ? linked.likely : TRY(read_lists(request.file));
  Report report{.verb = "hidden", .sections = {lists_section(table, request)}};
  add_carried_note(report.sections.front(), request.file);
  if (linked.undated > 0) report.sections.front().notes.emplace_back("Records without a date are left out.");
  if (const std::optional<evidence::NoEstimate> refusal = refusal_of(table, request.is_from_links)) {
    report.sections.push_back(refused_section(*refusal));
    report.outcome = Outcome::done_with_findings;
    return report;
  }
  TRY(outside.interrupt.poll());
  Reckoned reckoned = reckon(table, request);
  reckoned.combined = evidence::combined_estimate(linked.drawn, request.p_max);
  report.sections.push_back(estimate_section(table, reckoned, request));
  report.sections.push_back(dependence_section(table, reckoned, request.is_from_links));
  report.sections.push_back(trust_section(reckoned, request));
  if (!request.output.empty()) {
    TRY(write_small_table(request.output, report.sections[1].tables.front()));
    report.sections[1].notes.push_back("Written: " + request.output + ".");
  }
  return report;
}

}  // namespace throughline::app
