// How counts vary about their mean, and tails of it: Poisson, and the negative binomial whose variance is in proportion
// to its mean.
//
// - Sources: Peizer and Pratt 1968 (normal approximation of binomial, negative binomial and Poisson tails); Wallace
// 1959
//   (Student's t by a normal).
// - Accuracy: at_least is exact up to rounding. normal_score gives tails from 1e-5 on within three per cent of their
//   value where the mean is 3 or more and at least two and a half times the dispersion less one; below, it can be far
//   out, and at_least is to be used. student_upper is within two per cent from six degrees of freedom on. The tests
//   hold all of it against incomplete gamma and beta functions.
#pragma once

#include <cstdint>
#include <vector>

namespace throughline::evidence {

// The variance is `dispersion` times the mean; a dispersion of 1 is Poisson. REQUIRES mean > 0 and dispersion >= 1
// wherever a law is used, CHECKed.
struct CountLaw {
  double mean = 1;
  double dispersion = 1;
};

// P(Y >= 0), P(Y >= 1), … up to `count_max` included. Cost: one step a count. For means up to some hundreds: beyond,
// the probability of nought is too small to start from, and the answer is made of normal scores.
[[nodiscard]] std::vector<double> at_least(CountLaw law, std::int64_t count_max);

// The z with P(Y >= count) = P(Z >= z), nearly; minus infinity for a count of 0 or less.
[[nodiscard]] double normal_score(CountLaw law, std::int64_t count);

// P(T >= t) of Student's t, nearly. REQUIRES freedom > 0.
[[nodiscard]] double student_upper(double t, double freedom);

}  // namespace throughline::evidence
