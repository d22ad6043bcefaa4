#include "evidence/lags/lag_analysis.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "base/portable_math.h"
#include "base/random.h"
#include "evidence/lags/autoregression.h"

namespace throughline::evidence {

namespace {

using Values = std::vector<double>;

constexpr std::size_t k_order_max = 12;
constexpr double k_effective_min = 15;
constexpr double k_power = 0.8;

struct Correlation {
  double value = 0;
  std::size_t pairs = 0;
};

// The leader `lag` periods before the follower.
Correlation correlation_at(const Values& leader, const Values& follower, int lag) {
  const auto count = static_cast<std::ptrdiff_t>(leader.size());
  double cross = 0;
  double one = 0;
  double other = 0;
  Correlation found;
  for (std::ptrdiff_t i = std::max<std::ptrdiff_t>(0, lag); i < count + std::min<std::ptrdiff_t>(0, lag); ++i) {
    const double ahead = leader[static_cast<std::size_t>(i - lag)];
    const double behind = follower[static_cast<std::size_t>(i)];
    cross += ahead * behind;
    one += ahead * ahead;
    other += behind * behind;
    ++found.pairs;
  }
  if (one > 0 && other > 0) found.value = cross / std::sqrt(one * other);
  return found;
}

double memory_at(const Values& values, std::size_t lag) {
  double total = 0;
  double together = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    total += values[i] * values[i];
    if (i >= lag) together += values[i] * values[i - lag];
  }
  return total > 0 ? together / total : 0;
}

// How many independent pairs so many periods of these two are worth, if nothing links them.
double effective_periods(const Values& one, const Values& other) {
  const auto count = static_cast<double>(one.size());
  double sum = 1;
  for (std::size_t lag = 1; lag <= one.size() / 4; ++lag) {
    sum += 2 * (1 - static_cast<double>(lag) / count) * memory_at(one, lag) * memory_at(other, lag);
  }
  return std::min(count, count / std::max(sum, 1e-9));
}

// The follower cut into blocks that run round a circle and laid anew: its own memory is kept, its link with the leader
// is not.
Values laid_anew(const Values& values, std::size_t block, base::Random& random) {
  Values laid;
  laid.reserve(values.size());
  while (laid.size() < values.size()) {
    const auto begin = static_cast<std::size_t>(random.below(values.size()));
    for (std::size_t i = 0; i < block && laid.size() < values.size(); ++i) {
      laid.push_back(values[(begin + i) % values.size()]);
    }
  }
  return about_mean(std::move(laid));
}

// Long enough for the follower's memory, and no longer: the cube root of the periods, more where it remembers.
std::size_t block_for(const Values& values) {
  const auto count = static_cast<double>(values.size());
  const double memory = std::min(0.9, std::abs(memory_at(values, 1)));
  const double wanted = std::cbrt(count) * (1 + 2 * memory);
  return std::clamp<std::size_t>(static_cast<std::size_t>(std::lround(wanted)), 1, values.size() / 3);
}

// Counts, over draws, how often each lag alone and the largest of all lags is as far from nought.
struct Beaten {
  std::vector<std::int64_t> alone;
  std::vector<std::int64_t> all;
};

void add_p_values(LagAnalysis& analysis, const Beaten& beaten, std::int64_t draws) {
  const auto p_of = [&](std::int64_t count) { return static_cast<double>(count + 1) / static_cast<double>(draws + 1); };
  for (std::size_t i = 0; i < analysis.points.size(); ++i) {
    analysis.points[i].p_alone = p_of(beaten.alone[i]);
    analysis.points[i].p_all = p_of(beaten.all[i]);
  }
}

struct FilteredPair {
  Values leader;
  Values follower;
};

base::Result<Beaten> beaten_by_draws(const LagAnalysis& analysis, const FilteredPair& pair, const LagPlan& plan,
                                     const base::Interrupt& interrupt) {
  const auto points = analysis.points.size();
  Beaten beaten{.alone = std::vector<std::int64_t>(points), .all = std::vector<std::int64_t>(points)};
  for (std::int64_t draw = 0; draw < plan.draws; ++draw) {
    TRY(interrupt.poll());
    base::Random random(
        {.seed = plan.seed, .stream = base::stream_of("lags/blocks"), .step = static_cast<std::uint32_t>(draw)});
    const Values laid = laid_anew(pair.follower, analysis.block, random);
    double largest = 0;
    for (std::size_t i = 0; i < analysis.points.size(); ++i) {
      const double here = std::abs(correlation_at(pair.leader, laid, analysis.points[i].lag).value);
      if (here >= std::abs(analysis.points[i].correlation)) ++beaten.alone[i];
      largest = std::max(largest, here);
    }
    for (std::size_t i = 0; i < analysis.points.size(); ++i) {
      if (largest >= std::abs(analysis.points[i].correlation)) ++beaten.all[i];
    }
  }
  return beaten;
}

void judge(LagAnalysis& analysis, const LagPlan& plan) {
  const auto best = std::ranges::min_element(
      analysis.points, {}, [](const LagPoint& point) { return std::pair(point.p_all, -std::abs(point.correlation)); });
  if (best->p_all <= plan.level) {
    analysis.verdict = LagVerdict::shows;
    analysis.why = fmt::format(
        "At a lag of {} the correlation is {:+.2f}; among all {} lags of the window so large a one comes by chance "
        "with "
        "p {:.3g}.",
        best->lag, best->correlation, analysis.points.size(), best->p_all);
    return;
  }
  if (analysis.detectable < 0.5) {
    analysis.verdict = LagVerdict::does_not_show;
    analysis.why = fmt::format(
        "No lag of the window stands out (least p {:.3g}); a correlation of {:.2f} would have been seen in four of "
        "five "
        "such series.",
        best->p_all, analysis.detectable);
    return;
  }
  analysis.why = fmt::format(
      "No lag of the window stands out (least p {:.3g}), but only a correlation of {:.2f} or more would be seen in "
      "four "
      "of five such series: the series are too short to tell.",
      best->p_all, analysis.detectable);
}

// How many standard errors from nought a correlation must be to be seen in four of five, each lag having its share of
// the level.
double reach_of(const LagPlan& plan) {
  const double lags = plan.lag_max - plan.lag_min + 1;
  return base::portable_normal_quantile(1 - plan.level / 2 / lags) + base::portable_normal_quantile(k_power);
}

// Whether every value is the same, or too large for its square to be a number.
bool says_nothing(const Values& values) {
  double most = 0;
  for (const double value : values) most = std::max(most, std::abs(value));
  return !(most > 0) || !std::isfinite(most * most * static_cast<double>(values.size()));
}

// Nothing where the series can be looked at.
std::string too_little(const LagAnalysis& analysis, const LagPlan& plan) {
  const int furthest = std::max(std::abs(plan.lag_min), std::abs(plan.lag_max));
  if (static_cast<std::size_t>(furthest) * 4 > analysis.periods) {
    return fmt::format("A lag of {} is more than a quarter of the {} periods that are left.", furthest,
                       analysis.periods);
  }
  if (analysis.effective_periods >= k_effective_min) return {};
  return fmt::format("The pair is worth {:.1f} independent periods; under {:.0f} nothing can be told.",
                     analysis.effective_periods, k_effective_min);
}

}  // namespace

