#include "app/simulate_compared.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/bad_command.h"
#include "app/simulate_files.h"
#include "app/simulate_input.h"
#include "app/simulate_model.h"
#include "base/sha256.h"
#include "base/text.h"
#include "simulate/begin.h"
#include "simulate/built_in.h"
#include "simulate/describe.h"
#include "simulate/world_file.h"

namespace throughline::app {

namespace {

using base::Result;

// About ten megabytes, held until twenty newer ones are there.
constexpr std::int64_t k_place_rows_most = 120'000;

Result<void> check_bounds(std::string_view name, std::int64_t value, std::int64_t least, std::int64_t most) {
  if (value >= least && value <= most) return {};
  return bad_command("out_of_bounds", fmt::format("{} is {}; it may be {} to {} here", name, value, least, most),
                     std::string(name), "Choose one within, or run it on the command line");
}

// The bounds of pairs are those of all sets together.
Result<void> check_pairs(const ComparedRuns& runs) {
  const ComparisonBounds bounds = bounds_of_page();
  const std::int64_t pairs = runs.input.pairs.replicates;
  if (!runs.is_over_ensemble()) {
    return check_bounds("replicates", pairs, bounds.replicates_least, bounds.replicates_most);
  }
  const std::int64_t most = bounds.replicates_most / runs.sets();
  if (pairs >= bounds.replicates_least && pairs <= most) return {};
  return bad_command("out_of_bounds",
                     fmt::format("replicates is {} for each of {} sets of parameters; it may be {} to {} here", pairs,
                                 runs.sets(), bounds.replicates_least, most),
                     "replicates", "Choose one within or one set of parameters, or run it on the command line");
}

Result<void> check_size(const ComparedRuns& runs) {
  const simulate::CompareInput& input = runs.input.pairs;
  const std::int64_t places = std::ssize(input.baseline.world.places);
  const std::int64_t days = std::int64_t{input.days} + input.baseline.warm_up_days;
  const std::int64_t place_days = places * days * 2 * runs.pairs();
  const std::int64_t most = bounds_of_page().place_days_most;
  if (place_days > most) {
    return bad_command("too_much",
                       fmt::format("{} pairs over {} days in {} places are {} days of places, more than {}",
                                   runs.pairs(), input.days, places, place_days, most),
                       "over, replicates, days, world",
                       runs.is_over_ensemble()
                           ? "Choose one set of parameters or a smaller world, or run it on the command line"
                           : "Choose fewer pairs or years or a smaller world, or run it on the command line");
  }
  const std::int64_t periods = input.days / (input.baseline.every == simulate::Every::week ? 7 : 28) + 1;
  const std::int64_t rows = (periods + 1) * places * std::ssize(input.mapped);
  if (rows > k_place_rows_most) {
    return bad_command(
        "too_much",
        fmt::format("{} periods in {} places are {} rows, more than {}", periods, places, rows, k_place_rows_most),
        "every, days, world", "Choose months or fewer years, or run it on the command line");
  }
  return {};
}

Result<void> read_built_in_members(ComparedRuns& runs) {
  Result<std::vector<simulate::Member>> members = simulate::built_in_members(runs.cards);
  if (!members.ok()) {
    base::Error error = std::move(members).error();
    if (error.code != "option_unused") return error;
    error.where = k_parameters_file;
    error.remedy = "Choose one set of parameters to set it, or leave it out";
    return error;
  }
  runs.input.members = std::move(members).value();
  runs.input.priors = simulate::built_in_priors(runs.cards);
  runs.priors_hash = base::hash_text(simulate::built_in_file("priors.toml")).hex();
  runs.ensemble_hash = base::hash_text(simulate::built_in_file("ensemble.csv")).hex();
  return {};
}

void add_limits(CourseShown& course, const simulate::PeriodDifference& row) {
  const bool is_any = row.is_any_different;
  course.baseline.push_back(row.baseline);
  course.difference.push_back(row.difference);
  course.low.push_back(is_any ? std::optional(row.low) : std::nullopt);
  course.high.push_back(is_any ? std::optional(row.high) : std::nullopt);
}

CourseShown course_of(const simulate::PeriodDifference& row, const std::string& area) {
  return {.outcome = compared_name(row.outcome), .area = area, .baseline = {}, .difference = {}, .low = {}, .high = {}};
}

AreaTotalShown area_total(const simulate::PeriodDifference& row, const std::string& area) {
  const bool is_any = row.is_any_different;
  return {.outcome = compared_name(row.outcome),
          .area = area,
          .baseline = row.baseline,
          .difference = row.difference,
          .low = is_any ? std::optional(row.low) : std::nullopt,
          .high = is_any ? std::optional(row.high) : std::nullopt};
}

// The rows come by outcome, then period.
void add_courses(const Compared& compared, ComparisonShown& shown) {
  for (const simulate::PeriodDifference& row : periods_of(compared)) {
    if (row.outcome == 0) shown.periods.push_back({.from = shown.starts + row.from_day, .days = row.days});
    if (shown.courses.empty() || shown.courses.back().outcome != compared_name(row.outcome)) {
      shown.courses.push_back(course_of(row, ""));
    }
    add_limits(shown.courses.back(), row);
  }
}

// The rows come by outcome, then area, of which the whole run stands first.
void add_areas(const KeptComparison& kept, ComparisonShown& shown) {
  for (const simulate::PlaceDifference& row : places_of(kept.compared)) {
    const std::string& area = kept.order.runs.input.pairs.baseline.world.places[row.place].code;
    const bool is_next = shown.areas.empty() || shown.areas.back().area != area ||
                         shown.areas.back().outcome != compared_name(row.of.outcome);
    if (is_next) {
      shown.area_totals.push_back(area_total(row.of, area));
      shown.areas.push_back(course_of(row.of, area));
    } else {
      add_limits(shown.areas.back(), row.of);
    }
  }
}

std::vector<std::string> acted_on_codes(const simulate::CompareInput& input) {
  const std::vector<simulate::Place>& places = input.baseline.world.places;
  const std::vector<bool> is_acted_on = simulate::acted_on(input.scenarios.front(), places.size());
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (is_acted_on[i]) codes.push_back(places[i].code);
  }
  return codes;
}

std::vector<ModelParameter> changed_parameters(const std::vector<simulate::ParameterCard>& cards) {
  std::vector<ModelParameter> changed;
  const std::vector<simulate::ParameterCard> built_in = simulate::built_in_cards();
  for (std::size_t i = 0; i < cards.size(); ++i) {
    if (cards[i].value != built_in[i].value) changed.push_back(parameter_shown(cards[i]));
  }
  return changed;
}

TotalShown total_shown(const auto& row) {
  const std::optional<simulate::MeanLimits> mean = mean_limits_of(row);
  const bool is_any = row.is_any_different;
  const auto where_any = [&](double value) { return is_any ? std::optional(value) : std::nullopt; };
  return {.where = where_name(row.where),
          .outcome = compared_name(row.outcome),
          .baseline = row.baseline,
          .difference = row.difference,
          .low = where_any(row.low),
          .high = where_any(row.high),
          .mean_low = mean ? where_any(mean->low) : std::nullopt,
          .mean_high = mean ? where_any(mean->high) : std::nullopt,
          .share_up = where_any(row.share_up),
          .share_between = is_any ? share_between_of(row) : std::nullopt,
          .higher_in = row.higher,
          .lower_in = row.lower};
}

// The rows come by parameter, then figure.
std::vector<RivalShown> rivals_shown(const KeptComparison& kept) {
  std::vector<RivalShown> shown;
  const simulate::RivalDifference* last = nullptr;
  for (const simulate::RivalDifference& row : rivals_of(kept.compared)) {
    if (last == nullptr || last->parameter != row.parameter || last->rival != row.rival) {
      const simulate::ParameterCard& card = kept.order.runs.cards[row.parameter];
      const simulate::RivalValue& figure = figure_of(kept.order.runs, row);
      shown.push_back({.parameter = card.name,
                       .figure = figure.value,
                       .unit = card.unit,
                       .source = figure.source,
                       .members = row.members,
                       .totals = {}});
    }
    shown.back().totals.push_back(total_shown(row.difference));
    last = &row;
  }
  return shown;
}

std::string limits_name(LimitsKind kind) {
  switch (kind) {
    case LimitsKind::chance: return "chance";
    case LimitsKind::outermost: return "outermost";
    case LimitsKind::middle: return "middle";
  }
  return "";
}

}  // namespace

