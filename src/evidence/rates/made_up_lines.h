// Lines of counts of which it is known where they break: for tests and the benchmark.
#pragma once

#include <cmath>
#include <cstdint>

#include "base/portable_math.h"
#include "base/random.h"
#include "evidence/rates/trend.h"

namespace throughline::evidence {

struct MadeUpLine {
  int periods = 120;
  int periods_in_year = 12;
  double mean = 50;
  double trend = 0;   // Growth of a year, as a share.
  double season = 0;  // Of the mean, up and down over the year.
  double spread = 0;  // Of the true level from period to period, as a share; beyond chance.
  double memory = 0;  // Of that, from one period to the next.
  int break_at = -1;  // None where below nought.
  double step = 1;    // New level over old.
  std::uint64_t seed = 1;
};

[[nodiscard]] inline CountLine made_up_line(const MadeUpLine& law) {
  CountLine line{.counts = {}, .people = {}, .periods_in_year = law.periods_in_year};
  base::Random random({.seed = law.seed, .stream = base::stream_of("rates/made_up"), .step = 0});
  const double fresh = std::sqrt(1 - law.memory * law.memory);
  double drift = random.normal();
  for (int i = 0; i < law.periods; ++i) {
    if (i > 0) drift = law.memory * drift + fresh * random.normal();
    const double years = static_cast<double>(i) / law.periods_in_year;
    double mean = law.mean * (1 + law.trend * years) * base::portable_exp(law.spread * drift);
    if (law.periods_in_year == 12) mean *= 1 + (i % 12 < 6 ? law.season : -law.season);
    if (law.break_at >= 0 && i >= law.break_at) mean *= law.step;
    line.counts.emplace_back(random.poisson(mean));
  }
  return line;
}

}  // namespace throughline::evidence
