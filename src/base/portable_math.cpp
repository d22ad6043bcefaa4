#include "base/portable_math.h"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>

#include "base/check.h"

namespace throughline::base {

namespace {

// ln 2 in two parts: the first has zeros enough at its end that its product with an exponent is exact.
constexpr double k_ln2_high = 6.93147180369123816490e-01;
constexpr double k_ln2_low = 1.90821492927058770002e-10;

// Coefficients of the lowest power first.
double polynomial(std::span<const double> coefficients, double x) {
  double sum = 0.0;
  for (std::size_t i = coefficients.size(); i > 0; --i) sum = sum * x + coefficients[i - 1];
  return sum;
}

// The tables of Wichura's PPND16: numerator and denominator for the middle, the flank and the far tail.
constexpr std::array k_middle_above{3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                    1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                    3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr std::array k_middle_below{1.0,
                                    4.2313330701600911252e+1,
                                    6.8718700749205790830e+2,
                                    5.3941960214247511077e+3,
                                    2.1213794301586595867e+4,
                                    3.9307895800092710610e+4,
                                    2.8729085735721942674e+4,
                                    5.2264952788528545610e+3};
constexpr std::array k_flank_above{1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                   3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                   2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array k_flank_below{1.0,
                                   2.05319162663775882187e0,
                                   1.67638483018380384940e0,
                                   6.89767334985100004550e-1,
                                   1.48103976427480074590e-1,
                                   1.51986665636164571966e-2,
                                   5.47593808499534494600e-4,
                                   1.05075007164441684324e-9};
constexpr std::array k_tail_above{6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                  2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                  2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array k_tail_below{1.0,
                                  5.99832206555887937690e-1,
                                  1.36929880922735805310e-1,
                                  1.48753612908506148525e-2,
                                  7.86869131145613259100e-4,
                                  1.84631831751005468180e-5,
                                  1.42151175831644588870e-7,
                                  2.04426310338993978564e-15};

}  // namespace

double portable_log(double x) {
  if (std::isnan(x) || x < 0.0) return std::numeric_limits<double>::quiet_NaN();
  if (x == 0.0) return -std::numeric_limits<double>::infinity();
  if (std::isinf(x)) return x;
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < std::numbers::sqrt2 / 2.0) {
    mantissa *= 2.0;
    --exponent;
  }
  // log(1 + f) = 2 atanh(s) with s = f / (2 + f), |s| < 0.172: eleven terms leave less than 1e-18.
  const double f = mantissa - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  double series = 0.0;
  for (int k = 11; k >= 1; --k) series = z * (2.0 / (2 * k + 1) + series);
  // 2s is written as f - f²/2 + s f²/2, whose leading term is exact.
  const double half_square = 0.5 * f * f;
  const double k = exponent;
  return k * k_ln2_high - ((half_square - (s * (half_square + series) + k * k_ln2_low)) - f);
}

double portable_exp(double x) {
  if (std::isnan(x)) return x;
  if (x > 710.0) return std::numeric_limits<double>::infinity();
  if (x < -746.0) return 0.0;
  const double k = std::floor(x / std::numbers::ln2 + 0.5);
  const double high = x - k * k_ln2_high;
  const double low = k * k_ln2_low;
  const double r = high - low;
  const double lost = (high - r) - low;  // What r had no digits for.
  // |r| < 0.347: the fifteenth term of the series is below 1e-18.
  double series = 1.0;
  for (int n = 14; n >= 3; --n) series = 1.0 + r * series / n;
  return std::ldexp(1.0 + (r + (0.5 * r * r * series + lost)), static_cast<int>(k));
}

double portable_log_factorial(double n) {
  CHECK(n >= 0.0);
  if (n < 30.0) {
    double product = 1.0;
    for (int i = 2; i <= static_cast<int>(n); ++i) product *= i;
    return portable_log(product);
  }
  // Stirling's series; from 30 on the first term left out is below 3e-14 of a value above 74.
  const double half_log_two_pi = 0.91893853320467274178;
  const double inverse = 1.0 / n;
  const double square = inverse * inverse;
  const double correction = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square / 1260.0));
  return (n + 0.5) * portable_log(n) - n + half_log_two_pi + correction;
}

double portable_normal_quantile(double p) {
  CHECK(p > 0.0 && p < 1.0);
  const double from_middle = p - 0.5;
  if (std::fabs(from_middle) <= 0.425) {
    const double r = 0.180625 - from_middle * from_middle;
    return from_middle * polynomial(k_middle_above, r) / polynomial(k_middle_below, r);
  }
  const double tail = from_middle < 0.0 ? p : 1.0 - p;
  const double r = std::sqrt(-portable_log(tail));
  const double size = r <= 5.0 ? polynomial(k_flank_above, r - 1.6) / polynomial(k_flank_below, r - 1.6)
                               : polynomial(k_tail_above, r - 5.0) / polynomial(k_tail_below, r - 5.0);
  return from_middle < 0.0 ? -size : size;
}

}  // namespace throughline::base
