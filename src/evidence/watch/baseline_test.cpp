#include "evidence/watch/baseline.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

#include "base/random.h"

namespace throughline::evidence {
namespace {

CountHistory drawn_history(std::size_t periods, double level) {
  base::Random random({5, base::stream_of("baseline test"), 0});
  CountHistory history;
  for (std::size_t t = 0; t < periods; ++t) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(t) / 12;
    history.emplace_back(random.poisson(level * std::exp(0.4 * std::cos(angle) + 0.01 * static_cast<double>(t))));
  }
  return history;
}

// The penalised likelihood climbed by small steps along its slope, nothing of it shared with the code under test.
struct Naive {
  std::array<double, 6> coefficients{};
  double expected = 0;
};

Naive naive_fit(const CountHistory& history, std::size_t at, int gap, int window) {
  const auto end = static_cast<int>(at) - gap;
  std::vector<std::array<double, 6>> rows;
  std::vector<double> counts;
  for (int t = end - window; t < end; ++t) {
    const double w = 2 * std::numbers::pi * t / 12;
    rows.push_back({1, (t - static_cast<double>(at)) / 12, std::cos(w), std::sin(w), std::cos(2 * w), std::sin(2 * w)});
    counts.push_back(static_cast<double>(*history[static_cast<std::size_t>(t)]) + 0.5 / window);
  }
  const std::array<double, 6> pull{0, 16, 4, 4, 4, 4};
  Naive naive;
  double level = 0;
  for (const double count : counts) level += count / window;
  naive.coefficients[0] = std::log(level);
  for (int step = 0; step < 6'000; ++step) {
    std::array<double, 6> slope{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      double sum = 0;
      for (std::size_t j = 0; j < 6; ++j) sum += rows[i][j] * naive.coefficients[j];
      for (std::size_t j = 0; j < 6; ++j) slope[j] += rows[i][j] * (counts[i] - std::exp(sum));
    }
    for (std::size_t j = 0; j < 6; ++j) {
      slope[j] -= pull[j] * naive.coefficients[j];
      naive.coefficients[j] += slope[j] * 0.1 / (level * window * 10);
    }
  }
  const double w = 2 * std::numbers::pi * static_cast<double>(at) / 12;
  const auto& b = naive.coefficients;
  naive.expected =
      std::exp(b[0] + b[2] * std::cos(w) + b[3] * std::sin(w) + b[4] * std::cos(2 * w) + b[5] * std::sin(2 * w));
  return naive;
}

TEST(Baseline, expects_what_a_plain_climb_of_the_same_likelihood_expects) {
  CountHistory history = drawn_history(70, 20);
  const BaselineRule rule{.window = 60, .gap = 6, .is_reweighted = false};
  const auto fit = fit_baseline(history, 69, rule);
  ASSERT_TRUE(fit.has_value());
  // Only where counts vary as Poisson's do is the pull that of the plain climb.
  ASSERT_LT(fit->dispersion, 1.2);
  EXPECT_NEAR(fit->expected, naive_fit(history, 69, 6, 60).expected, 0.02 * fit->expected);
}

TEST(Baseline, a_trend_and_a_season_are_carried_on) {
  const CountHistory history = drawn_history(80, 200);
  for (std::size_t at = 66; at < 80; ++at) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(at) / 12;
    const double truth = 200 * std::exp(0.4 * std::cos(angle) + 0.01 * static_cast<double>(at));
    EXPECT_NEAR(fit_baseline(history, at, {})->expected / truth, 1, 0.06) << at;
  }
}

TEST(Baseline, absent_counts_are_no_noughts) {
  CountHistory history = drawn_history(70, 50);
  const double whole = fit_baseline(history, 69, {})->expected;
  for (std::size_t t = 10; t < 25; ++t) history[t].reset();
  const auto fit = fit_baseline(history, 69, {});
  ASSERT_TRUE(fit.has_value());
  EXPECT_EQ(fit->counts, 45);
  EXPECT_NEAR(fit->expected / whole, 1, 0.1);
  for (std::size_t t = 10; t < 40; ++t) history[t].reset();
  EXPECT_FALSE(fit_baseline(history, 69, {}).has_value());
}

TEST(Baseline, a_past_outbreak_hardly_raises_what_is_expected) {
  CountHistory history = drawn_history(70, 30);
  const auto quiet = fit_baseline(history, 69, {});
  history[40] = 400;
  const auto after = fit_baseline(history, 69, {});
  EXPECT_NEAR(after->expected / quiet->expected, 1, 0.08);
  BaselineRule plain;
  plain.is_reweighted = false;
  const double dispersion_plain = fit_baseline(history, 69, plain)->dispersion;
  EXPECT_GT(dispersion_plain, 10);
  EXPECT_LT(after->dispersion, dispersion_plain / 5);
}

TEST(Baseline, nothing_but_noughts_still_expects_something) {
  const CountHistory history(70, 0);
  const auto fit = fit_baseline(history, 69, {});
  ASSERT_TRUE(fit.has_value());
  EXPECT_GT(fit->expected, 0);
  EXPECT_LT(fit->expected, 0.05);
  EXPECT_EQ(fit->events, 0);
}

}  // namespace
}  // namespace throughline::evidence
