#include "evidence/disparity/two_groups.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "base/check.h"
#include "base/portable_math.h"
#include "evidence/special_functions.h"

namespace throughline::evidence {
namespace {

constexpr double k_infinity = std::numeric_limits<double>::infinity();

void check(const GroupPair& pair, Confidence confidence) {
  for (const GroupCount& each : {pair.group, pair.reference}) {
    CHECK(each.events >= 0 && each.people > 0);
    CHECK(each.events <= k_group_count_max && each.people <= k_group_count_max);
  }
  CHECK(confidence.level >= 0.5 && confidence.level <= 0.9999);
}

bool has_excess(const GroupPair& pair) {
  return pair.group.events > pair.group.people || pair.reference.events > pair.reference.people;
}

Refusal nothing_to_compare() {
  return {.rule = Rule::nothing_to_compare,
          .reason = "Neither group has an event, so nothing can be said of their ratio.",
          .remedy = "Take a longer period or a larger area."};
}

// Whether the limits of a normal serve: every cell, of those with an event and those without, is above so many.
// REQUIRES no excess.
bool has_cells_above(const GroupPair& pair, std::int64_t least) {
  return std::ranges::min({pair.group.events, pair.group.people - pair.group.events, pair.reference.events,
                           pair.reference.people - pair.reference.events}) > least;
}

// In doubles throughout, which hold every count.
RatioEstimate logarithmic_odds(const GroupPair& pair, Confidence confidence) {
  const auto a = static_cast<double>(pair.group.events);
  const auto b = static_cast<double>(pair.group.people) - a;
  const auto c = static_cast<double>(pair.reference.events);
  const auto d = static_cast<double>(pair.reference.people) - c;
  const double odds = (a / b) / (c / d);
  const double factor = base::portable_exp(normal_reach(confidence) * std::sqrt(1 / a + 1 / b + 1 / c + 1 / d));
  return {.value = odds,
          .interval = {.low = odds / factor, .high = odds * factor},
          .method = RatioMethod::logarithmic_odds};
}

// Of the score test for two proportions.
double score_p(const GroupPair& pair) {
  const auto [a, n] = std::pair(static_cast<double>(pair.group.events), static_cast<double>(pair.group.people));
  const auto [b, m] = std::pair(static_cast<double>(pair.reference.events), static_cast<double>(pair.reference.people));
  const double share = (a + b) / (n + m);
  const double error = std::sqrt(share * (1 - share) * (1 / n + 1 / m));
  return std::min(1.0, 2 * normal_below(-std::abs(a / n - b / m) / error));
}

RatioEstimate exact_ratio(const GroupPair& pair, Confidence confidence) {
  const auto compared = compare_counts({.before = pair.reference.events,
                                        .after = pair.group.events,
                                        .exposure_before = static_cast<double>(pair.reference.people),
                                        .exposure_after = static_cast<double>(pair.group.people)},
                                       confidence);
  CHECK(compared.has_value());
  return {.value = compared->ratio, .interval = compared->interval, .method = RatioMethod::exact_poisson};
}

// Where the events of the group stand when those of both groups are given: a hypergeometric count with odds.
struct Margins {
  double group = 0;  // People.
  double reference = 0;
  double events = 0;  // Of both.
  double seen = 0;    // Of the group.
  [[nodiscard]] double least() const { return std::max(0.0, events - reference); }
  [[nodiscard]] double most() const { return std::min(events, group); }
  // P(x + 1) / P(x) under odds of one.
  [[nodiscard]] double step_up(double x) const {
    return (events - x) * (group - x) / ((x + 1) * (reference - events + x + 1));
  }
};

Margins margins_of(const GroupPair& pair) {
  return {.group = static_cast<double>(pair.group.people),
          .reference = static_cast<double>(pair.reference.people),
          .events = static_cast<double>(pair.group.events) + static_cast<double>(pair.reference.events),
          .seen = static_cast<double>(pair.group.events)};
}

// The likeliest count. The ratio of neighbours falls as the count grows.
double mode_of(const Margins& margins, double odds) {
  double low = margins.least();
  double high = margins.most();
  while (low < high) {
    const double middle = std::floor((low + high) / 2);
    if (odds * margins.step_up(middle) >= 1) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

struct CountMass {
  double all = 0;
  double at_most = 0;   // Up to what was seen.
  double at_least = 0;  // From it on.
  double moment = 0;    // Weighed by the count.

  void add(double x, double weight, double seen) {
    all += weight;
    moment += weight * x;
    if (x <= seen) at_most += weight;
    if (x >= seen) at_least += weight;
  }
};

// Weights relative to that of the mode, outwards until they no longer count. Their sum loses no digit to a logarithm.
CountMass mass_of(const Margins& margins, double odds) {
  constexpr double k_negligible = 1e-30;
  const double mode = mode_of(margins, odds);
  CountMass mass;
  mass.add(mode, 1, margins.seen);
  double weight = 1;
  for (double x = mode; x < margins.most() && weight > k_negligible; ++x) {
    weight *= odds * margins.step_up(x);
    mass.add(x + 1, weight, margins.seen);
  }
  weight = 1;
  for (double x = mode; x > margins.least() && weight > k_negligible; --x) {
    weight /= odds * margins.step_up(x - 1);
    mass.add(x - 1, weight, margins.seen);
  }
  return mass;
}

// The odds at which an increasing function of them is nought, found by their logarithm.
template <class Function>
double root_odds(double start, const Function& function) {
  constexpr double k_log_limit = 500;
  double low = base::portable_log(start);
  double high = low;
  for (double step = 0.5; function(base::portable_exp(low)) > 0 && low > -k_log_limit; step *= 2) low -= step;
  for (double step = 0.5; function(base::portable_exp(high)) < 0 && high < k_log_limit; step *= 2) high += step;
  for (int i = 0; i < 100 && high - low > 1e-13; ++i) {
    const double middle = low + (high - low) / 2;
    (function(base::portable_exp(middle)) < 0 ? low : high) = middle;
  }
  return base::portable_exp(low + (high - low) / 2);
}

// A start that is never nought nor infinite: half an event is added to each cell (Haldane 1956).
double rough_odds(const Margins& margins) {
  const double seen = margins.seen;
  const double other = margins.events - seen;
  return (seen + 0.5) * (margins.reference - other + 0.5) / ((other + 0.5) * (margins.group - seen + 0.5));
}

}  // namespace

std::string_view name_of(RatioMethod method) {
  switch (method) {
    case RatioMethod::itself: return "none, it is the reference";
    case RatioMethod::logarithmic: return "logarithmic (Katz 1978)";
    case RatioMethod::exact_poisson: return "exact (Przyborowski and Wilenski 1940)";
    case RatioMethod::exact_conditional: return "exact (Cornfield 1956)";
    case RatioMethod::logarithmic_odds: return "logarithmic (Woolf 1955)";
  }
  CHECK(false && "a method without a name");
}

OrRefusal<RatioEstimate> risk_ratio(const GroupPair& pair, Confidence confidence) {
  check(pair, confidence);
  if (pair.group.events + pair.reference.events == 0) return nothing_to_compare();
  Caveats caveats;
  if (std::min(pair.group.events, pair.reference.events) < k_change_count_min) caveats.add(Caveat::small_count);
  if (refuse(Use::approximate_interval, caveats) || has_excess(pair)) return exact_ratio(pair, confidence);
  if (!has_cells_above(pair, k_change_count_min - 1)) return exact_ratio(pair, confidence);
  const auto [a, n] = std::pair(static_cast<double>(pair.group.events), static_cast<double>(pair.group.people));
  const auto [b, m] = std::pair(static_cast<double>(pair.reference.events), static_cast<double>(pair.reference.people));
  const double ratio = (a / n) / (b / m);
  const double error = std::sqrt(1 / a - 1 / n + 1 / b - 1 / m);
  const double factor = base::portable_exp(normal_reach(confidence) * error);
  return RatioEstimate{
      .value = ratio, .interval = {.low = ratio / factor, .high = ratio * factor}, .method = RatioMethod::logarithmic};
}

OrRefusal<RatioEstimate> odds_ratio(const GroupPair& pair, Confidence confidence) {
  check(pair, confidence);
  if (has_excess(pair)) {
    return Refusal{.rule = Rule::more_events_than_people,
                   .reason = "There are more events than people in a group, so there are no odds.",
                   .remedy = "Read the ratio of rates, or divide by those who were there rather than by residents."};
  }
  if (has_cells_above(pair, k_exact_cell_max)) return logarithmic_odds(pair, confidence);
  const Margins margins = margins_of(pair);
  if (margins.least() == margins.most()) return nothing_to_compare();
  const double tail = (1 - confidence.level) / 2;
  const double start = rough_odds(margins);
  const bool is_least = margins.seen == margins.least();
  const bool is_most = margins.seen == margins.most();
  RatioEstimate estimate{
      .value = 0, .interval = {.low = 0, .high = k_infinity}, .method = RatioMethod::exact_conditional};
  const auto mean_over = [&](double odds) {
    const CountMass mass = mass_of(margins, odds);
    return mass.moment / mass.all - margins.seen;
  };
  const auto above = [&](double odds) {
    const CountMass mass = mass_of(margins, odds);
    return mass.at_least / mass.all - tail;
  };
  const auto below = [&](double odds) {
    const CountMass mass = mass_of(margins, odds);
    return tail - mass.at_most / mass.all;
  };
  if (!is_least) estimate.value = is_most ? k_infinity : root_odds(start, mean_over);
  if (!is_least) estimate.interval.low = root_odds(start, above);
  if (!is_most) estimate.interval.high = root_odds(start, below);
  return estimate;
}

double same_share_p(const GroupPair& pair) {
  check(pair, {});
  CHECK(!has_excess(pair));
  if (has_cells_above(pair, k_exact_cell_max)) return score_p(pair);
  const Margins margins = margins_of(pair);
  if (margins.least() == margins.most()) return 1;
  const CountMass mass = mass_of(margins, 1);
  return std::min(1.0, 2 * std::min(mass.at_most, mass.at_least) / mass.all);
}

}  // namespace throughline::evidence