const std::vector<simulate::Outcome>& mapped_outcomes() {
  static const std::vector<simulate::Outcome> k_mapped{simulate::Outcome::lines_open,
                                                       simulate::Outcome::children_carrying,
                                                       simulate::Outcome::children_recruited,
                                                       simulate::Outcome::children_arrested,
                                                       simulate::Outcome::children_referred,
                                                       simulate::Outcome::homes_taken_over,
                                                       simulate::Outcome::fights,
                                                       simulate::Outcome::users_in_treatment,
                                                       simulate::Outcome::deaths_users,
                                                       simulate::Outcome::days_missing};
  return k_mapped;
}

Result<simulate::World> world_of_page(const std::string& name) {
  Result<simulate::World> world = simulate::built_in_world(name);
  if (world.ok()) return world;
  base::Error error = std::move(world).error();
  error.where = "world";
  return error;
}

ComparisonBounds bounds_of_page() {
  ComparisonBounds bounds;
  bounds.warm_up_days = simulate::RunInput{}.warm_up_days;
  return bounds;
}

Result<void> check_days(std::int64_t days) {
  const ComparisonBounds bounds = bounds_of_page();
  return check_bounds("days", days, bounds.days_least, bounds.days_most);
}

Result<void> check_changes(const simulate::Scenario& scenario) {
  const std::int64_t changes = std::ssize(scenario.actions) + std::ssize(scenario.strikes);
  if (changes == 0) {
    return bad_command("scenario_empty", "The scenario changes nothing", std::string(k_scenario_file),
                       "Give it at least one [[change]] or [[strike]]");
  }
  return check_bounds("the number of changes", changes, 1, bounds_of_page().changes_most);
}

