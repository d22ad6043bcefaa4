#include "evidence/special_functions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/check.h"
#include "base/portable_math.h"

namespace throughline::evidence {
namespace {

constexpr double k_tiny = 1e-300;
constexpr double k_epsilon = 1e-16;
constexpr int k_iterations_max = 2'000'000;

// ln(Gamma(x + 1)) less Stirling's approximation of it.
double stirling_error(double x) {
  double recovered = 0;
  // The series is good to the last digit from 16 on; below, the recurrence climbs there.
  while (x < 16) {
    recovered += (x + 0.5) * base::portable_log((x + 1) / x) - 1;
    x += 1;
  }
  const double square = x * x;
  const double series =
      (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square) / x;
  return recovered + series;
}

// x ln(x / mean) + mean - x, by a series where x is close to the mean and the terms would cancel.
double deviance(double x, double mean) {
  if (std::abs(x - mean) >= 0.1 * (x + mean)) {
    return x * base::portable_log(x / mean) + mean - x;
  }
  const double v = (x - mean) / (x + mean);
  double sum = (x - mean) * v;
  double term = 2 * x * v;
  for (int j = 1; j < 1000; ++j) {
    term *= v * v;
    const double next = sum + term / (2 * j + 1);
    if (next == sum) {
      break;
    }
    sum = next;
  }
  return sum;
}

// mean^x exp(-mean) / Gamma(x + 1) for real x > 0.
double poisson_density(double x, double mean) {
  if (mean <= 0) {
    return 0;
  }
  return base::portable_exp(-stirling_error(x) - deviance(x, mean)) / std::sqrt(2 * std::numbers::pi * x);
}

// P(shape, x) by its power series: quick where x < shape + 1.
double gamma_series(double shape, double x) {
  double term = 1;
  double sum = 1;
  for (int n = 1; n < k_iterations_max && term > sum * k_epsilon; ++n) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum * poisson_density(shape, x);
}

// Q(shape, x) by Legendre's continued fraction (modified Lentz): quick where x > shape + 1.
double gamma_fraction(double shape, double x) {
  double b = x + 1 - shape;
  double c = 1 / k_tiny;
  double d = 1 / b;
  double h = d;
  for (int i = 1; i < k_iterations_max; ++i) {
    const double an = -i * (i - shape);
    b += 2;
    d = an * d + b;
    d = 1 / (std::abs(d) < k_tiny ? k_tiny : d);
    c = b + an / c;
    c = std::abs(c) < k_tiny ? k_tiny : c;
    h *= d * c;
    if (std::abs(d * c - 1) < 4 * k_epsilon) {
      break;
    }
  }
  return h * poisson_density(shape, x) * shape;
}

// x^a (1 - x)^b / (a B(a, b)).
double beta_front(BetaShape shape, double x) {
  const double n = shape.a + shape.b;
  const double exponent = stirling_error(n) - stirling_error(shape.a) - stirling_error(shape.b) -
                          deviance(shape.a, n * x) - deviance(shape.b, n * (1 - x));
  const double density = base::portable_exp(exponent) * std::sqrt(n / (2 * std::numbers::pi * shape.a * shape.b));
  return density * shape.b / n;
}

// The continued fraction of I(x; a, b) (modified Lentz): quick where x < (a + 1) / (a + b + 2).
double beta_fraction(BetaShape shape, double x) {
  const double a = shape.a;
  const double b = shape.b;
  double c = 1;
  double d = 1 - (a + b) * x / (a + 1);
  d = 1 / (std::abs(d) < k_tiny ? k_tiny : d);
  double h = d;
  const auto step = [&](double numerator) {
    d = 1 + numerator * d;
    d = 1 / (std::abs(d) < k_tiny ? k_tiny : d);
    c = 1 + numerator / c;
    c = std::abs(c) < k_tiny ? k_tiny : c;
    h *= d * c;
    return std::abs(d * c - 1) < 4 * k_epsilon;
  };
  for (int m = 1; m < k_iterations_max; ++m) {
    static_cast<void>(step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))));
    if (step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)))) {
      break;
    }
  }
  return h * beta_front(shape, x);
}

// Above this shape the iterations below grow as the square root of it, and the expansion is exact to the last digit.
constexpr double k_expansion_shape = 1e8;

double gamma_quantile_expansion(double shape, double probability) {
  const double z = base::portable_normal_quantile(probability);
  const double root = std::sqrt(shape);
  return shape + z * root + (z * z - 1) / 3 + (z * z * z - 7 * z) / (36 * root) -
         (6 * z * z * z * z + 14 * z * z - 32) / (1620 * shape);
}

