#include "simulate/acceptance.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "simulate/built_in.h"
#include "simulate/parameter_names.h"
#include "simulate/toml_internal.h"

namespace throughline::simulate {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::int32_t k_days_a_week = 7;
constexpr double k_days_most = 365.0 * 50;
constexpr double k_any = 1e300;

// What a criterion is read for.
struct CriterionText {
  const TomlText& source;
  const Acceptance& acceptance;
  const Design& design;
};

std::string where_of(const TomlText& source, const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  return source.place(node == nullptr ? static_cast<const toml::node&>(table) : *node);
}

// The place of the text under the key among the names. Error "name_unknown".
Result<std::size_t> one_of(const TomlText& source, const toml::table& table, std::string_view key,
                           const std::vector<std::string>& names) {
  const std::string name = TRY(text_in(source, table, key));
  const auto at = std::ranges::find(names, name);
  if (at == names.end()) return unknown_name(key, name, names, where_of(source, table, key));
  return static_cast<std::size_t>(at - names.begin());
}

Result<std::string> text_wanted(const TomlText& source, const toml::table& table, std::string_view key) {
  std::string text = TRY(text_in(source, table, key));
  if (!text.empty()) return text;
  return Error{ErrorKind::bad_command, "value_missing", fmt::format("{} is missing", key), source.place(table),
               "Say it in quotes"};
}

// A day that begins a week of the series.
Result<std::int32_t> week_in(const TomlText& source, const toml::table& table, const NumberWanted& wanted) {
  const double number = TRY(number_in(source, table, wanted));
  const auto day = static_cast<std::int32_t>(number);
  if (static_cast<double>(day) == number && day % k_days_a_week == 0) return day;
  return Error{ErrorKind::bad_command, "days_malformed", fmt::format("{} is not a number of whole weeks", wanted.key),
               where_of(source, table, wanted.key), "Write a multiple of 7 days"};
}

Result<Design> design_in(const TomlText& source, const toml::table& table, const World& world) {
  TRY(check_keys(source, table, {"name", "days", "pairs", "scale", "scenario"}));
  constexpr double k_pairs_most = 1000;
  Design design;
  design.name = TRY(text_wanted(source, table, "name"));
  design.days = TRY(week_in(source, table, {.key = "days", .low = 0, .high = k_days_most, .missing = 0}));
  design.pairs = TRY(whole_in(source, table, {.key = "pairs", .low = 1, .high = k_pairs_most, .missing = 1}));
  design.scale = TRY(number_in(source, table, {.key = "scale", .low = 0.01, .high = 20, .missing = 1}));
  for (const toml::table* scenario : TRY(tables_in(source, table, "scenario"))) {
    design.scenarios.push_back(TRY(scenario_in({source, world, design.days}, *scenario, design.name)));
  }
  return design;
}

Result<Term> term_in(const CriterionText& text, const toml::node& node) {
  const TomlText& source = text.source;
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    return Error{ErrorKind::bad_command, "value_missing", "A figure is not a table", source.place(node),
                 "Write it as { outcome = \"lines_open\", from = 0, until = 364 }"};
  }
  TRY(check_keys(source, *table, {"parameter", "outcome", "run", "change", "from", "until"}));
  Term term;
  if (table->contains("parameter")) {
    std::vector<std::string> names;
    for (const ParameterName& name : parameter_names()) names.emplace_back(name.name);
    term.parameter = TRY(one_of(source, *table, "parameter", names));
    return term;
  }
  if (text.design.days == 0) {
    return Error{ErrorKind::bad_command, "value_missing", fmt::format("The design {} runs nothing", text.design.name),
                 source.place(node), "Give the design days, or name a parameter"};
  }
  if (table->contains("outcome")) {
    std::vector<std::string> names;
    for (const OutcomeWords& words : outcome_words()) names.emplace_back(words.name);
    term.outcome = static_cast<Outcome>(TRY(one_of(source, *table, "outcome", names)));
  }
  if (table->contains("run")) {
    std::vector<std::string> names;
    for (const Scenario& scenario : text.design.scenarios) names.push_back(scenario.name);
    term.run = TRY(one_of(source, *table, "run", names)) + 1;
  }
  term.is_change = TRY(truth_in(source, *table, "change"));
  const double days = text.design.days;
  term.from = TRY(week_in(source, *table, {.key = "from", .low = 0, .high = days - k_days_a_week, .missing = 0}));
  term.until = TRY(
      week_in(source, *table,
              {.key = "until", .low = static_cast<double>(term.from) + k_days_a_week, .high = days, .missing = days}));
  return term;
}

