#include "evidence/watch/ears.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "evidence/watch/adjust.h"
#include "evidence/watch/cusum.h"

namespace throughline::evidence {
namespace {

// The definitions of Hutwagner and others (2003), written down once more.
double naive_statistic(const std::vector<double>& y, std::size_t at, std::size_t gap) {
  double sum = 0;
  double squares = 0;
  for (std::size_t i = at - gap - 7; i < at - gap; ++i) {
    sum += y[i];
    squares += y[i] * y[i];
  }
  return (y[at] - sum / 7) / std::sqrt((squares - sum * sum / 7) / 6);
}

TEST(Ears, statistics_are_those_of_the_definition) {
  base::Random random({3, base::stream_of("ears test"), 0});
  CountHistory history;
  std::vector<double> plain;
  for (int t = 0; t < 40; ++t) {
    plain.push_back(static_cast<double>(random.poisson(6)));
    history.emplace_back(static_cast<std::int64_t>(plain.back()));
  }
  for (std::size_t at = 11; at < 40; ++at) {
    const EarsStatistics found = ears_statistics(history, at);
    EXPECT_NEAR(found.c1.value(), naive_statistic(plain, at, 0), 1e-9);
    EXPECT_NEAR(found.c2.value(), naive_statistic(plain, at, 2), 1e-9);
    double c3 = 0;
    for (std::size_t back = 0; back < 3; ++back) c3 += std::max(0.0, naive_statistic(plain, at - back, 2) - 1);
    EXPECT_NEAR(found.c3.value(), c3, 1e-9);
  }
}

TEST(Ears, a_worked_case_by_hand) {
  // Mean 4, standard deviation sqrt(14 / 6); the count 9 is 5 above it.
  CountHistory history{2, 3, 4, 4, 4, 5, 6, 9};
  EXPECT_NEAR(ears_statistics(history, 7).c1.value(), 5 / std::sqrt(10.0 / 6), 1e-12);
  EXPECT_FALSE(ears_statistics(history, 7).c2.has_value());
  history[3].reset();
  EXPECT_FALSE(ears_statistics(history, 7).c1.has_value());
}

TEST(Cusum, its_average_run_length_is_one_over_the_level) {
  const double level = 0.01;
  const double limit = cusum_limit(level);
  base::Random random({9, base::stream_of("cusum test"), 0});
  std::int64_t alerts = 0;
  CusumSums sums;
  const std::int64_t periods = 400'000;
  for (std::int64_t t = 0; t < periods; ++t) {
    sums.add(random.normal());
    if (sums.rise <= limit) continue;
    ++alerts;
    sums.rise = 0;
  }
  EXPECT_NEAR(static_cast<double>(alerts) / (level * static_cast<double>(periods)), 1, 0.1);
}

TEST(Adjust, is_that_of_benjamini_and_hochberg) {
  const std::vector<double> found = false_discovery_rates(std::vector<double>{0.01, 0.04, 0.03, 0.005});
  // In order .005 .01 .03 .04: .02 .02 .04 .04.
  EXPECT_NEAR(found[0], 0.02, 1e-12);
  EXPECT_NEAR(found[1], 0.04, 1e-12);
  EXPECT_NEAR(found[2], 0.04, 1e-12);
  EXPECT_NEAR(found[3], 0.02, 1e-12);
}

}  // namespace
}  // namespace throughline::evidence