// How far the tails at some x lie from the wanted probability, relative to it; negative where x is too small. The
// smaller tail is the one compared, because the larger one has lost the digits.
double miss(Tails tails, double probability) {
  if (probability <= 0.5) {
    return tails.lower / probability - 1;
  }
  return 1 - tails.upper / (1 - probability);
}

struct Bracket {
  double low = 0;
  double high = 0;
};

// The root of an increasing function by false position in the Illinois form, guarded by bisection.
template <class Function>
double find_root(Bracket bracket, const Function& function) {
  double f_low = function(bracket.low);
  double f_high = function(bracket.high);
  double width_before = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 400; ++i) {
    const double width = bracket.high - bracket.low;
    if (width <= 2e-15 * bracket.high || f_low == 0 || f_high == 0) {
      break;
    }
    double x = bracket.low - f_low * width / (f_high - f_low);
    // A step that did not halve the bracket, or that fell on its edge, is replaced by its middle.
    if (width > 0.5 * width_before || x <= bracket.low || x >= bracket.high) {
      x = bracket.low + 0.5 * width;
    }
    width_before = width;
    const double f = function(x);
    if (f < 0) {
      bracket.low = x;
      f_low = f;
    } else {
      bracket.high = x;
      f_high = f;
    }
  }
  return std::abs(f_low) < std::abs(f_high) ? bracket.low : bracket.high;
}

}  // namespace

Tails gamma_tails(double shape, double x) {
  CHECK(shape > 0 && x >= 0);
  if (x == 0) {
    return {.lower = 0, .upper = 1};
  }
  if (x < shape + 1) {
    const double lower = std::min(1.0, gamma_series(shape, x));
    return {.lower = lower, .upper = 1 - lower};
  }
  const double upper = std::min(1.0, gamma_fraction(shape, x));
  return {.lower = 1 - upper, .upper = upper};
}

double gamma_quantile(double shape, double probability) {
  CHECK(shape > 0 && probability > 0 && probability < 1);
  if (shape > k_expansion_shape) {
    return gamma_quantile_expansion(shape, probability);
  }
  const auto distance = [&](double x) { return miss(gamma_tails(shape, x), probability); };
  // The expansion is close from a shape of some tens on; the bracket then needs only to be opened a little.
  const double spread = std::sqrt(shape) + 1;
  const double start = shape < 20 ? shape : gamma_quantile_expansion(shape, probability);
  double step = shape < 20 ? spread : 0.01 * spread;
  Bracket bracket{.low = start, .high = start};
  while (bracket.low > 0 && distance(bracket.low) > 0) {
    bracket.low = std::max(0.0, bracket.low - step);
    step *= 2;
  }
  while (distance(bracket.high) < 0) {
    bracket.high += step;
    step *= 2;
  }
  return find_root(bracket, distance);
}

Tails beta_tails(BetaShape shape, double x) {
  CHECK(shape.a > 0 && shape.b > 0 && x >= 0 && x <= 1);
  if (x == 0 || x == 1) {
    return {.lower = x, .upper = 1 - x};
  }
  if (x < (shape.a + 1) / (shape.a + shape.b + 2)) {
    const double lower = std::min(1.0, beta_fraction(shape, x));
    return {.lower = lower, .upper = 1 - lower};
  }
  const double upper = std::min(1.0, beta_fraction({.a = shape.b, .b = shape.a}, 1 - x));
  return {.lower = 1 - upper, .upper = upper};
}

double beta_quantile(BetaShape shape, double probability) {
  CHECK(probability > 0 && probability < 1);
  // The normal approximation gives a bracket that saves most of the steps at large counts.
  const double n = shape.a + shape.b;
  const double mean = shape.a / n;
  const double spread = std::sqrt(mean * (1 - mean) / (n + 1));
  const auto distance = [&](double x) { return miss(beta_tails(shape, x), probability); };
  const double start = std::clamp(mean + spread * base::portable_normal_quantile(probability), 0.0, 1.0);
  Bracket bracket{.low = start, .high = start};
  double step = 0.05 * spread;
  while (bracket.low > 0 && distance(bracket.low) > 0) {
    bracket.low = std::max(0.0, bracket.low - step);
    step *= 2;
  }
  while (bracket.high < 1 && distance(bracket.high) < 0) {
    bracket.high = std::min(1.0, bracket.high + step);
    step *= 2;
  }
  return find_root(bracket, distance);
}

double normal_below(double z) {
  const Tails tails = gamma_tails(0.5, z * z / 2);
  return z < 0 ? tails.upper / 2 : 0.5 + tails.lower / 2;
}

}  // namespace throughline::evidence
