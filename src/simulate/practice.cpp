#include "simulate/practice.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/number.h"
#include "base/portable_math.h"
#include "base/random.h"
#include "simulate/built_in.h"
#include "simulate/chance.h"
#include "simulate/toml_internal.h"

namespace throughline::simulate {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr double k_any = 1e300;
constexpr std::array<std::string_view, k_levels_of_kind> k_level_names{
    "detection", "background_per_1000", "lag_days", "months_missing", "filled", "identity_noise", "faulty"};

struct FigureName {
  std::string_view group;
  std::string_view key;
};
// In the order of Figure.
constexpr std::array<FigureName, k_figures> k_figure_names{{{"police", "effort"},
                                                            {"general", "spread"},
                                                            {"general", "absence_base"},
                                                            {"general", "absence_carrying"},
                                                            {"general", "exclusions_carrying"},
                                                            {"general", "calls_per_day"},
                                                            {"general", "calls_days"},
                                                            {"general", "reads_per_journey"},
                                                            {"general", "complaints_per_week"},
                                                            {"general", "plates_days"},
                                                            {"shares", "intelligence_of_weeks"},
                                                            {"shares", "searches_of_weeks"},
                                                            {"shares", "referrals_of_weeks"},
                                                            {"shares", "emergency_of_unhurt"},
                                                            {"shares", "emergency_of_deaths"},
                                                            {"shares", "cash_with_drugs"},
                                                            {"shares", "calls_of_carriers"},
                                                            {"shares", "suspect_named"},
                                                            {"shares", "found_on_carriers"},
                                                            {"shares", "found_on_others"},
                                                            {"shares", "exploitation_raised"},
                                                            {"shares", "missing_raised"},
                                                            {"shares", "section_45_raised"},
                                                            {"shares", "exploitation_in_crime"},
                                                            {"shares", "grounds_found"},
                                                            {"shares", "referrals_accepted"},
                                                            {"shares", "drugs_analysed"},
                                                            {"shares", "closures_by_police"}}};

constexpr std::size_t k_cards = k_kinds * k_levels_of_kind + k_figures;

struct CardName {
  std::string_view group;
  std::string_view key;
};

CardName name_of(std::size_t card) {
  if (card >= k_kinds * k_levels_of_kind) {
    const FigureName& figure = k_figure_names[card - k_kinds * k_levels_of_kind];
    return {figure.group, figure.key};
  }
  return {kind_words()[card / k_levels_of_kind].name, k_level_names[card % k_levels_of_kind]};
}

double& value_in(Practice& practice, std::size_t card) {
  if (card >= k_kinds * k_levels_of_kind) return practice.figures[card - k_kinds * k_levels_of_kind];
  return practice.levels[card / k_levels_of_kind][card % k_levels_of_kind];
}

std::vector<std::string> all_names() {
  std::vector<std::string> names;
  for (std::size_t card = 0; card < k_cards; ++card) {
    names.push_back(fmt::format("{}.{}", name_of(card).group, name_of(card).key));
  }
  return names;
}

Result<std::size_t> card_named(std::string_view group, const toml::key& key, const TomlText& source) {
  for (std::size_t card = 0; card < k_cards; ++card) {
    if (name_of(card).group == group && name_of(card).key == key.str()) return card;
  }
  return unknown_name("figure of an agency", fmt::format("{}.{}", group, key.str()), all_names(),
                      fmt::format("{} line {}", source.name, key.source().begin.line));
}

Result<PracticeCard> card_in(const TomlText& source, const CardName& name, const toml::node& node) {
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    return Error{ErrorKind::bad_command, "value_missing", fmt::format("{}.{} is not a table", name.group, name.key),
                 source.place(node), "Give it value, low, high, unit and source"};
  }
  TRY(check_keys(source, *table, {"value", "low", "high", "unit", "source", "note"}));
  PracticeCard card{.group = std::string(name.group), .key = std::string(name.key)};
  card.low = TRY(number_in(source, *table, {.key = "low", .low = -k_any, .high = k_any}));
  card.high = TRY(number_in(source, *table, {.key = "high", .low = card.low, .high = k_any}));
  card.value = TRY(number_in(source, *table, {.key = "value", .low = card.low, .high = card.high}));
  card.unit = TRY(text_in(source, *table, "unit"));
  card.source = TRY(text_in(source, *table, "source"));
  card.note = TRY(text_in(source, *table, "note"));
  if (card.unit.empty() || card.source.empty()) {
    return Error{ErrorKind::bad_command, "value_missing",
                 fmt::format("{}.{} has no unit or no source", name.group, name.key), source.place(*table),
                 "Say both; a figure without a source is an assumption"};
  }
  return card;
}

// Calls each(card, table, key) for every key of a group.
template <class Each>
Result<void> for_each_key(const TomlText& source, std::string_view group, const toml::node& node, const Each& each) {
  const toml::table* table = node.as_table();
  if (table == nullptr) return unknown_name("group of figures", group, all_names(), source.place(node));
  for (const auto& [key, value] : *table) {
    const std::size_t card = TRY(card_named(group, key, source));
    TRY(each(card, *table, key.str()));
  }
  return {};
}

Result<double> value_of(const Practices& practices, std::size_t card, const TomlText& source,
                        const toml::table& table) {
  const PracticeCard& held = practices.cards[card];
  return number_in(source, table, {.key = held.key, .low = held.low, .high = held.high});
}

