// Exact intervals and tests for counts, rates and proportions.
//
// - Sources: Garwood 1936 (interval for a Poisson mean); Clopper and Pearson 1934 (interval for a proportion);
//   Przyborowski and Wilenski 1940 (two Poisson counts compared, given their sum); Loader 2000 (probabilities without
//   loss of digits); Goldberg and Levine 1946 (chi-square quantiles at many degrees of freedom).
// - Assumptions: events happen independently of one another and at a constant rate within the period. Offences in
//   series and searches in operations vary more than that; then every interval here is too narrow.
// - Bias: exact intervals hold at least the stated confidence, usually more: at small counts they are
//   wider than need be.
// - Undecidable: two counts that are both zero say nothing about their ratio; compare_counts answers with nothing.
// - Accuracy: relative error of a Poisson limit below 1e-13 for counts up to 10^9, at 95 and at 99.99 per cent, against
//   direct summation in extended precision; the tests repeat it up to 10^6.
#pragma once

#include <cstdint>
#include <optional>

namespace throughline::evidence {

// A two-sided confidence level. REQUIRES 0.5 <= level <= 0.9999, CHECKed where it is used.
struct Confidence {
  double level = 0.95;
};

// How many standard errors lie on either side of a normal estimate: 1.96 at 95 per cent.
[[nodiscard]] double normal_reach(Confidence confidence);

// Closed at both ends. `high` is infinity where the data set no upper limit.
struct Interval {
  double low = 0;
  double high = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

// The mean number of events that a count of `count` is compatible with. At zero the lower limit is 0 and the upper
// limit still two-sided: 3.689 at 95 per cent. REQUIRES count >= 0.
[[nodiscard]] Interval poisson_interval(std::int64_t count, Confidence confidence = {});

// A count over a base that is known without error, such as residents; `per` is the number of residents a rate is quoted
// for.
struct Exposure {
  double base = 0;
  double per = 100'000;
};

struct Rate {
  double value = 0;
  Interval interval;
};

// count / base * per, with the Garwood interval scaled. REQUIRES count >= 0 and base > 0.
[[nodiscard]] Rate rate(std::int64_t count, Exposure exposure, Confidence confidence = {});

// `successes` out of `trials`.
struct Share {
  std::int64_t successes = 0;
  std::int64_t trials = 0;
};

// The probability that such a share is compatible with; 0 to 1 without trials. REQUIRES 0 <= successes <= trials.
[[nodiscard]] Interval proportion_interval(Share share, Confidence confidence = {});

// Two counts and the length of time, or the number of people, over which each was made.
struct CountPair {
  std::int64_t before = 0;
  std::int64_t after = 0;
  double exposure_before = 1;
  double exposure_after = 1;
};

// How the rate after compares with the rate before.
struct Comparison {
  double ratio = 0;    // Infinity when `before` is zero.
  Interval interval;   // Of the ratio.
  double p_value = 1;  // Two-sided: twice the smaller tail, so that it agrees with the interval.
};

// The exact conditional comparison: given the sum, the later count is binomial. Nothing when both counts are zero.
// REQUIRES counts >= 0, exposures > 0.
[[nodiscard]] std::optional<Comparison> compare_counts(CountPair pair, Confidence confidence = {});

}  // namespace throughline::evidence
