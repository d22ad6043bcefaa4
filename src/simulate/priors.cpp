#include "simulate/priors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/portable_math.h"
#include "simulate/built_in.h"
#include "simulate/parameter_names.h"
#include "simulate/toml_internal.h"

namespace throughline::simulate {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr double k_factor_most = 100;

// How far a value is drawn from where its card puts it: divided and multiplied by so much.
struct Factors {
  double assumption = 1;
  double source = 1;
};

// What the file says of one parameter.
struct Said {
  bool is_fixed = false;
  std::optional<PriorPart> range;
  std::vector<double> weights;
};

PriorPart around(double value, double factor, const ParameterCard& card) {
  const double one = value / factor;
  const double other = value * factor;
  return {.low = std::clamp(std::min(one, other), card.low, card.high),
          .high = std::clamp(std::max(one, other), card.low, card.high)};
}

Error weights_malformed(const TomlText& source, const toml::table& table, std::size_t rivals) {
  return {ErrorKind::bad_command, "weights_malformed",
          fmt::format("weights are not {} numbers from 0 to 1 that add up to 1", rivals), source.place(table),
          "Give one for each rival of the parameter, in their order"};
}

Result<std::vector<double>> weights_in(const TomlText& source, const toml::table& table, const ParameterCard& card) {
  std::vector<double> weights;
  const toml::array* array = TRY(list_in(source, table, "weights"));
  if (array == nullptr) return weights;
  double total = 0;
  for (const toml::node& node : *array) {
    weights.push_back(node.value_or(-1.0));
    if (!(weights.back() >= 0 && weights.back() <= 1)) return weights_malformed(source, table, card.rivals.size());
    total += weights.back();
  }
  constexpr double k_rounding = 1e-9;
  if (weights.size() != card.rivals.size() || std::abs(total - 1) > k_rounding) {
    return weights_malformed(source, table, card.rivals.size());
  }
  return weights;
}

Result<Said> said_in(const TomlText& source, const toml::table& table, const ParameterCard& card) {
  Said said;
  said.is_fixed = TRY(truth_in(source, table, "fixed"));
  said.weights = TRY(weights_in(source, table, card));
  if (table.contains("low") || table.contains("high")) {
    PriorPart range;
    range.low = TRY(number_in(source, table, {.key = "low", .low = card.low, .high = card.high}));
    range.high = TRY(number_in(source, table, {.key = "high", .low = range.low, .high = card.high}));
    said.range = range;
  }
  if (said.is_fixed || said.range.has_value() || !said.weights.empty()) return said;
  return Error{ErrorKind::bad_command, "value_missing", fmt::format("Nothing is said of {}", card.name),
               source.place(table), "Give it low and high, weights of its rivals, or fixed = true"};
}

Result<Factors> factors_in(const TomlText& source, const toml::table& root) {
  const toml::table* table = root["factor"].as_table();
  if (table == nullptr) {
    return Error{ErrorKind::bad_command, "value_missing", "There is no [factor]", std::string(source.name),
                 "Say how far assumptions and sourced figures are drawn: assumption = 1.5, source = 1.1"};
  }
  TRY(check_keys(source, *table, {"assumption", "source"}));
  Factors factors;
  factors.assumption = TRY(number_in(source, *table, {.key = "assumption", .low = 1, .high = k_factor_most}));
  factors.source = TRY(number_in(source, *table, {.key = "source", .low = 1, .high = k_factor_most}));
  return factors;
}

std::vector<PriorPart> parts_of(const ParameterCard& card, const Said& said, const Factors& factors) {
  if (said.range.has_value()) return {*said.range};
  std::vector<PriorPart> parts;
  for (std::size_t rival = 0; rival < said.weights.size(); ++rival) {
    parts.push_back(around(card.rivals[rival].value, factors.source, card));
    parts.back().weight = said.weights[rival];
  }
  if (!parts.empty()) return parts;
  return {around(card.value, card.is_assumption() ? factors.assumption : factors.source, card)};
}

}  // namespace

Result<std::vector<Prior>> read_priors(std::string_view text, std::string_view file,
                                       const std::vector<ParameterCard>& cards) {
  const TomlText source{text, file};
  const toml::table root = TRY(parsed_toml(source));
  TRY(check_keys(source, root, {"factor", "prior"}));
  const Factors factors = TRY(factors_in(source, root));
  std::vector<std::string> names;
  for (const ParameterCard& card : cards) names.push_back(card.name);
  std::vector<Said> said(cards.size());
  for (const toml::table* table : TRY(tables_in(source, root, "prior"))) {
    TRY(check_keys(source, *table, {"name", "low", "high", "weights", "fixed", "why"}));
    const std::string name = TRY(text_in(source, *table, "name"));
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return unknown_name("parameter", name, names, source.place(*table));
    const auto number = static_cast<std::size_t>(at - names.begin());
    said[number] = TRY(said_in(source, *table, cards[number]));
  }
  const std::vector<ParameterCard> built_in = built_in_cards();
  std::vector<Prior> priors;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    if (said[i].is_fixed || cards[i].value != built_in[i].value) continue;
    const Prior prior{.parameter = i, .parts = parts_of(cards[i], said[i], factors)};
    if (prior.parts.size() > 1 || prior.parts[0].low < prior.parts[0].high) priors.push_back(prior);
  }
  return priors;
}

std::vector<Prior> built_in_priors(const std::vector<ParameterCard>& cards) {
  return read_priors(built_in_file("priors.toml"), "priors.toml", cards).value();
}

double value_at(const Prior& prior, double place) {
  std::size_t which = 0;
  while (which + 1 < prior.parts.size() && place >= prior.parts[which].weight) {
    place -= prior.parts[which].weight;
    ++which;
  }
  const PriorPart& part = prior.parts[which];
  if (part.low >= part.high) return part.low;
  const double within = part.weight > 0 ? std::clamp(place / part.weight, 0.0, 1.0) : 0.0;
  if (part.low <= 0) return part.low + within * (part.high - part.low);
  const double low = base::portable_log(part.low);
  const double value = base::portable_exp(low + within * (base::portable_log(part.high) - low));
  return std::clamp(value, part.low, part.high);
}

std::size_t part_of(const Prior& prior, double value) {
  std::size_t nearest = 0;
  double least = -1;
  for (std::size_t i = 0; i < prior.parts.size(); ++i) {
    const double away = std::max({prior.parts[i].low - value, value - prior.parts[i].high, 0.0});
    if (least >= 0 && away >= least) continue;
    least = away;
    nearest = i;
  }
  return nearest;
}

Parameters parameters_at(const Parameters& given, const std::vector<Prior>& priors, const Point& point) {
  CHECK(point.size() == priors.size());
  Parameters parameters = given;
  for (std::size_t i = 0; i < priors.size(); ++i) {
    parameters.*parameter_names()[priors[i].parameter].member = value_at(priors[i], point[i]);
  }
  return parameters;
}

}  // namespace throughline::simulate