Result<std::vector<Term>> terms_in(const CriterionText& text, const toml::table& table, std::string_view key) {
  std::vector<Term> terms;
  const toml::array* array = TRY(list_in(text.source, table, key));
  if (array == nullptr) return terms;
  for (const toml::node& node : *array) terms.push_back(TRY(term_in(text, node)));
  return terms;
}

Result<void> read_bounds(const TomlText& source, const toml::table& table, Criterion& criterion) {
  constexpr double k_infinite = std::numeric_limits<double>::infinity();
  criterion.low = TRY(number_in(source, table, {.key = "low", .low = -k_any, .high = k_any, .missing = -k_infinite}));
  criterion.high =
      TRY(number_in(source, table, {.key = "high", .low = criterion.low, .high = k_any, .missing = k_infinite}));
  if (criterion.low > -k_infinite || criterion.high < k_infinite) return {};
  return Error{ErrorKind::bad_command, "value_missing", fmt::format("{} has no bounds", criterion.name),
               source.place(table), "Give it low, high or both"};
}

// Whether the scenario acts in some places and not in others.
bool is_local(const Scenario& scenario) {
  return !scenario.actions.empty() &&
         std::ranges::none_of(scenario.actions, [](const LeverAction& action) { return action.areas.empty(); });
}

// That the measure has what it is reckoned from.
Result<void> check_measure(const CriterionText& text, const toml::table& table, const Criterion& criterion) {
  const auto lacks = [&](std::string what, std::string remedy) {
    return Error{ErrorKind::bad_command, "value_missing", fmt::format("{} {}", criterion.name, what),
                 text.source.place(table), std::move(remedy)};
  };
  const bool is_quotient = criterion.measure == Measure::quotient;
  const bool is_of_outcomes =
      std::ranges::none_of(criterion.top, [](const Term& term) { return term.parameter.has_value(); });
  if (is_quotient && criterion.top.empty()) {
    return lacks("has no top", "Say what is measured: top = [{ outcome = \"lines_open\" }]");
  }
  if (criterion.measure == Measure::arrested_volume && text.design.days == 0) {
    return lacks("needs a run", "Give its design days");
  }
  const bool wants_one =
      !is_quotient && criterion.measure != Measure::retained && criterion.measure != Measure::arrested_volume;
  if (wants_one && (criterion.top.size() != 1 || !is_of_outcomes)) {
    return lacks("does not have one figure of a run", "Say in top of which run and weeks it is, in one table");
  }
  const std::size_t run = criterion.top.empty() ? 0 : criterion.top.front().run;
  if (criterion.measure == Measure::displacement && (run == 0 || !is_local(text.design.scenarios[run - 1]))) {
    return lacks("has no scenario that acts in some places alone", "Name a run whose changes all have areas");
  }
  if (criterion.limit == LimitWanted::mean) return {};
  if (!is_quotient || criterion.top.size() != 1 || !is_of_outcomes || text.design.pairs < 2) {
    return lacks("has a limit of more than one figure, or of one pair",
                 "Give it one outcome in top, and its design two pairs or more");
  }
  return {};
}

