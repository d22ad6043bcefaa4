#include "evidence/sentinel/weighed_shares.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/check.h"

namespace throughline::evidence {
namespace {

double sum_of(std::span<const std::int64_t> counts) {
  return static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}));
}

// The correlation within a period that neighbours show: nought where they differ by no more than a binomial would.
double extra_spread(const std::vector<double>& shares, const std::vector<double>& wholes, double variance) {
  double seen = 0;
  double binomial = 0;
  double room = 0;
  for (std::size_t i = 1; i < shares.size(); ++i) {
    const double difference = shares[i] - shares[i - 1];
    const double both = 1 / wholes[i] + 1 / wholes[i - 1];
    seen += difference * difference;
    binomial += variance * both;
    room += variance * (2 - both);
  }
  return room > 0 ? std::clamp((seen - binomial) / room, 0.0, 1.0) : 0;
}

// Gram and Schmidt: takes out of a column what the earlier ones explain, and out of the shares what it explains itself.
class Residuals {
 public:
  Residuals(const std::vector<double>& shares, const std::vector<double>& weights) : left_(shares), weights_(&weights) {
    add(std::vector<double>(shares.size(), 1));
  }
  void add(std::vector<double> column) {
    constexpr double k_negligible = 1e-9;
    for (const std::vector<double>& earlier : columns_) take_out(column, earlier);
    if (product(column, column) < k_negligible) return;
    take_out(left_, column);
    columns_.push_back(std::move(column));
  }
  [[nodiscard]] double squares() const { return product(left_, left_); }

 private:
  [[nodiscard]] double product(const std::vector<double>& one, const std::vector<double>& other) const {
    double sum = 0;
    for (std::size_t i = 0; i < one.size(); ++i) sum += (*weights_)[i] * one[i] * other[i];
    return sum;
  }
  void take_out(std::vector<double>& from, const std::vector<double>& column) const {
    const double slope = product(from, column) / product(column, column);
    for (std::size_t i = 0; i < from.size(); ++i) from[i] -= slope * column[i];
  }

  std::vector<double> left_;
  std::vector<std::vector<double>> columns_;
  const std::vector<double>* weights_;
};

}  // namespace

WeighedShares weighed_shares(std::span<const std::int64_t> part, std::span<const std::int64_t> whole) {
  CHECK(part.size() == whole.size());
  constexpr double k_expected_min = 5;
  WeighedShares weighed;
  const double all = sum_of(whole);
  const double pooled = all == 0 ? 0 : sum_of(part) / all;
  std::vector<double> wholes;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CHECK(part[i] >= 0 && part[i] <= whole[i]);
    const auto size = static_cast<double>(whole[i]);
    if (size * std::min(pooled, 1 - pooled) < k_expected_min) continue;
    weighed.places.push_back(i);
    weighed.times.push_back(static_cast<double>(i));
    weighed.shares.push_back(static_cast<double>(part[i]) / size);
    wholes.push_back(size);
  }
  const double variance = pooled * (1 - pooled);
  const double extra = extra_spread(weighed.shares, wholes, variance);
  for (const double size : wholes) weighed.weights.push_back(size / (1 + (size - 1) * extra) / variance);
  return weighed;
}

double squares_about_line(const WeighedShares& shares) {
  Residuals residuals(shares.shares, shares.weights);
  residuals.add(shares.times);
  return residuals.squares();
}

double squares_about_bend(const WeighedShares& shares, std::size_t stretch_min) {
  double least = squares_about_line(shares);
  for (std::size_t at = stretch_min; at + stretch_min < shares.times.size(); ++at) {
    Residuals residuals(shares.shares, shares.weights);
    residuals.add(shares.times);
    std::vector<double> after;
    for (const double time : shares.times) after.push_back(std::max(0.0, time - shares.times[at]));
    residuals.add(std::move(after));
    least = std::min(least, residuals.squares());
  }
  return least;
}

}  // namespace throughline::evidence
