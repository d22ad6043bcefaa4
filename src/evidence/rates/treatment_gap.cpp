#include "evidence/rates/treatment_gap.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/check.h"
#include "base/portable_math.h"

namespace throughline::evidence {

namespace {

std::optional<Refusal> unlike(const PeopleCounted& treated, const PeopleCounted& users) {
  if (treated.universe == users.universe && treated.area == users.area && treated.period == users.period) {
    return std::nullopt;
  }
  auto refusal = refuse(Use::join_series, {Caveat::different_universe});
  CHECK(refusal.has_value());
  refusal->reason = fmt::format("Those in treatment are {}, {}, {}; the estimate is of {}, {}, {}.", treated.universe,
                                treated.area, treated.period, users.universe, users.area, users.period);
  refusal->remedy = "Take both of the same people, place and year.";
  return refusal;
}

double log_apart(double one, double other) {
  return base::portable_log(one) - base::portable_log(other);
}

}  // namespace

OrRefusal<TreatmentGap> treatment_gap(const PeopleCounted& treated, const PeopleCounted& users) {
  CHECK(treated.value > 0 && users.value > 0);
  if (auto refusal = unlike(treated, users)) return *std::move(refusal);
  if (!users.interval) {
    return Refusal{.rule = Rule::estimate_without_interval,
                   .reason = "The number of users is an estimate, and its source gives no interval.",
                   .remedy = "Give its interval, or estimate it from lists: throughline hidden."};
  }
  if (treated.value > users.value) {
    return Refusal{.rule = Rule::more_events_than_people,
                   .reason = "More people are in treatment than are estimated to use.",
                   .remedy = "The two cannot be of the same people; look at what each counts."};
  }
  const Interval counted = treated.interval.value_or(poisson_interval(std::llround(treated.value)));
  const double ratio = log_apart(treated.value, users.value);
  const double below = std::hypot(log_apart(treated.value, counted.low), log_apart(users.interval->high, users.value));
  const double above = std::hypot(log_apart(counted.high, treated.value), log_apart(users.value, users.interval->low));
  return TreatmentGap{.share = 1 - treated.value / users.value,
                      .interval = {.low = std::max(0.0, 1 - base::portable_exp(ratio + above)),
                                   .high = 1 - base::portable_exp(ratio - below)}};
}

}  // namespace throughline::evidence
