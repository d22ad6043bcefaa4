#include "evidence/watch/false_alarms.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "base/parallel.h"
#include "base/portable_math.h"
#include "base/random.h"
#include "evidence/watch/ears.h"
#include "evidence/watch/predictive.h"
#include "evidence/watch/screen.h"

namespace throughline::evidence {

namespace {

constexpr std::int64_t k_before_ears = 12;
constexpr std::array<double, 12> k_wave{0, 0.5,  0.86602540378443864676,  1,  0.86602540378443864676,  0.5,
                                        0, -0.5, -0.86602540378443864676, -1, -0.86602540378443864676, -0.5};

// By inversion: counts are added up from nought until their probability passes what was drawn.
std::int64_t drawn_count(CountLaw law, base::Random& random) {
  if (law.dispersion <= 1) return random.poisson(law.mean);
  const double a = 1 - 1 / law.dispersion;
  const double b = law.mean / law.dispersion - a;
  double probability = base::portable_exp(-law.mean * base::portable_log(law.dispersion) / (law.dispersion - 1));
  double left = random.uniform01() - probability;
  std::int64_t count = 0;
  while (left >= 0 && count < 1'000'000) {
    ++count;
    probability *= a + b / static_cast<double>(count);
    left -= probability;
  }
  return count;
}

// The probability with which a count is an alert where the level is to be met exactly.
double made_up_to_level(double this_or_further, double further, double level) {
  if (this_or_further <= level) return 1;
  return further >= level ? 0 : (level - further) / (this_or_further - further);
}

void add_test(FalseAlarms& found, const Predictive& predictive, std::int64_t count, double level) {
  const CountLimit rise = predictive.rise_limit(level);
  const CountLimit fall = predictive.fall_limit(level);
  ++found.rises.tests;
  ++found.falls.tests;
  found.rises.stated += rise.probability;
  found.falls.stated += fall.probability;
  found.rises.alerts += count >= rise.count ? 1 : 0;
  found.falls.alerts += count <= fall.count ? 1 : 0;
  found.rises.randomised += made_up_to_level(predictive.at_least(count), predictive.at_least(count + 1), level);
  found.falls.randomised += made_up_to_level(predictive.at_most(count), predictive.at_most(count - 1), level);
}

void add(FalseAlarmCount& sum, const FalseAlarmCount& part) {
  sum.tests += part.tests;
  sum.alerts += part.alerts;
  sum.stated += part.stated;
  sum.randomised += part.randomised;
}

FalseAlarms count_single(const std::vector<WatchedSeries>& series, const WatchRule& rule) {
  BaselineRule baseline = rule.baseline;
  if (rule.detectors.front() == Detector::ears_c1) baseline = ears_baseline(0);
  if (rule.detectors.front() == Detector::ears_c2) baseline = ears_baseline(2);
  const DispersionPrior prior = prior_before(series, baseline, rule.from);
  const auto count = static_cast<std::int64_t>(series.size());
  return base::reduce_chunks(
      {.items = count, .chunk_items = 4}, FalseAlarms{},
      [&](const base::Chunk& chunk) {
        FalseAlarms found;
        for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
          const CountHistory& counts = series[static_cast<std::size_t>(i)].counts;
          PosteriorMemory memory;
          for (std::size_t period = rule.from; period < counts.size(); ++period) {
            const Predictive predictive(fit_baseline(counts, period, baseline).value(), prior, memory);
            add_test(found, predictive, counts[period].value(), rule.level);
          }
        }
        return found;
      },
      [](FalseAlarms sum, const FalseAlarms& part) {
        add(sum.rises, part.rises);
        add(sum.falls, part.falls);
        return sum;
      });
}

FalseAlarms count_sums(const std::vector<WatchedSeries>& series, const WatchRule& rule) {
  const base::Interrupt never;
  const Screening screening = screen(series, rule, never).value();
  FalseAlarms found;
  const bool has_falls = rule.detectors.front() == Detector::cusum;
  found.rises.tests = screening.tallies.front().tests / (has_falls ? 2 : 1);
  found.falls.tests = has_falls ? found.rises.tests : 0;
  found.rises.stated = rule.level * static_cast<double>(found.rises.tests);
  found.falls.stated = rule.level * static_cast<double>(found.falls.tests);
  for (const Alert& alert : screening.alerts) {
    ++(alert.direction == AlertDirection::rise ? found.rises : found.falls).alerts;
  }
  return found;
}

}  // namespace

std::vector<WatchedSeries> quiet_series(const QuietLaw& law, std::int64_t before) {
  std::vector<WatchedSeries> series;
  const std::int64_t periods = before + law.periods;
  for (std::int64_t i = 0; i < law.series; ++i) {
    base::Random random({law.seed, base::stream_of("watch/quiet"), static_cast<std::uint32_t>(i)});
    WatchedSeries each{.area = fmt::format("area {}", i), .category = "quiet", .counts = {}};
    for (std::int64_t t = 0; t < periods; ++t) {
      // Each series has its peak in a month of its own.
      const double wave = k_wave.at(static_cast<std::size_t>((t + i) % 12));
      const std::int64_t middle = periods / 2;
      const double years = static_cast<double>(t - middle) / 12;
      const double mean = law.mean * base::portable_exp(law.season * wave + law.trend_in_year * years);
      each.counts.emplace_back(drawn_count({.mean = mean, .dispersion = law.dispersion}, random));
    }
    series.push_back(std::move(each));
  }
  return series;
}

FalseAlarms count_false_alarms(const QuietLaw& law, WatchRule rule) {
  CHECK(rule.detectors.size() == 1);
  const Detector detector = rule.detectors.front();
  const bool is_ears = detector != Detector::farrington && detector != Detector::cusum;
  const std::int64_t before = is_ears ? k_before_ears : rule.baseline.window + rule.baseline.gap;
  rule.from = static_cast<std::size_t>(before);
  const std::vector<WatchedSeries> series = quiet_series(law, before);
  const bool is_sum = detector == Detector::cusum || detector == Detector::ears_c3;
  return is_sum ? count_sums(series, rule) : count_single(series, rule);
}

}  // namespace throughline::evidence
