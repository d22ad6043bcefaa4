#include "evidence/hidden/loglinear.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/portable_math.h"
#include "evidence/hidden/positive_definite.h"
#include "evidence/special_functions.h"

namespace throughline::evidence {

namespace {

constexpr int k_steps_max = 60;
constexpr double k_settled = 1e-13;
constexpr double k_log_limit = 60;  // An expected count beyond e^60 is no count.
constexpr double k_log_thousand = 6.907755278982137;

// What is fitted: counts and known parts of the logarithm of their means, by history, and which terms each history has.
struct Problem {
  std::vector<double> counts;
  std::vector<double> offsets;
  std::vector<std::vector<std::uint32_t>> active;
  std::size_t terms = 0;
};

struct Solution {
  std::vector<double> means;
  std::vector<double> values;  // Of the terms.
  SymmetricMatrix lower;       // Of the information.
  double log_likelihood = 0;   // Without the logarithms of factorials.
};

std::vector<double> means_of(const Problem& problem, const std::vector<double>& values) {
  std::vector<double> means(problem.counts.size());
  for (std::size_t i = 0; i < means.size(); ++i) {
    double log_mean = problem.offsets[i];
    for (const std::uint32_t term : problem.active[i]) log_mean += values[term];
    means[i] = base::portable_exp(std::clamp(log_mean, -k_log_limit * 4, k_log_limit));
  }
  return means;
}

double log_likelihood_of(const Problem& problem, const std::vector<double>& means) {
  double sum = 0;
  for (std::size_t i = 0; i < means.size(); ++i) {
    sum -= means[i];
    if (problem.counts[i] > 0) sum += problem.counts[i] * base::portable_log(means[i]);
  }
  return sum;
}

// The normal equations at the means: the information, and the right side for the new values of the terms.
struct Equations {
  SymmetricMatrix information;
  std::vector<double> right;
};

Equations equations_at(const Problem& problem, const std::vector<double>& means) {
  Equations equations{SymmetricMatrix(problem.terms), std::vector<double>(problem.terms, 0.0)};
  for (std::size_t i = 0; i < means.size(); ++i) {
    const double mean = means[i];
    const double working = mean * (base::portable_log(mean) - problem.offsets[i]) + problem.counts[i] - mean;
    for (const std::uint32_t row : problem.active[i]) {
      equations.right[row] += working;
      for (const std::uint32_t column : problem.active[i]) {
        if (column > row) break;
        equations.information.at(row, column) += mean;
      }
    }
  }
  return equations;
}

// Half-way steps back towards where the likelihood was higher.
std::vector<double> not_worse(const Problem& problem, const std::vector<double>& before, std::vector<double> after,
                              double log_likelihood) {
  for (int halving = 0; halving < 30; ++halving) {
    const double reached = log_likelihood_of(problem, means_of(problem, after));
    if (reached >= log_likelihood - 1e-9 * (1 + std::abs(log_likelihood))) break;
    for (std::size_t k = 0; k < after.size(); ++k) after[k] = (after[k] + before[k]) / 2;
  }
  return after;
}

std::optional<Solution> solve_problem(const Problem& problem) {
  std::vector<double> means(problem.counts.size());
  for (std::size_t i = 0; i < means.size(); ++i) means[i] = problem.counts[i] + 0.1;
  std::vector<double> values;
  double log_likelihood = 0;
  for (int step = 0; step < k_steps_max; ++step) {
    const Equations equations = equations_at(problem, means);
    const std::optional<SymmetricMatrix> lower = cholesky(equations.information);
    if (!lower.has_value()) return std::nullopt;
    std::vector<double> next = solve(*lower, equations.right);
    if (!values.empty()) next = not_worse(problem, values, std::move(next), log_likelihood);
    means = means_of(problem, next);
    const double reached = log_likelihood_of(problem, means);
    const bool is_settled =
        !values.empty() && std::abs(reached - log_likelihood) <= k_settled * (std::abs(reached) + 0.1);
    values = std::move(next);
    log_likelihood = reached;
    if (!is_settled) continue;
    std::optional<SymmetricMatrix> last = cholesky(equations_at(problem, means).information);
    if (!last.has_value()) return std::nullopt;
    return Solution{std::move(means), std::move(values), std::move(*last), log_likelihood};
  }
  return std::nullopt;
}

Problem problem_of(const ListTable& table, const ListDesign& design, bool is_intercept_held) {
  Problem problem;
  const std::size_t first = is_intercept_held ? 1 : 0;
  problem.terms = design.terms.size() - first;
  for (const History history : design.histories) {
    problem.counts.push_back(static_cast<double>(table.counts[history]));
    std::vector<std::uint32_t>& active = problem.active.emplace_back();
    for (std::size_t k = first; k < design.terms.size(); ++k) {
      if ((history & design.terms[k]) == design.terms[k]) active.push_back(static_cast<std::uint32_t>(k - first));
    }
  }
  problem.offsets.assign(problem.counts.size(), 0.0);
  return problem;
}

double factorials_of(const Problem& problem) {
  double sum = 0;
  for (const double count : problem.counts) sum += base::portable_log_factorial(count);
  return sum;
}

// The best log-likelihood with the intercept held; nothing where the rest cannot be fitted.
std::optional<double> held_at(const ListTable& table, const ListDesign& design, double log_unseen) {
  Problem problem = problem_of(table, design, true);
  problem.offsets.assign(problem.counts.size(), log_unseen);
  const std::optional<Solution> solution = solve_problem(problem);
  if (!solution.has_value()) return std::nullopt;
  return solution->log_likelihood - factorials_of(problem);
}

// Where the profile has fallen by `drop` on one side of the intercept: `step` away from it and away again until it has,
// then by halves.
std::optional<double> profile_limit(const ListTable& table, const ListFit& fit, double step, double drop) {
  const double level = fit.log_likelihood - drop;
  double inside = fit.log_unseen;
  double outside = inside;
  for (int tries = 0; true; ++tries) {
    outside += step;
    if (tries == 40 || outside - fit.log_unseen > k_log_thousand) return std::nullopt;
    const std::optional<double> reached = held_at(table, fit.design, outside);
    if (!reached.has_value()) return std::nullopt;
    if (*reached < level) break;
    inside = outside;
  }
  for (int halving = 0; halving < 50 && std::abs(outside - inside) > 1e-11; ++halving) {
    const double middle = (inside + outside) / 2;
    const std::optional<double> reached = held_at(table, fit.design, middle);
    if (!reached.has_value()) return std::nullopt;
    (*reached < level ? outside : inside) = middle;
  }
  return (inside + outside) / 2;
}

}  // namespace

ListDesign design_of(const ListTable& table, const ListModel& model) {
  ListDesign design;
  design.terms.push_back(0);
  for (int list = 0; list < list_count(table); ++list)
    design.terms.push_back(History{1} << static_cast<unsigned>(list));
  for (const ListPair pair : model.pairs) {
    if (cases_on(table, history_of(pair)) == 0) {
      design.empty_pairs.push_back(pair);
    } else {
      design.terms.push_back(history_of(pair));
    }
  }
  for (std::size_t history = 1; history < table.counts.size(); ++history) {
    const bool is_left_out = std::ranges::any_of(
        design.empty_pairs, [&](ListPair pair) { return (history & history_of(pair)) == history_of(pair); });
    if (!is_left_out) design.histories.push_back(static_cast<History>(history));
  }
  return design;
}

double ListFit::estimate() const {
  return static_cast<double>(seen) + base::portable_exp(log_unseen);
}

std::optional<ListFit> fit_lists(const ListTable& table, const ListModel& model,
                                 std::optional<AssumedDependence> assumed) {
  ListFit fit{.model = model, .design = {}, .fitted = {}, .values = {}, .seen = cases_seen(table)};
  ListModel fitted = model;
  if (assumed.has_value()) std::erase(fitted.pairs, assumed->pair);
  fit.design = design_of(table, fitted);
  Problem problem = problem_of(table, fit.design, false);
  for (std::size_t i = 0; assumed.has_value() && i < problem.offsets.size(); ++i) {
    const History both = history_of(assumed->pair);
    if ((fit.design.histories[i] & both) == both) problem.offsets[i] = assumed->log_odds;
  }
  std::optional<Solution> solution = solve_problem(problem);
  if (!solution.has_value()) return std::nullopt;
  std::vector<double> first(problem.terms, 0.0);
  first.front() = 1;
  fit.log_unseen = solution->values.front();
  fit.log_unseen_error = std::sqrt(solve(solution->lower, first).front());
  fit.log_likelihood = solution->log_likelihood - factorials_of(problem);
  const auto terms = static_cast<double>(fit.design.terms.size() + fit.design.empty_pairs.size());
  fit.bic = terms * base::portable_log(static_cast<double>(fit.seen)) - 2 * fit.log_likelihood;
  fit.fitted = std::move(solution->means);
  fit.values = std::move(solution->values);
  return fit;
}

Interval wald_interval(const ListFit& fit, Confidence confidence) {
  const double reach = normal_reach(confidence) * fit.log_unseen_error;
  const auto seen = static_cast<double>(fit.seen);
  return {.low = seen + base::portable_exp(fit.log_unseen - reach),
          .high = seen + base::portable_exp(fit.log_unseen + reach)};
}

std::optional<Interval> profile_interval(const ListTable& table, const ListFit& fit, Confidence confidence) {
  const double z = normal_reach(confidence);
  const double step = std::max(fit.log_unseen_error, 1e-3);
  const std::optional<double> low = profile_limit(table, fit, -step, z * z / 2);
  const std::optional<double> high = profile_limit(table, fit, step, z * z / 2);
  if (!low.has_value() || !high.has_value()) return std::nullopt;
  const auto seen = static_cast<double>(fit.seen);
  return Interval{.low = seen + base::portable_exp(*low), .high = seen + base::portable_exp(*high)};
}

bool profile_holds(const ListTable& table, const ListFit& fit, double cases, Confidence confidence) {
  const double unseen = cases - static_cast<double>(fit.seen);
  if (unseen <= 0) return false;
  const std::optional<double> reached = held_at(table, fit.design, base::portable_log(unseen));
  const double z = normal_reach(confidence);
  return reached.has_value() && *reached >= fit.log_likelihood - z * z / 2;
}

}  // namespace throughline::evidence
