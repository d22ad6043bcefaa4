#include "app/simulate_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/session.h"
#include "app/simulate_compared.h"
#include "app/simulate_files.h"
#include "simulate/begin.h"
#include "simulate/built_in.h"
#include "simulate/describe.h"
#include "simulate/members.h"
#include "simulate/parameter_names.h"
#include "simulate/world_file.h"

namespace throughline::app {

namespace {

using base::Result;

// The model is about nobody and is published with the program.
Result<void> may_see_model(const Outside& outside, const Settings& settings) {
  const auto session = TRY(Session::open(outside, settings, "simulate"));
  static_cast<void>(TRY(session->may({.operation = ledger::Operation::consultation,
                                      .data_class = ledger::DataClass::published,
                                      .object = "market model"})));
  return {};
}

std::string_view kind_name(simulate::OutcomeKind kind) {
  switch (kind) {
    case simulate::OutcomeKind::stock: return "stock";
    case simulate::OutcomeKind::index: return "index";
    case simulate::OutcomeKind::count: return "count";
    case simulate::OutcomeKind::amount: return "amount";
  }
  return "count";
}

template <class Words>
std::vector<ModelWords> words_of(const Words& words) {
  std::vector<ModelWords> shown;
  for (const simulate::LeverWords& word : words) {
    shown.push_back({.name = std::string(word.name), .what = std::string(word.what)});
  }
  return shown;
}

std::vector<ModelOutcome> outcomes_shown() {
  std::vector<ModelOutcome> shown;
  for (const simulate::OutcomeWords& words : simulate::outcome_words()) {
    const auto outcome = static_cast<simulate::Outcome>(shown.size());
    shown.push_back({.name = std::string(words.name),
                     .kind = std::string(kind_name(words.kind)),
                     .what = std::string(words.what),
                     .is_mapped = std::ranges::find(mapped_outcomes(), outcome) != mapped_outcomes().end()});
  }
  shown.push_back({.name = compared_name(simulate::k_outcomes),
                   .kind = "amount",
                   .what = "cost of violence, in pounds at the Home Office's unit costs of 2018"});
  return shown;
}

Result<ModelEnsemble> ensemble_shown() {
  constexpr std::string_view k_file = "ensemble.csv";
  const std::string_view text = simulate::built_in_file(k_file);
  ModelEnsemble shown{.members = std::ssize(TRY(simulate::built_in_members(simulate::built_in_cards()))),
                      .parameters = {}};
  for (const std::size_t parameter : TRY(simulate::member_parameters(text, k_file))) {
    shown.parameters.emplace_back(simulate::parameter_names()[parameter].name);
  }
  return shown;
}

std::vector<ModelAreaShown> areas_shown(const simulate::World& world) {
  std::vector<ModelAreaShown> shown;
  for (const simulate::Place& place : world.places) {
    shown.push_back({.code = place.code,
                     .name = place.name,
                     .force = place.force,
                     .easting_metres = place.easting_metres,
                     .northing_metres = place.northing_metres,
                     .residents = static_cast<std::int64_t>(place.residents),
                     .is_hub = place.is_hub});
  }
  return shown;
}

std::optional<base::Date> day_shown(const simulate::World& world, std::int32_t day, std::int32_t open) {
  if (day == open) return std::nullopt;
  return world.starts + day;
}

// A force for all of its places, where it has several.
std::vector<std::string> area_names(const simulate::World& world, const std::vector<std::int32_t>& areas) {
  std::vector<std::string> names;
  const auto is_meant = [&](std::int64_t place) {
    return std::ranges::binary_search(areas, static_cast<std::int32_t>(place));
  };
  const auto is_force_meant = [&](const std::string& force) {
    for (std::int64_t i = 0; i < std::ssize(world.places); ++i) {
      if (world.places[static_cast<std::size_t>(i)].force == force && !is_meant(i)) return false;
    }
    return std::ranges::count(world.places, force, &simulate::Place::force) > 1;
  };
  for (const std::int32_t area : areas) {
    const simulate::Place& place = world.places[static_cast<std::size_t>(area)];
    const std::string& name = is_force_meant(place.force) ? place.force : place.name;
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

}  // namespace

ModelParameter parameter_shown(const simulate::ParameterCard& card) {
  ModelParameter shown{.name = card.name,
                       .value = card.value,
                       .low = card.low,
                       .high = card.high,
                       .unit = card.unit,
                       .source = card.source,
                       .note = card.note,
                       .is_assumption = card.is_assumption(),
                       .rivals = {}};
  for (const simulate::RivalValue& rival : card.rivals) {
    shown.rivals.push_back({.value = rival.value, .source = rival.source});
  }
  return shown;
}

Result<ModelShown> show_model(const Outside& outside, const Settings& settings, const std::string& world) {
  TRY(may_see_model(outside, settings));
  const simulate::World of = TRY(world_of_page(world));
  ModelShown shown{.world = of.name,
                   .title = of.title,
                   .starts = of.starts,
                   .worlds = {},
                   .areas = areas_shown(of),
                   .levers = words_of(simulate::lever_words()),
                   .strikes = words_of(simulate::strike_words()),
                   .parameters = {},
                   .ensemble = TRY(ensemble_shown()),
                   .outcomes = outcomes_shown(),
                   .assumptions = 0,
                   .cannot_tell = {},
                   .bounds = bounds_of_page()};
  for (const std::string& name : simulate::built_in_worlds()) {
    shown.worlds.push_back({.name = name, .what = TRY(simulate::built_in_world(name)).title});
  }
  for (const simulate::ParameterCard& card : simulate::built_in_cards()) {
    shown.parameters.push_back(parameter_shown(card));
    shown.assumptions += card.is_assumption() ? 1 : 0;
  }
  for (const std::string_view sentence : simulate::what_it_cannot_tell()) shown.cannot_tell.emplace_back(sentence);
  return shown;
}

Result<std::string> describe_model(const Outside& outside, const Settings& settings, const std::string& world) {
  TRY(may_see_model(outside, settings));
  const std::vector<simulate::ParameterCard> cards = simulate::built_in_cards();
  simulate::RunInput input{.world = TRY(world_of_page(world)), .parameters = simulate::values_of(cards)};
  return simulate::odd_description(simulate::begin_world(std::move(input)), cards);
}

Result<ScenarioShown> show_scenario(const Outside& outside, const Settings& settings, const ScenarioAsked& asked) {
  TRY(may_see_model(outside, settings));
  TRY(check_days(asked.days));
  const simulate::World world = TRY(world_of_page(asked.world));
  const auto days = static_cast<std::int32_t>(asked.days);
  const simulate::Scenario scenario = TRY(simulate::read_scenario(asked.scenario, k_scenario_file, world, days));
  TRY(check_changes(scenario));
  ScenarioShown shown{.name = scenario.name, .changes = {}, .strikes = {}};
  for (const simulate::LeverAction& action : scenario.actions) {
    shown.changes.push_back({.lever = std::string(simulate::lever_words()[static_cast<std::size_t>(action.lever)].name),
                             .multiply = action.multiply,
                             .from = day_shown(world, action.from, 0),
                             .until = day_shown(world, action.until, simulate::k_without_end),
                             .areas = area_names(world, action.areas)});
  }
  for (const simulate::Strike& strike : scenario.strikes) {
    shown.strikes.push_back(
        {.target = std::string(simulate::strike_words()[static_cast<std::size_t>(strike.target)].name),
         .share = strike.share,
         .date = world.starts + strike.day,
         .areas = area_names(world, strike.areas)});
  }
  return shown;
}

}  // namespace throughline::app
