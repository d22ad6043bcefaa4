#include "evidence/watch/count_law.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "base/portable_math.h"

namespace throughline::evidence {

namespace {

// Below this a law is as good as Poisson, and the negative binomial's own formula would lose its digits.
constexpr double k_poisson_below = 1 + 1e-6;
constexpr double k_smallest_log = -700;
constexpr double k_hart_until = 7.07106781186547;

constexpr double k_tail_left_out = 1e-12;

// Coefficients of the highest power first.
constexpr std::array k_above{3.52624965998911e-02, 0.700383064443688, 6.37396220353165, 33.912866078383,
                             112.079291497871,     221.213596169931,  220.206867912376};
constexpr std::array k_below{8.83883476483184e-02, 1.75566716318264, 16.064177579207,  86.7807322029461,
                             296.564248779674,     637.333633378831, 793.826512519948, 440.413735824752};

double polynomial(std::span<const double> coefficients, double x) {
  double sum = 0;
  for (const double coefficient : coefficients) sum = sum * x + coefficient;
  return sum;
}

double wallace_shrink(double freedom) {
  return (8 * freedom + 1) / (8 * freedom + 3);
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

void add_by_scores(CountLaw law, double weight, std::span<double> sums) {
  for (std::size_t i = 0; i < sums.size(); ++i) {
    sums[i] += weight * normal_above(normal_score(law, static_cast<std::int64_t>(i)));
  }
}

}  // namespace

void add_at_least(CountLaw law, double weight, std::span<double> sums) {
  CHECK(law.mean > 0 && law.dispersion >= 1);
  const bool is_poisson = law.dispersion < k_poisson_below;
  const double log_none =
      is_poisson ? -law.mean : -law.mean * base::portable_log(law.dispersion) / (law.dispersion - 1);
  if (log_none < k_smallest_log) return add_by_scores(law, weight, sums);
  // Panjer's recursion, which both laws obey: p(k) = p(k - 1) (a + b / k).
  const double a = is_poisson ? 0 : 1 - 1 / law.dispersion;
  const double b = is_poisson ? law.mean : law.mean / law.dispersion - a;
  double probability = weight * base::portable_exp(log_none);
  double tail = weight;
  double count = 0;
  for (double& sum : sums) {
    sum += tail;
    tail -= probability;
    if (tail < weight * k_tail_left_out) return;
    count += 1;
    probability *= a + b / count;
  }
}

std::vector<double> at_least(CountLaw law, std::int64_t count_max) {
  std::vector<double> tails(static_cast<std::size_t>(count_max) + 1, 0.0);
  add_at_least(law, 1, tails);
  return tails;
}

double normal_above(double z) {
  if (z < 0) return 1 - normal_above(-z);
  const double density = base::portable_exp(-z * z / 2);
  if (z < k_hart_until) return density * polynomial(k_above, z) / polynomial(k_below, z);
  constexpr double k_root_of_two_pi = 2.506628274631000502;
  double fraction = z + 0.65;
  for (const double n : {4.0, 3.0, 2.0, 1.0}) fraction = z + n / fraction;
  return density / fraction / k_root_of_two_pi;
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
  const double z = wallace_shrink(freedom) * std::sqrt(freedom * base::portable_log(1 + t * t / freedom));
  return normal_above(t < 0 ? -z : z);
}

double student_limit(double probability, double freedom) {
  CHECK(freedom > 0 && probability > 0 && probability < 0.5);
  const double z = base::portable_normal_quantile(1 - probability) / wallace_shrink(freedom);
  return std::sqrt(freedom * (base::portable_exp(z * z / freedom) - 1));
}

}  // namespace throughline::evidence
