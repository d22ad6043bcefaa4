#include "linkage/level_probabilities.h"

#include <algorithm>

namespace throughline::linkage {
namespace {

constexpr double k_least = 1e-9;

}  // namespace

void normalise(const ComparisonShape& shape, LevelProbabilities& levels) {
  std::array<double, k_groups> total{};
  for (int level = 0; level < static_cast<int>(levels.size()); ++level) {
    total[group_of(shape, level)] += levels[static_cast<std::size_t>(level)];
  }
  for (int level = 0; level < static_cast<int>(levels.size()); ++level) {
    double& value = levels[static_cast<std::size_t>(level)];
    const double all = total[group_of(shape, level)];
    value = all > 0 ? std::max(value / all, k_least) : 0;
  }
}

PartProbabilities part_probabilities(const ComparisonShape& shape, const LevelProbabilities& counts,
                                     const PartProbabilities& start, double start_pairs) {
  PartProbabilities parts;
  for (int part = 0; part < shape.parts; ++part) {
    const auto p = static_cast<std::size_t>(part);
    parts[p] = start[p];
    for (double& value : parts[p]) value *= start_pairs;
    parts[p][0] = 0;
    for (int level = 0; level < grid_levels(shape); ++level) {
      const auto at = static_cast<std::size_t>(part_level(shape, level, part));
      if (at != 0) parts[p][at] += counts[static_cast<std::size_t>(level)];
    }
    double total = 0;
    for (const double value : parts[p]) total += value;
    for (double& value : parts[p]) value = total > 0 ? value / total : 0;
  }
  return parts;
}

LevelProbabilities product_of(const ComparisonShape& shape, const PartProbabilities& parts,
                              std::span<const double> special) {
  LevelProbabilities levels(static_cast<std::size_t>(grid_levels(shape) + shape.special_levels));
  double special_total = 0;
  for (const double value : special) special_total += value;
  for (int level = 0; level < grid_levels(shape); ++level) {
    double value = is_whole(shape, level) ? 1 - special_total : 1;
    for (int part = 0; part < shape.parts; ++part) {
      const int at = part_level(shape, level, part);
      if (at != 0) value *= parts[static_cast<std::size_t>(part)][static_cast<std::size_t>(at)];
    }
    levels[static_cast<std::size_t>(level)] = value;
  }
  std::ranges::copy(special, levels.begin() + grid_levels(shape));
  return levels;
}

LevelProbabilities smoothed(const ComparisonShape& shape, const LevelProbabilities& counts,
                            const LevelProbabilities& prior, double pairs) {
  LevelProbabilities levels = counts;
  for (std::size_t level = 0; level < levels.size(); ++level) levels[level] += pairs * prior[level];
  normalise(shape, levels);
  return levels;
}

}  // namespace throughline::linkage
