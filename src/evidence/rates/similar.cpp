#include "evidence/rates/similar.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace throughline::evidence {

namespace {

// One trait of every area, over its largest size: squares of what is left are numbers, however large the trait.
std::vector<double> scaled(const std::vector<std::vector<double>>& traits, std::size_t trait) {
  double largest = 0;
  for (const auto& row : traits) largest = std::max(largest, std::abs(row[trait]));
  std::vector<double> values;
  for (const auto& row : traits) values.push_back(largest > 0 ? row[trait] / largest : 0);
  return values;
}

// Nought where all areas are alike: such a trait tells nothing.
double spread_of(const std::vector<double>& values) {
  const auto areas = static_cast<double>(values.size());
  double mean = 0;
  for (const double value : values) mean += value / areas;
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / areas);
}

}  // namespace

std::vector<SimilarArea> most_similar(const std::vector<std::vector<double>>& traits, std::size_t area,
                                      std::size_t wanted) {
  CHECK(area < traits.size() && !traits[area].empty());
  const std::size_t count = traits[area].size();
  std::vector<double> squares(traits.size());
  for (std::size_t trait = 0; trait < count; ++trait) {
    const std::vector<double> values = scaled(traits, trait);
    const double spread = spread_of(values);
    if (spread <= 0) continue;
    for (std::size_t i = 0; i < traits.size(); ++i) {
      CHECK(traits[i].size() == count);
      const double apart = (values[i] - values[area]) / spread;
      squares[i] += apart * apart;
    }
  }
  std::vector<SimilarArea> found;
  for (std::size_t i = 0; i < traits.size(); ++i) {
    if (i != area) found.push_back({.area = i, .distance = std::sqrt(squares[i] / static_cast<double>(count))});
  }
  std::ranges::stable_sort(found, {}, &SimilarArea::distance);
  if (found.size() > wanted) found.resize(wanted);
  return found;
}

}  // namespace throughline::evidence
