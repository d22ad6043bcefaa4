#include <fmt/format.h>

#include <algorithm>

#include "simulate/toml_internal.h"

namespace throughline::simulate {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr double k_multiply_most = 100;

Result<std::int32_t> day_in(const ScenarioText& text, const toml::table& table, std::string_view key,
                            std::int32_t missing) {
  const toml::node* node = table.get(key);
  if (node == nullptr && missing >= 0) return missing;
  const toml::value<toml::date>* written = node == nullptr ? nullptr : node->as_date();
  std::optional<base::Date> date;
  if (written != nullptr) {
    date = base::Date::from_civil({written->get().year, written->get().month, written->get().day});
  }
  if (!date.has_value()) {
    return Error{ErrorKind::bad_command, "date_malformed", fmt::format("{} is not a date", key),
                 text.source.place(node == nullptr ? static_cast<const toml::node&>(table) : *node),
                 "Write it as 2024-06-01, without quotes"};
  }
  const std::int32_t day = *date - text.world.starts;
  if (day < 0 || day > text.days) {
    return Error{ErrorKind::bad_command, "date_outside",
                 fmt::format("{} is {}, outside the run from {} to {}", key, base::to_string(*date),
                             base::to_string(text.world.starts), base::to_string(text.world.starts + text.days)),
                 text.source.place(*node), "Choose a day of the run, or run for longer"};
  }
  return day;
}

Result<std::vector<std::int32_t>> areas_in(const ScenarioText& text, const toml::table& table) {
  std::vector<std::int32_t> areas;
  const toml::node* node = table.get("areas");
  if (node == nullptr) return areas;
  if (node->as_array() == nullptr || node->as_array()->empty()) {
    return Error{ErrorKind::bad_command, "areas_malformed", "areas is not a list of names", text.source.place(*node),
                 "Write it as [\"Norwich\"], or leave it out for everywhere"};
  }
  std::vector<std::string> known;
  for (const Place& place : text.world.places) known.insert(known.end(), {place.name, place.code, place.force});
  for (const toml::node& element : *node->as_array()) {
    const std::string name = element.value_or(std::string());
    const std::size_t before = areas.size();
    for (std::size_t i = 0; i < text.world.places.size(); ++i) {
      const Place& place = text.world.places[i];
      if (place.name == name || place.code == name || place.force == name)
        areas.push_back(static_cast<std::int32_t>(i));
    }
    if (areas.size() == before) return unknown_name("area of this world", name, known, text.source.place(element));
  }
  std::ranges::sort(areas);
  areas.erase(std::ranges::unique(areas).begin(), areas.end());
  return areas;
}

// The place of the name among the words. Error "name_unknown".
template <class Words>
Result<std::size_t> named(const ScenarioText& text, const toml::table& table, std::string_view key,
                          const Words& words) {
  const std::string name = TRY(text_in(text.source, table, key));
  std::vector<std::string> known;
  for (const LeverWords& word : words) known.emplace_back(word.name);
  const auto at = std::ranges::find(known, name);
  if (at == known.end()) {
    const toml::node* node = table.get(key);
    return unknown_name(key, name, known,
                        text.source.place(node == nullptr ? static_cast<const toml::node&>(table) : *node));
  }
  return static_cast<std::size_t>(at - known.begin());
}

// Where a lever or a strike can do anything.
enum class Reach : std::uint8_t { anywhere, hubs, first_hub, beside_the_only_hub };

Reach reach_of(Lever lever) {
  switch (lever) {
    case Lever::shipment_seizures:
    case Lever::imports: return Reach::first_hub;
    case Lever::newcomers: return Reach::hubs;
    case Lever::travel_stops: return Reach::beside_the_only_hub;
    default: return Reach::anywhere;
  }
}

bool is_within_reach(const World& world, Reach reach, std::int32_t area) {
  const Place& place = world.places[static_cast<std::size_t>(area)];
  const auto first = std::ranges::find(world.places, true, &Place::is_hub) - world.places.begin();
  switch (reach) {
    case Reach::anywhere: return true;
    case Reach::hubs: return place.is_hub;
    case Reach::first_hub: return area == first;
    case Reach::beside_the_only_hub: return !place.is_hub || std::ranges::count(world.places, true, &Place::is_hub) > 1;
  }
  return true;
}

// Error "acts_nowhere" where it is put into places only in which it does nothing.
Result<void> check_reach(const ScenarioText& text, const toml::table& table, Reach reach,
                         const std::vector<std::int32_t>& areas) {
  const auto reaches = [&](std::int32_t area) { return is_within_reach(text.world, reach, area); };
  if (areas.empty() || std::ranges::any_of(areas, reaches)) return {};
  const auto first = std::ranges::find(text.world.places, true, &Place::is_hub);
  std::string remedy = "Name a hub, or leave areas out";
  if (reach == Reach::first_hub) {
    remedy = fmt::format("Leave areas out, or name {}: importers are counted there alone", first->name);
  }
  if (reach == Reach::beside_the_only_hub) remedy = "Name a place that lines travel to, or leave areas out";
  return Error{ErrorKind::bad_command, "acts_nowhere", "It does nothing in these areas",
               text.source.place(*table.get("areas")), remedy};
}

Result<LeverAction> change_in(const ScenarioText& text, const toml::table& table) {
  TRY(check_keys(text.source, table, {"lever", "multiply", "from", "until", "areas"}));
  LeverAction action;
  action.lever = static_cast<Lever>(TRY(named(text, table, "lever", lever_words())));
  action.multiply = TRY(number_in(text.source, table, {.key = "multiply", .low = 0, .high = k_multiply_most}));
  action.from = TRY(day_in(text, table, "from", 0));
  action.until = TRY(day_in(text, table, "until", k_without_end));
  if (action.until <= action.from) {
    return Error{ErrorKind::bad_command, "dates_reversed", "until is not after from", text.source.place(table),
                 "The change goes on until the day before until"};
  }
  action.areas = TRY(areas_in(text, table));
  TRY(check_reach(text, table, reach_of(action.lever), action.areas));
  return action;
}

Result<Strike> strike_in(const ScenarioText& text, const toml::table& table) {
  TRY(check_keys(text.source, table, {"target", "share", "date", "areas"}));
  Strike strike;
  strike.target = static_cast<StrikeTarget>(TRY(named(text, table, "target", strike_words())));
  strike.share = TRY(number_in(text.source, table, {.key = "share", .low = 0, .high = 1}));
  strike.day = TRY(day_in(text, table, "date", -1));
  strike.areas = TRY(areas_in(text, table));
  const Reach reach = strike.target == StrikeTarget::stock ? Reach::hubs : Reach::anywhere;
  TRY(check_reach(text, table, reach, strike.areas));
  return strike;
}

}  // namespace

Result<Scenario> scenario_in(const ScenarioText& text, const toml::table& table, std::string_view otherwise) {
  TRY(check_keys(text.source, table, {"name", "change", "strike"}));
  Scenario scenario;
  const std::string name = TRY(text_in(text.source, table, "name"));
  scenario.name = name.empty() ? std::string(otherwise) : name;
  for (const toml::table* change : TRY(tables_in(text.source, table, "change"))) {
    scenario.actions.push_back(TRY(change_in(text, *change)));
  }
  for (const toml::table* strike : TRY(tables_in(text.source, table, "strike"))) {
    scenario.strikes.push_back(TRY(strike_in(text, *strike)));
  }
  return scenario;
}

Result<Scenario> read_scenario(std::string_view text, std::string_view file, const World& world, std::int32_t days) {
  const TomlText source{text, file};
  const toml::table root = TRY(parsed_toml(source));
  return scenario_in({source, world, days}, root, file);
}

}  // namespace throughline::simulate
