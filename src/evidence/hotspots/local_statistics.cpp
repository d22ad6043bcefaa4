#include "evidence/hotspots/local_statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/check.h"
#include "base/parallel.h"
#include "base/random.h"

namespace throughline::evidence {

namespace {

constexpr std::int64_t k_chunk_places = 16;

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// About the mean, over the number of values.
double variance_of(std::span<const double> values, double mean) {
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size());
}

MoranQuadrant quadrant_of(double own, double around) {
  if (own >= 0) return around >= 0 ? MoranQuadrant::high_among_high : MoranQuadrant::high_among_low;
  return around >= 0 ? MoranQuadrant::low_among_high : MoranQuadrant::low_among_low;
}

// Deals so many of the deviations of other places to the place's neighbours, and gives their mean.
double dealt_mean(std::vector<double>& others, std::size_t neighbours, base::Random& random) {
  double sum = 0;
  for (std::size_t k = 0; k < neighbours; ++k) {
    const std::size_t drawn = k + static_cast<std::size_t>(random.below(others.size() - k));
    std::swap(others[k], others[drawn]);
    sum += others[k];
  }
  return sum / static_cast<double>(neighbours);
}

LocalMoran moran_at(std::span<const double> deviations, double variance, const Neighbourhood& near,
                    std::pair<std::size_t, PermutationRule> asked) {
  const auto& [place, rule] = asked;
  const std::vector<std::size_t>& neighbours = near[place];
  double around = 0;
  for (const std::size_t other : neighbours) around += deviations[other];
  around /= static_cast<double>(neighbours.size());
  std::vector<double> others;
  for (std::size_t i = 0; i < deviations.size(); ++i) {
    if (i != place) others.push_back(deviations[i]);
  }
  base::Random random({rule.seed, base::stream_of("hotspots/moran"), static_cast<std::uint32_t>(place)});
  const double own = deviations[place];
  std::int64_t as_high = 0;
  std::int64_t as_low = 0;
  for (std::int64_t round = 0; round < rule.permutations; ++round) {
    const double dealt = dealt_mean(others, neighbours.size(), random);
    as_high += own * dealt >= own * around ? 1 : 0;
    as_low += own * dealt <= own * around ? 1 : 0;
  }
  const auto tail = static_cast<double>(std::min(as_high, as_low) + 1);
  return {.statistic = own * around / variance,
          .quadrant = quadrant_of(own, around),
          .p_value = std::min(1.0, 2 * tail / static_cast<double>(rule.permutations + 1))};
}

}  // namespace

std::vector<std::optional<double>> getis_ord_star(std::span<const double> values, const Neighbourhood& near) {
  CHECK(values.size() == near.size());
  std::vector<std::optional<double>> scores(values.size());
  if (values.size() < 2) return scores;
  const auto n = static_cast<double>(values.size());
  const double mean = mean_of(values);
  const double variance = variance_of(values, mean);
  if (variance <= 0) return scores;
  for (std::size_t i = 0; i < values.size(); ++i) {
    double sum = values[i];
    for (const std::size_t other : near[i]) sum += values[other];
    const double weights = static_cast<double>(near[i].size()) + 1;
    const double spread = variance * (n * weights - weights * weights) / (n - 1);
    if (spread > 0) scores[i] = (sum - mean * weights) / std::sqrt(spread);
  }
  return scores;
}

std::string_view name_of(MoranQuadrant quadrant) {
  switch (quadrant) {
    case MoranQuadrant::high_among_high: return "high among high";
    case MoranQuadrant::low_among_low: return "low among low";
    case MoranQuadrant::high_among_low: return "high among low";
    case MoranQuadrant::low_among_high: return "low among high";
  }
  return "";
}

std::vector<std::optional<LocalMoran>> local_moran(std::span<const double> values, const Neighbourhood& near,
                                                   const PermutationRule& rule) {
  CHECK(values.size() == near.size() && rule.permutations > 0);
  std::vector<std::optional<LocalMoran>> found(values.size());
  if (values.empty()) return found;
  const double mean = mean_of(values);
  const double variance = variance_of(values, mean);
  if (variance <= 0) return found;
  std::vector<double> deviations;
  for (const double value : values) deviations.push_back(value - mean);
  const auto count = static_cast<std::int64_t>(values.size());
  base::parallel_chunks({.items = count, .chunk_items = k_chunk_places}, [&](const base::Chunk& chunk) {
    for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
      const auto place = static_cast<std::size_t>(i);
      if (!near[place].empty()) found[place] = moran_at(deviations, variance, near, {place, rule});
    }
  });
  return found;
}

}  // namespace throughline::evidence
