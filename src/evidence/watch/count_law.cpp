#include "evidence/watch/count_law.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "base/portable_math.h"
#include "evidence/special_functions.h"

namespace throughline::evidence {

namespace {

// Below this a law is as good as Poisson, and the negative binomial's own formula would lose its digits.
constexpr double k_poisson_below = 1 + 1e-6;
constexpr double k_smallest_log = -700;

double normal_above(double z) {
  return normal_below(-z);
}

// Peizer and Pratt's g: (1 - t^2 + 2 t ln t) / (1 - t)^2, which is nearly (1 - t) / 3 about t = 1.
double shape_term(double t) {
  if (t <= 0) return 1;
  if (std::abs(t - 1) < 1e-4) return (1 - t) / 3;
  return (1 - t * t + 2 * t * base::portable_log(t)) / ((1 - t) * (1 - t));
}

// P(Y <= k) of a Poisson count.
double poisson_score(double mean, double k) {
  const double distance = k + 2.0 / 3 - mean + 0.02 / (k + 1);
  return distance / std::sqrt(mean) * std::sqrt(std::max(0.0, 1 + shape_term((k + 0.5) / mean)));
}

// P(Y <= k) of a negative binomial count is that of `size` successes or more among k + size trials.
double negative_binomial_score(CountLaw law, double k) {
  const double size = law.mean / (law.dispersion - 1);
  const double success = 1 / law.dispersion;
  const double failure = 1 - success;
  const double trials = k + size;
  const double least = size - 0.5;
  const double most = k + 0.5;
  const double distance = size - 1 + 2.0 / 3 - (trials + 1.0 / 3) * success +
                          0.02 * (failure / size - success / (k + 1) + (failure - 0.5) / (trials + 1));
  const double bend = 1 + failure * shape_term(std::max(least, 1e-9) / (trials * success)) +
                      success * shape_term(most / (trials * failure));
  return -distance / std::sqrt((trials + 1.0 / 6) * success * failure) * std::sqrt(std::max(0.0, bend));
}

std::vector<double> at_least_by_scores(CountLaw law, std::int64_t count_max) {
  std::vector<double> tails;
  for (std::int64_t count = 0; count <= count_max; ++count) tails.push_back(normal_above(normal_score(law, count)));
  return tails;
}

}  // namespace

std::vector<double> at_least(CountLaw law, std::int64_t count_max) {
  CHECK(law.mean > 0 && law.dispersion >= 1);
  const bool is_poisson = law.dispersion < k_poisson_below;
  const double log_none =
      is_poisson ? -law.mean : -law.mean * base::portable_log(law.dispersion) / (law.dispersion - 1);
  if (log_none < k_smallest_log) return at_least_by_scores(law, count_max);
  // Panjer's recursion, which both laws obey: p(k) = p(k - 1) (a + b / k).
  const double a = is_poisson ? 0 : 1 - 1 / law.dispersion;
  const double b = is_poisson ? law.mean : law.mean / law.dispersion - a;
  std::vector<double> tails{1.0};
  double probability = base::portable_exp(log_none);
  for (std::int64_t count = 1; count <= count_max; ++count) {
    tails.push_back(std::max(0.0, tails.back() - probability));
    probability *= a + b / static_cast<double>(count);
  }
  return tails;
}

double normal_score(CountLaw law, std::int64_t count) {
  CHECK(law.mean > 0 && law.dispersion >= 1);
  if (count <= 0) return -std::numeric_limits<double>::infinity();
  const auto below = static_cast<double>(count - 1);
  return law.dispersion < k_poisson_below ? poisson_score(law.mean, below) : negative_binomial_score(law, below);
}

double student_upper(double t, double freedom) {
  CHECK(freedom > 0);
  if (std::isinf(t)) return t > 0 ? 0 : 1;
  const double shrink = (8 * freedom + 1) / (8 * freedom + 3);
  const double z = shrink * std::sqrt(freedom * base::portable_log(1 + t * t / freedom));
  return normal_above(t < 0 ? -z : z);
}

}  // namespace throughline::evidence
