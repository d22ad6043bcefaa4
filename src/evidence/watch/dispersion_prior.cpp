#include "evidence/watch/dispersion_prior.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

#include "base/parallel.h"
#include "base/portable_math.h"

namespace throughline::evidence {

namespace {

constexpr int k_rounds = 25;
constexpr double k_belief_events = 2;        // What the fixed belief weighs against the series, in series.
constexpr double k_prior_weight_min = 1e-5;  // A dispersion believed in less is none, unless the counts look like it.
constexpr double k_seen_reach = 2;           // Times the dispersion seen: what counts can look like.
constexpr double k_node_weight_min = 1e-5;
constexpr double k_log_weight_range = 10;
constexpr double k_level_step = 0.95;  // Standard deviations between levels of the grid.

using Row = std::array<double, k_levels>;

// By dispersion of the grid; a row is left alone where its dispersion is not asked for.
struct Likelihood {
  std::array<bool, k_dispersions> is_asked{};
  std::array<Row, k_dispersions> multiples{};
  std::array<Row, k_dispersions> logs{};  // Of the likelihood times the belief in the level.
};

// A product of powers as its logarithm: logarithms are dear, and one is taken when the product grows large or small.
class LogProduct {
 public:
  // REQUIRES: 1e-6 < base < 1e4.
  void multiply(double base, std::int64_t power) {
    constexpr std::int64_t k_power_most = 32;
    for (; power > 0; power -= k_power_most) {
      product_ *= whole_power(base, std::min(power, k_power_most));
      if (product_ < 1e100 && product_ > 1e-100) continue;
      sum_ += base::portable_log(product_);
      product_ = 1;
    }
  }
  [[nodiscard]] double log() const { return sum_ + base::portable_log(product_); }

 private:
  static double whole_power(double base, std::int64_t power) {
    double answer = 1;
    for (; power > 0; power /= 2) {
      if (power % 2 != 0) answer *= base;
      base *= base;
    }
    return answer;
  }

  double product_ = 1;
  double sum_ = 0;
};

// How many counts exceed the numbers of a group, and those numbers' mean: the numbers of a group share one logarithm.
struct Rise {
  std::int64_t counts = 0;
  double number = 0;
};

// Groups of one, then groups that grow.
std::vector<Rise> rises_of(const std::vector<std::int32_t>& exceeding) {
  constexpr std::size_t k_single = 16;
  std::vector<Rise> rises;
  std::size_t j = 0;
  while (j < exceeding.size()) {
    const std::size_t width = j < k_single ? 1 : std::min(exceeding.size() - j, j / 4);
    std::int64_t counts = 0;
    double moment = 0;
    for (std::size_t k = j; k < j + width; ++k) {
      counts += exceeding[k];
      moment += static_cast<double>(exceeding[k]) * static_cast<double>(k);
    }
    if (counts > 0) rises.push_back({.counts = counts, .number = moment / static_cast<double>(counts)});
    j += width;
  }
  return rises;
}

// One baseline's likelihood under one dispersion, level by level.
class OfDispersion {
 public:
  OfDispersion(const BaselineFit& fit, double dispersion)
      : events_(static_cast<double>(fit.events)), counts_(fit.counts), dispersion_(dispersion) {
    if (dispersion_ <= 1) return;
    log_dispersion_ = base::portable_log(dispersion_);
    constant_ = events_ * base::portable_log((dispersion_ - 1) / dispersion_);
  }

  [[nodiscard]] double log_likelihood(double level, double log_level, std::span<const Rise> rises) const {
    if (dispersion_ <= 1) return events_ * log_level - counts_ * level;
    const double size = level / (dispersion_ - 1);
    LogProduct product;
    for (const Rise& rise : rises) product.multiply(size + rise.number, rise.counts);
    return constant_ - counts_ * size * log_dispersion_ + product.log();
  }

 private:
  double events_ = 0;
  double counts_ = 0;
  double dispersion_ = 1;
  double log_dispersion_ = 0;
  double constant_ = 0;
};

// Of the dispersions that have some weight, or that the counts show: among thousands of steady series a dispersed one
// is believed in little before its counts are seen.
Likelihood likelihood_of(const BaselineFit& fit, std::span<const double> weights) {
  Likelihood likelihood;
  const auto events = static_cast<double>(fit.events);
  const double middle = (events + 0.5) / fit.counts;
  const double log_middle = base::portable_log(middle);
  const std::vector<Rise> rises = rises_of(fit.exceeding);
  for (std::size_t d = 0; d < k_dispersions; ++d) {
    const double dispersion = dispersion_grid()[d];
    if (weights[d] < k_prior_weight_min && dispersion > k_seen_reach * fit.dispersion) continue;
    likelihood.is_asked[d] = true;
    const OfDispersion of(fit, dispersion);
    const double sd = std::min(1.2, std::sqrt(dispersion / (events + 1)));
    const double log_step = k_level_step * sd;
    const double log_sd = base::portable_log(sd);
    const double step = base::portable_exp(log_step);
    constexpr double k_below = (k_levels - 1) / 2.0;
    double multiple = base::portable_exp(-k_below * log_step);
    for (std::size_t l = 0; l < k_levels; ++l, multiple *= step) {
      const double log_level = log_middle + (static_cast<double>(l) - k_below) * log_step;
      likelihood.multiples[d][l] = multiple;
      // Jeffreys's belief in the level of a Poisson count, on the logarithm.
      likelihood.logs[d][l] = of.log_likelihood(middle * multiple, log_level, rises) + 0.5 * log_level + log_sd;
    }
  }
  return likelihood;
}

// The likelihood of each dispersion whatever the level, up to a factor.
std::array<double, k_dispersions> by_dispersion(const BaselineFit& fit) {
  std::array<double, k_dispersions> all{};
  all.fill(1);
  const Likelihood likelihood = likelihood_of(fit, all);
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
  Likelihood likelihood = likelihood_of(fit, prior.weights);
  double largest = -1e300;
  for (std::size_t d = 0; d < k_dispersions; ++d) {
    if (!likelihood.is_asked[d]) continue;
    const double belief = base::portable_log(prior.weights[d]);
    for (double& log : likelihood.logs[d]) {
      log += belief;
      largest = std::max(largest, log);
    }
  }
  std::vector<LevelNode> nodes;
  double sum = 0;
  for (std::size_t d = 0; d < k_dispersions; ++d) {
    if (!likelihood.is_asked[d]) continue;
    for (std::size_t l = 0; l < k_levels; ++l) {
      if (likelihood.logs[d][l] < largest - k_log_weight_range) continue;
      const double weight = base::portable_exp(likelihood.logs[d][l] - largest);
      nodes.push_back({likelihood.multiples[d][l], dispersion_grid()[d], weight});
      sum += weight;
    }
  }
  std::erase_if(nodes, [&](const LevelNode& node) { return node.weight < k_node_weight_min * sum; });
  sum = 0;
  for (const LevelNode& node : nodes) sum += node.weight;
  for (LevelNode& node : nodes) node.weight /= sum;
  return nodes;
}

const std::vector<LevelNode>& PosteriorMemory::posterior(const BaselineFit& fit, const DispersionPrior& prior) {
  const bool is_same = !nodes_.empty() && fit.events == events_ && fit.counts == counts_ && fit.exceeding == exceeding_;
  if (is_same) return nodes_;
  nodes_ = posterior_of(fit, prior);
  events_ = fit.events;
  counts_ = fit.counts;
  exceeding_ = fit.exceeding;
  return nodes_;
}

}  // namespace throughline::evidence
