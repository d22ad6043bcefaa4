#include "linkage/recalibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>
#include <vector>

namespace throughline::linkage {
namespace {

constexpr double k_weight_bits_max = 10;
constexpr double k_slope_min = 0.1;
constexpr double k_normal_95 = 1.959963984540054;
constexpr int k_rounds_max = 100;
constexpr double k_settled = 1e-10;

// Offset, slope less one, together.
using Terms = std::array<double, 3>;
using Square = std::array<Terms, 3>;
constexpr std::size_t k_slope = 1;
constexpr Terms k_prior_sd = {2, 0.5, 2};

Terms terms_of(const StandingWeight& pair) {
  return {1, std::clamp(pair.weight_bits, -k_weight_bits_max, k_weight_bits_max), pair.together};
}

double product(const Terms& one, const Terms& other) {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
}

double moved_bits(const StandingWeight& pair, const Terms& line) {
  return pair.weight_bits + product(line, terms_of(pair));
}

// The slope and curvature of the log posterior, with its sign turned, at one line.
struct Descent {
  Terms slope{};
  Square curvature{};
};

Descent descent_at(std::span<const LabelledWeight> labels, const Terms& line) {
  Descent at;
  for (std::size_t i = 0; i < line.size(); ++i) {
    at.slope.at(i) = line.at(i) / (k_prior_sd.at(i) * k_prior_sd.at(i));
    at.curvature.at(i).at(i) = 1 / (k_prior_sd.at(i) * k_prior_sd.at(i));
  }
  for (const LabelledWeight& label : labels) {
    const Terms terms = terms_of(label.of);
    const double probability = probability_of_bits(moved_bits(label.of, line));
    const double pull = std::numbers::ln2 * (probability - (label.is_match ? 1.0 : 0.0));
    const double weight = std::numbers::ln2 * std::numbers::ln2 * probability * (1 - probability);
    for (std::size_t i = 0; i < line.size(); ++i) {
      at.slope.at(i) += pull * terms.at(i);
      for (std::size_t j = 0; j < line.size(); ++j) at.curvature.at(i).at(j) += weight * terms.at(i) * terms.at(j);
    }
  }
  return at;
}

// What is minimised: the log posterior, with its sign turned.
double misfit(std::span<const LabelledWeight> labels, const Terms& line) {
  double sum = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    sum += line.at(i) * line.at(i) / (2 * k_prior_sd.at(i) * k_prior_sd.at(i));
  }
  for (const LabelledWeight& label : labels) {
    const double bits = moved_bits(label.of, line);
    const double against = std::numbers::ln2 * (label.is_match ? -bits : bits);
    sum += against > 0 ? against + std::log1p(std::exp(-against)) : std::log1p(std::exp(against));
  }
  return sum;
}

// By cofactors. The prior keeps the curvature well away from singular.
Square inverse(const Square& of) {
  const auto cofactor = [&](std::size_t row, std::size_t column) {
    const auto at = [&](std::size_t i, std::size_t j) { return of.at((row + i) % 3).at((column + j) % 3); };
    return at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1);
  };
  const double determinant = product(of[0], {cofactor(0, 0), cofactor(0, 1), cofactor(0, 2)});
  Square inverted{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) inverted.at(i).at(j) = cofactor(j, i) / determinant;
  }
  return inverted;
}

// One step of Newton's, halved until it leads downwards; whether it still moved.
bool step(std::span<const LabelledWeight> labels, Terms& line, bool is_slope_held) {
  Descent at = descent_at(labels, line);
  if (is_slope_held) {
    at.slope[k_slope] = 0;
    for (std::size_t i = 0; i < line.size(); ++i) at.curvature[k_slope].at(i) = at.curvature.at(i)[k_slope] = 0;
    at.curvature[k_slope][k_slope] = 1;
  }
  const Square across = inverse(at.curvature);
  const double before = misfit(labels, line);
  for (double share = 1; share > k_settled; share /= 2) {
    Terms next = line;
    double moved = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const double move = share * product(across.at(i), at.slope);
      next.at(i) -= move;
      moved += std::abs(move);
    }
    if (misfit(labels, next) > before) continue;
    line = next;
    return moved > k_settled;
  }
  return false;
}

void settle(std::span<const LabelledWeight> labels, Terms& line, bool is_slope_held) {
  for (int round = 0; round < k_rounds_max && step(labels, line, is_slope_held); ++round) {
  }
}

}  // namespace

double bits_of_probability(double probability) {
  return std::log2(probability / (1 - probability));
}

double probability_of_bits(double bits) {
  return 1 / (1 + std::exp2(-bits));
}

CalibratedProbability Recalibration::at(const StandingWeight& pair) const {
  const Terms terms = terms_of(pair);
  const double moved = moved_bits(pair, {offset_bits, slope - 1, together_bits});
  const Square variances = {{{offset_variance, offset_slope_covariance, offset_together_covariance},
                             {offset_slope_covariance, slope_variance, slope_together_covariance},
                             {offset_together_covariance, slope_together_covariance, together_variance}}};
  const double variance =
      product(terms, {product(variances[0], terms), product(variances[1], terms), product(variances[2], terms)});
  const double half = k_normal_95 * std::sqrt(std::max(variance, 0.0));
  return {.probability = probability_of_bits(moved),
          .low = probability_of_bits(moved - half),
          .high = probability_of_bits(moved + half)};
}

std::optional<Recalibration> recalibrate(std::span<const LabelledWeight> labels) {
  Recalibration line;
  line.same = std::ranges::count(labels, true, &LabelledWeight::is_match);
  line.different = std::ssize(labels) - line.same;
  if (std::ssize(labels) < k_labels_min || std::min(line.same, line.different) < k_labels_each) return std::nullopt;
  std::vector<LabelledWeight> ordered(labels.begin(), labels.end());
  std::ranges::sort(ordered, {}, [](const LabelledWeight& each) {
    return std::tuple(each.of.weight_bits, each.of.together, each.is_match);
  });
  Terms found{};
  settle(ordered, found, false);
  if (found[k_slope] < k_slope_min - 1) {
    found[k_slope] = k_slope_min - 1;
    settle(ordered, found, true);
  }
  // Held or not, the slope is no surer than the labels make it.
  const Square variances = inverse(descent_at(ordered, found).curvature);
  line.offset_bits = found[0];
  line.slope = found[k_slope] == k_slope_min - 1 ? k_slope_min : 1 + found[k_slope];
  line.together_bits = found[2];
  line.offset_variance = variances[0][0];
  line.slope_variance = variances[1][1];
  line.together_variance = variances[2][2];
  line.offset_slope_covariance = variances[0][1];
  line.offset_together_covariance = variances[0][2];
  line.slope_together_covariance = variances[1][2];
  return line;
}

std::string recalibration_settings() {
  return fmt::format("labels {}, of each kind {}; prior {}, {}, {}; slope at least {}, weights within {}", k_labels_min,
                     k_labels_each, k_prior_sd[0], k_prior_sd[1], k_prior_sd[2], k_slope_min, k_weight_bits_max);
}

}  // namespace throughline::linkage
