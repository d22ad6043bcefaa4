// Does one series move before another? Cross-correlation over a window that is declared before anything is looked at.
//
// - Method: both series are differenced where asked; an autoregression is fitted to the leader, its order by Akaike's
//   criterion, and both are passed through it, so that the leader's own memory makes no correlation; the correlation at
//   each lag of the window; its p by resampling blocks of the follower round a circle, the largest absolute correlation
//   over all lags of the window being what each is held against. How many independent periods the pair is worth is told
//   by Bartlett's formula.
// - Sources: Box and Jenkins 1970 (prewhitening); Politis and Romano 1992 (circular blocks); Bartlett 1935; Westfall
// and
//   Young 1993 (the largest over all tests).
// - Assumptions: both series are stationary after differencing; what links them is linear and does not change.
// - Bias: a break that both share gives a correlation at lag nought; a common cause gives one at the difference of its
// two
//   delays. Neither is told apart from the one moving the other.
// - Undecidable: fewer than fifteen effective periods, a window longer than a quarter of the series, or a filter that
//   leaves nothing. Then the answer is "cannot tell", with the reason. False positives and power on made-up series:
//   docs/benchmarks.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"

namespace throughline::evidence {

// What is declared beforehand. Positive lags: the leader so many periods earlier.
struct LagPlan {
  int lag_min = 0;
  int lag_max = 0;
  bool is_differenced = true;
  double level = 0.05;
  std::int64_t draws = 999;
  std::uint64_t seed = 1;
};

enum class LagVerdict { shows, does_not_show, cannot_tell };
// "a relation shows", "no relation shows", "cannot tell".
[[nodiscard]] std::string_view name_of(LagVerdict verdict);

struct LagPoint {
  int lag = 0;
  double correlation = 0;
  double p_alone = 1;  // Held against this lag alone.
  double p_all = 1;    // Held against the largest over the window: the one that counts.
  std::size_t pairs = 0;
};

struct LagAnalysis {
  LagVerdict verdict = LagVerdict::cannot_tell;
  std::string why;  // A whole sentence.
  std::size_t periods = 0;
  std::size_t order = 0;         // Of the filter.
  std::size_t block = 0;         // Periods in a block.
  double effective_periods = 0;  // Bartlett, of the filtered pair.
  double detectable = 0;         // The correlation that would be seen in four of five such series.
  std::vector<LagPoint> points;  // By lag.
};

// Of two series period by period. REQUIRES as many values in both, lag_min <= lag_max, draws > 0.
[[nodiscard]] LagAnalysis analyse_lags(const std::vector<double>& leader, const std::vector<double>& follower,
                                       const LagPlan& plan);
// The same, asking before each draw whether to go on. Error: "interrupted".
[[nodiscard]] base::Result<LagAnalysis> analyse_lags(const std::vector<double>& leader,
                                                     const std::vector<double>& follower, const LagPlan& plan,
                                                     const base::Interrupt& interrupt);

}  // namespace throughline::evidence
