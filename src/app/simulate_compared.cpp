#include "app/simulate_compared.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/bad_command.h"
#include "app/simulate_files.h"
#include "app/simulate_input.h"
#include "app/simulate_model.h"
#include "base/text.h"
#include "simulate/begin.h"
#include "simulate/describe.h"
#include "simulate/world_file.h"

namespace throughline::app {

namespace {

using base::Result;

// About four minutes on two cores; what runs holds the queue of jobs.
constexpr std::int64_t k_place_days_most = 20'000'000;
// About ten megabytes, held until twenty newer ones are there.
constexpr std::int64_t k_place_rows_most = 120'000;

Result<void> check_bounds(std::string_view name, std::int64_t value, std::int64_t least, std::int64_t most) {
  if (value >= least && value <= most) return {};
  return bad_command("out_of_bounds", fmt::format("{} is {}; it may be {} to {} here", name, value, least, most),
                     std::string(name), "Choose one within, or run it on the command line");
}

Result<void> check_size(const ComparisonOrder& order) {
  const simulate::CompareInput& input = order.input;
  const std::int64_t places = std::ssize(input.baseline.world.places);
  const std::int64_t days = std::int64_t{input.days} + input.baseline.warm_up_days;
  const std::int64_t place_days = places * days * 2 * input.replicates;
  if (place_days > k_place_days_most) {
    return bad_command("too_much",
                       fmt::format("{} pairs over {} days in {} places are {} days of places, more than {}",
                                   input.replicates, input.days, places, place_days, k_place_days_most),
                       "replicates, days, world", "Ask for fewer pairs or years, or run it on the command line");
  }
  const std::int64_t periods = input.days / (input.baseline.every == simulate::Every::week ? 7 : 28) + 1;
  const std::int64_t rows = (periods + 1) * places * std::ssize(input.mapped);
  if (rows > k_place_rows_most) {
    return bad_command(
        "too_much",
        fmt::format("{} periods in {} places are {} rows, more than {}", periods, places, rows, k_place_rows_most),
        "every, days, world", "Ask for months or fewer years, or run it on the command line");
  }
  return {};
}

void add_limits(CourseShown& course, const simulate::PeriodDifference& row) {
  const bool is_any = simulate::is_any_pair_different(row);
  course.baseline.push_back(row.baseline);
  course.difference.push_back(row.difference);
  course.low.push_back(is_any ? std::optional(row.low) : std::nullopt);
  course.high.push_back(is_any ? std::optional(row.high) : std::nullopt);
}

CourseShown course_of(const simulate::PeriodDifference& row, const std::string& area) {
  return {.outcome = compared_name(row.outcome), .area = area, .baseline = {}, .difference = {}, .low = {}, .high = {}};
}

AreaTotalShown area_total(const simulate::PeriodDifference& row, const std::string& area) {
  const bool is_any = simulate::is_any_pair_different(row);
  return {.outcome = compared_name(row.outcome),
          .area = area,
          .baseline = row.baseline,
          .difference = row.difference,
          .low = is_any ? std::optional(row.low) : std::nullopt,
          .high = is_any ? std::optional(row.high) : std::nullopt};
}

// The rows come by outcome, then period.
void add_courses(const simulate::Comparison& comparison, ComparisonShown& shown) {
  for (const simulate::PeriodDifference& row : comparison.periods) {
    if (row.outcome == 0) shown.periods.push_back({.from = shown.starts + row.from_day, .days = row.days});
    if (shown.courses.empty() || shown.courses.back().outcome != compared_name(row.outcome)) {
      shown.courses.push_back(course_of(row, ""));
    }
    add_limits(shown.courses.back(), row);
  }
}

// The rows come by outcome, then area, of which the whole run stands first.
void add_areas(const KeptComparison& kept, ComparisonShown& shown) {
  for (const simulate::PlaceDifference& row : kept.comparison.places) {
    const std::string& area = kept.order.input.baseline.world.places[row.place].code;
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

Result<void> check_days(std::int64_t days) {
  const ComparisonBounds bounds;
  return check_bounds("days", days, bounds.days_least, bounds.days_most);
}

Result<void> check_changes(const simulate::Scenario& scenario) {
  const std::int64_t changes = std::ssize(scenario.actions) + std::ssize(scenario.strikes);
  if (changes == 0) {
    return bad_command("scenario_empty", "The scenario changes nothing", std::string(k_scenario_file),
                       "Give it at least one [[change]] or [[strike]]");
  }
  return check_bounds("the number of changes", changes, 1, ComparisonBounds{}.changes_most);
}

Result<ComparisonOrder> read_comparison(ComparisonAsked asked) {
  const ComparisonBounds bounds;
  TRY(check_days(asked.days));
  TRY(check_bounds("replicates", asked.replicates, bounds.replicates_least, bounds.replicates_most));
  ComparisonOrder order;
  order.cards = simulate::built_in_cards();
  if (!asked.parameters.empty()) {
    order.cards = TRY(simulate::with_values(std::move(order.cards), asked.parameters, k_parameters_file));
  }
  order.input.baseline.world = TRY(world_of_page(asked.world));
  order.input.baseline.parameters = simulate::values_of(order.cards);
  order.input.baseline.seed = asked.seed;
  order.input.baseline.every = TRY(every_named(asked.every, "every"));
  order.input.days = static_cast<std::int32_t>(asked.days);
  order.input.replicates = asked.replicates;
  order.input.mapped = mapped_outcomes();
  const simulate::Scenario scenario =
      TRY(simulate::read_scenario(asked.scenario, k_scenario_file, order.input.baseline.world, order.input.days));
  TRY(check_changes(scenario));
  order.input.scenarios = {scenario};
  order.asked = std::move(asked);
  TRY(check_size(order));
  return order;
}

ComparisonShown shown_comparison(const KeptComparison& kept) {
  const simulate::CompareInput& input = kept.order.input;
  ComparisonShown shown{.asked = kept.order.asked,
                        .name = input.scenarios.front().name,
                        .starts = input.baseline.world.starts,
                        .periods = {},
                        .acted_on = acted_on_codes(input),
                        .totals = {},
                        .courses = {},
                        .areas = {},
                        .area_totals = {},
                        .changed = changed_parameters(kept.order.cards)};
  for (const simulate::OutcomeDifference& row : kept.comparison.totals) {
    const bool is_any = simulate::is_any_pair_different(row);
    shown.totals.push_back({.where = where_name(row.where),
                            .outcome = compared_name(row.outcome),
                            .baseline = row.baseline,
                            .difference = row.difference,
                            .low = is_any ? std::optional(row.low) : std::nullopt,
                            .high = is_any ? std::optional(row.high) : std::nullopt,
                            .share_up = is_any ? std::optional(row.share_up) : std::nullopt});
  }
  add_courses(kept.comparison, shown);
  add_areas(kept, shown);
  return shown;
}

Result<std::string> comparison_text(const KeptComparison& kept, const std::string& file) {
  if (file == k_scenario_file) return kept.order.asked.scenario;
  if (file == k_parameters_file) return kept.order.asked.parameters;
  if (file == "description.md") {
    return simulate::odd_description(simulate::begin_world(kept.order.input.baseline), kept.order.cards);
  }
  std::vector<std::string> names{std::string(k_scenario_file), std::string(k_parameters_file), "description.md"};
  for (NamedText& text : comparison_files(kept.order.input, kept.comparison)) {
    if (text.name == file) return std::move(text.text);
    names.push_back(std::move(text.name));
  }
  const auto nearest = base::nearest_name(file, names);
  return bad_command("file_unknown", "A comparison has no such file", "file",
                     nearest ? fmt::format("Did you mean {}?", *nearest) : "The contract lists its files");
}

}  // namespace throughline::app