std::string_view name_of(LagVerdict verdict) {
  switch (verdict) {
    case LagVerdict::shows: return "a relation shows";
    case LagVerdict::does_not_show: return "no relation shows";
    case LagVerdict::cannot_tell: return "cannot tell";
  }
  CHECK(false && "a verdict without a name");
}

LagAnalysis analyse_lags(const std::vector<double>& leader, const std::vector<double>& follower, const LagPlan& plan) {
  const base::Interrupt never;
  return analyse_lags(leader, follower, plan, never).value();
}

base::Result<LagAnalysis> analyse_lags(const std::vector<double>& leader, const std::vector<double>& follower,
                                       const LagPlan& plan, const base::Interrupt& interrupt) {
  CHECK(leader.size() == follower.size() && plan.lag_min <= plan.lag_max && plan.draws > 0);
  LagAnalysis analysis;
  if (leader.size() < 4) {
    analysis.periods = leader.size();
    analysis.why = "There are fewer than four periods.";
    return analysis;
  }
  const Values ahead = plan.is_differenced ? differenced(leader) : leader;
  const Values behind = plan.is_differenced ? differenced(follower) : follower;
  const Autoregression filter = fit_autoregression(ahead, k_order_max);
  const FilteredPair pair{.leader = about_mean(filtered(ahead, filter)),
                          .follower = about_mean(filtered(behind, filter))};
  const auto& [one, other] = pair;
  analysis.periods = one.size();
  analysis.order = filter.weights.size();
  analysis.effective_periods = effective_periods(one, other);
  analysis.detectable = std::min(1.0, reach_of(plan) / std::sqrt(std::max(1.0, analysis.effective_periods)));
  analysis.why = says_nothing(one) || says_nothing(other)
                     ? "One of the two does not move, or is too large to be reckoned with: nothing can be told."
                     : too_little(analysis, plan);
  if (!analysis.why.empty()) return analysis;
  analysis.block = block_for(other);
  for (int lag = plan.lag_min; lag <= plan.lag_max; ++lag) {
    const Correlation found = correlation_at(one, other, lag);
    analysis.points.push_back({.lag = lag, .correlation = found.value, .pairs = found.pairs});
  }
  add_p_values(analysis, TRY(beaten_by_draws(analysis, pair, plan, interrupt)), plan.draws);
  judge(analysis, plan);
  return analysis;
}

}  // namespace throughline::evidence