Result<ComparisonOrder> read_comparison(ComparisonAsked asked) {
  TRY(check_days(asked.days));
  ComparisonOrder order;
  ComparedRuns& runs = order.runs;
  runs.cards = simulate::built_in_cards();
  if (!asked.parameters.empty()) {
    runs.cards = TRY(simulate::with_values(std::move(runs.cards), asked.parameters, k_parameters_file));
  }
  const bool is_over_ensemble = asked.over == Over::ensemble;
  if (is_over_ensemble) TRY(read_built_in_members(runs));
  simulate::CompareInput& input = runs.input.pairs;
  input.replicates = asked.replicates.value_or(is_over_ensemble ? k_member_pairs_usual : k_replicates_usual);
  TRY(check_pairs(runs));
  input.baseline.world = TRY(world_of_page(asked.world));
  input.baseline.parameters = simulate::values_of(runs.cards);
  input.baseline.seed = asked.seed;
  input.baseline.every = TRY(every_named(asked.every, "every"));
  input.days = static_cast<std::int32_t>(asked.days);
  input.mapped = mapped_outcomes();
  const simulate::Scenario scenario =
      TRY(simulate::read_scenario(asked.scenario, k_scenario_file, input.baseline.world, input.days));
  TRY(check_changes(scenario));
  input.scenarios = {scenario};
  order.asked = std::move(asked);
  TRY(check_size(runs));
  return order;
}

ComparisonShown shown_comparison(const KeptComparison& kept) {
  const ComparedRuns& runs = kept.order.runs;
  const simulate::CompareInput& input = runs.input.pairs;
  ComparisonShown shown{.asked = kept.order.asked,
                        .name = input.scenarios.front().name,
                        .members = runs.sets(),
                        .replicates = input.replicates,
                        .limits = limits_name(limits_kind(runs)),
                        .limits_words = limits_words(runs),
                        .starts = input.baseline.world.starts,
                        .periods = {},
                        .acted_on = acted_on_codes(input),
                        .totals = {},
                        .courses = {},
                        .areas = {},
                        .area_totals = {},
                        .rivals = rivals_shown(kept),
                        .changed = changed_parameters(runs.cards)};
  each_total(kept.compared, [&](const auto& row) { shown.totals.push_back(total_shown(row)); });
  add_courses(kept.compared, shown);
  add_areas(kept, shown);
  return shown;
}

Result<std::string> comparison_text(const KeptComparison& kept, const std::string& file) {
  if (file == k_scenario_file) return kept.order.asked.scenario;
  if (file == k_parameters_file) return kept.order.asked.parameters;
  const ComparedRuns& runs = kept.order.runs;
  if (file == "description.md") {
    return simulate::odd_description(simulate::begin_world(runs.input.pairs.baseline), runs.cards);
  }
  std::vector<std::string> names{std::string(k_scenario_file), std::string(k_parameters_file), "description.md"};
  for (NamedText& text : comparison_files(runs, kept.compared)) {
    if (text.name == file) return std::move(text.text);
    names.push_back(std::move(text.name));
  }
  const auto nearest = base::nearest_name(file, names);
  return bad_command("file_unknown", "A comparison has no such file", "file",
                     nearest ? fmt::format("Did you mean {}?", *nearest) : "The contract lists its files");
}

}  // namespace throughline::app
