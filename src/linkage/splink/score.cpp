#include "linkage/splink/score.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>

#include "base/number.h"
#include "base/portable_math.h"
#include "linkage/splink/evaluate.h"
#include "linkage/splink/frequencies.h"

namespace throughline::linkage::splink {

namespace {

constexpr std::int64_t k_chunk_pairs = 2048;
constexpr double k_product_min = 1e-300;
constexpr double k_product_max = 1e300;

double binary_log(double number) {
  return base::portable_log(number) * std::numbers::log2e;
}

double power_of_two(double exponent) {
  return base::portable_exp(exponent * std::numbers::ln2);
}

// What a pair's comparisons come to, one after another.
struct Factors {
  double product = 1;  // Of all factors and adjustments, in order, after the prior odds.
  double weight = 0;   // The sum of their logarithms.
  bool has_infinite = false;

  void take(double factor) {
    product *= factor;
    weight += binary_log(factor);
    has_infinite = has_infinite || std::isinf(factor);
  }
};

struct Judged {
  double match_weight = 0;
  double match_probability = 0;
};

Judged judged(const Factors& factors, const Model& model) {
  if (model.probability_two_random_records_match == 1) return {std::numeric_limits<double>::infinity(), 1.0};
  if (model.arithmetic == Arithmetic::weights) {
    const double weight = factors.weight;
    const double odds = power_of_two(weight >= 0 ? -weight : weight);
    return {weight, weight >= 0 ? 1 / (1 + odds) : odds / (1 + odds)};
  }
  // What is no number (0 times infinity) counts as the largest, as in DuckDB.
  const double product =
      std::isnan(factors.product) ? k_product_max : std::clamp(factors.product, k_product_min, k_product_max);
  return {binary_log(product), factors.has_infinite ? 1.0 : product / (1 + product)};
}

class Scorer {
 public:
  Scorer(const Model& model, const Plan& plan, const Records& records, const Frequencies& frequencies)
      : model_(model), plan_(plan), records_(records), frequencies_(frequencies) {}

  [[nodiscard]] base::Result<ScoredPairs> score(const std::vector<CandidatePair>& candidates,
                                                const base::Interrupt& interrupt) const {
    ScoredPairs scored;
    scored.comparisons = model_.comparisons.size();
    scored.pairs.resize(candidates.size());
    scored.gammas.resize(candidates.size() * scored.comparisons);
    scored.bayes_factors.resize(scored.gammas.size());
    scored.tf_adjustments.resize(scored.gammas.size(), 1.0);
    const base::Split split{.items = static_cast<std::int64_t>(candidates.size()), .chunk_items = k_chunk_pairs};
    TRY(base::try_parallel_chunks(split, interrupt, [&](const base::Chunk& chunk) -> base::Result<void> {
      Arena arena;
      Evaluator evaluator(arena);
      for (std::int64_t at = chunk.begin; at < chunk.end; ++at) {
        arena.clear();
        const auto place = static_cast<std::size_t>(at);
        TRY(score_pair(candidates[place], place, evaluator, scored));
      }
      return {};
    }));
    return scored;
  }

 private:
  [[nodiscard]] base::Result<void> score_pair(const CandidatePair& pair, std::size_t place, Evaluator& evaluator,
                                              ScoredPairs& scored) const {
    const double prior = model_.probability_two_random_records_match;
    Factors factors;
    if (prior < 1) factors.take(prior / (1 - prior));
    for (std::size_t comparison = 0; comparison < scored.comparisons; ++comparison) {
      const std::size_t number = TRY(level_of(pair, comparison, evaluator));
      const Level& level = model_.comparisons[comparison].levels[number];
      const std::size_t at = scored.at(place, comparison);
      scored.gammas[at] = static_cast<std::int8_t>(level.gamma);
      scored.bayes_factors[at] = level.bayes_factor();
      factors.take(level.bayes_factor());
      if (!model_.comparisons[comparison].has_tf()) continue;
      scored.tf_adjustments[at] = adjustment(pair, level, plan_.comparisons[comparison][number].tf);
      factors.take(scored.tf_adjustments[at]);
    }
    const Judged judgement = judged(factors, model_);
    scored.pairs[place] = {.left = pair.left,
                           .right = pair.right,
                           .match_key = pair.match_key,
                           .match_weight = judgement.match_weight,
                           .match_probability = judgement.match_probability};
    return {};
  }

