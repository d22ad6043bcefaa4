// The few special functions behind exact intervals: incomplete gamma and beta, and their inverses.
//
// Probabilities of the Poisson and binomial distributions are computed by the saddle-point form of Loader (2000), which
// keeps its digits where the usual difference of three large logarithms loses them. Logarithms and exponentials are
// those of base/portable_math.h, so that every machine prints the same digits.
#pragma once

namespace throughline::evidence {

// The lower and the upper part of a distribution, each computed without subtracting the other from one where it is
// small.
struct Tails {
  double lower = 0;
  double upper = 0;
};

// Regularised incomplete gamma functions P(shape, x) and Q(shape, x). REQUIRES shape > 0, x >= 0.
[[nodiscard]] Tails gamma_tails(double shape, double x);

// The x at which P(shape, x) = probability. REQUIRES shape > 0 and 0 < probability < 1.
[[nodiscard]] double gamma_quantile(double shape, double probability);

// The parameters of a beta distribution, both above zero.
struct BetaShape {
  double a = 1;
  double b = 1;
};

// Regularised incomplete beta function I(x; a, b) and 1 - I(x; a, b). REQUIRES 0 <= x <= 1.
[[nodiscard]] Tails beta_tails(BetaShape shape, double x);

// The x at which I(x; a, b) = probability. REQUIRES 0 < probability < 1.
[[nodiscard]] double beta_quantile(BetaShape shape, double probability);

// P(Z <= z) of a standard normal, by the incomplete gamma function, so that small tails keep their digits.
[[nodiscard]] double normal_below(double z);

}  // namespace throughline::evidence
