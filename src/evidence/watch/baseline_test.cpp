#include "evidence/watch/baseline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/random.h"
#include "evidence/watch/predictive.h"

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

// The mean over what level and trend may be, added up on a grid; nothing of it shared with the code under test.
struct Added {
  double mean = 0;
  double mode = 0;
};

Added added_up(const CountHistory& history, std::size_t at, const BaselineRule& rule) {
  const auto end = static_cast<int>(at) - rule.gap;
  Added added;
  double weights = 0;
  double largest = 0;
  for (double level = -5; level < 3; level += 0.02) {
    for (double trend = -1.2; trend < 1.2; trend += 0.02) {
      double log = 40 - 8 * trend * trend;
      for (int t = end - rule.window; t < end; ++t) {
        const double line = level + trend * (t - static_cast<double>(at)) / 12;
        const double count = static_cast<double>(*history[static_cast<std::size_t>(t)]) + 0.5 / rule.window;
        log += count * line - std::exp(line);
      }
      const double weight = std::exp(log);
      weights += weight;
      added.mean += weight * std::exp(level);
      if (weight > largest) added.mode = std::exp(level);
      largest = std::max(largest, weight);
    }
  }
  added.mean /= weights;
  return added;
}

TEST(Baseline, of_a_sparse_series_the_mean_is_expected_and_not_the_mode) {
  const BaselineRule rule{.has_season = false, .is_reweighted = false};
  CountHistory history(70, 0);
  for (const std::size_t t : {3U, 11U, 20U, 31U, 33U, 47U, 58U, 62U}) history[t] = 1;
  const Added added = added_up(history, 69, rule);
  ASSERT_GT(added.mean / added.mode, 1.06);
  EXPECT_NEAR(fit_baseline(history, 69, rule)->expected / added.mean, 1, 0.03);
}

// Nothing for so many months, then the same count in each.
CountHistory began(std::size_t noughts, std::size_t months, std::int64_t count) {
  CountHistory history(noughts, 0);
  history.insert(history.end(), months, count);
  return history;
}

TEST(Baseline, a_trend_is_not_carried_beyond_the_largest_count) {
  for (std::size_t months = 8; months <= 40; ++months) {
    const CountHistory history = began(60, months, 100);
    const auto fit = fit_baseline(history, history.size() - 1, {});
    ASSERT_TRUE(fit.has_value());
    EXPECT_LE(fit->expected, 128.5) << months;
    PosteriorMemory memory;
    const Predictive predictive(*fit, fixed_dispersion_prior(), memory);
    EXPECT_LT(predictive.fall_limit(0.005).count, 100) << months;
  }
}

TEST(Baseline, limits_of_a_series_that_began_lately_or_comes_once_a_year_are_found) {
  CountHistory yearly(67, 0);
  for (std::size_t t = 6; t < yearly.size(); t += 12) yearly[t] = 1'000;
  for (const CountHistory& history : {began(48, 19, 800), began(47, 20, 800), yearly}) {
    for (std::size_t at = 60; at < history.size(); ++at) {
      const auto fit = fit_baseline(history, at, {});
      PosteriorMemory memory;
      const Predictive predictive(fit.value(), fixed_dispersion_prior(), memory);
      const CountLimit rise = predictive.rise_limit(0.005);
      EXPECT_LE(rise.probability, 0.005) << at;
      EXPECT_LT(rise.count, 100'000) << at;
      EXPECT_GT(static_cast<double>(rise.count), fit->expected) << at;
      EXPECT_LT(static_cast<double>(predictive.fall_limit(0.005).count), fit->expected) << at;
    }
  }
}

TEST(Predictive, where_no_count_is_an_alert_there_is_no_limit) {
  const BaselineFit wild{.expected = 1e6,
                         .leverage = 1e-6,
                         .level = 1e6,
                         .dispersion = 1e6,
                         .freedom = 50,
                         .information = 50,
                         .own_freedom = 0.002,
                         .events = 60'000'000,
                         .counts = 60,
                         .exceeding = {}};
  PosteriorMemory memory;
  const Predictive predictive(wild, fixed_dispersion_prior(), memory);
  EXPECT_EQ(predictive.rise_limit(1e-15).count, k_no_rise);
  EXPECT_EQ(predictive.rise_limit(1e-15).probability, 0);
  EXPECT_LT(predictive.rise_limit(0.005).count, 100'000'000);
}

// A sparse series with one month of thousands: the posterior's tail is cut off before it ends.
TEST(Predictive, a_count_beyond_the_kept_tail_has_no_probability_of_nought) {
  CountHistory history(70, 0);
  history[30] = 3'400;
  const auto fit = fit_baseline(history, 69, {.is_reweighted = false});
  ASSERT_FALSE(fit.value().exceeding.empty());
  BaselineFit large = *fit;
  large.expected = 2'900;
  PosteriorMemory memory;
  const Predictive predictive(large, fixed_dispersion_prior(), memory);
  EXPECT_GT(predictive.at_least(3'000), 0.01);
  EXPECT_GT(predictive.at_least(3'001), 1e-3);
  EXPECT_LE(predictive.at_least(3'001), predictive.at_least(3'000));
  EXPECT_LE(predictive.rise_limit(0.005).probability, 0.005);
  EXPECT_GT(predictive.rise_limit(0.005).count, 3'001);
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
