#include "evidence/watch/dispersion_prior.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "base/parallel.h"
#include "base/portable_math.h"

namespace throughline::evidence {

namespace {

constexpr int k_rounds = 25;
constexpr double k_belief_events = 2;  // What the fixed belief weighs against the series, in series.
constexpr double k_node_weight_min = 1e-6;
constexpr double k_level_step = 0.7;  // Standard deviations between levels of the grid.

using Row = std::array<double, k_levels>;

struct Likelihood {
  std::array<Row, k_dispersions> multiples{};
  std::array<Row, k_dispersions> logs{};  // Of the likelihood times the belief in the level.
};

// The counts above so many events share one logarithm in groups that grow.
double log_rises(const std::vector<std::int32_t>& exceeding, double size) {
  constexpr std::size_t k_single = 16;
  double sum = 0;
  std::size_t j = 0;
  while (j < exceeding.size()) {
    const std::size_t width = j < k_single ? 1 : std::min(exceeding.size() - j, j / 4);
    double events = 0;
    double moment = 0;
    for (std::size_t k = j; k < j + width; ++k) {
      events += exceeding[k];
      moment += static_cast<double>(exceeding[k]) * static_cast<double>(k);
    }
    if (events > 0) sum += events * base::portable_log(size + moment / events);
    j += width;
  }
  return sum;
}

double log_likelihood(const BaselineFit& fit, double level, double dispersion) {
  const auto events = static_cast<double>(fit.events);
  const double counts = fit.counts;
  if (dispersion <= 1) return events * base::portable_log(level) - counts * level;
  const double size = level / (dispersion - 1);
  return -counts * size * base::portable_log(dispersion) + events * base::portable_log((dispersion - 1) / dispersion) +
         log_rises(fit.exceeding, size);
}

Likelihood likelihood_of(const BaselineFit& fit) {
  Likelihood likelihood;
  const double middle = (static_cast<double>(fit.events) + 0.5) / fit.counts;
  for (std::size_t d = 0; d < k_dispersions; ++d) {
    const double dispersion = dispersion_grid()[d];
    const double sd = std::min(1.2, std::sqrt(dispersion / (static_cast<double>(fit.events) + 1)));
    for (std::size_t l = 0; l < k_levels; ++l) {
      const double steps = (static_cast<double>(l) - (k_levels - 1) / 2.0) * k_level_step;
      const double multiple = base::portable_exp(steps * sd);
      const double level = middle * multiple;
      likelihood.multiples[d][l] = multiple;
      // Jeffreys's belief in the level of a Poisson count, on the logarithm.
      likelihood.logs[d][l] =
          log_likelihood(fit, level, dispersion) + 0.5 * base::portable_log(level) + base::portable_log(sd);
    }
  }
  return likelihood;
}

// The likelihood of each dispersion whatever the level, up to a factor.
std::array<double, k_dispersions> by_dispersion(const BaselineFit& fit) {
  const Likelihood likelihood = likelihood_of(fit);
  double largest = likelihood.logs[0][0];
  for (const Row& row : likelihood.logs) largest = std::max(largest, std::ranges::max(row));
  std::array<double, k_dispersions> sums{};
  for (std::size_t d = 0; d < k_dispersions; ++d) {
    for (const double log : likelihood.logs[d]) sums[d] += base::portable_exp(log - largest);
  }
  return sums;
}

void normalise(std::array<double, k_dispersions>& weights) {
  double sum = 0;
  for (const double weight : weights) sum += weight;
  for (double& weight : weights) weight /= sum;
}

}  // namespace

const std::array<double, k_dispersions>& dispersion_grid() {
  static constexpr std::array<double, k_dispersions> k_grid{1,   1.05, 1.1, 1.2, 1.35, 1.55, 1.8, 2.2,
                                                            2.8, 3.6,  4.8, 6.5, 9,    13,   20,  32};
  return k_grid;
}

DispersionPrior fixed_dispersion_prior() {
  DispersionPrior prior;
  const auto& grid = dispersion_grid();
  double sum = 0;
  for (std::size_t d = 1; d < k_dispersions; ++d) {
    const double above = d + 1 < k_dispersions ? grid[d + 1] : grid[d];
    prior.weights[d] = (above - grid[d - 1]) / 2 / (grid[d] * grid[d]);
    sum += prior.weights[d];
  }
  prior.weights[0] = sum;
  normalise(prior.weights);
  return prior;
}

DispersionPrior learn_dispersion_prior(const std::vector<BaselineFit>& fits) {
  const DispersionPrior fixed = fixed_dispersion_prior();
  std::vector<std::array<double, k_dispersions>> likelihoods;
  for (const BaselineFit& fit : fits) {
    if (!fit.exceeding.empty()) likelihoods.push_back(by_dispersion(fit));
  }
  if (likelihoods.size() < k_learned_from_min) return fixed;
  DispersionPrior learned = fixed;
  for (int round = 0; round < k_rounds; ++round) {
    std::array<double, k_dispersions> next{};
    for (std::size_t d = 0; d < k_dispersions; ++d) next[d] = k_belief_events * fixed.weights[d];
    for (const auto& likelihood : likelihoods) {
      double sum = 0;
      for (std::size_t d = 0; d < k_dispersions; ++d) sum += likelihood[d] * learned.weights[d];
      for (std::size_t d = 0; d < k_dispersions; ++d) next[d] += likelihood[d] * learned.weights[d] / sum;
    }
    normalise(next);
    learned.weights = next;
  }
  return learned;
}

DispersionPrior prior_before(const std::vector<WatchedSeries>& series, const BaselineRule& baseline, std::size_t from) {
  const std::size_t last = std::max(from, static_cast<std::size_t>(baseline.least + baseline.gap));
  std::vector<std::optional<BaselineFit>> fits(series.size());
  const auto count = static_cast<std::int64_t>(series.size());
  base::parallel_chunks({.items = count, .chunk_items = 8}, [&](const base::Chunk& chunk) {
    for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
      const CountHistory& counts = series[static_cast<std::size_t>(i)].counts;
      std::optional<BaselineFit>& fit = fits[static_cast<std::size_t>(i)];
      for (std::size_t at = std::min(last + 1, counts.size()); at-- > 0 && !fit.has_value();) {
        fit = fit_baseline(counts, at, baseline);
      }
    }
  });
  std::vector<BaselineFit> found;
  for (std::optional<BaselineFit>& fit : fits) {
    if (fit.has_value()) found.push_back(std::move(*fit));
  }
  return learn_dispersion_prior(found);
}

std::vector<LevelNode> posterior_of(const BaselineFit& fit, const DispersionPrior& prior) {
  Likelihood likelihood = likelihood_of(fit);
  double largest = -1e300;
  for (std::size_t d = 0; d < k_dispersions; ++d) {
    const double belief = base::portable_log(std::max(prior.weights[d], 1e-300));
    for (double& log : likelihood.logs[d]) {
      log += belief;
      largest = std::max(largest, log);
    }
  }
  std::vector<LevelNode> nodes;
  double sum = 0;
  for (std::size_t d = 0; d < k_dispersions; ++d) {
    for (std::size_t l = 0; l < k_levels; ++l) {
      if (likelihood.logs[d][l] < largest - 14) continue;
      const double weight = base::portable_exp(likelihood.logs[d][l] - largest);
      nodes.push_back({likelihood.multiples[d][l], dispersion_grid()[d], weight});
      sum += weight;
    }
  }
  for (LevelNode& node : nodes) node.weight /= sum;
  std::erase_if(nodes, [](const LevelNode& node) { return node.weight < k_node_weight_min; });
  return nodes;
}

}  // namespace throughline::evidence
