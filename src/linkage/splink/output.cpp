#include "linkage/splink/output.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

#include "base/portable_math.h"

namespace throughline::linkage::splink {

namespace {

using Texts = std::vector<std::string>;
using Numbers = std::vector<double>;

std::string without_blanks(std::string name) {
  std::ranges::replace(name, ' ', '_');
  return name;
}

double binary_log(double number) {
  return base::portable_log(number) * std::numbers::log2e;
}

bool has_sources(const ScoredPairs& scored) {
  return !scored.source_datasets.empty();
}

template <class Pick>
Texts picked(const ScoredPairs& scored, const Texts& from, Pick pick) {
  Texts texts;
  texts.reserve(scored.pairs.size());
  for (const PairScore& pair : scored.pairs) texts.push_back(from[static_cast<std::size_t>(pick(pair))]);
  return texts;
}

// A column of the left records and one of the right.
void add_sides(const ScoredPairs& scored, const std::string& name, const Texts& from,
               std::vector<OutputColumn>& columns) {
  columns.push_back({name + "_l", picked(scored, from, [](const PairScore& pair) { return pair.left; })});
  columns.push_back({name + "_r", picked(scored, from, [](const PairScore& pair) { return pair.right; })});
}

// The factors of one comparison, or their logarithms.
Numbers factors_of(const Model& model, const ScoredPairs& scored, const Numbers& all, std::size_t comparison) {
  Numbers numbers;
  numbers.reserve(scored.pairs.size());
  for (std::size_t pair = 0; pair < scored.pairs.size(); ++pair) {
    const double factor = all[scored.at(pair, comparison)];
    numbers.push_back(model.arithmetic == Arithmetic::factors ? factor : binary_log(factor));
  }
  return numbers;
}

// The root of a record's tree; halves the way to it as it goes.
std::size_t root_of(std::vector<std::size_t>& parents, std::size_t record) {
  while (parents[record] != record) {
    parents[record] = parents[parents[record]];
    record = parents[record];
  }
  return record;
}

}  // namespace

std::vector<OutputColumn> pair_columns(const Model& model, const ScoredPairs& scored) {
  Numbers weights;
  Numbers probabilities;
  Texts keys;
  for (const PairScore& pair : scored.pairs) {
    weights.push_back(pair.match_weight);
    probabilities.push_back(pair.match_probability);
    keys.push_back(std::to_string(pair.match_key));
  }
  std::vector<OutputColumn> columns;
  columns.push_back({"match_weight", std::move(weights)});
  columns.push_back({"match_probability", std::move(probabilities)});
  if (has_sources(scored)) add_sides(scored, model.names.source_dataset, scored.source_datasets, columns);
  add_sides(scored, model.names.unique_id, scored.ids, columns);
  for (std::size_t i = 0; i < model.comparisons.size(); ++i) {
    const Comparison& comparison = model.comparisons[i];
    std::vector<std::int64_t> gammas;
    for (std::size_t pair = 0; pair < scored.pairs.size(); ++pair) gammas.push_back(scored.gammas[scored.at(pair, i)]);
    columns.push_back({without_blanks(model.names.gamma_prefix + comparison.name), std::move(gammas)});
    columns.push_back({without_blanks(model.names.factor_prefix + comparison.name),
                       factors_of(model, scored, scored.bayes_factors, i)});
    if (!comparison.has_tf()) continue;
    columns.push_back({without_blanks(model.names.factor_prefix + model.names.tf_prefix + "adj_" + comparison.name),
                       factors_of(model, scored, scored.tf_adjustments, i)});
  }
  columns.push_back({"match_key", std::move(keys)});
  return columns;
}

std::vector<OutputColumn> cluster_columns(const Model& model, const ScoredPairs& scored, double match_probability_min) {
  Texts names;
  for (std::size_t record = 0; record < scored.ids.size(); ++record) {
    const std::string before = has_sources(scored) ? scored.source_datasets[record] + "-__-" : std::string();
    names.push_back(before + scored.ids[record]);
  }
  std::vector<std::size_t> parents(names.size());
  std::iota(parents.begin(), parents.end(), 0);
  for (const PairScore& pair : scored.pairs) {
    if (pair.match_probability < match_probability_min) continue;
    std::size_t first = root_of(parents, static_cast<std::size_t>(pair.left));
    std::size_t second = root_of(parents, static_cast<std::size_t>(pair.right));
    // The root is the record whose name is first, so that it names the cluster.
    if (names[second] < names[first]) std::swap(first, second);
    parents[second] = first;
  }
  Texts clusters;
  for (std::size_t record = 0; record < names.size(); ++record) clusters.push_back(names[root_of(parents, record)]);
  std::vector<OutputColumn> columns;
  columns.push_back({"cluster_id", std::move(clusters)});
  if (has_sources(scored)) columns.push_back({model.names.source_dataset, scored.source_datasets});
  columns.push_back({model.names.unique_id, scored.ids});
  return columns;
}

}  // namespace throughline::linkage::splink
