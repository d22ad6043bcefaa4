// How counts vary about their mean, and tails of it: Poisson, and the negative binomial whose variance is in proportion
// to its mean.
//
// - Sources: Peizer and Pratt 1968 (normal approximation of binomial, negative binomial and Poisson tails); Wallace
// 1959
//   (Student's t by a normal).
// - Accuracy: at_least is exact up to rounding. normal_score gives tails from 1e-5 on within three per cent of their
//   value where the mean is 3 or more and at least two and a half times the dispersion less one; below, it can be far
//   out, and at_least is to be used. student_upper is within two per cent from six degrees of freedom on;
//   student_limit is within four from three on, and at one degree more than twice what it should be. The tests
//   hold all of it against incomplete gamma and beta functions.
#pragma once

#include <cstdint>
#include <span>
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

// Adds the same times a weight to sums that stand by count: for averages over laws. Tails below 1e-12 are left out.
void add_at_least(CountLaw law, double weight, std::span<double> sums);

// The z with P(Y >= count) = P(Z >= z), nearly; minus infinity for a count of 0 or less.
[[nodiscard]] double normal_score(CountLaw law, std::int64_t count);

// P(T >= t) of Student's t, nearly. REQUIRES freedom > 0.
[[nodiscard]] double student_upper(double t, double freedom);

// The t of which student_upper is the probability. REQUIRES freedom > 0 and 0 < probability < 0.5.
[[nodiscard]] double student_limit(double probability, double freedom);

// P(Z >= z) of a standard normal; relative error below 1e-8 (Hart and others 1968, approximation 5666,
// with the continued fraction beyond 7).
[[nodiscard]] double normal_above(double z);

}  // namespace throughline::evidence
