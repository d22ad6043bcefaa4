#include "linkage/judged_accuracy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/quantile.h"
#include "base/random.h"

namespace throughline::linkage {
namespace {

constexpr std::array k_edges = {0.0, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999};
constexpr double k_prior_pairs = 1;

struct Stretch {
  bool is_linked = false;
  std::int64_t pairs = 0;
  double probability_sum = 0;
  double judged_sum = 0;  // Of the probabilities of those judged.
  std::int64_t judged = 0;
  std::int64_t same = 0;
};

std::vector<Stretch> stretches_of(std::span<const JudgeablePair> pairs) {
  std::vector<Stretch> all(4 * k_edges.size());
  for (const JudgeablePair& pair : pairs) {
    const auto past = std::ranges::upper_bound(k_edges, pair.probability);
    const auto band = static_cast<std::size_t>(std::max<std::ptrdiff_t>(past - k_edges.begin(), 1)) - 1;
    Stretch& stretch = all[4 * band + (pair.is_linked ? 2 : 0) + (pair.is_together ? 1 : 0)];
    stretch.is_linked = pair.is_linked;
    ++stretch.pairs;
    stretch.probability_sum += pair.probability;
    stretch.judged += pair.is_same ? 1 : 0;
    stretch.judged_sum += pair.is_same ? pair.probability : 0;
    stretch.same += pair.is_same.value_or(false) ? 1 : 0;
  }
  std::erase_if(all, [](const Stretch& stretch) { return stretch.pairs == 0; });
  return all;
}

// Of shape `shape`, scale 1 (Marsaglia and Tsang, 2000).
double gamma_drawn(base::Random& chance, double shape) {
  if (shape < 1) return gamma_drawn(chance, shape + 1) * std::pow(1 - chance.uniform01(), 1 / shape);
  const double third = shape - 1.0 / 3;
  const double width = 1 / std::sqrt(9 * third);
  while (true) {
    const double normal = chance.normal();
    const double cube = std::pow(1 + width * normal, 3);
    if (cube <= 0) continue;
    if (std::log(1 - chance.uniform01()) < normal * normal / 2 + third * (1 - cube + std::log(cube))) {
      return third * cube;
    }
  }
}

double beta_drawn(base::Random& chance, double same, double different) {
  const double one = gamma_drawn(chance, same);
  return one / (one + gamma_drawn(chance, different));
}

double within(double probability) {
  constexpr double k_least = 1e-6;  // A share of exactly 0 or 1 is nobody's belief.
  return std::clamp(probability, k_least, 1 - k_least);
}

double log_odds(double probability) {
  return std::log(probability / (1 - probability));
}

// How many pairs of the stretch are true: those judged so, and as many of the rest as chance gives. The share among the
// rest is that among the judged, moved as far in log-odds as the model has the two apart: within a stretch, too, the
// doubtful are judged more often.
double true_pairs(const Stretch& stretch, base::Random& chance) {
  const std::int64_t rest = stretch.pairs - stretch.judged;
  const double judged_sum = stretch.judged == 0 ? stretch.probability_sum : stretch.judged_sum;
  const std::int64_t judged = stretch.judged == 0 ? stretch.pairs : stretch.judged;
  const double mean = within(judged_sum / static_cast<double>(judged));
  double share = within(beta_drawn(chance, static_cast<double>(stretch.same) + k_prior_pairs * mean,
                                   static_cast<double>(stretch.judged - stretch.same) + k_prior_pairs * (1 - mean)));
  if (rest == 0) return static_cast<double>(stretch.same);
  if (stretch.judged > 0) {
    const double rest_mean = within((stretch.probability_sum - stretch.judged_sum) / static_cast<double>(rest));
    share = 1 / (1 + std::exp(log_odds(mean) - log_odds(rest_mean) - log_odds(share)));
  }
  return static_cast<double>(stretch.same + chance.binomial(rest, share));
}

// Log-odds are drawn as if the interval were a normal one's.
double share_drawn(base::Random& chance, const SharePart& share) {
  if (share.low == share.high) return share.value;
  constexpr double k_normal_95 = 1.959963984540054;
  const double deviation = (log_odds(within(share.high)) - log_odds(within(share.low))) / (2 * k_normal_95);
  return 1 / (1 + std::exp(-(log_odds(within(share.value)) + deviation * chance.normal())));
}

SharePart summary_of(std::vector<double> shares, std::int64_t labels) {
  if (shares.empty()) return {.of = labels};
  std::ranges::sort(shares);
  double sum = 0;
  for (const double share : shares) sum += share;
  const double value = sum / static_cast<double>(shares.size());
  // Where nearly all draws are alike, a few far ones move their mean beyond the rest.
  return {.value = value,
          .low = std::min(base::quantile_of_sorted(shares, 0.025), value),
          .high = std::max(base::quantile_of_sorted(shares, 0.975), value),
          .of = labels};
}

}  // namespace

AccuracyEstimate estimate_accuracy(std::span<const JudgeablePair> pairs, const EstimateOptions& options) {
  const std::vector<Stretch> stretches = stretches_of(pairs);
  std::int64_t linked = 0;
  std::int64_t judged_links = 0;
  std::int64_t judged = 0;
  for (const Stretch& stretch : stretches) {
    linked += stretch.is_linked ? stretch.pairs : 0;
    judged_links += stretch.is_linked ? stretch.judged : 0;
    judged += stretch.judged;
  }
  std::vector<double> precision;
  std::vector<double> recall;
  std::vector<double> among_compared;
  const std::uint64_t stream = base::stream_of("accuracy of links");
  for (std::int64_t i = 0; i < options.draws; ++i) {
    base::Random chance({.seed = options.seed, .stream = stream, .step = static_cast<std::uint32_t>(i)});
    double right = 0;
    double together = 0;
    for (const Stretch& stretch : stretches) {
      const double of = true_pairs(stretch, chance);
      together += of;
      right += stretch.is_linked ? of : 0;
    }
    if (linked > 0) precision.push_back(right / static_cast<double>(linked));
    if (together <= 0) continue;
    among_compared.push_back(right / together);
    recall.push_back(right / together * share_drawn(chance, options.caught_by_blocking));
  }
  return {.precision = summary_of(std::move(precision), judged_links),
          .recall = summary_of(std::move(recall), judged),
          .recall_among_compared = summary_of(std::move(among_compared), judged)};
}

}  // namespace throughline::linkage