Result<void> take_own(Practices& practices, const TomlText& source, const toml::node& node) {
  const toml::table* agencies = node.as_table();
  if (agencies == nullptr) {
    return Error{ErrorKind::bad_command, "tables_malformed", "agency is not a group", source.place(node),
                 "Write [agency.\"Essex Police\".crime-reports]"};
  }
  for (const auto& [agency, groups] : *agencies) {
    const toml::table* table = groups.as_table();
    if (table == nullptr) {
      return Error{ErrorKind::bad_command, "tables_malformed", "An agency holds no groups", source.place(groups),
                   "Write [agency.\"Essex Police\".crime-reports]"};
    }
    std::vector<Override>& own = practices.own[std::string(agency.str())];
    for (const auto& [group, figures] : *table) {
      TRY(for_each_key(source, group.str(), figures,
                       [&](std::size_t card, const toml::table& held, std::string_view) -> Result<void> {
                         own.push_back({.card = card, .value = TRY(value_of(practices, card, source, held))});
                         return {};
                       }));
    }
  }
  return {};
}

Result<void> take_noise(Practices& practices, const TomlText& source, const toml::node& node) {
  const toml::table* table = node.as_table();
  if (table == nullptr) return unknown_name("group of figures", "noise", all_names(), source.place(node));
  std::vector<std::string> names;
  for (const NoiseLevel& level : noise_levels()) names.emplace_back(level.name);
  TRY(check_keys(source, *table, names));
  for (const NoiseLevel& level : noise_levels()) {
    if (!table->contains(level.name)) continue;
    practices.noise.*level.value = TRY(number_in(source, *table, {.key = level.name, .low = 0, .high = 1}));
  }
  return {};
}

// By how much an agency's habits differ from the middle one's, keyed by its name: the same in every run.
double habit(std::string_view agency, std::size_t card, double spread) {
  base::Random random({.seed = base::stream_of(agency), .stream = mixed(base::stream_of("habit"), card), .step = 0});
  return base::portable_exp(spread * random.normal());
}

bool is_spread(std::size_t card) {
  if (card >= k_kinds * k_levels_of_kind) return false;
  switch (static_cast<Level>(card % k_levels_of_kind)) {
    case Level::detection:
    case Level::lag_days:
    case Level::filled:
    case Level::identity_noise: return true;
    case Level::background:
    case Level::months_missing:
    case Level::faulty: return false;
  }
  return false;
}

}  // namespace

Practice Practices::of(std::string_view agency) const {
  Practice practice;
  const double spread = cards[k_kinds * k_levels_of_kind + static_cast<std::size_t>(Figure::spread)].value;
  for (std::size_t card = 0; card < k_cards; ++card) {
    const PracticeCard& held = cards[card];
    const double factor = is_spread(card) ? habit(agency, card, spread) : 1.0;
    value_in(practice, card) = std::clamp(held.value * factor, held.low, held.high);
  }
  const auto at = own.find(agency);
  if (at == own.end()) return practice;
  for (const Override& one : at->second) value_in(practice, one.card) = one.value;
  return practice;
}

Practices built_in_practices() {
  constexpr std::string_view k_file = "agencies.toml";
  const TomlText source{built_in_file(k_file), k_file};
  const toml::table root = parsed_toml(source).value();
  Practices practices;
  practices.cards.resize(k_cards);
  for (const auto& [group, node] : root) {
    for_each_key(source, group.str(), node, [&](std::size_t card, const toml::table& table, std::string_view key) {
      Result<PracticeCard> read = card_in(source, name_of(card), *table.get(key));
      if (!read.ok()) return Result<void>(std::move(read).error());
      practices.cards[card] = std::move(read).value();
      return Result<void>();
    }).value();
  }
  for (const PracticeCard& card : practices.cards) CHECK(!card.key.empty());
  return practices;
}

Result<Practices> with_practices(Practices practices, std::string_view text, std::string_view file) {
  const TomlText source{text, file};
  const toml::table root = TRY(parsed_toml(source));
  for (const auto& [group, node] : root) {
    if (group.str() == "noise") {
      TRY(take_noise(practices, source, node));
      continue;
    }
    if (group.str() == "agency") {
      TRY(take_own(practices, source, node));
      continue;
    }
    TRY(for_each_key(source, group.str(), node,
                     [&](std::size_t card, const toml::table& table, std::string_view) -> Result<void> {
                       practices.cards[card].value = TRY(value_of(practices, card, source, table));
                       return {};
                     }));
  }
  return practices;
}

Result<void> check_agencies(const Practices& practices, const std::vector<std::string>& agencies,
                            std::string_view file) {
  for (const auto& [agency, own] : practices.own) {
    if (std::ranges::find(agencies, agency) == agencies.end()) {
      return unknown_name("agency", agency, agencies, std::string(file));
    }
  }
  return {};
}

std::string practices_text(const Practices& practices) {
  std::string text;
  for (const PracticeCard& card : practices.cards) {
    fmt::format_to(std::back_inserter(text), "{}.{}={}\n", card.group, card.key, base::format_double(card.value));
  }
  for (const auto& [agency, own] : practices.own) {
    for (const Override& one : own) {
      fmt::format_to(std::back_inserter(text), "{}/{}.{}={}\n", agency, name_of(one.card).group, name_of(one.card).key,
                     base::format_double(one.value));
    }
  }
  for (const NoiseLevel& level : noise_levels()) {
    fmt::format_to(std::back_inserter(text), "noise.{}={}\n", level.name,
                   base::format_double(practices.noise.*level.value));
  }
  return text;
}

}  // namespace throughline::simulate