Result<Criterion> criterion_in(const TomlText& source, const toml::table& table, const Acceptance& acceptance) {
  TRY(check_keys(source, table,
                 {"name", "what", "source", "pattern", "design", "measure", "limit", "top", "bottom", "times",
                  "unclear_per_known", "low", "high", "share_least"}));
  static const std::vector<std::string> k_measures{"quotient",   "retained",     "shortage_price",
                                                   "drug_share", "displacement", "arrested_volume"};
  static const std::vector<std::string> k_limits{"mean", "low", "high"};
  Criterion criterion;
  criterion.name = TRY(text_wanted(source, table, "name"));
  criterion.what = TRY(text_wanted(source, table, "what"));
  criterion.source = TRY(text_wanted(source, table, "source"));
  constexpr double k_patterns = 10;
  criterion.pattern = TRY(whole_in(source, table, {.key = "pattern", .low = 0, .high = k_patterns, .missing = 0}));
  std::vector<std::string> designs;
  for (const Design& design : acceptance.designs) designs.push_back(design.name);
  criterion.design = TRY(one_of(source, table, "design", designs));
  if (table.contains("measure")) {
    criterion.measure = static_cast<Measure>(TRY(one_of(source, table, "measure", k_measures)));
  }
  if (table.contains("limit"))
    criterion.limit = static_cast<LimitWanted>(TRY(one_of(source, table, "limit", k_limits)));
  const CriterionText text{source, acceptance, acceptance.designs[criterion.design]};
  criterion.top = TRY(terms_in(text, table, "top"));
  criterion.bottom = TRY(terms_in(text, table, "bottom"));
  criterion.times = TRY(number_in(source, table, {.key = "times", .low = -k_any, .high = k_any, .missing = 1}));
  constexpr double k_unclear_most = 10;
  criterion.unclear_per_known =
      TRY(number_in(source, table, {.key = "unclear_per_known", .low = 0, .high = k_unclear_most, .missing = 0}));
  criterion.share_least = TRY(number_in(source, table, {.key = "share_least", .low = 0, .high = 1, .missing = 1}));
  TRY(read_bounds(source, table, criterion));
  TRY(check_measure(text, table, criterion));
  return criterion;
}

// Errors of these two: those of read_acceptance.
Result<void> read_designs(const TomlText& source, const toml::table& root, Acceptance& acceptance) {
  for (const toml::table* table : TRY(tables_in(source, root, "design"))) {
    Design design = TRY(design_in(source, *table, acceptance.world));
    if (std::ranges::find(acceptance.designs, design.name, &Design::name) != acceptance.designs.end()) {
      return Error{ErrorKind::bad_command, "name_taken", fmt::format("There are two designs {}", design.name),
                   where_of(source, *table, "name"), "Give each a name of its own, for criteria go by it"};
    }
    acceptance.designs.push_back(std::move(design));
  }
  return {};
}

Result<void> read_criteria(const TomlText& source, const toml::table& root, Acceptance& acceptance) {
  for (const toml::table* table : TRY(tables_in(source, root, "criterion"))) {
    Criterion criterion = TRY(criterion_in(source, *table, acceptance));
    if (!acceptance.criteria.empty() && criterion.design < acceptance.criteria.back().design) {
      return Error{ErrorKind::bad_command, "order_malformed",
                   fmt::format("{} is not in the order of the designs", criterion.name), source.place(*table),
                   "Put criteria in the order in which their designs are run"};
    }
    acceptance.criteria.push_back(std::move(criterion));
  }
  if (!acceptance.criteria.empty()) return {};
  return Error{ErrorKind::bad_command, "criterion_missing", "There is no criterion: every draw would be accepted",
               std::string(source.name), "Say with [[criterion]] what a draw must show"};
}

}  // namespace

Result<Acceptance> read_acceptance(std::string_view text, std::string_view file) {
  const TomlText source{text, file};
  const toml::table root = TRY(parsed_toml(source));
  TRY(check_keys(source, root, {"world", "design", "criterion"}));
  Acceptance acceptance;
  acceptance.world = TRY(built_in_world(TRY(text_wanted(source, root, "world"))));
  TRY(read_designs(source, root, acceptance));
  TRY(read_criteria(source, root, acceptance));
  return acceptance;
}

Acceptance built_in_acceptance() {
  return read_acceptance(built_in_file("acceptance.toml"), "acceptance.toml").value();
}

bool is_passed(const Criterion& criterion, double value) {
  return value >= criterion.low && value <= criterion.high;
}

}  // namespace throughline::simulate
