// Two series of which it is known whether, and how much later, the second follows the first: for tests and the
// benchmark.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "base/random.h"

namespace throughline::evidence {

struct MadeUpPair {
  int periods = 120;
  double memory_leader = 0;  // From one period to the next.
  double memory_follower = 0;
  bool is_summed = false;  // Random walks of what the law gives, to be differenced.
  int lag = 0;
  double share = 0;  // Of the follower's own news that is the leader's, as a correlation.
  std::uint64_t seed = 1;
};

struct SeriesPair {
  std::vector<double> leader;
  std::vector<double> follower;
};

[[nodiscard]] inline SeriesPair made_up_pair(const MadeUpPair& law) {
  base::Random random({.seed = law.seed, .stream = base::stream_of("lags/made_up"), .step = 0});
  constexpr int k_before = 50;
  std::vector<double> news;
  SeriesPair pair;
  double ahead = 0;
  double behind = 0;
  double ahead_sum = 0;
  double behind_sum = 0;
  for (int i = 0; i < law.periods + k_before; ++i) {
    news.push_back(random.normal());
    const double own = random.normal();
    const double heard = i >= law.lag ? news[static_cast<std::size_t>(i - law.lag)] : 0;
    ahead = law.memory_leader * ahead + news.back();
    behind = law.memory_follower * behind + law.share * heard + std::sqrt(1 - law.share * law.share) * own;
    if (i < k_before) continue;
    ahead_sum += ahead;
    behind_sum += behind;
    pair.leader.push_back(law.is_summed ? ahead_sum : ahead);
    pair.follower.push_back(law.is_summed ? behind_sum : behind);
  }
  return pair;
}

}  // namespace throughline::evidence
