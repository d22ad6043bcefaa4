#include "evidence/rates/similar.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace throughline::evidence {

namespace {

// Nought where all areas are alike: such a trait tells nothing.
double spread_of(const std::vector<std::vector<double>>& traits, std::size_t trait) {
  const auto areas = static_cast<double>(traits.size());
  double mean = 0;
  for (const auto& row : traits) mean += row[trait] / areas;
  double sum = 0;
  for (const auto& row : traits) sum += (row[trait] - mean) * (row[trait] - mean);
  return std::sqrt(sum / areas);
}

}  // namespace

std::vector<SimilarArea> most_similar(const std::vector<std::vector<double>>& traits, std::size_t area,
                                      std::size_t wanted) {
  CHECK(area < traits.size() && !traits[area].empty());
  const std::size_t count = traits[area].size();
  std::vector<double> squares(traits.size());
  for (std::size_t trait = 0; trait < count; ++trait) {
    const double spread = spread_of(traits, trait);
    if (spread <= 0) continue;
    for (std::size_t i = 0; i < traits.size(); ++i) {
      CHECK(traits[i].size() == count);
      const double apart = (traits[i][trait] - traits[area][trait]) / spread;
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