  // The first level whose condition holds.
  [[nodiscard]] base::Result<std::size_t> level_of(const CandidatePair& pair, std::size_t comparison,
                                                   Evaluator& evaluator) const {
    const RecordPair values{.left = records_.values(pair.left), .right = records_.values(pair.right)};
    const std::vector<PlannedLevel>& levels = plan_.comparisons[comparison];
    for (std::size_t number = 0; number < levels.size(); ++number) {
      if (!levels[number].condition.has_value()) return number;
      const Value holds = evaluator.evaluate(*levels[number].condition, values);
      if (holds.is_true()) return number;
      if (!holds.is_failed()) continue;
      return fault("a level cannot be worked out for " + both(pair) +
                       ": a value is not of the form that a function or cast needs",
                   model_.comparisons[comparison].levels[number].place,
                   "Use TRY_CAST or try_strptime in the condition, or correct the data.");
    }
    return fault(both(pair) + " are at no level of the comparison '" + model_.comparisons[comparison].name + "'",
                 model_.comparisons[comparison].place, "Add an ELSE level to the comparison.");
  }

  [[nodiscard]] double adjustment(const CandidatePair& pair, const Level& level, const PlannedTf& tf) const {
    if (tf.slot < 0) return 1.0;
    double left = frequencies_.at(tf.slot, pair.left);
    double right = frequencies_.at(tf.slot, pair.right);
    if (std::isnan(left)) left = right;
    if (std::isnan(right)) right = left;
    if (std::isnan(left)) return 1.0;
    const double ratio = tf.u / std::max({left, right, level.tf_u_min});
    return level.tf_weight == 1 ? ratio : base::portable_exp(level.tf_weight * base::portable_log(ratio));
  }

  [[nodiscard]] std::string both(const CandidatePair& pair) const {
    return records_.where(pair.left) + " and " + records_.where(pair.right);
  }

  [[nodiscard]] static base::Error fault(const std::string& what, const std::string& where, const std::string& remedy) {
    return {
        .kind = base::ErrorKind::bad_command, .code = "splink_score", .what = what, .where = where, .remedy = remedy};
  }

  const Model& model_;
  const Plan& plan_;
  const Records& records_;
  const Frequencies& frequencies_;
};

// The columns that every data set has.
std::vector<std::string> shared_columns(std::span<const Dataset> datasets) {
  std::vector<std::string> names;
  if (datasets.empty()) return names;
  for (const InputColumn& column : datasets.front().columns) names.push_back(column.name);
  return names;
}

// Leaves out the pairs below the least weight.
void drop_below(double match_weight_min, ScoredPairs& scored) {
  std::size_t kept = 0;
  for (std::size_t pair = 0; pair < scored.pairs.size(); ++pair) {
    if (!(scored.pairs[pair].match_weight >= match_weight_min)) continue;
    scored.pairs[kept] = scored.pairs[pair];
    for (std::size_t i = 0; i < scored.comparisons; ++i) {
      scored.gammas[scored.at(kept, i)] = scored.gammas[scored.at(pair, i)];
      scored.bayes_factors[scored.at(kept, i)] = scored.bayes_factors[scored.at(pair, i)];
      scored.tf_adjustments[scored.at(kept, i)] = scored.tf_adjustments[scored.at(pair, i)];
    }
    ++kept;
  }
  scored.pairs.resize(kept);
  scored.gammas.resize(kept * scored.comparisons);
  scored.bayes_factors.resize(scored.gammas.size());
  scored.tf_adjustments.resize(scored.gammas.size());
}

void describe_records(const Records& records, std::span<const Dataset> datasets, ScoredPairs& scored) {
  for (std::size_t dataset = 0; dataset < datasets.size(); ++dataset) {
    for (std::int64_t row = 0; row < datasets[dataset].rows(); ++row) {
      const auto record = static_cast<std::int64_t>(scored.places.size());
      scored.places.push_back({.dataset = static_cast<std::int32_t>(dataset), .row = row});
      scored.ids.emplace_back(records.id(record));
      if (!records.source(record).empty()) scored.source_datasets.emplace_back(records.source(record));
    }
  }
}

}  // namespace

base::Result<ScoredPairs> score_files(const Model& model, std::span<const Dataset> datasets,
                                      const ScoreOptions& options) {
  const base::Interrupt never;
  const base::Interrupt& interrupt = options.blocking.interrupt == nullptr ? never : *options.blocking.interrupt;
  const std::vector<std::string> columns = shared_columns(datasets);
  const Plan plan = TRY(plan_model(model, columns));
  const Records records = TRY(Records::load(model, plan, datasets, interrupt));
  const Frequencies frequencies = TRY(Frequencies::of(plan, records, options.frequency_tables));
  const std::vector<CandidatePair> candidates = TRY(candidate_pairs(model, plan, records, options.blocking));
  ScoredPairs scored = TRY(Scorer(model, plan, records, frequencies).score(candidates, interrupt));
  if (options.match_weight_min.has_value()) drop_below(*options.match_weight_min, scored);
  describe_records(records, datasets, scored);
  return scored;
}

}  // namespace throughline::linkage::splink
