#include "evidence/intervals.h"

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "base/portable_math.h"
#include "evidence/special_functions.h"

namespace throughline::evidence {
namespace {

// The probability left out on each side.
double tail_of(Confidence confidence) {
  CHECK(confidence.level >= 0.5 && confidence.level <= 0.9999);
  return (1 - confidence.level) / 2;
}

// The odds of a probability; infinity at one.
double odds(double probability) {
  return probability >= 1 ? std::numeric_limits<double>::infinity() : probability / (1 - probability);
}

// Twice the smaller tail of a binomial count, at most one.
double two_sided_p(Share share, double probability) {
  const auto k = static_cast<double>(share.successes);
  const auto n = static_cast<double>(share.trials);
  const double at_least = k == 0 ? 1 : beta_tails({.a = k, .b = n - k + 1}, probability).lower;
  const double at_most = k == n ? 1 : beta_tails({.a = k + 1, .b = n - k}, probability).upper;
  return std::min(1.0, 2 * std::min(at_least, at_most));
}

}  // namespace

double normal_reach(Confidence confidence) {
  return base::portable_normal_quantile(1 - tail_of(confidence));
}

Interval poisson_interval(std::int64_t count, Confidence confidence) {
  CHECK(count >= 0);
  const double tail = tail_of(confidence);
  const auto shape = static_cast<double>(count);
  return {.low = count == 0 ? 0 : gamma_quantile(shape, tail), .high = gamma_quantile(shape + 1, 1 - tail)};
}

Rate rate(std::int64_t count, Exposure exposure, Confidence confidence) {
  CHECK(exposure.base > 0 && exposure.per > 0);
  const Interval mean = poisson_interval(count, confidence);
  const double scale = exposure.per / exposure.base;
  return {.value = static_cast<double>(count) * scale,
          .interval = {.low = mean.low * scale, .high = mean.high * scale}};
}

Interval proportion_interval(Share share, Confidence confidence) {
  CHECK(share.successes >= 0 && share.successes <= share.trials);
  const double tail = tail_of(confidence);
  const auto k = static_cast<double>(share.successes);
  const auto n = static_cast<double>(share.trials);
  return {.low = share.successes == 0 ? 0 : beta_quantile({.a = k, .b = n - k + 1}, tail),
          .high = share.successes == share.trials ? 1 : beta_quantile({.a = k + 1, .b = n - k}, 1 - tail)};
}

std::optional<Comparison> compare_counts(CountPair pair, Confidence confidence) {
  CHECK(pair.before >= 0 && pair.after >= 0 && pair.exposure_before > 0 && pair.exposure_after > 0);
  if (pair.before == 0 && pair.after == 0) {
    return std::nullopt;
  }
  const Share share{.successes = pair.after, .trials = pair.before + pair.after};
  const Interval later = proportion_interval(share, confidence);
  const double scale = pair.exposure_before / pair.exposure_after;
  const double even = pair.exposure_after / (pair.exposure_before + pair.exposure_after);
  const double ratio = pair.before == 0 ? std::numeric_limits<double>::infinity()
                                        : static_cast<double>(pair.after) / static_cast<double>(pair.before) * scale;
  return Comparison{.ratio = ratio,
                    .interval = {.low = odds(later.low) * scale, .high = odds(later.high) * scale},
                    .p_value = two_sided_p(share, even)};
}

}  // namespace throughline::evidence
