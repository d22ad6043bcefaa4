#include "evidence/lags/autoregression.h"

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "base/portable_math.h"

namespace throughline::evidence {

namespace {

// Akaike's criterion, corrected; the mean and the variance are two parameters more.
double criterion(double variance, std::size_t order, std::size_t count) {
  const auto n = static_cast<double>(count);
  const auto k = static_cast<double>(order) + 2;
  if (n - k - 1 <= 0 || variance <= 0) return std::numeric_limits<double>::infinity();
  return n * base::portable_log(variance) + 2 * k + 2 * k * (k + 1) / (n - k - 1);
}

// One more order: the reflection that leaves least, forwards and backwards.
double reflect(std::vector<double>& forward, std::vector<double>& backward, std::size_t order) {
  double cross = 0;
  double power = 0;
  for (std::size_t i = order; i < forward.size(); ++i) {
    cross += forward[i] * backward[i - 1];
    power += forward[i] * forward[i] + backward[i - 1] * backward[i - 1];
  }
  const double weight = power > 0 ? 2 * cross / power : 0;
  for (std::size_t i = forward.size(); i-- > order;) {
    const double ahead = forward[i];
    forward[i] = ahead - weight * backward[i - 1];
    backward[i] = backward[i - 1] - weight * ahead;
  }
  return weight;
}

std::vector<double> lengthened(const std::vector<double>& weights, double reflection) {
  std::vector<double> longer(weights.size() + 1);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    longer[i] = weights[i] - reflection * weights[weights.size() - 1 - i];
  }
  longer.back() = reflection;
  return longer;
}

}  // namespace

std::vector<double> about_mean(std::vector<double> values) {
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (double& value : values) value -= mean;
  return values;
}

std::vector<double> differenced(const std::vector<double>& values) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < values.size(); ++i) steps.push_back(values[i] - values[i - 1]);
  return steps;
}

Autoregression fit_autoregression(const std::vector<double>& values, std::size_t order_max) {
  const std::size_t count = values.size();
  std::vector<double> forward = about_mean(values);
  std::vector<double> backward = forward;
  double variance = 0;
  for (const double value : forward) variance += value * value / static_cast<double>(count);
  Autoregression best;
  double least = criterion(variance, 0, count);
  std::vector<double> weights;
  for (std::size_t order = 1; order <= std::min(order_max, count / 4); ++order) {
    const double reflection = reflect(forward, backward, order);
    weights = lengthened(weights, reflection);
    variance *= 1 - reflection * reflection;
    const double here = criterion(variance, order, count);
    if (here < least) {
      least = here;
      best.weights = weights;
    }
  }
  return best;
}

std::vector<double> filtered(const std::vector<double>& values, const Autoregression& by) {
  const std::vector<double> centred = about_mean(values);
  std::vector<double> left;
  for (std::size_t i = by.weights.size(); i < centred.size(); ++i) {
    double rest = centred[i];
    for (std::size_t j = 0; j < by.weights.size(); ++j) rest -= by.weights[j] * centred[i - 1 - j];
    left.push_back(rest);
  }
  return left;
}

}  // namespace throughline::evidence
