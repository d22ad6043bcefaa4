#include "evidence/rates/standardise.h"

#include <algorithm>

#include "base/check.h"
#include "evidence/special_functions.h"

namespace throughline::evidence {

namespace {

struct WeightedSum {
  double value = 0;
  double variance = 0;
  double heaviest = 0;  // What one event adds where it adds most.
};

WeightedSum summed(const std::vector<Stratum>& strata) {
  double standard = 0;
  for (const Stratum& each : strata) {
    CHECK(each.events >= 0 && each.people > 0 && each.standard >= 0);
    standard += each.standard;
  }
  CHECK(standard > 0);
  WeightedSum sum;
  for (const Stratum& each : strata) {
    const double weight = each.standard / standard / each.people;
    const auto events = static_cast<double>(each.events);
    sum.value += weight * events;
    sum.variance += weight * weight * events;
    sum.heaviest = std::max(sum.heaviest, weight);
  }
  return sum;
}

}  // namespace

Rate directly_standardised(const std::vector<Stratum>& strata, double per, Confidence confidence) {
  CHECK(confidence.level >= 0.5 && confidence.level <= 0.9999);
  const double tail = (1 - confidence.level) / 2;
  const WeightedSum sum = summed(strata);
  Rate rate{.value = sum.value * per, .interval = {}};
  if (sum.value > 0) {
    rate.interval.low = sum.variance / sum.value * gamma_quantile(sum.value * sum.value / sum.variance, tail) * per;
  }
  const double value = sum.value + sum.heaviest;
  const double variance = sum.variance + sum.heaviest * sum.heaviest;
  rate.interval.high = variance / value * gamma_quantile(value * value / variance, 1 - tail) * per;
  return rate;
}

}  // namespace throughline::evidence
